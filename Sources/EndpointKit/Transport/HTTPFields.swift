/// The header fields of a message: in order, with names compared without case, a name allowed more than once.
///
///     var fields: HTTPFields = ["Accept": "application/json"]
///     fields["accept"]          // "application/json"
public struct HTTPFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field as it stands on the wire.
    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var fields: [Field]

    /// No fields.
    public init() {
        fields = []
    }

    public init(_ fields: [Field]) {
        self.fields = fields
    }

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value under `name`; setting replaces all of them, and nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { $0.name.isSameFieldName(as: name) }?.value }
        set {
            if let newValue, let first = fields.firstIndex(where: { $0.name.isSameFieldName(as: name) }) {
                fields[first].value = newValue
                let rest = fields.index(after: first)
                fields[rest...].removeAll { $0.name.isSameFieldName(as: name) }
            } else {
                fields.removeAll { $0.name.isSameFieldName(as: name) }
                if let newValue { fields.append(Field(name: name, value: newValue)) }
            }
        }
    }

    /// Adds a field and keeps those of the same name.
    public mutating func append(_ value: String, for name: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension HTTPFields: RandomAccessCollection {
    public var startIndex: Int { fields.startIndex }
    public var endIndex: Int { fields.endIndex }
    public subscript(position: Int) -> Field { fields[position] }
}

extension String {
    fileprivate func isSameFieldName(as other: String) -> Bool {
        utf8.count == other.utf8.count && lowercased() == other.lowercased()
    }
}
