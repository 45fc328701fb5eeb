extension SwiftName {
    /// Words that need backticks where they are used as names.
    public static let keywords: Set<String> = [
        "Any", "Self", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard",
        "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
        "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Names that no field, case or method may have, even in backticks.
    static let impossible: Set<String> = ["Protocol", "Self", "Type", "deinit", "init", "self", "subscript"]

    /// Names that no field may have: generated types are `Hashable`.
    static let takenInTypes: Set<String> = impossible.union(["hashValue"])

    /// Names that no case may have: an open enumeration lists its cases as `known`.
    static let takenInEnumerations: Set<String> = impossible.union(["known"])

    /// Names of methods and properties that every group has already.
    static let takenInGroups: Set<String> = impossible.union(["client"])

    /// Names of properties that every client has already.
    static let takenInClients: Set<String> = impossible.union([
        "client", "errorRules", "rateProfiles", "response", "send", "service",
    ])

    /// Types that generated code calls by their bare names; one of ours by such a name would hide them.
    static let takenTypes: Set<String> = impossible.union([
        "APIError", "APIResponse", "Any", "AnyObject", "Array", "BatchOutcome", "BinaryContent", "Bool", "Character",
        "Client", "ClientCredentials", "Codable", "CodingKey", "CodingKeys", "Data", "Date", "Decodable", "Decoder",
        "Dictionary", "Double", "Duration", "Encodable", "Encoder", "Endpoint", "EndpointKit", "EndpointModule",
        "Envelope", "EnvironmentNames", "Error", "ErrorRule", "Float", "Foundation", "HTTPBody", "HTTPFields",
        "HTTPRequest", "HTTPResponse", "Hashable", "Int", "Int32", "Int64", "JSONValue", "KeyValuePairs",
        "LenientValue", "Never", "OpenEnum", "Optional", "Pager", "Parameter", "ParameterContent", "ParameterObject",
        "ParameterValue", "Parameters", "Rate", "RawRepresentable", "Result", "Sendable", "Service", "ServiceClient",
        "Set", "String", "Swift", "Task", "Transport", "UInt8", "Void",
    ])
}
