import EndpointCore

/// The parameters of a call, by location.
struct PageParameters {
    private(set) var path: [PageField] = []
    private(set) var query: [PageField] = []
    private(set) var headers: [PageField] = []
    private(set) var body: [PageField] = []
    /// Whether the page lists header fields, and whether one of them carries the token.
    private(set) var listsHeaders = false
    private(set) var hasToken = false
    /// Whether one of them is a fixed header field of the service.
    private(set) var hasFixedHeader = false
    private(set) var encoding = BodyEncoding.json

    private let operation: PageOperation
    private let service: ServiceFacts
    private let notes: PageNotes

    /// What a service says already, so that its calls need not say it.
    struct ServiceFacts {
        var headers: [(name: String, value: String)] = []
        var authentication = AuthenticationScheme.none
        var envelope: Envelope?
        /// What the items of lists are in other specs, by the names of the lists.
        var listItems: [String: PageType] = [:]
        /// Whether other specs of the service read a null list as an empty one.
        var hasNullLists = false
        var host: String?
        /// The path of the base URL.
        var basePath = ""
    }

    /// Reads the parameters.
    init(_ operation: PageOperation, service: ServiceFacts, notes: PageNotes) {
        (self.operation, self.service, self.notes) = (operation, service, notes)
        for section in operation.sections where section.role.isRequest { read(section) }
        settlePath()
        settleMethod()
        settleEncoding()
        settleLimits()
        dropKnown()
    }

    /// All names that a request has.
    var names: Set<String> { Set((path + query + headers + body).map(\.name)) }

    // MARK: Reading

    /// The fields of a part: its tables, or, without one, its lines.
    static func fields(of section: PageSection, admitsPaths: Bool, notes: PageNotes) -> [PageField] {
        var fields: [PageField] = []
        var lines: [PageText] = []
        var caption = ""
        for block in section.blocks {
            switch block {
            case .heading(let text): caption = text.text
            case .text(let text):
                lines.append(text)
                caption = text.text
            case .code: caption = ""
            case .table(let table):
                let reading = PageFieldTable(table, admitsPaths: admitsPaths)
                if !reading.describesFields {
                    notes.add(.note, line: table.line, "the table describes no fields; left out")
                }
                for cell in reading.skipped where !PageWords.nothing.contains(PageInline.folded(cell.text)) {
                    notes.add(
                        .note, line: cell.line, column: cell.column,
                        "the row \"\(cell.text.prefix(40))\" has no name of a field; left out")
                }
                PageNesting.add(reading.fields, below: caption, to: &fields, notes: notes)
                caption = ""
            }
        }
        if fields.isEmpty { fields = PageTextFields.fields(in: lines) }
        return fields
    }

    private mutating func read(_ section: PageSection) {
        let isHeader = section.role == .headers
        let fields = Self.fields(of: section, admitsPaths: !isHeader, notes: notes)
        if isHeader, !fields.isEmpty { listsHeaders = true }
        // A part may describe what is inside a parameter that an earlier one has.
        if !isHeader, let path = PageNesting.named(section.heading.text, in: body) {
            PageNesting.update(&body, path[...]) { $0.children += fields }
            return
        }
        for field in fields { add(field, as: field.location ?? section.role) }
        if section.role == .form { encoding = .form }
    }

    private mutating func add(_ field: PageField, as role: PageSection.Role) {
        func append(_ field: PageField, to list: inout [PageField]) {
            if let index = list.firstIndex(where: { $0.name == field.name }) {
                if list[index].line != field.line {
                    notes.add(
                        .note, line: field.line,
                        "\"\(field.name)\" is described twice (line \(list[index].line)); the first counts")
                }
            } else {
                list.append(field)
            }
        }
        if operation.call.path.contains("{\(field.name)}") {
            append(field, to: &path)
            return
        }
        switch role {
        case .headers: append(field, to: &headers)
        case .path: append(field, to: &path)
        case .query: append(field, to: &query)
        case .form:
            encoding = .form
            append(field, to: &body)
        case .body: append(field, to: &body)
        default:
            if isHeader(field) {
                append(field, to: &headers)
                listsHeaders = true
            } else if ["GET", "HEAD", "DELETE", "OPTIONS"].contains(operation.call.method), !(field.type == .binary) {
                append(field, to: &query)
            } else {
                append(field, to: &body)
            }
        }
    }

    /// Whether a field in a table of all parameters is a header field.
    private func isHeader(_ field: PageField) -> Bool {
        let name = field.name.lowercased()
        return name == service.authentication.headerName?.lowercased() || PageWords.ownHeaders.contains(name)
            || service.headers.contains { $0.name.lowercased() == name }
    }

    // MARK: Settling

    private mutating func settlePath() {
        let named = operation.call.path.matches(of: /\{([^}]+)\}/).map { String($0.output.1) }
        for name in named where !path.contains(where: { $0.name == name }) {
            let index = query.firstIndex { WireName.folded($0.name) == WireName.folded(name) }
            var field = index.map { query.remove(at: $0) } ?? PageField(name: name, line: operation.call.line)
            if index == nil {
                notes.add(.note, line: operation.call.line, "\"\(name)\" is in the path and in no table; a string")
            }
            field.name = name
            field.type = field.type ?? .string
            path.append(field)
        }
        for field in path where !named.contains(field.name) {
            notes.add(
                .note, line: field.line,
                "\"\(field.name)\" is described as a part of the path, which has no {\(field.name)}; in the query")
            query.append(field)
        }
        path.removeAll { !named.contains($0.name) }
        path.sort { (named.firstIndex(of: $0.name) ?? 0) < (named.firstIndex(of: $1.name) ?? 0) }
        for index in path.indices { path[index].isRequired = true }
    }

    /// A GET request has no body: what a page lists as its body is its query.
    private mutating func settleMethod() {
        guard ["GET", "HEAD"].contains(operation.call.method), let first = body.first else { return }
        notes.add(
            .note, line: first.line, "a \(operation.call.method) request has no body; the fields are in the query")
        query += body.filter { field in !query.contains { $0.name == field.name } }
        body = []
    }

    private mutating func settleEncoding() {
        let texts =
            operation.intro
            + operation.sections.flatMap { section in [section.heading] + section.blocks.compactMap(\.text) }
        let said = texts.map { PageInline.folded($0.text) } + headers.map { PageInline.folded($0.name + " " + $0.text) }
        let isMultipart = said.contains { $0.contains("multipart/form-data") || $0.contains("form-data") }
        if body.contains(where: { $0.type == .binary || $0.type == .array(.binary) }) || isMultipart && !body.isEmpty {
            encoding = .multipart
        } else if said.contains(where: { $0.contains("x-www-form-urlencoded") }) {
            encoding = .form
        }
    }

    /// Sentences outside the tables say how many items a list may have: `一次最多支持100个`, `at most 100 files`.
    private mutating func settleLimits() {
        let lists = (query + body).filter { $0.type?.isList ?? false }
        guard !lists.isEmpty else { return }
        let texts =
            operation.intro + operation.sections.filter { !$0.role.isSample }.flatMap { $0.blocks.compactMap(\.text) }
        for text in texts {
            for clause in PageInline.folded(text.text).split(whereSeparator: { ",;.()[]\n".contains($0) }) {
                guard let limit = PageFacts.greatest(in: String(clause)), !limit.isLength || clause.contains("长度")
                else { continue }
                let named = lists.first { clause.contains($0.name.lowercased()) }
                let counts = clause.firstMatch(of: /[0-9]\s*(?:个|条|项|张|items?|files|ids?|elements|entries)/) != nil
                guard let field = named ?? (lists.count == 1 && counts ? lists[0] : nil) else { continue }
                for index in body.indices where body[index].name == field.name {
                    body[index].maxItems = body[index].maxItems ?? limit.value
                }
                for index in query.indices where query[index].name == field.name {
                    query[index].maxItems = query[index].maxItems ?? limit.value
                }
                notes.add(
                    .proposed, line: text.line,
                    "\"\(field.name)\" has at most \(limit.value) items, as the sentence says")
            }
        }
    }

    /// Leaves out what the service says, or what a client sends by itself.
    private mutating func dropKnown() {
        let token = service.authentication.headerName?.lowercased()
        headers = headers.filter { field in
            let name = field.name.lowercased()
            if name == token || name == "authorization" {
                hasToken = true
                return token == nil
            }
            if PageWords.ownHeaders.contains(name) { return false }
            guard let known = service.headers.first(where: { $0.name.lowercased() == name }) else { return true }
            hasFixedHeader = true
            if let said = PageFacts(field).constant, said != PageInline.folded(known.value) {
                notes.add(
                    .note, line: field.line,
                    "the page says \"\(field.name)\" is \"\(said)\", service.json says \"\(known.value)\"; the service's counts"
                )
            }
            return false
        }
        if let name = service.authentication.queryName, query.contains(where: { $0.name == name }) {
            hasToken = true
            query.removeAll { $0.name == name }
        }
    }
}
