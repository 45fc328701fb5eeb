import EndpointCore

/// What the payload of a response is, from tables and samples.
struct PageResponse {
    /// The keywords that say it: `response` or `responseType`, and what belongs to it.
    private(set) var keywords = JSONObject()
    /// The samples that show a success.
    private(set) var samples: [PageSample] = []
    /// Whether a list is all or a part of it.
    private(set) var isList = false

    /// Whether a list is all of it, or almost.
    var isOnlyList: Bool { isList && (keywords["response"]?.object?.count ?? 1) <= 3 }

    private let operation: PageOperation
    private let envelope: Envelope?
    private let notes: PageNotes
    private let all: [PageSample]
    private let isNullable: Bool

    /// Whether a list of the payload reads null as empty.
    var hasNullLists: Bool {
        func holds(_ value: JSONValue) -> Bool {
            guard let object = value.object else { return false }
            return object["nullAsEmpty"] == .bool(true) || object.members.contains { holds($0.value) }
        }
        return holds(.object(keywords))
    }

    /// Settles the payload.
    init(
        _ operation: PageOperation, samples: [PageSample], service: PageParameters.ServiceFacts, notes: PageNotes
    ) {
        (self.operation, envelope, self.notes, all) = (operation, service.envelope, notes, samples)
        isNullable = service.hasNullLists
        let sections = operation.sections.filter { $0.role == .response }
        var fields: [PageField] = []
        for section in sections {
            PageNesting.add(
                PageParameters.fields(of: section, admitsPaths: true, notes: notes), below: section.heading.text,
                to: &fields, notes: notes)
        }
        settle(fields, sections)
    }

    // MARK: Samples

    private enum Form { case enveloped, bare }

    /// The payloads of the samples that show a success.
    private mutating func payloads() -> (form: Form, values: [JSONValue]) {
        guard let envelope else {
            samples = all
            return (.bare, all.map(\.value))
        }
        var values: [JSONValue] = []
        for sample in all {
            guard let code = Self.value(sample.value, envelope.code.steps) else { continue }
            guard envelope.success.contains(where: { $0.value == code }) else {
                notes.add(
                    .note, line: sample.code.line,
                    "the sample shows an error (code \(code.text())); it is not an example")
                continue
            }
            samples.append(sample)
            if let path = envelope.payload {
                values.append(Self.value(sample.value, path.steps) ?? .null)
            } else {
                values.append(Self.without(envelope, sample.value))
            }
        }
        if samples.isEmpty, let bare = all.first(where: { $0.value.object?[envelope.code.steps.first ?? ""] == nil }) {
            samples = [bare]
            return (.bare, [bare.value])
        }
        return (.enveloped, values)
    }

    private static func without(_ envelope: Envelope, _ value: JSONValue) -> JSONValue {
        guard var object = value.object else { return value }
        for path in [envelope.code, envelope.message, envelope.traceID].compactMap(\.self) {
            object[path.steps[0]] = nil
        }
        return .object(object)
    }

    /// The value at a path of names.
    static func value(_ value: JSONValue, _ steps: [String]) -> JSONValue? {
        var current = value
        for step in steps {
            guard let next = current.object?[step] else { return nil }
            current = next
        }
        return current
    }

    /// The line of a key in the first sample that has it.
    func sampleLine(_ key: String) -> Int? {
        if key.isEmpty { return samples.first?.code.line }
        return samples.first { $0.code.text.contains("\"\(key)\"") }?.line(of: key)
    }

    // MARK: Payload

    private mutating func settle(_ described: [PageField], _ sections: [PageSection]) {
        let (form, values) = payloads()
        if form == .bare, envelope != nil, let sample = samples.first {
            keywords["envelope"] = "errors"
            notes.add(.proposed, line: sample.code.line, "the sample has no envelope, so that a success has none")
        }
        var fields = described
        var type: PageType?
        if form == .enveloped, let envelope { (fields, type) = unwrapped(described, envelope) }
        let known = values.filter { $0 != .null }
        let hasNull = known.count < values.count
        let schema = PageSchema(
            notes: notes, isRequest: false, sampleLine: { [self] in sampleLine($0) },
            hasNullLists: isNullable,
            comments: samples.reduce(into: [:]) { $0.merge($1.comments) { first, _ in first } })

        let lists = known.filter { $0.array != nil }
        let scalars = known.filter { $0.array == nil && $0.object == nil }
        if !lists.isEmpty || known.isEmpty && type?.isList == true {
            isList = true
            var field = PageField(
                name: "payload", type: type?.isList == true ? type : .array(nil),
                line: fields.first?.line ?? operation.call.line)
            field.children = fields
            keywords["responseType"] = .object(without(schema.schema(of: field, known.map { $0 })))
        } else if !scalars.isEmpty, fields.isEmpty {
            var field = PageField(name: "payload", type: type, line: samples.first?.code.line ?? operation.call.line)
            field.isRequired = true
            keywords["responseType"] = .object(without(schema.schema(of: field, scalars)))
        } else {
            object(fields, known.compactMap(\.object), hasNull: hasNull, schema, sections)
        }
    }

    private func without(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        for key in ["optional", "description"] { schema[key] = nil }
        return schema
    }

    private mutating func object(
        _ fields: [PageField], _ containers: [JSONObject], hasNull: Bool, _ schema: PageSchema,
        _ sections: [PageSection]
    ) {
        var fields = PageNesting.relocated(
            fields, in: containers, notes: notes, sampleLine: { [self] in sampleLine($0) })
        fields = PageNesting.renamed(fields, in: containers, notes: notes, sampleLine: { [self] in sampleLine($0) })
        let isDescribed = !fields.isEmpty
        fields = schema.completed(fields, in: containers, below: nil)
        guard !fields.isEmpty else {
            keywords["response"] = .null
            if let binary = Self.binary(sections), samples.isEmpty {
                keywords["response"] = nil
                keywords["responseType"] = ["type": "string", "format": "binary"]
                if envelope != nil { keywords["envelope"] = "errors" }
                notes.add(.proposed, line: binary, "the response is bytes")
            } else if sections.isEmpty, samples.isEmpty {
                notes.add(.note, line: operation.call.line, "the page says nothing of the response; it is not read")
            }
            return
        }
        if !isDescribed, let sample = samples.first {
            notes.add(
                .note, line: sample.code.line, "no table describes the response; its fields are those of the sample")
        }
        var map = schema.map(fields, in: containers)
        if hasNull, containers.isEmpty {
            // The sample says that there may be no payload: then each field may be absent.
            for member in map.members {
                guard var field = member.value.object else { continue }
                if field["type"] == "array" {
                    field["nullAsEmpty"] = .bool(true)
                } else {
                    field["optional"] = .bool(true)
                }
                if field["nullAsEmpty"] != nil { field["optional"] = nil }
                map[member.key] = .object(PageSchema.ordered(field))
            }
            keywords["nullPayload"] = "empty"
            notes.add(
                .note, line: samples.first?.code.line ?? operation.call.line,
                "the table describes a payload (line \(fields[0].line)), the sample has null; each field may be absent")
        }
        keywords["response"] = .object(map)
        isList = map.members.contains { $0.value.object?["type"] == "array" }
    }

    private static func binary(_ sections: [PageSection]) -> Int? {
        for text in sections.flatMap({ $0.blocks.compactMap(\.text) }) {
            let folded = PageInline.folded(text.text)
            if ["文件流", "二进制", "binary", "octet-stream", "raw bytes", "file content"].contains(where: {
                folded.contains($0)
            }) {
                return text.line
            }
        }
        return nil
    }

    /// The fields of the payload, where a table describes the envelope as well.
    private func unwrapped(_ fields: [PageField], _ envelope: Envelope) -> ([PageField], PageType?) {
        let others = [envelope.code, envelope.message, envelope.traceID].compactMap { $0?.steps.first }
        let payload = envelope.payload?.steps.first
        let names = fields.map(\.name)
        let describesEnvelope =
            names.contains(others[0]) && !hasInPayload(others[0])
            || (payload.map { names == [$0] && !hasInPayload($0) } ?? false)
        guard describesEnvelope else { return (fields, nil) }
        let known = Set(others + ["msg", "message", "errmsg", "requestId", "request_id", "traceId", "success"])
        guard let payload, let field = fields.first(where: { $0.name == payload }) else {
            return (fields.filter { !known.contains($0.name) }, nil)
        }
        // What stands beside the envelope's own fields is in the payload, where a table has no levels.
        let beside = fields.filter { $0.name != payload && !known.contains($0.name) }
        return (field.children + beside, field.type)
    }

    private func hasInPayload(_ name: String) -> Bool {
        guard let path = envelope?.payload else { return false }
        return samples.contains { PageNesting.objects(Self.value($0.value, path.steps)).contains { $0[name] != nil } }
    }
}
