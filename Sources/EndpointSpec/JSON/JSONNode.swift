/// A JSON value that knows where it stands.
public struct JSONNode: Sendable {
    /// What a value is.
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

    /// The value itself.
    public var value: Value
    /// Where the value begins.
    public var position: SourcePosition

    /// Makes a value at a position.
    public init(_ value: Value, position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

/// A member of an object: the key knows where it stands, too.
public struct JSONMember: Sendable {
    /// The key, without escapes.
    public var key: String
    /// Where the key begins.
    public var keyPosition: SourcePosition
    /// The value of the key.
    public var value: JSONNode

    /// Makes a member.
    public init(key: String, keyPosition: SourcePosition, value: JSONNode) {
        self.key = key
        self.keyPosition = keyPosition
        self.value = value
    }
}
