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
    /// All in one object: members are looked up, filtered and handed on all the time, and a copy retains one thing so.
    private final class Storage: Sendable {
        let key: String
        let keyPosition: SourcePosition
        let value: JSONNode

        init(key: String, keyPosition: SourcePosition, value: JSONNode) {
            (self.key, self.keyPosition, self.value) = (key, keyPosition, value)
        }
    }

    private let storage: Storage

    /// Makes a member.
    public init(key: String, keyPosition: SourcePosition, value: JSONNode) {
        storage = Storage(key: key, keyPosition: keyPosition, value: value)
    }

    /// The key, without escapes.
    public var key: String {
        get { storage.key }
        set { self = JSONMember(key: newValue, keyPosition: keyPosition, value: value) }
    }

    /// Where the key begins.
    public var keyPosition: SourcePosition {
        get { storage.keyPosition }
        set { self = JSONMember(key: key, keyPosition: newValue, value: value) }
    }

    /// The value of the key.
    public var value: JSONNode {
        get { storage.value }
        set { self = JSONMember(key: key, keyPosition: keyPosition, value: newValue) }
    }
}
