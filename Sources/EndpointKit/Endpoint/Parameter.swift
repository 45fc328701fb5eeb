/// One parameter of a call: its name on the wire, its value, and what is checked before it is sent.
public struct Parameter: Sendable, Hashable {
    public var name: String
    public var content: ParameterContent
    public var schema: Schema

    public init(_ name: String, _ value: any ParameterValue, _ schema: Schema = .any) {
        self.name = name
        self.content = value.parameterContent
        self.schema = schema
    }
}

/// The parameters of one place, in order.
///
/// By hand they are a dictionary literal; where values are checked, an array of ``Parameter``:
///
///     ["taskID": id, "limit": 100]
///     [Parameter("taskID", id, .string(minLength: 1)), Parameter("limit", 100, .integer(minimum: 1, maximum: 100))]
public struct Parameters: Sendable, Hashable, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public var list: [Parameter]

    public init(_ list: [Parameter] = []) {
        self.list = list
    }

    public init(_ pairs: KeyValuePairs<String, any ParameterValue>) {
        list = pairs.map { Parameter($0.key, $0.value) }
    }

    public init(arrayLiteral elements: Parameter...) {
        list = elements
    }

    public init(dictionaryLiteral elements: (String, any ParameterValue)...) {
        list = elements.map { Parameter($0.0, $0.1) }
    }
}

/// The body of a call.
public enum RequestBody: Sendable, Hashable {
    case none
    /// A JSON object with these members.
    case json(Parameters)
    /// The whole body is this one JSON value; the parameter's name is for messages alone.
    case jsonValue(Parameter)
    /// `multipart/form-data`, one part for each parameter.
    case multipart(Parameters)
    /// The whole body is these bytes.
    case binary(Parameter)
}
