import EndpointKit
import EndpointSpec

/// An endpoint that is known only as a spec: arguments as JSON in, the same checks and the same request as a typed call,
/// the payload as JSON out.
///
///     let endpoint = try module.endpoint("oss.listCopyFailures").endpoint(["taskID": "t"])
///     let page = try await client.send(endpoint)          // {"total": 0, "list": []}
///
/// The payload has the declared members in their declared order with `nullAsEmpty`, aliases and tolerated types applied;
/// its names and values are those of the wire. Members that the spec does not know follow.
public struct DynamicEndpoint: Sendable {
    public let model: EndpointModel
    /// Everything that a caller can give, in order.
    public let arguments: [DynamicArgument]
    package let types: TypeTable

    init(_ model: EndpointModel, types: TypeTable) {
        self.model = model
        self.types = types
        arguments = model.dynamicArguments(types)
    }

    /// `oss.listCopyFailures`
    public var id: String { model.id }

    /// The call with these arguments, by wire name; `host` and `url` by these names.
    ///
    /// - Throws: `.invalidParameter` for names that there are not and for what is missing. Types and ranges are checked
    ///   when the call is encoded, by the code that checks typed calls.
    public func endpoint(_ arguments: JSONObject) throws(APIError) -> Endpoint<JSONValue> {
        var reader = ArgumentReader(types: types)
        checkNames(of: arguments, &reader)
        var endpoint = Endpoint<JSONValue>(
            HTTPRequest.Method(rawValue: model.method), model.path, id: model.id,
            pathParameters: Parameters(model.pathParameters.map { parameter($0, arguments, &reader) }),
            query: Parameters(model.query.map { parameter($0, arguments, &reader) }),
            headers: Parameters(model.headers.map { parameter($0, arguments, &reader) }),
            body: body(arguments, &reader), response: decoding)
        endpoint.host = host(arguments, &reader)
        endpoint.envelope = EndpointKit.EnvelopeUse(model.envelope)
        endpoint.isAuthenticated = model.isAuthenticated
        endpoint.isIdempotent = model.isIdempotent
        endpoint.rate = model.rate.map(Rate.init)
        endpoint.errors = model.errors.map(ErrorRule.init)
        endpoint.sensitiveFields = sensitiveFields
        guard reader.problems.isEmpty else {
            var error = APIError(.invalidParameter, reader.problems.joined(separator: "; "))
            error.endpointID = id
            throw error
        }
        return endpoint
    }

    // MARK: Arguments

    private func checkNames(of given: JSONObject, _ reader: inout ArgumentReader) {
        let names = arguments.map(\.name)
        for name in given.keys where !names.contains(name) {
            reader.refuse(name, "no such argument; \(Nearest.hint(for: name, in: names))")
        }
        for argument in arguments where argument.isRequired && given[argument.name] == nil {
            reader.refuse(argument.name, "is missing")
        }
    }

    private func parameter(
        _ field: FieldModel, _ arguments: JSONObject, _ reader: inout ArgumentReader
    ) -> Parameter {
        let schema = types.schema(of: field)
        if let constant = field.constant { return Parameter(field.name, JSONValue(constant), schema) }
        let resolved = types.resolved(field.schema)
        guard var value = arguments[field.name] ?? field.defaultValue.map(JSONValue.init) else {
            return Parameter(field.name, JSONValue?.none, schema)
        }
        if value.isNull, field.isOptional, !resolved.isNullable {
            return Parameter(field.name, JSONValue?.none, schema)
        }
        if case .binary(let filename) = resolved.kind {
            return Parameter(field.name, reader.bytes(value, at: field.name, filename: filename), schema)
        }
        value = reader.read(value, as: field.schema, at: field.name)
        return Parameter(field.name, value, schema)
    }

    private func body(_ arguments: JSONObject, _ reader: inout ArgumentReader) -> RequestBody {
        switch model.body {
        case .none: .none
        case .json(let fields): .json(Parameters(fields.map { parameter($0, arguments, &reader) }))
        case .jsonValue(let field): .jsonValue(parameter(field, arguments, &reader))
        case .multipart(let fields): .multipart(Parameters(fields.map { parameter($0, arguments, &reader) }))
        case .binary(let field): .binary(parameter(field, arguments, &reader))
        }
    }

    private func host(_ arguments: JSONObject, _ reader: inout ArgumentReader) -> EndpointHost {
        func text(_ name: String) -> String {
            if let value = arguments[name], value.string == nil { reader.refuse(name, "must be a string") }
            return arguments[name]?.string ?? ""
        }
        switch model.host {
        case .service: return .service
        case .announced: return .announced(text("host"))
        case .caller: return .url(text("url"))
        }
    }

    // MARK: Answer

    private var decoding: ResponseDecoding<JSONValue> {
        switch model.response {
        case .none: return .ignored
        case .binary: return .base64
        case .payload(let schema):
            let form = PayloadForm(types: types)
            guard model.nullPayloadAsEmpty else {
                return .custom { decoder throws in
                    try form.normalised(JSONValue(from: decoder), as: schema, at: decoder.codingPath)
                }
            }
            return .custom(onNull: { () throws in try form.normalised([:], as: schema, at: []) }) { decoder throws in
                try form.normalised(JSONValue(from: decoder), as: schema, at: decoder.codingPath)
            }
        }
    }

    /// The wire names of everything declared sensitive, in the request and in the answer.
    package var sensitiveFields: Set<String> {
        var found: Set<String> = []
        var seen: Set<String> = []
        func visit(_ fields: [FieldModel]) {
            for field in fields {
                if field.isSensitive { found.formUnion([field.name] + field.aliases) }
                visit(field.schema)
            }
        }
        func visit(_ schema: SchemaModel) {
            if case .reference(let name) = schema.kind, !seen.insert(name).inserted { return }
            switch types.resolved(schema).kind {
            case .array(let items): visit(items)
            case .object(let object): visit(object.fields)
            default: break
            }
        }
        visit(model.pathParameters + model.query + model.headers + model.body.fields)
        if case .payload(let schema) = model.response { visit(schema) }
        return found
    }
}

extension EndpointKit.EnvelopeUse {
    init(_ use: EndpointSpec.EnvelopeUse) {
        switch use {
        case .service: self = .service
        case .none: self = .none
        case .errors: self = .errors
        }
    }
}
