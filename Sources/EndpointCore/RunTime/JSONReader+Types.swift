// What generated types read themselves with.

// MARK: Members

extension JSONReader {
    /// The value of a member.
    ///
    /// - Parameter name: The key, in ASCII.
    /// - Throws: A ``JSONReadError`` if there is none, or if this is not an object.
    @_spi(Generated) public subscript(name: StaticString) -> JSONReader {
        get throws {
            guard let found = try find(name) else { throw missing(name.description) }
            return JSONReader(self, at: found)
        }
    }

    /// The value of a member that may be absent or null.
    @_spi(Generated) public func ifPresent(_ name: StaticString) throws -> JSONReader? {
        guard let found = try find(name), entry(at: found).kind != .null else { return nil }
        return JSONReader(self, at: found)
    }

    /// The value of a member that may be null, not absent.
    @_spi(Generated) public func orNull(_ name: StaticString) throws -> JSONReader? {
        guard let found = try find(name) else { throw missing(name.description) }
        return entry(at: found).kind == .null ? nil : JSONReader(self, at: found)
    }

    /// Throws if this is not an object.
    @_spi(Generated) public func object() throws { if !isObject { throw mismatch("an object") } }

    private func find(_ name: StaticString) throws -> Int? {
        guard isObject else { throw mismatch("an object") }
        return find(name.utf8Start, name.utf8CodeUnitCount)
    }
}

// MARK: Elements

extension JSONReader {
    /// The elements of an array.
    @_spi(Generated) @inlinable public func list<Element: JSONCodable>(
        _ type: Element.Type = Element.self
    ) throws -> [Element] {
        let count = try elementCount()
        var list: [Element] = []
        list.reserveCapacity(count)
        var next = index + 1
        for _ in 0..<count {
            list.append(try Element(json: JSONReader(self, at: next)))
            next += span(at: next)
        }
        return list
    }

    @usableFromInline func span(at index: Int) -> Int { entry(at: index).span }

    @usableFromInline func elementCount() throws -> Int {
        guard kind == .array else { throw mismatch("an array") }
        var next = index + 1
        let end = index + entry.extent
        var count = 0
        while next < end {
            count += 1
            next += entry(at: next).span
        }
        return count
    }
}

// MARK: Scalars

@_spi(Generated) extension JSONReader {
    /// A value that reads itself.
    @inlinable public func value<Value: JSONCodable>(_ type: Value.Type = Value.self) throws -> Value {
        try Value(json: self)
    }

    /// A string.
    public func string() throws -> String {
        guard isString else { throw mismatch("a string") }
        return text(of: entry)
    }

    /// A boolean.
    public func bool() throws -> Bool {
        switch kind {
        case .true: true
        case .false: false
        default: throw mismatch("true or false")
        }
    }

    /// An integer of 64 bits, with or without a zero fraction.
    public func int64() throws -> Int64 {
        guard let integer = integer(entry) else { throw mismatch(isNumber ? "an integer of 64 bits" : "an integer") }
        return integer
    }

    /// An integer of the platform's width.
    public func int() throws -> Int { try narrow() }

    /// An integer of 32 bits.
    public func int32() throws -> Int32 { try narrow() }

    /// A number.
    public func double() throws -> Double {
        guard isNumber, let number = double(entry), number.isFinite else { throw mismatch("a number") }
        return number
    }

    /// A number, rounded to 32 bits.
    public func float() throws -> Float {
        guard isNumber, let number = Float(numberText(entry)), number.isFinite else { throw mismatch("a number") }
        return number
    }

    /// The point in time that the value means in a format; nil if it means none. Most are read from the text as it stands.
    @_spi(Generated) public func timestamp(_ format: DateFormat) -> Timestamp? {
        guard kind == .string else { return format.timestamp(from: JSONValue(self)) }
        return format.timestamp(fromText: UnsafeRawBufferPointer(start: bytes + entry.offset, count: entry.extent))
    }

    @inline(__always) private func narrow<Integer: FixedWidthInteger>() throws -> Integer {
        guard let integer = integer(entry) else {
            throw mismatch(isNumber ? "an integer of \(Integer.bitWidth) bits" : "an integer")
        }
        guard let narrow = Integer(exactly: integer) else { throw mismatch("an integer of \(Integer.bitWidth) bits") }
        return narrow
    }
}
