/// What messages call a value: `"list[0].name"`, `the default of "limit"`.
struct ValueName: CustomStringConvertible {
    var lead = ""
    var path: String

    /// The whole payload of an answer.
    static let payload = ValueName(path: "")

    static func the(_ lead: String, _ path: String) -> ValueName { ValueName(lead: "the \(lead) ", path: path) }

    var description: String { path.isEmpty ? "the payload" : "\(lead)\"\(path)\"" }

    func element(_ index: Int) -> ValueName { ValueName(lead: lead, path: "\(path)[\(index)]") }

    func field(_ name: String) -> ValueName { ValueName(lead: lead, path: path.isEmpty ? name : "\(path).\(name)") }
}

/// Checks that a value written in a spec is one of a type's.
struct ValueCheck {
    enum Mode {
        /// What a caller gives: wire forms do not show.
        case argument
        /// What the service answers.
        case wire
    }

    let session: CheckSession
    let mode: Mode
    var checksRanges = true

    init(_ session: CheckSession, _ mode: Mode, checksRanges: Bool = true) {
        self.session = session
        self.mode = mode
        self.checksRanges = checksRanges
    }

    /// Reports what is wrong with a value that messages call `name`; says whether nothing is.
    @discardableResult
    func check(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> Bool {
        let problems = problems(node, schema, name)
        for (position, message) in problems { session.report.error(position, message) }
        return problems.isEmpty
    }

    /// The same for the fields of an object whose own type has no model, such as all arguments of a call.
    func check(_ members: [JSONMember], _ fields: [FieldModel], at position: SourcePosition) {
        for (position, message) in fieldsProblems(members, fields, .payload, position) {
            session.report.error(position, message)
        }
    }

    typealias Problem = (SourcePosition, String)

    // MARK: All types

    private func problems(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> [Problem] {
        if schema.isUnknown { return [] }
        if node.isNull {
            if schema.isNullable || (mode == .wire && schema.nullAsEmpty) { return [] }
            if case .any = schema.kind { return [] }
            let hint =
                schema.jsonType == "array" && mode == .wire
                ? "write \"nullAsEmpty\": true" : "write \"type\": [\"\(schema.jsonType)\", \"null\"]"
            return [(node.position, "\(name) is null; \(hint) if that may be")]
        }
        if mode == .wire {
            if schema.sentinels.contains(where: { $0.isSame(as: node) }) { return [] }
            if schema.accept.contains(node.jsonType), node.jsonType != schema.wireType(session) {
                return accepted(node, schema, name).map { [$0] } ?? []
            }
            if let wrap = schema.wrap {
                guard let inner = node[wrap] else {
                    let message = "\(name) must be an object with the field \"\(wrap)\", for the items have \"wrap\""
                    return [(node.position, message)]
                }
                return kindProblems(inner, schema, name)
            }
        }
        return kindProblems(node, schema, name)
    }

    private func kindProblems(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> [Problem] {
        let isWire = mode == .wire
        switch schema.kind {
        case .array(let items) where !isWire || schema.join == nil: return arrayProblems(node, items, schema, name)
        case .object(let object) where !isWire || schema.template == nil: return objectProblems(node, object, name)
        case .reference(let type):
            guard var target = session.typeSchema(type) else { return [] }
            target.isNullable = target.isNullable || schema.isNullable
            return problems(node, target, name)
        default: return scalarProblem(node, schema, name).map { [$0] } ?? []
        }
    }

    private func scalarProblem(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> Problem? {
        let isWire = mode == .wire
        switch schema.kind {
        case .any: return nil
        case .string:
            guard let text = node.string else { return mismatch(node, "a string", name) }
            return textProblem(node, text, schema, name)
        case .integer, .number:
            if isWire, schema.wire == .string {
                guard let text = node.string else { return mismatch(node, "a number as a string", name) }
                guard let number = Self.number(text, node.position) else {
                    return (node.position, "\(name) must be a number as a string, not \"\(text)\"")
                }
                return numberProblem(number, schema, name)
            }
            return numberProblem(node, schema, name)
        case .boolean:
            if isWire, schema.wire == .integer {
                guard node.integer == 0 || node.integer == 1 else { return mismatch(node, "0 or 1", name) }
                return nil
            }
            return node.boolean == nil ? mismatch(node, "true or false", name) : nil
        case .date(let format): return dateProblem(node, format, schema, name)
        case .binary: return bytesProblem(node, name)
        case .array, .object: return node.string == nil ? mismatch(node, "a string", name) : nil
        case .reference: return nil
        case .enumeration(let enumeration): return caseProblem(node, enumeration, schema, name)
        }
    }

    private func mismatch(_ node: JSONNode, _ wanted: String, _ name: ValueName) -> Problem {
        let found = node.isNull || node.elements != nil || node.members != nil ? node.kindName : node.compactText
        return (node.position, "\(name) must be \(wanted), not \(found)")
    }

    /// A value of another JSON type that the service may send.
    private func accepted(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> Problem? {
        switch schema.kind {
        case .integer, .number:
            guard let text = node.string else { return nil }
            let isFine = Self.number(text, node.position) != nil
            return isFine ? nil : (node.position, "\(name) is \"\(text)\", which is no number")
        default: return nil
        }
    }

    // MARK: Scalars

    private func textProblem(_ node: JSONNode, _ text: String, _ schema: SchemaModel, _ name: ValueName) -> Problem? {
        guard checksRanges else { return nil }
        let count = text.unicodeScalars.count
        if let least = schema.minLength, count < least {
            return (
                node.position, "\(name) must have at least \(least) character\(least == 1 ? "" : "s"), not \(count)"
            )
        }
        if let most = schema.maxLength, count > most {
            return (node.position, "\(name) must have at most \(most) character\(most == 1 ? "" : "s"), not \(count)")
        }
        if let pattern = schema.pattern, let expression = session.patterns.expression(pattern),
            (try? expression.firstMatch(in: text)) == nil
        {
            return (node.position, "\(name) must match \(pattern), and \(node.compactText) does not")
        }
        return nil
    }

    private static func number(_ text: String, _ position: SourcePosition) -> JSONNode? {
        if let integer = Int64(text) { return JSONNode(.integer(integer), position: position) }
        guard let double = Double(text), double.isFinite else { return nil }
        return JSONNode(.double(double), position: position)
    }

    private func numberProblem(_ node: JSONNode, _ schema: SchemaModel, _ name: ValueName) -> Problem? {
        if case .integer(let width) = schema.kind {
            guard let integer = node.integer else {
                if node.double != nil {
                    return (node.position, "\(name) must be an integer of 64 bits, not \(node.compactText)")
                }
                return mismatch(node, "an integer", name)
            }
            if width == .int32, Int32(exactly: integer) == nil {
                return (node.position, "\(name) must be an integer of 32 bits, not \(integer)")
            }
        }
        guard node.double != nil else { return mismatch(node, "a number", name) }
        guard checksRanges else { return nil }
        if let least = schema.minimum, node.isLess(than: least) {
            return (node.position, "\(name) must be at least \(least.text), not \(node.compactText)")
        }
        if let most = schema.maximum, node.isGreater(than: most) {
            return (node.position, "\(name) must be at most \(most.text), not \(node.compactText)")
        }
        return nil
    }

    private func dateProblem(_ node: JSONNode, _ format: DateFormatModel, _ schema: SchemaModel, _ name: ValueName)
        -> Problem?
    {
        switch format {
        case .unixSeconds, .unixMilliseconds:
            let unit = format == .unixSeconds ? "seconds" : "milliseconds"
            let isText = mode == .wire && schema.wire == .string
            let integer = isText ? node.string.flatMap { Int64($0) } : node.integer
            return integer == nil
                ? mismatch(node, "\(unit) since 1970 as \(isText ? "a string" : "an integer")", name) : nil
        case .dateTime:
            let isFine = node.string.map(DateText.isDateTime) ?? false
            return isFine ? nil : mismatch(node, "a time like \"2025-01-31T08:30:00+08:00\"", name)
        case .localDateTime:
            let isFine = node.string.map(DateText.isLocalDateTime) ?? false
            return isFine ? nil : mismatch(node, "a time like \"2025-01-31 08:30:00\"", name)
        }
    }

    private func bytesProblem(_ node: JSONNode, _ name: ValueName) -> Problem? {
        let members = node.members ?? []
        if members.count == 1, members[0].value.string != nil {
            if members[0].key == "$text" { return nil }
            if members[0].key == "$base64" {
                let isFine = members[0].value.string.map(Self.isBase64) ?? false
                return isFine ? nil : (members[0].value.position, "\(name) is not valid base64")
            }
        }
        return (node.position, "\(name) must be bytes: { \"$text\": \"…\" } or { \"$base64\": \"…\" }")
    }

    private static func isBase64(_ text: String) -> Bool {
        guard text.utf8.count % 4 == 0 else { return false }
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return padding <= 2
            && text.utf8.dropLast(padding).allSatisfy {
                $0.isDigit || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2B || $0 == 0x2F
            }
    }

    private func caseProblem(
        _ node: JSONNode, _ enumeration: EnumerationModel, _ schema: SchemaModel, _ name: ValueName
    ) -> Problem? {
        if mode == .wire, schema.wire == .string, !enumeration.isString {
            return node.string.flatMap { Int64($0) } == nil ? mismatch(node, "an integer as a string", name) : nil
        }
        if enumeration.isString ? node.string == nil : node.integer == nil {
            return mismatch(node, enumeration.isString ? "a string" : "an integer", name)
        }
        // Answers may hold values that nobody has listed.
        if mode == .wire || enumeration.cases.contains(where: { $0.value.isSame(as: node) }) { return nil }
        let known = enumeration.cases.map { $0.value.compactText }.joined(separator: ", ")
        return (node.position, "\(name) must be one of \(known), not \(node.compactText)")
    }

    // MARK: Arrays and objects

    private func arrayProblems(
        _ node: JSONNode, _ items: SchemaModel, _ schema: SchemaModel, _ name: ValueName
    ) -> [Problem] {
        guard let elements = node.elements else { return [mismatch(node, "an array", name)] }
        let count = elements.count
        if checksRanges, let least = schema.minItems, count < least {
            return [
                (node.position, "\(name) must have at least \(least) element\(least == 1 ? "" : "s"), not \(count)")
            ]
        }
        if checksRanges, let most = schema.maxItems, count > most {
            return [(node.position, "\(name) must have at most \(most) element\(most == 1 ? "" : "s"), not \(count)")]
        }
        return elements.enumerated().flatMap { problems($1, items, name.element($0)) }
    }

    private func objectProblems(_ node: JSONNode, _ object: ObjectModel, _ name: ValueName) -> [Problem] {
        guard let members = node.members else { return [mismatch(node, "an object", name)] }
        var unknown: [Problem] = []
        if mode == .argument {
            let known = object.fields.filter { $0.constant == nil }.map(\.name)
            unknown = members.filter { !known.contains($0.key) }.map { member in
                let hint = Suggestion.hint(for: member.key, in: known)
                return (member.keyPosition, "\(name) has no field \"\(member.key)\"; \(hint)")
            }
        }
        return unknown + fieldsProblems(members, object.fields, name, node.position)
    }

    private func fieldsProblems(
        _ members: [JSONMember], _ fields: [FieldModel], _ name: ValueName, _ position: SourcePosition
    ) -> [Problem] {
        let values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
        return fields.flatMap { field -> [Problem] in
            let path = name.field(field.name)
            guard let value = values[field.name] ?? field.aliases.lazy.compactMap({ values[$0] }).first else {
                if mayLack(field) { return [] }
                let remedy = mode == .wire ? "add it, or write \"optional\": true for the field" : "add it"
                return [(position, "\(path) is missing; \(remedy)")]
            }
            if value.isNull, mode == .wire, field.isOptional { return [] }
            return problems(value, field.schema, path)
        }
    }

    private func mayLack(_ field: FieldModel) -> Bool {
        if field.isOptional || field.schema.nullAsEmpty { return true }
        return mode == .argument && (field.defaultValue != nil || field.constant != nil)
    }
}

extension JSONNode {
    /// The value of `type` that says what this is.
    fileprivate var jsonType: String {
        switch value {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    fileprivate func isLess(than bound: JSONNumber) -> Bool {
        if let integer, case .integer(let bound) = bound { return integer < bound }
        return (double ?? 0) < bound.double
    }

    fileprivate func isGreater(than bound: JSONNumber) -> Bool {
        if let integer, case .integer(let bound) = bound { return integer > bound }
        return (double ?? 0) > bound.double
    }
}

extension JSONNumber {
    /// The nearest `Double`.
    public var double: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        }
    }

    /// As JSON.
    public var text: String {
        switch self {
        case .integer(let integer): String(integer)
        case .double(let double): String(describing: double)
        }
    }
}
