/// The header fields of a message, in order. Names are case-insensitive and may occur more than once.
///
///     var fields: HTTPFields = ["Accept": "application/json"]
///     fields["accept"]          // "application/json"
public struct HTTPFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A header field.
    public struct Field: Sendable, Hashable {
        /// The name, in the case in which it is sent.
        public var name: String
        /// The value, without white space around it.
        public var value: String

        /// Creates a field.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var fields: [Field]

    /// Creates an empty list.
    public init() {
        fields = []
    }

    /// Creates a list of fields.
    public init(_ fields: [Field]) {
        self.fields = fields
    }

    /// Creates a list of fields from names and values, in the order in which they are written.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of the fields with a name. Setting it replaces all of them; nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.name.isSameFieldName(as: name) }?.value }
        set {
            guard let first = fields.firstIndex(where: { $0.name.isSameFieldName(as: name) }) else {
                if let newValue { fields.append(Field(name: name, value: newValue)) }
                return
            }
            if let newValue { fields[first].value = newValue }
            let rest = newValue == nil ? first : first + 1
            // Without a second field of this name nothing moves, and no storage is copied.
            if fields[rest...].contains(where: { $0.name.isSameFieldName(as: name) }) {
                fields[rest...].removeAll { $0.name.isSameFieldName(as: name) }
            }
        }
    }

    /// Makes room for so many fields more, so that adding them copies the list once at most.
    mutating func reserve(_ count: Int) {
        fields.reserveCapacity(fields.count + count)
    }

    /// Adds a field after the others, without replacing fields of the same name.
    public mutating func append(_ value: String, for name: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension HTTPFields: RandomAccessCollection {
    /// The position of the first field.
    public var startIndex: Int { fields.startIndex }
    /// The position after the last field.
    public var endIndex: Int { fields.endIndex }
    /// The field at a position.
    public subscript(position: Int) -> Field { fields[position] }
}

extension String {
    /// RFC 9110, 5.1: names are compared without regard to the case of ASCII letters, the only letters that they have.
    func isSameFieldName(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        if self == other { return true }
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                left.indices.allSatisfy { left[$0].asciiLowercased == right[$0].asciiLowercased }
            }
        }
    }
}

extension UInt8 {
    fileprivate var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
