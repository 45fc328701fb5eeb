/// A type that reads itself from JSON text, and writes itself, without a decoder between.
///
/// Generated types conform to it. They are `Codable` through it too: a decoder's value is taken as JSON, and read. Do not
/// declare a conformance by hand: a type of your own is `Codable`, and its endpoint reads it through Foundation.
public protocol JSONCodable: Codable {
    /// Reads a value.
    @_spi(Generated) init(json: JSONReader) throws
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) init(decoded value: JSONValue) throws
    /// Writes the value.
    @_spi(Generated) func write(to json: inout JSONWriter)
}

extension JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws {
        throw json.mismatch("a value of a generated type")
    }

    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = try value.read { json in try Self(json: json) }
    }

    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        json.write(JSONValue.null)
    }

    /// Reads the JSON that a decoder holds.
    public init(from decoder: any Decoder) throws {
        do {
            try self.init(decoded: JSONValue(from: decoder))
        } catch let violation as Violation {
            throw violation.decodingError(at: decoder.codingPath)
        }
    }

    /// Encodes the JSON that the value writes.
    public func encode(to encoder: any Encoder) throws {
        try jsonValue.encode(to: encoder)
    }

    /// The JSON that the value writes.
    var jsonValue: JSONValue {
        var writer = JSONWriter()
        write(to: &writer)
        return (try? JSONValue(reading: writer.bytes)) ?? .null
    }
}

extension Violation {
    /// The error as decoders throw it.
    public func decodingError(at path: [any CodingKey]) -> DecodingError {
        let steps = self.path.map { step in
            switch step {
            case .field(let name): AnyCodingKey(name)
            case .item(let index): AnyCodingKey(index: index)
            }
        }
        if case .missing = problem, let last = steps.last {
            return .keyNotFound(
                last, .init(codingPath: path + steps.dropLast(), debugDescription: "the field is missing"))
        }
        return .dataCorrupted(.init(codingPath: path + steps, debugDescription: message))
    }
}

// MARK: The standard library's types

extension String: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.string() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = if case .string(let text) = value { text } else { try value.read { json in try json.string() } }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(self) }
}

extension Bool: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.bool() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = if case .bool(let truth) = value { truth } else { try value.read { json in try json.bool() } }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(JSONValue.bool(self)) }
}

extension Int: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.int() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        if case .integer(let integer) = value, let exact = Int(exactly: integer) {
            self = exact
        } else {
            self = try value.read { json in try json.int() }
        }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(JSONValue.integer(Int64(self))) }
}

extension Int32: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.int32() }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(JSONValue.integer(Int64(self))) }
}

extension Int64: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.int64() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = if case .integer(let integer) = value { integer } else { try value.read { json in try json.int64() } }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(JSONValue.integer(self)) }
}

extension Double: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.double() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = if case .number(let number) = value { number } else { try value.read { json in try json.double() } }
    }
    /// An integral value has no fraction: 2, not 2.0.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        json.write(Int64(exactly: self).map(JSONValue.integer) ?? .number(self))
    }
}

extension Float: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.float() }
    /// The shortest decimal of this value: 0.1, not 0.10000000149011612.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        (Double("\(self)") ?? Double(self)).write(to: &json)
    }
}

extension JSONValue: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) { self.init(json) }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) { self = value }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(self) }
}

extension Optional: JSONCodable where Wrapped: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = json.isNull ? nil : try Wrapped(json: json) }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self = value.isNull ? nil : try Wrapped(decoded: value)
    }
    /// Writes null, or leaves out the member of an object.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        if let value = self { value.write(to: &json) } else { json.writeAbsent() }
    }
}

extension Array: JSONCodable where Element: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws { self = try json.list() }
    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        guard case .array(let elements) = value else {
            self = try value.read { json in try json.list() }
            return
        }
        self.init()
        reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                append(try Element(decoded: element))
            } catch let violation as Violation {
                throw Violation([.item(index)] + violation.path, violation.problem)
            }
        }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.array(self) }
}

extension Dictionary: JSONCodable where Key == String, Value: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws {
        try json.object()
        self.init()
        // The first of duplicate keys counts.
        try json.forEachMember { key, value throws(any Error) in
            if index(forKey: key.keyText) == nil { self[key.keyText] = try Value(json: value) }
        }
    }
    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        json.object([], others: self)
    }
}

extension CalendarDate: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws {
        guard let date = json.text.flatMap({ CalendarDate($0) }) else { throw json.mismatch(TextFormat.date.noun) }
        self = date
    }

    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(description) }
}
