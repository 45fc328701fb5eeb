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
///
/// A class, for members are looked up, filtered and handed on all the time, and a copy of a struct retains all that is in it.
public final class JSONMember: Sendable {
    /// The key, without escapes.
    public let key: String
    /// Where the key begins.
    public let keyPosition: SourcePosition
    /// The value of the key.
    public let value: JSONNode

    /// Makes a member.
    public init(key: String, keyPosition: SourcePosition, value: JSONNode) {
        self.key = key
        self.keyPosition = keyPosition
        self.value = value
    }

    /// A member with the same key and another value.
    func with(_ value: JSONNode.Value) -> JSONMember {
        JSONMember(key: key, keyPosition: keyPosition, value: JSONNode(value, position: self.value.position))
    }
}
