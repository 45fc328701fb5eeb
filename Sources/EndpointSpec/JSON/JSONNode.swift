/// A JSON value that knows where it stands.
public struct JSONNode: Sendable {
    public indirect enum Value: Sendable {
        case null
        case boolean(Bool)
        /// Exact: no fraction, no exponent, fits 64 bits.
        case integer(Int64)
        /// Everything else that is a number.
        case double(Double)
        case string(String)
        case array([JSONNode])
        /// Members in the order written; no key twice.
        case object([JSONMember])
    }

    public var value: Value
    public var position: SourcePosition

    public init(_ value: Value, position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

/// A member of an object: the key knows where it stands, too.
public struct JSONMember: Sendable {
    public var key: String
    public var keyPosition: SourcePosition
    public var value: JSONNode

    public init(key: String, keyPosition: SourcePosition, value: JSONNode) {
        self.key = key
        self.keyPosition = keyPosition
        self.value = value
    }
}
