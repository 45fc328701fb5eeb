/// A parameter of a call: its name, its value, and the schema that the value is checked against and encoded with.
public struct Parameter: Sendable, Hashable {
    /// The name that is sent.
    public var name: String
    /// The value.
    public var content: ParameterContent
    /// The constraints and the encoding of the value.
    public var schema: Schema

    /// Creates a parameter.
    public init(_ name: String, _ value: any ParameterValue, _ schema: Schema = .any) {
        self.name = name
        self.schema = schema
        content = value.parameterContent
        // Bytes of a format that JSON has a text for.
        switch schema.kind {
        case .text(.byte), .union: if let json = content.json { content = .json(json) }
        case .array where !schema.isFiles:
            if case .binaries = content, let json = content.json { content = .json(json) }
        default: break
        }
    }
}

/// The parameters of one location, in order.
///
/// Write a dictionary literal, or an array of ``Parameter`` with schemas:
///
///     ["taskID": id, "limit": 100]
///     [Parameter("taskID", id, .string(minLength: 1)), Parameter("limit", 100, .integer(minimum: 1, maximum: 100))]
public struct Parameters: Sendable, Hashable, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// The parameters, in the order in which they are sent.
    public var list: [Parameter]

    /// Creates a list of parameters.
    public init(_ list: [Parameter] = []) {
        self.list = list
    }

    /// Creates parameters without schemas from names and values.
    public init(_ pairs: KeyValuePairs<String, any ParameterValue>) {
        list = pairs.map { Parameter($0.key, $0.value) }
    }

    /// Creates a list of parameters.
    public init(arrayLiteral elements: Parameter...) {
        list = elements
    }

    /// Creates parameters without schemas from names and values.
    public init(dictionaryLiteral elements: (String, any ParameterValue)...) {
        list = elements.map { Parameter($0.0, $0.1) }
    }

    /// Visits every parameter. By index, since an iterator copies each of them.
    func forEach(_ visit: (Parameter) -> Void) {
        for index in list.indices { visit(list[index]) }
    }
}

/// The body of a call.
public enum RequestBody: Sendable, Hashable {
    /// No body.
    case none
    /// A JSON object with these members.
    case json(Parameters)
    /// One JSON value. The parameter's name is used in messages only.
    indirect case jsonValue(Parameter)
    /// `application/x-www-form-urlencoded`, the parameters as pairs of name and value.
    case form(Parameters)
    /// `multipart/form-data`, one part for each parameter, and for each element of an array.
    case multipart(Parameters)
    /// Bytes, sent as `application/octet-stream` unless the endpoint or a header parameter says otherwise.
    indirect case binary(Parameter)
}

extension RequestBody {
    /// A body of fields.
    package init(_ fields: Parameters, _ encoding: BodyEncoding) {
        switch encoding {
        case .json: self = .json(fields)
        case .form: self = .form(fields)
        case .multipart: self = .multipart(fields)
        case .binary: self = fields.list.first.map(RequestBody.binary) ?? .none
        }
    }

    /// A body that is one value.
    package init(_ value: Parameter, _ encoding: BodyEncoding) {
        self = encoding == .binary ? .binary(value) : .jsonValue(value)
    }

    /// How the body is written; nil for none.
    var encoding: BodyEncoding? {
        switch self {
        case .none: nil
        case .json, .jsonValue: .json
        case .form: .form
        case .multipart: .multipart
        case .binary: .binary
        }
    }

    /// The parameters of the body, in order, whatever its encoding.
    public var parameters: Parameters {
        get {
            switch self {
            case .none: []
            case .json(let fields), .form(let fields), .multipart(let fields): fields
            case .jsonValue(let parameter), .binary(let parameter): [parameter]
            }
        }
        set {
            switch self {
            case .none: break
            case .json: self = .json(newValue)
            case .form: self = .form(newValue)
            case .multipart: self = .multipart(newValue)
            case .jsonValue: self = newValue.list.first.map(RequestBody.jsonValue) ?? .none
            case .binary: self = newValue.list.first.map(RequestBody.binary) ?? .none
            }
        }
    }

    /// What the parameters of the body can contain.
    var content: AllowedContent {
        switch self {
        case .none, .json, .jsonValue, .form: .json
        case .multipart: .both
        case .binary: .binary
        }
    }
}

/// What a location in a request can contain.
enum AllowedContent {
    case json
    case binary
    case both
}

extension Endpoint {
    /// Every parameter of the call: path, query, header fields, body.
    public var parameters: [Parameter] {
        pathParameters.list + query.list + headers.list + body.parameters.list
    }

    /// Visits every parameter of the call, in the order of ``parameters``, without a list of them all.
    func forEachParameter(_ visit: (_ parameter: Parameter, _ isInBody: Bool) -> Void) {
        pathParameters.forEach { visit($0, false) }
        query.forEach { visit($0, false) }
        headers.forEach { visit($0, false) }
        switch body {
        case .none: break
        case .json(let fields), .form(let fields), .multipart(let fields): fields.forEach { visit($0, true) }
        case .jsonValue(let parameter), .binary(let parameter): visit(parameter, true)
        }
    }

    /// Changes every parameter of a name, wherever it is.
    public mutating func setParameter(_ name: String, to value: any ParameterValue) {
        changeParameters(named: name) { $0.content = value.parameterContent }
    }

    mutating func changeParameters(named name: String, _ change: (inout Parameter) -> Void) {
        func apply(_ parameters: inout Parameters) {
            for index in parameters.list.indices where parameters.list[index].name == name {
                change(&parameters.list[index])
            }
        }
        apply(&pathParameters)
        apply(&query)
        apply(&headers)
        apply(&body.parameters)
    }
}
