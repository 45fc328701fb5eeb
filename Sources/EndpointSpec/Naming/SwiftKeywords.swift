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

    /// Names of methods and properties that every group has already.
    static let takenInGroups: Set<String> = impossible.union(["client"])

    /// Names of properties that every client has already.
    static let takenInClients: Set<String> = impossible.union([
        "client", "configuration", "module", "response", "send", "service",
    ])

    /// Types that generated code and its readers call by their bare names; one of ours by such a name would hide them.
    static let takenTypes: Set<String> = impossible.union([
        "APIError", "Any", "AnyObject", "Array", "AsyncSequence", "Bool", "Character", "Client", "Codable",
        "CodingKey", "CodingKeys", "Data", "Date", "Decimal", "Decodable", "Decoder", "Dictionary", "Double",
        "Encodable", "Encoder", "Endpoint", "EndpointKit", "EndpointModule", "Error", "Float", "Foundation",
        "HTTPFields", "HTTPRequest", "HTTPResponse", "Hashable", "Int", "Int32", "Int64", "JSONValue", "Never",
        "Optional", "RawRepresentable", "Result", "Sendable", "Set", "String", "Swift", "Task", "Transport", "UInt8",
        "Void",
    ])
}
