// What generated code calls for a field whose schema says more than a type: other JSON types, times, sentinels, spellings.

extension JSONReader {
    /// The value of a member as its property says.
    ///
    /// - Parameter property: The property; what is inside objects is left to their own types.
    /// - Returns: The value; nil where the type is optional and the member has none.
    /// - Throws: What the schema, or the type, refuses.
    @_spi(Generated) public func read<Value: JSONCodable>(_ property: Schema.Property) throws -> Value {
        try object()
        let key = property.spelling { member($0).map { !$0.isNull } ?? false }
        let given = member(key)
        if let given, let value: Value = try given.readAtOnce(property.schema) { return value }
        var normalizer = ResponseNormalizer(.decoded)
        let value = normalizer.member(given, property, at: [.field(key)])
        return try decoded(value, normalizer, at: [.field(key)])
    }

    /// The value as a schema says.
    ///
    /// - Parameter schema: The schema; what is inside objects is left to their own types.
    /// - Returns: The value.
    /// - Throws: What the schema, or the type, refuses.
    @_spi(Generated) public func read<Value: JSONCodable>(as schema: Schema) throws -> Value {
        if let value: Value = try readAtOnce(schema) { return value }
        var normalizer = ResponseNormalizer(.decoded)
        let value = normalizer.normalized(self, as: schema)
        return try decoded(value, normalizer, at: [])
    }

    /// The value where no normalizer, which allocates, has to judge it. Most fields with a schema are scalars, as declared, or
    /// lists that have another name.
    private func readAtOnce<Value: JSONCodable>(_ schema: Schema) throws -> Value? {
        if isNull { return nil }
        if schema.isVerbatim { return try Value(json: self) }
        return try schema.decoded(self).map { try Value(decoded: $0) }
    }

    /// The members of an object that have other names, by name; the first of duplicate keys counts.
    ///
    /// - Parameter names: The names that are left out.
    /// - Returns: The values.
    /// - Throws: What the type of a value refuses.
    @_spi(Generated) public func others<Value: JSONCodable>(than names: [String]) throws -> [String: Value] {
        try others(than: names) { json throws in try Value(json: json) }
    }

    /// The members of an object that have other names, read as the values of a map.
    ///
    /// - Parameters:
    ///   - names: The names that are left out.
    ///   - map: The map.
    /// - Returns: The values.
    /// - Throws: What the schema, or the type of a value, refuses.
    @_spi(Generated) public func others<Value: JSONCodable>(
        than names: [String], as map: Schema.Property
    ) throws -> [String: Value] {
        guard case .object(_, let values?) = map.schema.kind else { return try others(than: names) }
        return try others(than: names) { json throws in try json.read(as: values) }
    }

    private func others<Value>(
        than names: [String], _ read: (JSONReader) throws -> Value
    ) throws -> [String: Value] {
        try object()
        var others: [String: Value] = [:]
        try forEachMember { key, value throws(any Error) in
            let name = key.keyText
            if !names.contains(name), others.index(forKey: name) == nil { others[name] = try read(value) }
        }
        return others
    }

    private func decoded<Value: JSONCodable>(
        _ value: JSONValue?, _ normalizer: ResponseNormalizer, at path: [Violation.Step]
    ) throws -> Value {
        if let violation = normalizer.violations.first {
            throw JSONReadError(index: index, problem: .refused(violation))
        }
        do {
            return try Value(decoded: value ?? .null)
        } catch let violation as Violation {
            throw JSONReadError(index: index, problem: .refused(Violation(path + violation.path, violation.problem)))
        }
    }
}

extension JSONReader {
    /// A string in the normal form of a format.
    @_spi(Generated) public func text(_ format: TextFormat) throws -> String {
        guard let text = text.flatMap(format.normal) else { throw mismatch(format.noun) }
        return text
    }
}

@_spi(Generated) extension Schema.Property {
    /// What is written for a value: its encoding; for nil the first sentinel, or null where the property is required.
    public func encoded<Value: JSONCodable>(_ value: Value) -> JSONValue? {
        let json = value.jsonValue
        if !json.isNull { return schema.encoded(argument: json) }
        return schema.leniency.sentinels.first ?? (isOptional ? nil : .null)
    }

    /// What is written for the values of a map.
    public func encoded<Value: JSONCodable>(others values: [String: Value]) -> [String: JSONValue] {
        guard case .object(_, let schema?) = schema.kind else { return values.mapValues(\.jsonValue) }
        return values.mapValues { schema.encoded(codable: $0) }
    }
}

// MARK: Unions

extension JSONReader {
    /// The value as a member of a union.
    @_spi(Generated) public func read<Value: JSONCodable>(_ union: Schema.Union, _ index: Int) throws -> Value {
        try read(as: union.members[index].schema)
    }
}

@_spi(Generated) extension Schema.Union {
    /// Which member a value is of; nil for a value of no member.
    public func index(of value: JSONReader) -> Int? { index(ofSource: value) }

    /// What is written for a value of a member.
    public func encoded<Value: JSONCodable>(_ value: Value, _ index: Int) -> JSONValue {
        members[index].schema.encoded(codable: value)
    }
}

// MARK: Encoding

extension Schema {
    /// What is written for a value of a type that writes itself.
    func encoded<Value: JSONCodable>(codable value: Value) -> JSONValue { encoded(argument: value.jsonValue) }

    fileprivate func encoded(argument json: JSONValue) -> JSONValue { encoded(argument(ofCodable: json)) }

    /// The form that arguments have of the form that `Codable` types have: they differ in times.
    fileprivate func argument(ofCodable value: JSONValue) -> JSONValue {
        switch (kind, value) {
        case (.date, _):
            value.double.map { DateFormat.dateTime.value(of: Timestamp(secondsSinceReferenceDate: $0)) } ?? value
        case (.array(let items), .array(let elements)): .array(elements.map(items.argument))
        case (.object([], let values?), .object(let object)): .object(object.mapValues(values.argument))
        default: value
        }
    }
}
