import EndpointCore

/// A call that a page describes, with the parts of its description.
struct PageOperation {
    var call: PageCallLine
    var title: String
    /// What stands before the first part.
    var intro: [PageText] = []
    var sections: [PageSection] = []
    /// The address of the page that this one was taken from.
    var documentation: String?
    /// Other methods and paths that the description names.
    var otherCalls: [PageCallLine] = []
}

/// Splits a page into calls and their parts.
struct PageOutline {
    let blocks: [PageBlock]
    /// The calls that are described, by the index of the block that names each.
    private var calls: [(index: Int, call: PageCallLine)] = []
    /// What a reader needs to know where there is no call: what was found of one.
    private(set) var missing = "a method and a path, such as \"GET /files\""
    private(set) var missingLine = 1

    /// The calls of a page, in order.
    static func operations(in blocks: [PageBlock]) -> PageOutline { PageOutline(blocks) }

    private init(_ blocks: [PageBlock]) {
        self.blocks = blocks
        findCalls()
        if calls.isEmpty { findLabels() }
        if calls.isEmpty { findTable() }
        if calls.isEmpty { findSample() }
    }

    // MARK: Calls

    private mutating func findCalls() {
        for (index, block) in blocks.enumerated() {
            guard let text = block.text, let call = PageCallLine(text), !isSampleText(text, at: index) else { continue }
            calls.append((index, call))
        }
    }

    /// Whether a line is about something else: it only mentions a call in a sentence.
    private func isSampleText(_ text: PageText, at index: Int) -> Bool {
        guard text.level == 0, let range = text.text.firstRange(of: /GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS/) else {
            return false
        }
        return text.text[..<range.lowerBound].count > 24
    }

    /// A method and a path on lines of their own, each after its label or below it.
    private mutating func findLabels() {
        var method: (text: String, index: Int)?
        var address: (text: String, index: Int)?
        for (index, block) in blocks.enumerated() {
            guard let text = block.text else { continue }
            let label: PageLabel
            if let found = PageLabel(text.text) {
                label = found
            } else if text.level > 0 || text.isBold, let next = value(below: index) {
                guard let found = PageLabel(text.text + ":" + next) else { continue }
                label = found
            } else {
                continue
            }
            let value = label.value.isEmpty ? value(below: index) ?? "" : label.value
            if PageWords.methodLabels.contains(label.label),
                let found = value.uppercased().firstMatch(of: /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/)
            {
                if method == nil { method = (String(found.output.1), index) }
            } else if PageWords.pathLabels.contains(label.label), value.contains("/") {
                if address == nil { address = (value, index) }
            }
            if let foundMethod = method, let foundAddress = address,
                let call = PageCallLine(
                    method: foundMethod.text, address: foundAddress.text, line: blocks[foundAddress.index].line)
            {
                calls.append((min(foundMethod.index, foundAddress.index), call))
                (method, address) = (nil, nil)
            }
        }
        if let method, calls.isEmpty {
            missing = "a path: there is the method \(method.text) only"
            missingLine = blocks[method.index].line
        } else if let address, calls.isEmpty {
            missing = "a method, such as GET: there is the path only"
            missingLine = blocks[address.index].line
        }
    }

    private func value(below index: Int) -> String? {
        guard index + 1 < blocks.count else { return nil }
        switch blocks[index + 1] {
        case .text(let text): return text.text
        case .code(let code): return PageInline.trimmed(code.text)
        default: return nil
        }
    }

    /// A method and a path in a table of two columns, or below headings of their own.
    private mutating func findTable() {
        for (index, block) in blocks.enumerated() {
            guard case .table(let table) = block else { continue }
            var method: String?
            var address: String?
            for row in table.rows where row.count >= 2 {
                let label = PageInline.folded(row[0].text)
                if PageWords.methodLabels.contains(label) { method = method ?? row[1].text }
                if PageWords.pathLabels.contains(label) { address = address ?? row[1].text }
            }
            if let head = table.rows.first, table.rows.count > 1 {
                for (cell, value) in zip(head, table.rows[1]) {
                    let label = PageInline.folded(cell.text)
                    if PageWords.methodLabels.contains(label) { method = method ?? value.text }
                    if PageWords.pathLabels.contains(label) { address = address ?? value.text }
                }
            }
            if let method, let address, let call = PageCallLine(method: method, address: address, line: table.line) {
                calls.append((index, call))
                return
            }
        }
    }

    /// Where only a sample of a request says it.
    private mutating func findSample() {
        for (index, block) in blocks.enumerated() {
            guard case .code(let code) = block, let sample = PageRequestSample(code) else { continue }
            guard let call = PageCallLine(method: sample.method, address: sample.address, line: sample.line) else {
                continue
            }
            calls.append((index, call))
            return
        }
    }

    // MARK: Parts

    /// The calls with their parts. A call that only stands in a list of contents is left out.
    var operations: [PageOperation] {
        var found: [PageOperation] = []
        let starts = calls.map { start(of: $0.index) }
        for (position, item) in calls.enumerated() {
            let end = starts[(position + 1)...].first { $0 > item.index } ?? blocks.count
            let next = position + 1 < calls.count ? min(end, calls[position + 1].index) : end
            found.append(operation(item.call, at: item.index, from: starts[position], to: max(next, item.index + 1)))
        }
        let described = found.filter { operation in
            operation.sections.contains { $0.role != .other && !$0.blocks.isEmpty }
        }
        if described.isEmpty { return found.count <= 1 ? found : [found[0]] }
        // A call that stands twice is described where more stands.
        return described.enumerated().filter { position, operation in
            !described.enumerated().contains { other in
                other.offset != position && other.element.call.shown == operation.call.shown
                    && (operation.tables == 0 && other.element.tables > 0)
            }
        }.map(\.element)
    }

    /// The heading that a call's description begins with.
    private func start(of index: Int) -> Int {
        var candidate = index
        var position = index
        while position >= 0 {
            switch blocks[position] {
            case .heading(let heading):
                candidate = position
                let isPart = heading.level > 1 && heading.text.count <= 10 && PageSection.role(of: heading.text) != nil
                if !isPart { return position }
            case .table, .code:
                if position < index { return candidate }
            case .text(let text):
                if position < index, PageCallLine(text) != nil { return candidate }
            }
            position -= 1
        }
        return candidate
    }

    private func operation(_ call: PageCallLine, at index: Int, from start: Int, to end: Int) -> PageOperation {
        var operation = PageOperation(call: call, title: title(at: index, from: start))
        var level = blocks[start].text?.level ?? 1
        let titleLevel = level
        for position in start..<end {
            let block = blocks[position]
            if position == index || position == start, block.text != nil { continue }
            if let text = block.text, let address = source(text) {
                operation.documentation = operation.documentation ?? address
                continue
            }
            switch block {
            case .heading(let heading):
                // What is deeper than a part of the description belongs to it, unless it names another part.
                let isInside = !operation.sections.isEmpty && heading.level > level
                let role = heading.level > 1 ? PageSection.role(of: heading.text) : nil
                let isCaption = isInside && (role == nil || role == .request && !isRequest(operation))
                if isCaption {
                    operation.append(block)
                } else {
                    level = heading.level
                    operation.sections.append(PageSection(role: role ?? .other, heading: heading))
                }
            case .text(let text):
                if let role = role(ofLine: text, at: position) {
                    var heading = text
                    heading.level = level + 1
                    operation.sections.append(PageSection(role: role, heading: heading))
                } else if operation.sections.isEmpty {
                    operation.intro.append(text)
                } else {
                    operation.append(block)
                }
            case .table, .code:
                if operation.sections.isEmpty {
                    let heading = PageText(text: "", raw: "", line: block.line, level: titleLevel + 1)
                    var role = PageSection.Role.other
                    if case .code = block { role = .sample } else if position != index { role = .request }
                    operation.sections.append(PageSection(role: role, heading: heading))
                }
                operation.append(block)
            }
        }
        return operation
    }

    /// Whether the part that is read last is about parameters.
    private func isRequest(_ operation: PageOperation) -> Bool { operation.sections.last?.role.isRequest ?? false }

    /// What a line announces that serves as a heading: a bold one, or a short one before a table or a block.
    private func role(ofLine text: PageText, at position: Int) -> PageSection.Role? {
        guard text.text.count <= 40, text.indent == nil || text.isBold, let role = PageSection.role(of: text.text)
        else {
            return nil
        }
        // A remark about codes between a heading and its table begins nothing.
        guard role != .other else { return nil }
        if text.isBold { return isNote(text) ? nil : role }
        guard text.text.count <= 20, position + 1 < blocks.count else { return nil }
        switch blocks[position + 1] {
        case .table, .code: return role
        case .text(let next):
            // A list of fields follows.
            return next.indent != nil && PageTextFields.field(next) != nil ? role : nil
        case .heading: return nil
        }
    }

    /// Whether a bold line is a remark: it says something after a colon.
    private func isNote(_ text: PageText) -> Bool { PageLabel(text.text).map { !$0.value.isEmpty } ?? false }

    private func source(_ text: PageText) -> String? {
        guard let label = PageLabel(text.text), PageWords.sourceLabels.contains(label.label) else { return nil }
        return PageInline.addresses(in: text.raw).first
    }

    private func title(at index: Int, from start: Int) -> String {
        func bare(_ text: String) -> String {
            var text = text.replacing(/^[0-9]+(\.[0-9]+)*[.、)）]?\s+/, with: "")
            text = text.replacing(/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\s:：]+(?!\/)/, with: "")
            while let first = text.unicodeScalars.first, first.properties.isEmojiPresentation || first.value == 0xFE0F {
                text.unicodeScalars.removeFirst()
            }
            return PageInline.trimmed(text)
        }
        if start < index, let text = blocks[start].text { return bare(text.text) }
        if let text = blocks[index].text, text.level > 0, let call = PageCallLine(text) {
            let rest = call.rest.drop { " -–—:：|".contains($0) }
            if !rest.isEmpty { return bare(String(rest)) }
        }
        for position in stride(from: index - 1, through: 0, by: -1) {
            if case .heading(let heading) = blocks[position] { return bare(heading.text) }
        }
        return ""
    }
}

extension PageOperation {
    /// How many tables and blocks describe it.
    fileprivate var tables: Int {
        sections.reduce(0) { sum, section in sum + section.blocks.count { $0.text == nil } }
    }

    /// Adds a block to the part that is read last.
    fileprivate mutating func append(_ block: PageBlock) {
        guard !sections.isEmpty else { return }
        sections[sections.count - 1].blocks.append(block)
    }
}
