extension Schema {
    /// Everything that is wrong with a value as a caller gives it, before it is encoded.
    ///
    /// The check follows JSON Schema 2020-12, with one departure. An object without additional properties has no other fields
    /// than the declared ones, since a misspelled optional field would otherwise be lost without a word.
    ///
    /// - Parameters:
    ///   - value: The argument; a point in time is given in its own format or in RFC 3339, bytes as ``EncodedBytes``.
    ///   - path: Where the value is.
    /// - Returns: The violations, in the order of the value; empty if the value may be sent.
    public func violations(ofArgument value: JSONValue, at path: [Violation.Step] = []) -> [Violation] {
        var check = ArgumentCheck()
        check.check(value, self, path)
        return check.violations
    }

    /// What is wrong with so many files as the value of an array of bytes.
    public func violations(ofFiles count: Int) -> [Violation] {
        let schema = resolved
        if schema.kind == .any { return [] }
        var check = ArgumentCheck()
        if schema.isFiles {
            check.checkCount(count, schema, [])
        } else {
            check.violations = [Violation([], .mismatch(expected: schema.noun, found: "several files"))]
        }
        return check.violations
    }

    /// Whether values are arrays of bytes.
    public var isFiles: Bool {
        if case .array(let items) = resolved.kind { items.resolved.kind == .binary } else { false }
    }

    /// Everything that is wrong with the members of an object whose fields are these.
    ///
    /// - Parameters:
    ///   - members: The arguments by name.
    ///   - properties: The fields that there are.
    ///   - path: Where the object is.
    /// - Returns: The violations; empty if the members may be sent.
    public static func violations(
        ofArguments members: JSONObject, _ properties: [Property], at path: [Violation.Step] = []
    ) -> [Violation] {
        var check = ArgumentCheck()
        check.checkMembers(members, properties, additional: nil, path, isSensitive: false)
        return check.violations
    }
}

private struct ArgumentCheck {
    var violations: [Violation] = []

    mutating func check(_ value: JSONValue, _ schema: Schema, _ path: [Violation.Step]) {
        if schema.isReference { judge(value, schema.resolved, path) } else { judge(value, schema, path) }
    }

    private mutating func judge(_ value: JSONValue, _ schema: Schema, _ path: [Violation.Step]) {
        if value.isNull {
            if schema.isNullable || schema.kind == .any { return }
            return refuse(schema.noun, value, schema, path)
        }
        switch (schema.kind, value) {
        case (.any, _), (.boolean, .bool): break
        case (.string, .string(let text)): checkText(text, schema, path)
        case (.integer, .number(let number)) where number == number.rounded() && value.integral == nil:
            refuse("an integer of 64 bits", value, schema, path)
        case (.integer, .decimal(let text)) where text.utf8.dropFirst().allSatisfy(\.isDigitByte):
            refuse("an integer of 64 bits", value, schema, path)
        case (.integer(let format), _):
            guard let number = value.integral else { return refuse(schema.noun, value, schema, path) }
            if format == .int32, Int32(exactly: number) == nil {
                refuse("an integer of 32 bits", value, schema, path)
            } else {
                checkRange(.integer(number), schema, path)
            }
        case (.number, .integer(let number)): checkRange(.integer(number), schema, path)
        case (.number, .number), (.number, .decimal):
            if let number = value.double, number.isFinite {
                checkRange(.number(number), schema, path)
            } else {
                add(.constraint("must be a finite number"), path)
            }
        case (.date(let format), _):
            if format.timestamp(from: value) == nil, DateFormat.dateTime.timestamp(from: value) == nil {
                refuse(format.noun, value, schema, path)
            }
        case (.text(let format), .string(let text)):
            if format.normal(text) == nil { refuse(format.noun, value, schema, path) }
        case (.binary, _):
            if EncodedBytes(value) == nil { refuse(EncodedBytes.noun, value, schema, path) }
        case (.array(let items), .array(let values)):
            checkCount(values.count, schema, path)
            let items = schema.isSensitive ? items.sensitive : items
            for (index, item) in values.enumerated() { check(item, items, path + [.item(index)]) }
        case (.object(let properties, let additional), .object(let members)):
            checkMembers(members, properties, additional: additional, path, isSensitive: schema.isSensitive)
        case (.union(let union), _):
            // A value of no member is sent as it is: a service may add one at any time.
            guard let member = union.schema(of: value) else { return }
            check(value, schema.isSensitive ? member.sensitive : member, path)
        default: refuse(schema.noun, value, schema, path)
        }
    }

    mutating func checkMembers(
        _ members: JSONObject, _ properties: [Schema.Property], additional: Schema?, _ path: [Violation.Step],
        isSensitive: Bool
    ) {
        let open = properties.filter { $0.constant == nil }
        let names = NameSet(open.map(\.name))
        for (name, value) in members.members where !names.contains(name) {
            let isConstant = properties.contains { $0.name == name }
            if let additional, !isConstant {
                check(value, isSensitive ? additional.sensitive : additional, path + [.field(name)])
                continue
            }
            let hint =
                isConstant
                ? "it is constant; remove it"
                : Suggestion.hint(for: name, in: open.map(\.name), otherwise: "there are no fields")
            add(.unknownField(hint: hint), path + [.field(name)])
        }
        for property in open {
            let path = path + [.field(property.name)]
            if let member = members[property.name] {
                // An absent field is left out; null is a value, and needs a type that has it.
                check(member, isSensitive ? property.schema.sensitive : property.schema, path)
            } else if !property.isOptional, property.defaultValue == nil {
                add(.missing, path)
            }
        }
    }

    // MARK: Constraints

    private mutating func checkText(_ text: String, _ schema: Schema, _ path: [Violation.Step]) {
        let constraints = schema.constraints
        // JSON Schema counts characters as RFC 8259 defines them: Unicode scalars.
        let length = text.unicodeScalars.count
        if let least = constraints.minLength, length < least {
            let what = least == 1 ? "must not be empty" : "must have at least \(least) characters; got \(length)"
            add(.constraint(what), path)
        }
        if let most = constraints.maxLength, length > most {
            let unit = most == 1 ? "character" : "characters"
            add(.constraint("must have at most \(most) \(unit); got \(length)"), path)
        }
        guard let pattern = constraints.pattern else { return }
        switch Pattern.compiled(pattern) {
        case .success(let compiled):
            if compiled.matches(text) { return }
            let found = schema.isSensitive ? "the value given" : JSONValue.string(text).text()
            add(.constraint("must match \(pattern); got \(found)"), path)
        case .failure(let error):
            add(.constraint("must match \(pattern), which is not a pattern: \(error)"), path)
        }
    }

    private mutating func checkRange(_ number: Bound, _ schema: Schema, _ path: [Violation.Step]) {
        let (least, most) = (schema.constraints.minimum, schema.constraints.maximum)
        if let least, number < least { return refuse(schema.constraints.rangeNoun, number.value, schema, path) }
        if let most, number > most { refuse(schema.constraints.rangeNoun, number.value, schema, path) }
    }

    mutating func checkCount(_ count: Int, _ schema: Schema, _ path: [Violation.Step]) {
        func items(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }
        if let least = schema.constraints.minItems, count < least {
            add(.constraint("must have at least \(items(least)); got \(count)"), path)
        }
        if let most = schema.constraints.maxItems, count > most {
            add(.constraint("must have at most \(items(most)); got \(count)"), path)
        }
    }

    private mutating func refuse(
        _ expected: String, _ value: JSONValue, _ schema: Schema, _ path: [Violation.Step]
    ) {
        let found = schema.isSensitive ? value.typeName : value.excerpt
        add(.mismatch(expected: expected, found: found), path)
    }

    private mutating func add(_ problem: Violation.Problem, _ path: [Violation.Step]) {
        violations.append(Violation(path, problem))
    }
}

extension Schema.Constraints {
    /// `in 1…100`, `at least 1`, `at most 9`; nil if every number is allowed.
    public var rangeText: String? {
        switch (minimum, maximum) {
        case (let low?, let high?): "in \(low.value)…\(high.value)"
        case (let low?, nil): "at least \(low.value)"
        case (nil, let high?): "at most \(high.value)"
        case (nil, nil): nil
        }
    }

    fileprivate var rangeNoun: String { rangeText ?? "a number" }
}

extension Schema {
    /// What a value is, for messages: `an integer`.
    public var noun: String {
        switch kind {
        case .any, .union, .reference: "a value"
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a number"
        case .boolean: "true or false"
        case .text(let format): format.noun
        case .date(let format): format.noun
        case .binary: "bytes"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// What kind of value this is, for messages: `an integer`.
    public var noun: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number, .decimal: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The value as it can stand in a message: a scalar as JSON, of a list or an object what it is.
    public var excerpt: String {
        switch self {
        case .array(let items): return "an array of \(items.count)"
        case .object(let object):
            return object.isEmpty
                ? "an empty object" : "an object with \(object.keys.prefix(5).joined(separator: ", "))"
        default:
            let text = text()
            return text.count > 80 ? text.prefix(80) + "…" : text
        }
    }
}

/// One value that its schema refuses: where it is, what is wanted, and what is there.
public struct Violation: Error, Sendable, Hashable {
    /// A step from a value into one that is inside it.
    public enum Step: Sendable, Hashable {
        case field(String)
        case item(Int)
    }

    /// What is wrong.
    public enum Problem: Sendable, Hashable {
        /// Another value is there: the text of what is wanted ("an integer", "in 1…100") and of what was found.
        case mismatch(expected: String, found: String)
        /// A length or a pattern is not met: "must have at least 1 item; got 0".
        case constraint(String)
        /// A required field is absent.
        case missing
        /// An object that is sent has a field that is not declared; with what may have been meant.
        case unknownField(hint: String)
    }

    /// The keys and indices that lead to the value.
    public var path: [Step]
    /// What is wrong with it.
    public var problem: Problem

    /// Creates a violation of the value at a path.
    public init(_ path: [Step], _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// `renameList[2].newName`
    public var pathText: String { Self.text(of: path) }

    /// What is wrong and what is allowed, after the value's name: `must be in 1…100; got 101`.
    public var message: String {
        switch problem {
        case .mismatch(let expected, let found): "must be \(expected); got \(found)"
        case .constraint(let text): text
        case .missing: "is missing"
        case .unknownField(let hint): "is not a field; \(hint)"
        }
    }

    /// A path as people write it.
    public static func text(of path: [Step]) -> String {
        var text = ""
        for step in path {
            switch step {
            case .item(let index): text += "[\(index)]"
            case .field(let name): text += text.isEmpty ? name : ".\(name)"
            }
        }
        return text
    }
}

/// A limit of a range, as it is written: integers are exact beyond 2^53.
public enum Bound: Sendable, Hashable {
    case integer(Int64)
    case number(Double)

    /// A JSON number; nil for any other value.
    public init?(_ value: JSONValue) {
        switch value {
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .number(number)
        default: return nil
        }
    }

    /// The limit as a JSON value.
    public var value: JSONValue {
        switch self {
        case .integer(let integer): .integer(integer)
        case .number(let number): Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
        }
    }
}

extension Bound: Comparable {
    /// Compares by value, exactly also between an integer and a number.
    public static func < (left: Bound, right: Bound) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left < right
        case (.number(let left), .number(let right)): left < right
        case (.integer(let integer), .number(let number)): isLess(integer, number)
        case (.number(let number), .integer(let integer)):
            !number.isNaN && !isLess(integer, number) && !isEqual(integer, number)
        }
    }

    /// Compares by value: the integer 1 equals the number 1.
    public static func == (left: Bound, right: Bound) -> Bool { left.value == right.value }

    /// Hashes equal bounds equally.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    private static func isEqual(_ integer: Int64, _ number: Double) -> Bool { Int64(exactly: number) == integer }

    /// Exact: an `Int64` beyond 2^53 is not rounded to the `Double` it is compared with.
    private static func isLess(_ integer: Int64, _ number: Double) -> Bool {
        if number.isNaN { return false }
        if number >= 0x1p63 { return true }
        if number < -0x1p63 { return false }
        let whole = number.rounded(.down)
        let floor = Int64(whole)
        return integer < floor || integer == floor && number > whole
    }
}

extension Bound: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// Creates an integer bound.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// Creates a bound that may have a fraction.
    public init(floatLiteral value: Double) { self = .number(value) }
}

/// Names that are looked up: few are compared one by one, which is faster, and many are found at once.
struct NameSet {
    private let few: [String]
    private let many: Set<String>
    private static let small = 16

    init(_ names: [String]) {
        few = names.count > Self.small ? [] : names
        many = names.count > Self.small ? Set(names) : []
    }

    func contains(_ name: String) -> Bool { few.contains(name) || many.contains(name) }
}
