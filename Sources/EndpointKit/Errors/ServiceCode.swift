/// The verdict in a service's answer: most services use integers, some strings or booleans.
public enum ServiceCode: Sendable, Hashable, CustomStringConvertible, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
    case integer(Int64)
    case string(String)
    case boolean(Bool)

    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }

    public var description: String {
        switch self {
        case .integer(let value): String(value)
        case .string(let value): value
        case .boolean(let value): String(value)
        }
    }
}

extension ServiceCode: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}
