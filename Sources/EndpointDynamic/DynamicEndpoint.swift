import EndpointKit
import EndpointSpec

/// An endpoint that is known only as a spec: arguments as JSON in, the same checks and the same request as a typed call,
/// the payload as JSON out.
///
///     let endpoint = try module.endpoint("oss.listCopyFailures").endpoint(with: ["taskID": "t"])
///     let page = try await client.send(endpoint)          // {"total": 0, "list": []}
///
/// The payload has the declared members in their declared order, read as leniently as the spec says; its names and values
/// are those of the wire. Members that the spec does not know follow.
public struct DynamicEndpoint: Sendable {
    package let model: EndpointModel
    package let types: TypeTable
    /// Everything that a caller can give, in order.
    public let arguments: [DynamicArgument]
    /// The call without arguments: what does not depend on them is settled once.
    private let template: Endpoint<JSONValue>
    /// What arguments are checked against, by name.
    private let properties: [Schema.Property]
    /// The arguments that are bytes.
    private let binary: [String: FieldModel]

    init(_ model: EndpointModel, types: TypeTable) {
        self.model = model
        self.types = types
        arguments = model.dynamicArguments(types)
        template = Endpoint(model, types: types)
        binary = Dictionary(
            model.arguments.filter { $0.schema.isBinary || $0.schema.isFiles }.map { ($0.argumentName, $0) },
            uniquingKeysWith: { $1 })
        let hosts = arguments.filter { $0.location == .host || $0.location == .url }
        properties =
            hosts.map { Schema.Property($0.name, .string()) }
            + types.arguments(model.fields).map { [binary] property in
                var property = property
                // Bytes may also stand in a file, and are read apart.
                if case .array? = binary[property.name]?.schema.kind {
                    property.schema.kind = .array(.any)
                } else if binary[property.name] != nil {
                    property.schema = .any
                }
                return property
            }
    }

    /// `oss.listCopyFailures`
    public var id: String { model.id }
    /// The official title, in the service's language.
    public var title: String { model.title }
    /// One sentence: what the call does.
    public var summary: String { model.summary }

    /// The call with these arguments.
    ///
    /// - Parameter given: The arguments by wire name; `host` and `url` by these names.
    /// - Returns: A call that a client sends.
    /// - Throws: `.invalidParameter` with everything that is wrong with the arguments.
    public func endpoint(with given: JSONObject) throws(APIError) -> Endpoint<JSONValue> {
        var problems = Schema.violations(ofArguments: given, properties).map { violation in
            if violation.path.count == 1, case .unknownField(let hint) = violation.problem {
                return "\(violation.pathText): no such argument; \(hint)"
            }
            return "\(violation.pathText): \(violation.message)"
        }
        var endpoint = template
        func fill(_ parameters: inout Parameters, _ fields: [FieldModel]) {
            for (index, argument) in fields.enumerated() where argument.constant == nil {
                let name = argument.argumentName
                guard let value = given[name] else { continue }
                if let field = binary[name] {
                    do throws(ArgumentBytes.Problem) {
                        parameters.list[index].content = try ArgumentBytes.content(value, field)
                    } catch {
                        problems.append(error.text)
                    }
                } else {
                    parameters.list[index].content = .json(value)
                }
            }
        }
        fill(&endpoint.pathParameters, model.pathParameters)
        fill(&endpoint.query, model.query)
        fill(&endpoint.headers, model.headers)
        fill(&endpoint.body.parameters, model.body.fields)
        switch model.host {
        case .service: break
        case .announced: endpoint.host = .announced(given["host"]?.string ?? "")
        case .caller: endpoint.host = .url(given["url"]?.string ?? "")
        }
        guard problems.isEmpty else {
            var error = APIError(.invalidParameter, problems.joined(separator: "; "))
            error.endpointID = id
            throw error
        }
        return endpoint
    }

    /// The parameter of a call that an argument gives, otherwise the constant of this name.
    func parameter(_ name: String, of endpoint: Endpoint<JSONValue>) -> Parameter? {
        place(of: name).map { endpoint[keyPath: $0].list[$1] }
    }

    /// The call with another value of one argument.
    func setting(_ name: String, of endpoint: Endpoint<JSONValue>, to value: JSONValue) -> Endpoint<JSONValue> {
        guard let (location, index) = place(of: name) else { return endpoint }
        var endpoint = endpoint
        endpoint[keyPath: location].list[index].content = .json(value)
        return endpoint
    }

    private func place(of name: String) -> (WritableKeyPath<Endpoint<JSONValue>, Parameters>, Int)? {
        let locations: [(WritableKeyPath<Endpoint<JSONValue>, Parameters>, [FieldModel])] = [
            (\.pathParameters, model.pathParameters), (\.query, model.query), (\.headers, model.headers),
            (\.body.parameters, model.body.fields),
        ]
        for isConstant in [false, true] {
            for (location, fields) in locations {
                let index = fields.firstIndex { $0.argumentName == name && ($0.constant != nil) == isConstant }
                if let index { return (location, index) }
            }
        }
        return nil
    }

    /// The wire names of everything declared sensitive, in the request and in the response.
    package var sensitiveFields: Set<String> { template.sensitiveFields }

    /// Those of them that must not be shown in a result either.
    package var hiddenFields: Set<String> { types.hiddenFields(of: model) }

    /// The declared fields of the payload, if it is an object.
    package var payloadFields: [FieldModel] {
        if case .payload(let schema) = model.response { types.fields(of: schema) } else { [] }
    }

    /// A declared field of the payload as a schema.
    func payloadSchema(_ path: FieldPath) -> Schema? {
        types.route(path, in: payloadFields).map { types.schema(of: $0.last) }
    }

    /// The declared header fields of a response, as a typed call returns them; nil if the spec declares none.
    ///
    /// - Parameter response: The response of a call of this endpoint, which has checked them.
    /// - Returns: A member for each field that is there.
    public func responseHeaders(of response: APIResponse<JSONValue>) -> JSONObject? {
        guard let headers = model.responseHeaders else { return nil }
        return try? response.headers.values(of: types.schema(of: headers).properties).object
    }

    /// The elements of a stream; nil if the spec declares none.
    ///
    /// - Parameters:
    ///   - arguments: The arguments by wire name.
    ///   - client: What sends the call.
    /// - Returns: The elements, as they arrive.
    /// - Throws: `.invalidParameter` with everything that is wrong with the arguments.
    public func stream(with arguments: JSONObject, using client: Client) throws(APIError) -> APIStream<JSONValue>? {
        guard model.stream != nil else { return nil }
        return client.stream(try endpoint(with: arguments))
    }

    /// What an item of the payload's list is; nil if the spec declares no paging.
    package var pagedItem: SchemaModel? {
        guard let paging = model.paging, case .payload(let schema) = model.response else { return nil }
        guard let path = paging.items else { return types.items(of: schema) }
        return types.route(path, in: payloadFields).flatMap { types.items(of: $0.last.schema) }
    }

    /// The items of a page; nil if the spec declares no paging.
    package func pagedItems(of page: JSONValue) -> [JSONValue]? {
        guard let paging = model.paging else { return nil }
        return (paging.items.map { page.value(at: $0) } ?? page)?.array
    }
}

extension Endpoint where Response == JSONValue {
    /// The call of a spec without arguments: constants and defaults are there, everything else is absent.
    init(_ model: EndpointModel, types: TypeTable) {
        func parameters(_ fields: [FieldModel]) -> Parameters {
            Parameters(
                fields.map { field in
                    let value = field.constant ?? field.defaultValue
                    return Parameter(field.name, value, types.schema(of: field))
                })
        }
        let body: RequestBody =
            switch model.body {
            case .none: .none
            case .fields(let fields, let encoding): RequestBody(parameters(fields), encoding)
            case .value(let field, let encoding):
                parameters([field]).list.first.map { RequestBody($0, encoding) } ?? .none
            }
        self.init(
            model.method, model.path, id: model.id, pathParameters: parameters(model.pathParameters),
            query: parameters(model.query), headers: parameters(model.headers), body: body,
            response: ResponseDecoding(model, types: types))
        contentType = model.contentType
        envelope = model.envelope
        isAuthenticated = model.isAuthenticated
        isIdempotent = model.isIdempotent
        rate = model.rate
        errors = model.errors
        sensitiveFields = types.sensitiveFields(of: model)
    }
}

extension ResponseDecoding where Response == JSONValue {
    fileprivate init(_ model: EndpointModel, types: TypeTable) {
        switch model.response {
        case .none: self = .ignored
        case .binary: self = .base64
        case .payload(let schema):
            let schema = types.schema(of: schema)
            let empty: (@Sendable () throws -> JSONValue)? =
                model.nullPayloadAsEmpty
                ? { @Sendable () throws in try Self.normal { $0.normalized([:], as: schema) } } : nil
            self = .reading(onNull: empty) { json throws in try Self.normal { $0.normalized(json, as: schema) } }
            if model.admitsEmptyResponse { self = orNothing }
        }
        if let format = model.stream { self = streamed(format) }
        if let headers = model.responseHeaders { self = checkingHeaders(types.schema(of: headers).properties) }
    }

    /// A payload in its normal form; the first violation as an error where there is one.
    private static func normal(_ read: (inout ResponseNormalizer) -> JSONValue) throws(Violation) -> JSONValue {
        var normalizer = ResponseNormalizer()
        let result = read(&normalizer)
        if let violation = normalizer.violations.first { throw violation }
        return result
    }
}

extension SchemaModel {
    /// Whether values are bytes. A shared type never is.
    package var isBinary: Bool { if case .binary = kind { true } else { false } }
    /// Whether values are arrays of bytes.
    package var isFiles: Bool { if case .array(let items) = kind { items.isBinary } else { false } }
}
