/// Reads a value of a response as its schema says: declared fields in their order, `accept`, `aliases`, `sentinels` and
/// `nullAsEmpty` applied. Untyped calls and generated types read through it.
///
/// Constraints such as `minimum` are checks before sending and mean nothing here; fields that are not declared follow.
public struct ResponseNormalizer: Sendable {
    /// What is wrong, in the order of the schema; empty if the value is as declared.
    public private(set) var violations: [Violation] = []

    /// What values are made into.
    public enum Form: Sendable {
        /// The declared encoding: a boolean that is written as 0 or 1 stays a number.
        case wire
        /// What the values mean, for types that read themselves: such a boolean is a boolean, a sentinel is null, a joined text
        /// is an array, and a time is the number that Foundation's `Date` codes itself as.
        case decoded
    }

    private let form: Form
    /// Where the value stands that is being read.
    private var path: [Violation.Step] = []

    /// Creates a normalizer.
    public init(_ form: Form = .wire) {
        self.form = form
    }

    /// The value in its normal form. Where a part is not as declared, a violation is recorded and the part stays as it is.
    public mutating func normalized(
        _ value: JSONValue, as schema: Schema, at path: [Violation.Step] = []
    ) -> JSONValue {
        self.path = path
        return read(value, as: schema)
    }

    /// The same for a value that is read from text.
    public mutating func normalized(_ json: JSONReader, as schema: Schema) -> JSONValue {
        path = []
        return read(json, as: schema)
    }

    private mutating func read(_ value: some ResponseSource, as schema: Schema) -> JSONValue {
        schema.isReference ? settle(value, schema.resolved) : settle(value, schema)
    }

    private mutating func settle(_ value: some ResponseSource, _ schema: Schema) -> JSONValue {
        if let wrap = schema.encoding.wrap { return unwrapped(value, schema, wrap) }
        if value.isNull { return schema.admitsNone ? schema.none : refuse(schema.wireNoun, value) }
        if schema.isSentinel(value) { return form == .decoded ? .null : value.json }
        switch schema.kind {
        case .any, .binary, .reference: return value.json
        case .union(let union): return union.schema(of: value).map { read(value, as: $0) } ?? value.json
        case .array(let items): return array(value, of: items, schema)
        case .object(let properties, let additional): return object(value, properties, additional, schema)
        case .string, .text, .integer, .number, .boolean, .date:
            return scalar(value.json, schema) ?? refuse(schema.wireNoun, value)
        }
    }

    private mutating func unwrapped(_ value: some ResponseSource, _ schema: Schema, _ wrap: String) -> JSONValue {
        guard value.isObject else { return refuse("an object with the field \"\(wrap)\"", value) }
        guard let inner = value.member(wrap) else {
            violations.append(Violation(path + [.field(wrap)], .missing))
            return value.json
        }
        var schema = schema
        schema.encoding.wrap = nil
        let result = within(.field(wrap)) { $0.read(inner, as: schema) }
        if form == .decoded { return result }
        var object = value.json.object ?? [:]
        object[wrap] = result
        return .object(object)
    }

    private mutating func within<Result>(_ step: Violation.Step, _ body: (inout Self) -> Result) -> Result {
        path.append(step)
        defer { path.removeLast() }
        return body(&self)
    }

    private func scalar(_ value: JSONValue, _ schema: Schema) -> JSONValue? {
        if schema.kind == .any { return value }
        return form == .decoded ? schema.decodedScalar(value) : schema.scalar(value)
    }

    private mutating func array(_ value: some ResponseSource, of items: Schema, _ schema: Schema) -> JSONValue {
        if let separator = schema.encoding.join { return joined(value.json, by: separator, items.resolved) }
        guard value.isArray else { return refuse(schema.wireNoun, value) }
        var result: [JSONValue] = []
        value.eachElement { item in
            result.append(within(.item(result.count)) { $0.read(item, as: items) })
        }
        return .array(result)
    }

    private mutating func joined(_ whole: JSONValue, by separator: String, _ items: Schema) -> JSONValue {
        guard let text = whole.string else { return refuse("a string", whole) }
        var result: [JSONValue] = []
        for (index, part) in text.parts(separatedBy: separator).enumerated() {
            if let item = items.value(inText: part).flatMap({ scalar($0, items) }) {
                result.append(item)
            } else {
                _ = within(.item(index)) { $0.refuse(items.wireNoun, JSONValue.string(part)) }
            }
        }
        return form == .decoded ? .array(result) : whole
    }

    private mutating func object(
        _ value: some ResponseSource, _ properties: [Schema.Property], _ additional: Schema?, _ schema: Schema
    ) -> JSONValue {
        if schema.encoding.template != nil {
            let whole = value.json
            return whole.string == nil ? refuse("a string", value) : whole
        }
        guard value.isObject else { return refuse(schema.wireNoun, value) }
        var result = JSONObject()
        var found = 0
        for property in properties {
            let key = property.spelling { value.member($0).map { !$0.isNull } ?? false }
            let given = value.member(key)
            if given != nil { found += 1 }
            let read = within(.field(key)) { $0.member(given, property) }
            if let read { result.appendIfNew(property.name, read) }
        }
        // Most responses hold what is declared and nothing else.
        if found < value.memberCount {
            let names = NameSet(properties.flatMap { [$0.name] + $0.aliases })
            value.eachMember { key, value in
                if names.contains(key) || result[key] != nil { return }
                result[key] =
                    additional.map { schema in within(.field(key)) { $0.read(value, as: schema) } } ?? value.json
            }
        }
        return .object(result)
    }

    /// A declared member; nil leaves it out.
    ///
    /// A member that is required must be there, nullable or not (JSON Schema 2020-12, Validation, 6.5.3).
    private mutating func member(_ value: (some ResponseSource)?, _ property: Schema.Property) -> JSONValue? {
        if let value, !value.isNull { return read(value, as: property.schema) }
        let schema = property.schema.resolved
        if schema.leniency.nullAsEmpty { return .array([]) }
        if property.isOptional || !schema.leniency.sentinels.isEmpty {
            // An optional field that is null reads as absent: Swift has one nil for both.
            return schema.isNullable || schema.kind == .any ? value.map { _ in .null } : nil
        }
        if let value { return read(value, as: schema) }
        violations.append(Violation(path, .missing))
        return nil
    }

    private mutating func refuse(_ expected: String, _ value: some ResponseSource) -> JSONValue {
        let whole = value.json
        violations.append(Violation(path, .mismatch(expected: expected, found: whole.excerpt)))
        return whole
    }
}

// MARK: Properties

extension ResponseNormalizer {
    /// A declared member, for types that read themselves; nil leaves it out.
    mutating func member(
        _ value: JSONReader?, _ property: Schema.Property, at path: [Violation.Step]
    ) -> JSONValue? {
        self.path = path
        return member(value, property)
    }
}

// MARK: Scalars

extension Schema {
    /// Whether null reads as a value. Where a sentinel stands for "none", null does, too: the Swift type has room for it.
    fileprivate var admitsNone: Bool {
        isNullable || leniency.nullAsEmpty || !leniency.sentinels.isEmpty || kind == .any
    }

    fileprivate var none: JSONValue { leniency.nullAsEmpty ? .array([]) : .null }

    /// What a response writes for it, in JSON Schema's words.
    private var wireType: ScalarType? {
        if encoding.wire == .string { return .string }
        return switch kind {
        case .string, .text: .string
        case .integer: .integer
        case .number: .number
        case .boolean: encoding.wire == .integer ? .integer : .boolean
        case .date(let format): format.isNumeric ? .integer : .string
        case .any, .binary, .array, .object, .union, .reference: nil
        }
    }

    /// Whether a value stands for "none".
    fileprivate func isSentinel(_ value: some ResponseSource) -> Bool {
        !leniency.sentinels.isEmpty && leniency.sentinels.contains(value.json)
    }

    /// What a scalar, or a text that joins scalars, means to a type that reads itself; nil where a normalizer has to judge.
    func decoded(_ json: JSONReader) -> JSONValue? {
        if encoding.wrap != nil || json.isNull { return nil }
        switch kind {
        case .string, .text, .integer, .number, .boolean, .date:
            let value = JSONValue(json)
            return isSentinel(value) ? .null : decodedScalar(value)
        case .array(let items):
            guard let separator = encoding.join, leniency.sentinels.isEmpty, let text = json.text else { return nil }
            let parts = text.parts(separatedBy: separator)
            return (items.isReference ? items.resolved : items).decoded(parts).map(JSONValue.array)
        case .any, .binary, .object, .union, .reference: return nil
        }
    }

    /// What the parts of a joined text mean; nil if one of them is not of the type.
    private func decoded(_ parts: [String]) -> [JSONValue]? {
        var items: [JSONValue] = []
        items.reserveCapacity(parts.count)
        for part in parts {
            guard let value = value(inText: part), let item = decodedScalar(value) else { return nil }
            items.append(item)
        }
        return items
    }

    /// Whether a value is read as it is: the schema says no more than its type.
    var isVerbatim: Bool {
        guard encoding.wrap == nil, encoding.join == nil, leniency.sentinels.isEmpty else { return false }
        return switch kind {
        case .any: true
        case .array(let items): items.isVerbatim
        default: false
        }
    }

    /// The normal form of a scalar: its declared encoding; nil if the value is none that the response may hold.
    fileprivate func scalar(_ value: JSONValue) -> JSONValue? {
        accepted(value) { declared($0) }.map { encoding.wire == nil ? $0 : encoded($0) }
    }

    /// What a scalar means to a type that reads itself: its declared type, a time as a number; nil if the value is none that the
    /// response may hold.
    fileprivate func decodedScalar(_ value: JSONValue) -> JSONValue? {
        guard case .date(let format) = kind else { return accepted(value) { declared($0) } }
        return accepted(value) { unwired($0).flatMap(format.timestamp) }.map { .number($0.secondsSinceReferenceDate) }
    }

    /// What is read from a value of the declared type, or of an accepted one.
    private func accepted<Result>(_ value: JSONValue, _ read: (JSONValue) -> Result?) -> Result? {
        if let result = read(value) { return result }
        guard let type = wireType, leniency.accept.contains(where: { $0.includes(value) }),
            let converted = converted(value, to: type)
        else { return nil }
        return read(converted)
    }

    /// The value without its encoding as another JSON type.
    private func unwired(_ value: JSONValue) -> JSONValue? {
        switch (encoding.wire, kind) {
        case (.string, .integer), (.string, .date):
            value.string.flatMap(JSONNumberText.integer).map(JSONValue.integer)
        case (.string, .number): value.string.flatMap(JSONNumberText.number)
        case (.string, .boolean): value.string.flatMap { ["true": true, "false": false][$0] }
        case (.integer, .boolean): value == 0 || value == 1 ? .bool(value == 1) : nil
        default: value
        }
    }

    /// The argument form of a value that has its declared encoding.
    private func declared(_ value: JSONValue) -> JSONValue? {
        guard let value = unwired(value) else { return nil }
        switch (kind, value) {
        case (.string, .string), (.boolean, .bool), (.number, .integer), (.number, .decimal): return value
        case (.number, .number(let number)): return Int64(exactly: number).map(JSONValue.integer) ?? value
        case (.integer(let format), _):
            guard let integer = value.integral else { return nil }
            return format == .int32 && Int32(exactly: integer) == nil ? nil : .integer(integer)
        case (.date(let format), _): return format.timestamp(from: value).map(format.value)
        case (.text(let format), .string(let text)): return format.normal(text).map(JSONValue.string)
        default: return nil
        }
    }

    /// What a scalar of a response means: `1` as a boolean is `true`, `"12"` as an integer is `12`. Conditions in specs, and
    /// people, speak of these. Times, and values that are not as declared, stay as they are.
    public func decoded(_ value: JSONValue) -> JSONValue {
        let schema = resolved
        switch schema.kind {
        case .boolean, .integer, .number: return schema.decodedScalar(value) ?? value
        case .union(let union): return union.schema(of: value)?.decoded(value) ?? value
        default: return value
        }
    }

    /// A value of an accepted type as the type that the response should have held.
    private func converted(_ value: JSONValue, to type: ScalarType) -> JSONValue? {
        switch (type, value) {
        case (.string, .integer), (.string, .number), (.string, .decimal):
            .string((value.integral.map(JSONValue.integer) ?? value).text())
        case (.string, .bool(let truth)):
            // A boolean that is written as text, or a text that is written as a boolean.
            .string(String(truth))
        case (.integer, .string(let text)), (.number, .string(let text)): JSONNumberText.number(text)
        case (.integer, .bool(let truth)), (.number, .bool(let truth)): .integer(truth ? 1 : 0)
        case (.integer, .number), (.number, .integer): value
        case (.boolean, .string("0")), (.boolean, .string("false")): false
        case (.boolean, .string("1")), (.boolean, .string("true")): true
        case (.boolean, _): value.integral.flatMap { [0: false, 1: true][$0] }
        default: nil
        }
    }

    /// The JSON value that a part of a joined text stands for; nil if it is not one of the type.
    fileprivate func value(inText text: String) -> JSONValue? {
        switch kind {
        case .string, .text, .any: .string(text)
        case .date(let format) where !format.isNumeric: .string(text)
        default:
            if encoding.wire == .string {
                .string(text)
            } else if text == "true" || text == "false" {
                .bool(text == "true")
            } else {
                JSONNumberText.number(text)
            }
        }
    }

    /// What a response must hold, for messages.
    fileprivate var wireNoun: String {
        switch (kind, encoding.wire) {
        case (.integer, .string): "an integer in a string"
        case (.number, .string): "a number in a string"
        case (.boolean, .integer): "0 or 1"
        case (.integer(.int32), _): "an integer of 32 bits"
        default: noun
        }
    }
}

extension Schema.ScalarType {
    /// Whether a value is of this type; every integer is a number.
    func includes(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.string, .string), (.boolean, .bool), (.integer, .integer), (.number, .integer), (.number, .number),
            (.number, .decimal):
            true
        case (.integer, .number): value.integral != nil
        default: false
        }
    }
}

extension Schema.Property {
    /// The first spelling of the name for which a condition holds; the name itself if it holds for none.
    func spelling(_ isFound: (String) -> Bool) -> String {
        if aliases.isEmpty || isFound(name) { return name }
        return aliases.first(where: isFound) ?? name
    }
}

extension String {
    /// The parts between a separator; none of an empty text.
    public func parts(separatedBy separator: String) -> [String] {
        if isEmpty { return [] }
        if separator.isEmpty { return map(String.init) }
        var (text, separator) = (self, separator)
        return text.withUTF8 { text in separator.withUTF8 { separator in text.parts(separatedBy: separator) } }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The parts of a text between a separator, which is not empty.
    fileprivate func parts(separatedBy separator: Self) -> [String] {
        var parts: [String] = []
        // Most texts have a few parts.
        parts.reserveCapacity(4)
        var (start, next) = (0, 0)
        while next + separator.count <= count {
            if self[next] == separator[0], self[next...].starts(with: separator) {
                parts.append(String(decoding: self[start..<next], as: UTF8.self))
                next += separator.count
                start = next
            } else {
                next += 1
            }
        }
        parts.append(String(decoding: self[start...], as: UTF8.self))
        return parts
    }
}

/// A value of a response: one that is read already, or one in its text.
protocol ResponseSource {
    /// The value with all that is in it.
    var json: JSONValue { get }
    var isNull: Bool { get }
    var isObject: Bool { get }
    var isArray: Bool { get }
    /// The number of members; a duplicate key may count twice.
    var memberCount: Int { get }
    /// The JSON type, in which an integer is a number too; nil for null.
    var jsonType: Schema.JSONType? { get }
    /// The first member of a key; nil if there is none, or if this is not an object.
    func member(_ name: String) -> Self?
    func eachMember(_ body: (String, Self) -> Void)
    func eachElement(_ body: (Self) -> Void)
}

extension JSONValue: ResponseSource {
    var json: JSONValue { self }
    var isObject: Bool { object != nil }
    var jsonType: Schema.JSONType? {
        switch self {
        case .null: nil
        case .bool: .boolean
        case .integer: .integer
        case .number, .decimal: integral == nil ? .number : .integer
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
    var isArray: Bool { array != nil }
    var memberCount: Int { object?.count ?? 0 }
    func member(_ name: String) -> JSONValue? { object?[name] }
    func eachMember(_ body: (String, JSONValue) -> Void) {
        for (key, value) in object?.members ?? [] { body(key, value) }
    }
    func eachElement(_ body: (JSONValue) -> Void) { array?.forEach(body) }
}

extension JSONReader: ResponseSource {
    var json: JSONValue { JSONValue(self) }
    var isArray: Bool { kind == .array }
    var jsonType: Schema.JSONType? {
        switch type {
        case .null: nil
        case .boolean: .boolean
        case .number: integer(entry) == nil ? .number : .integer
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
    var memberCount: Int {
        var count = 0
        forEachMember { _, _ in count += 1 }
        return count
    }
    // Not called `forEachMember`: a requirement that the generic method with a typed error fulfills crashes the compiler of 6.3.
    func eachMember(_ body: (String, JSONReader) -> Void) {
        forEachMember { key, value in body(key.keyText, value) }
    }
    func eachElement(_ body: (JSONReader) -> Void) { forEachElement { body($0) } }
}
