extension SwiftName {
    /// Words that need backticks where they are used as names.
    public static let keywords: Set<String> = [
        "Any", "Self", "any", "as", "associatedtype", "async", "await", "borrow", "break", "case", "catch", "class",
        "consume", "continue", "default", "defer",
        "deinit", "discard", "do", "each", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard",
        "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "some", "static", "struct",
        "subscript",
        "super", "switch", "throw", "throws", "true", "try", "typealias", "unsafe", "var", "where", "while",
    ]

    /// Names that no field, case or method may have, even in backticks.
    static let impossible: Set<String> = ["Protocol", "Self", "Type", "deinit", "init", "self", "subscript"]

    /// Names that no variable of a base URL may have: the client's initialisers have them already.
    public static let takenInInitializers: Set<String> = [
        "client", "clientID", "clientSecret", "configuration", "middleware", "self", "service", "store", "token",
        "tokens",
        "transport", "variables",
    ]

    /// Names that no field may have: generated types have members of these names, and three words would need backticks as a
    /// label for older compilers, where newer ones warn of them.
    public static let takenInTypes: Set<String> = impossible.union([
        "additionalParameterFields", "hashValue", "inout", "let", "parameterContent", "parameterFields", "var",
    ])

    /// Names that no case may have: an open enumeration lists its cases as `known`, and has a `rawValue`.
    public static let takenInEnumerations: Set<String> = impossible.union(["known", "rawValue"])

    /// Names that no case of a union may have: its type has members of these names.
    public static let takenInUnions: Set<String> = impossible.union([
        "hashValue", "parameterContent", "parameterSchema", "union", UnionModel.otherName,
    ])

    /// Names of methods and properties that every group has already.
    public static let takenInGroups: Set<String> = impossible.union(["client"])

    /// Names of properties that every client has already.
    public static let takenInClients: Set<String> = impossible.union([
        "client", "errorRules", "rateProfiles", "response", "send", "service",
    ])

    /// Types that generated code calls by their bare names; one of ours by such a name would hide them.
    public static let takenTypes: Set<String> = impossible.union([
        "APIError", "APIResponse", "APIStream", "Any", "AnyObject", "Array", "BatchOutcome", "BinaryContent", "Bool",
        "CalendarDate",
        "Character",
        "Client", "ClientCredentials", "Codable", "CodingKey", "CodingKeys", "Data", "Date", "DateFormat", "Decodable",
        "Decoder",
        "Dictionary", "Double", "Duration", "Encodable", "Encoder", "Endpoint", "EndpointKit", "EndpointModule",
        "Envelope", "EnvironmentNames", "Equatable", "Error", "ErrorRule", "Float", "Foundation", "HTTPBody",
        "HTTPFields", "HTTPRequest", "HTTPResponse", "Hashable", "Indirect", "Int", "Int32", "Int64", "JSONCodable",
        "JSONReader", "JSONValue", "JSONWriter", "KeyValuePairs", "Never", "Nullable", "OpenEnum", "Optional", "Pager",
        "Parameter", "ParameterContent", "ParameterObject", "ParameterValue", "Parameters", "Rate", "RawRepresentable",
        "Result", "Schema", "Sendable", "ServerSentEvent", "Service", "ServiceClient", "Set", "String", "Swift",
        "Task", "Transport", "UInt8", "Void", "WithHeaders",
    ])
}
