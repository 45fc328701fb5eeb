import EndpointCore
import EndpointSpec

/// Writes fields as schemas of the spec language.
struct PageSchema {
    let notes: PageNotes
    /// Whether the fields are sent; otherwise they are a response's.
    let isRequest: Bool
    /// The line of a key in the samples, for notes that name both lines.
    let sampleLine: (String) -> Int?
    /// Whether the service is known to send null for an empty list.
    var hasNullLists = false
    /// What the items of lists are in other specs, by the names of the lists.
    var knownItems: [String: PageType] = [:]
    /// The types that the fields are in, by the names that the checker gives them.
    var enclosing: [String] = []
    /// What comments in samples say, by key.
    var comments: [String: String] = [:]

    /// The schemas of fields, by name.
    ///
    /// - Parameters:
    ///   - fields: The fields.
    ///   - containers: The objects of samples that hold them.
    /// - Returns: The map of fields.
    func map(_ fields: [PageField], in containers: [JSONObject]) -> JSONObject {
        var object = JSONObject()
        for field in fields {
            guard object[field.name] == nil else { continue }
            let values = containers.map { container in
                ([field.name] + field.aliases).lazy.compactMap { container[$0] }.first
            }
            object[field.name] = .object(schema(of: field, values))
        }
        return object
    }

    /// The schema of a field.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - values: What the samples have for it; nil where an object of a sample lacks it.
    /// - Returns: The schema.
    func schema(of field: PageField, _ values: [JSONValue?]) -> JSONObject {
        var field = field
        if field.text.isEmpty, let comment = comments[field.name] { field.text = comment }
        if field.children.isEmpty { field.children = PageTextFields.inside(field) }
        let present = values.compactMap(\.self)
        let known = present.filter { $0 != .null }
        var decision = PageTypeDecision(field, known, isRequest: isRequest)
        let facts = PageFacts(field)
        if let contradiction = decision.contradiction {
            notes.add(
                .note, line: field.line,
                "\"\(field.name)\": \(contradiction)\(sampleLine(field.name).map { " (line \($0))" } ?? "")")
        }
        if decision.type == nil { decision.type = untyped(field, present) }
        var schema = type(decision.type ?? .any, field, facts, known)
        if !decision.accept.isEmpty, schema["enum"] == nil, schema["format"] == nil || decision.type?.isNumber ?? false
        {
            schema["accept"] = .array(decision.accept.map { .string($0) })
        } else if !decision.accept.isEmpty {
            schema["enum"] = nil
            schema["accept"] = .array(decision.accept.map { .string($0) })
        }
        settlePresence(&schema, field, facts, values, isList: decision.type?.isList ?? false)
        if Secrets.isSecret(field.name), schema["type"] == .string("string"), schema["const"] == nil {
            schema["sensitive"] = .bool(true)
        }
        if !field.aliases.isEmpty, !isRequest { schema["aliases"] = .array(field.aliases.map { .string($0) }) }
        let text = Self.description(field)
        if !text.isEmpty { schema["description"] = .string(text) }
        return Self.ordered(schema)
    }

    /// What a field is that neither a table nor a sample says anything of.
    private func untyped(_ field: PageField, _ present: [JSONValue]) -> PageType? {
        if present.isEmpty, isRequest {
            notes.add(.proposed, line: field.line, "\"\(field.name)\": the page names no type; string")
            return .string
        }
        notes.add(
            .loose, line: field.line, "\"\(field.name)\": the page says no type, and the samples have no value; any")
        return .any
    }

    static func description(_ field: PageField) -> String {
        PageInline.trimmed(field.text.split(separator: "\n").map { PageInline.trimmed($0) }.joined(separator: " "))
            .replacing("\u{A0}", with: " ").replacing("\t", with: " ")
    }

    // MARK: Types

    private func type(_ type: PageType, _ field: PageField, _ facts: PageFacts, _ values: [JSONValue]) -> JSONObject {
        switch type {
        case .string: return string(field, facts, values)
        case .integer(let isLong): return integer(field, facts, values, isLong: isLong)
        case .number, .fraction:
            var schema: JSONObject = ["type": "number"]
            if isRequest { limit(&schema, facts) }
            return schema
        case .boolean: return ["type": "boolean"]
        case .any: return ["type": "any"]
        case .binary:
            return isRequest
                ? ["type": "string", "format": "binary", "filename": .string(field.name)] : ["type": "string"]
        case .object:
            let containers = values.compactMap(\.object)
            let fields = completed(field.children, in: containers, below: field)
            guard !fields.isEmpty else {
                notes.add(
                    .loose, line: field.line, "\"\(field.name)\": the fields of the object are not described; any")
                return ["type": "any"]
            }
            var inner = self
            inner.enclosing.append(PageNames.upperCamel(field.name == "type" ? "kind" : field.name))
            var schema: JSONObject = ["properties": .object(inner.map(fields, in: containers))]
            // A type cannot lie in one of its own name, and must not hide one that Swift or the run time has.
            if let own = inner.enclosing.last, enclosing.contains(own) || SwiftName.takenTypes.contains(own) {
                schema["name"] = .string(enclosing.last.map { $0 + own } ?? own + "Content")
            }
            return schema
        case .array(let items): return array(field, items, facts, values)
        }
    }

    private func string(_ field: PageField, _ facts: PageFacts, _ values: [JSONValue]) -> JSONObject {
        var schema: JSONObject = ["type": "string"]
        if isRequest, let constant = facts.constant {
            schema["const"] = .string(Self.spelled(constant, in: field.text))
            return schema
        }
        if isRequest, facts.says(PageWords.commaWords), values.allSatisfy({ $0.string != nil }) {
            return joined(field, facts, values)
        }
        if facts.words.count >= 2, facts.words.allSatisfy({ PageNames.lowerCamel([$0]).first?.isLetter ?? false }),
            Set(facts.words.map { PageNames.lowerCamel([$0]) }).count == facts.words.count
        {
            schema["enum"] = .array(facts.words.map { .string(Self.spelled($0, in: field.text)) })
            return schema
        }
        let texts = values.compactMap(\.string)
        if let format = Self.timeFormat(texts, isRequest ? field.text : "") {
            schema["format"] = .string(format)
            return schema
        }
        if isRequest {
            if let least = facts.least, least.isLength { schema["minLength"] = .integer(least.value) }
            if let greatest = facts.greatest, greatest.isLength { schema["maxLength"] = .integer(greatest.value) }
        }
        return schema
    }

    /// A value of several parts in one text.
    private func joined(_ field: PageField, _ facts: PageFacts, _ values: [JSONValue]) -> JSONObject {
        let parts = values.compactMap(\.string).flatMap { $0.split(separator: ",").map(String.init) }
        let shown =
            PageInline.folded(field.text).firstMatch(of: /(?:示例|例如|如|example|e\.g\.)[:\s,"“]*([0-9]+(?:,[0-9]+)+)/)
            != nil
        let areIntegers = parts.isEmpty ? shown : parts.allSatisfy { Int64(PageInline.trimmed($0)) != nil }
        var items: JSONObject = ["type": areIntegers ? "integer" : "string"]
        if areIntegers, PageNames.isID(field.name) { items["format"] = "int64" }
        notes.add(.proposed, line: field.line, "\"\(field.name)\": a list that is written as one text with commas")
        var schema: JSONObject = ["type": "array", "join": ",", "items": .object(items)]
        if field.isRequired != false { schema["minItems"] = 1 }
        if let greatest = facts.greatest, !greatest.isLength { schema["maxItems"] = .integer(greatest.value) }
        return schema
    }

    private func integer(_ field: PageField, _ facts: PageFacts, _ values: [JSONValue], isLong: Bool) -> JSONObject {
        var schema: JSONObject = ["type": "integer"]
        let isWide =
            isLong || PageNames.isID(field.name) || facts.says(PageWords.byteWords)
            || values.contains { $0.integral.map { abs($0) > Int64(Int32.max) } ?? false }
        if isRequest, let constant = facts.constant.flatMap({ Int64($0) }) {
            schema["const"] = .integer(constant)
            return schema
        }
        if facts.values.count >= 2 {
            let cases = PageLabels.cases(facts.values)
            if !cases.isEmpty {
                schema["enum"] = .object(cases)
                return schema
            }
        }
        if facts.says(PageWords.timestampWords) {
            let isMilliseconds =
                facts.says(PageWords.millisecondWords) || values.contains { ($0.integral ?? 0) > 100_000_000_000 }
            schema["format"] = isMilliseconds ? "unix-milliseconds" : "unix-seconds"
            return schema
        }
        if isWide { schema["format"] = "int64" }
        if isRequest, field.isRequired != false, facts.says(PageWords.rootWords),
            PageInline.folded(field.text).firstMatch(
                of: /(?:根目录|root)[^0-9,;.]{0,8}0(?![0-9.])|(?:^|[^0-9])0 (?:for|is|means) (?:the )?root/) != nil
        {
            schema["default"] = 0
            notes.add(
                .proposed, line: field.line, "\"\(field.name)\": 0 unless the caller says otherwise, which is the root")
        }
        if isRequest { limit(&schema, facts) }
        return schema
    }

    private func limit(_ schema: inout JSONObject, _ facts: PageFacts) {
        if let least = facts.least ?? facts.first.map({ PageFacts.Limit(value: $0, isLength: false) }), !least.isLength
        {
            schema["minimum"] = .integer(least.value)
        }
        if let greatest = facts.greatest, !greatest.isLength { schema["maximum"] = .integer(greatest.value) }
        if let least = schema["minimum"]?.integer, let greatest = schema["maximum"]?.integer, least > greatest {
            schema["minimum"] = nil
        }
    }

    private func array(_ field: PageField, _ items: PageType?, _ facts: PageFacts, _ values: [JSONValue]) -> JSONObject
    {
        var schema: JSONObject = ["type": "array"]
        let elements = values.flatMap { $0.array ?? [] }.filter { $0 != .null }
        var item = PageField(name: PageNames.singular(field.name), line: field.line, column: field.column)
        item.type = items ?? itemType(field)
        item.children = field.children
        if item.children.isEmpty, item.type == .object || item.type == nil, !elements.isEmpty,
            elements.allSatisfy({ $0.object == nil })
        {
            item.type = nil
        }
        var decision = PageTypeDecision(item, elements, isRequest: isRequest)
        if decision.type == nil, isRequest, let known = knownItems[field.name] {
            decision.type = known
            notes.add(
                .proposed, line: field.line, "\"\(field.name)\": its items are those of the same list in other specs")
        }
        if let type = decision.type {
            schema["items"] = .object(Self.ordered(self.type(type, item, PageFacts(item), elements)))
        } else {
            notes.add(
                .loose, line: field.line, "\"\(field.name)\": the page does not say what the items of the list are; any"
            )
            schema["items"] = ["type": "any"]
        }
        if isRequest {
            if field.isRequired != false { schema["minItems"] = 1 }
            if let least = facts.least, least.value > 0 { schema["minItems"] = .integer(least.value) }
            if let greatest = facts.greatest?.value ?? field.maxItems { schema["maxItems"] = .integer(greatest) }
        }
        return schema
    }

    /// What the text of a list says of its items: `文件id数组(string 数组)`.
    private func itemType(_ field: PageField) -> PageType? {
        let text = PageInline.folded(field.text)
        guard ["数组", "列表", "array", "list"].contains(where: { text.contains($0) }) else { return nil }
        let before = text.matches(of: /([a-z]+[0-9]{0,2}|字符串|整数|数字)\s*(?:类型)?的?\s*(?:数组|列表|array|list)/)
        let after = text.matches(of: /(?:array|list) of ([a-z]+?)s?(?:$|[^a-z])/)
        return (before.map(\.output.1) + after.map(\.output.1)).lazy.compactMap { PageType(String($0)) }.first
    }

    // MARK: Whether the value is there

    private func settlePresence(
        _ schema: inout JSONObject, _ field: PageField, _ facts: PageFacts, _ values: [JSONValue?], isList: Bool
    ) {
        if isRequest {
            guard schema["const"] == nil else { return }
            if field.isRequired == false {
                schema["optional"] = .bool(true)
                if schema["minItems"] == .integer(1) { schema["minItems"] = nil }
            } else if schema["type"] == .string("string"), schema["enum"] == nil, schema["format"] == nil {
                if facts.says(PageWords.emptyWords) {
                    schema["default"] = ""
                } else if schema["minLength"] == nil {
                    schema["minLength"] = 1
                }
            }
            return
        }
        let isNull = field.isNullable || values.contains { $0 == .null } || facts.says(PageWords.nullWords)
        let isAbsent = values.contains { $0 == nil }
        if isAbsent, field.isRequired == true, !field.isImplied {
            notes.add(
                .note, line: field.line,
                "\"\(field.name)\": the table says that it is always there, a sample lacks it\(sampleLine("").map { " (line \($0))" } ?? ""); optional"
            )
        }
        let isOptional = field.isRequired == false || isAbsent || facts.says(PageWords.absentWords)
        if isList, !isNull, hasNullLists {
            notes.add(
                .proposed, line: field.line,
                "\"\(field.name)\": null reads as an empty list, as in other responses of the service")
        }
        if isList, isNull || hasNullLists {
            schema["nullAsEmpty"] = .bool(true)
            return
        }
        if isNull {
            if let type = schema["type"]?.string, type != "any" {
                schema["type"] = [.string(type), "null"]
            } else if schema["properties"] != nil {
                schema["type"] = ["object", "null"]
            }
        }
        if isOptional { schema["optional"] = .bool(true) }
    }

    // MARK: Samples

    /// The fields with those that only samples have, which are optional beside described ones.
    func completed(_ fields: [PageField], in containers: [JSONObject], below parent: PageField?) -> [PageField] {
        var fields = fields
        let isDescribed = !fields.isEmpty
        for container in containers {
            for member in container.members
            where !fields.contains(where: { $0.name == member.key || $0.aliases.contains(member.key) }) {
                var field = PageField(
                    name: member.key, line: sampleLine(member.key) ?? parent?.line ?? 1, isImplied: true)
                if isDescribed { field.isRequired = false }
                fields.append(field)
                if isDescribed {
                    notes.add(
                        .note, line: field.line, "\"\(field.name)\" is in the sample and not in the table; optional")
                }
            }
        }
        return fields
    }

    // MARK: Text

    /// A word of the folded text as the page spells it.
    static func spelled(_ word: String, in text: String) -> String {
        if let range = text.lowercased().firstRange(of: word), text.lowercased().count == text.count {
            let start = text.lowercased().distance(from: text.lowercased().startIndex, to: range.lowerBound)
            return String(text.dropFirst(start).prefix(word.count))
        }
        return word
    }

    private static func timeFormat(_ texts: [String], _ said: String) -> String? {
        func all(_ pattern: Regex<Substring>) -> Bool {
            !texts.isEmpty && texts.allSatisfy { $0.wholeMatch(of: pattern) != nil }
        }
        if all(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}/) { return "local-date-time" }
        if all(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})/) {
            return "date-time"
        }
        if all(/[0-9]{4}-[0-9]{2}-[0-9]{2}/) { return "date" }
        guard texts.isEmpty else { return nil }
        if said.firstMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}|(?i)yyyy-MM-dd HH:mm:ss/) != nil {
            return "local-date-time"
        }
        if said.firstMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}|RFC ?3339/) != nil {
            return "date-time"
        }
        if said.firstMatch(of: /(?i)yyyy-MM-dd(?![ T]H)/) != nil { return "date" }
        return nil
    }

    /// The keywords in the order in which specs have them.
    static func ordered(_ schema: JSONObject) -> JSONObject {
        let order = [
            "argument", "type", "format", "name", "filename", "enum", "const", "minLength", "maxLength", "minimum",
            "maximum", "minItems", "maxItems",
            "join", "default", "optional", "accept", "aliases", "nullAsEmpty", "sensitive", "description", "items",
            "properties",
        ]
        var result = JSONObject()
        for key in order { if let value = schema[key] { result[key] = value } }
        for member in schema.members where result[member.key] == nil { result[member.key] = member.value }
        return result
    }
}
