// What generated types write themselves with.

extension JSONWriter {
    /// Writes an object; a member whose value is nil is left out.
    @_spi(Generated) public mutating func object(_ members: [(String, any JSONCodable)]) {
        open("{")
        close("}", isEmpty: write(members))
    }

    /// Writes an object with further members, sorted by name: a dictionary has no order, and equal values give equal bytes. A
    /// further member that is nil is written as null, and one with the name of a member is left out.
    @_spi(Generated) public mutating func object(
        _ members: [(String, any JSONCodable)], others: [String: some JSONCodable]
    ) {
        open("{")
        var isFirst = write(members)
        let names = Set(members.map(\.0))
        for (name, value) in others.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            next(isFirst: isFirst)
            key(name)
            value.write(to: &self)
            isFirst = false
        }
        isAbsent = false
        close("}", isEmpty: isFirst)
    }

    /// Writes members; says whether there are none.
    private mutating func write(_ members: [(String, any JSONCodable)]) -> Bool {
        var isFirst = true
        for (name, value) in members {
            let start = bytes.count
            next(isFirst: isFirst)
            key(name)
            isAbsent = false
            value.write(to: &self)
            if isAbsent { bytes.removeLast(bytes.count - start) } else { isFirst = false }
        }
        isAbsent = false
        return isFirst
    }

    /// Writes an array; an element that is nil is written as null.
    @_spi(Generated) public mutating func array(_ elements: [some JSONCodable]) {
        open("[")
        for (index, element) in elements.enumerated() {
            next(isFirst: index == 0)
            element.write(to: &self)
        }
        isAbsent = false
        close("]", isEmpty: elements.isEmpty)
    }

    /// Writes null, which an object leaves out along with its key.
    mutating func writeAbsent() {
        append("null")
        isAbsent = true
    }
}

/// A field that is written as null where it has no value.
@_spi(Generated) public struct NullIfAbsent<Wrapped: JSONCodable>: JSONCodable {
    private var value: Wrapped?

    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { value = try Wrapped?(json: json) }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        if let value { value.write(to: &json) } else { json.write(JSONValue.null) }
    }
    fileprivate init(_ value: Wrapped?) { self.value = value }
}

@_spi(Generated) extension Optional where Wrapped: JSONCodable {
    /// The value, which an object writes as null where it is nil.
    public var orNull: NullIfAbsent<Wrapped> { NullIfAbsent(self) }
}
