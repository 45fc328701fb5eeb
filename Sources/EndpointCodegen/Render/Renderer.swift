/// Turns declarations into text: the one place that knows about lines, columns and blanks.
struct Renderer {
    private let layout = ExpressionLayout()
    private var out: [String] = []

    static func text(of file: SwiftFile) -> String {
        var renderer = Renderer()
        renderer.render(file)
        return renderer.out.joined(separator: "\n") + "\n"
    }

    private mutating func render(_ file: SwiftFile) {
        out += file.header.map { "// " + SwiftText.words($0).joined(separator: " ") }
        out += file.imports
        for declaration in file.declarations {
            out.append("")
            render(declaration, indent: 0)
        }
        if let text = file.text {
            let sharp = SwiftText.rawDelimiter(for: text.lines.joined(separator: "\n"))
            out += ["", "private var \(text.name): String {", "\(sharp)\"\"\""] + text.lines
            out += ["\"\"\"" + sharp, "}"]
        }
    }

    private mutating func render(_ declaration: Declaration, indent: Int) {
        switch declaration {
        case .type(let type): render(type, indent)
        case .function(let function): render(function, indent)
        case .property(let property): render(property, indent)
        case .codingKeys(let keys): render(keys, indent)
        }
    }

    // MARK: Declarations

    private mutating func render(_ type: TypeDeclaration, _ indent: Int) {
        begin(type.documentation, type.attributes, indent)
        let conformances = type.conformances.isEmpty ? "" : ": " + type.conformances.joined(separator: ", ")
        let condition = type.condition.map { " where \($0)" } ?? ""
        let head = type.head + conformances + condition
        if indent + head.count + 2 > ExpressionLayout.width, !condition.isEmpty {
            out += [pad(indent) + type.head + conformances, pad(indent) + condition.dropFirst(), pad(indent) + "{"]
        } else {
            out.append(pad(indent) + head + (type.members.isEmpty ? " {}" : " {"))
        }
        if type.members.isEmpty { return }
        let first = out.count
        var isBeforeShort = true
        for member in type.members {
            let start = out.count
            render(member, indent: indent + ExpressionLayout.step)
            let isShort = member.isStored || out.count == start + 1
            if start > first, !(isShort && isBeforeShort) { out.insert("", at: start) }
            isBeforeShort = isShort
        }
        out.append(pad(indent) + "}")
    }

    private mutating func render(_ function: FunctionDeclaration, _ indent: Int) {
        begin(function.documentation, function.attributes, indent)
        let parameters = function.parameters.map { parameter in
            parameter.name + ": " + parameter.type + (parameter.defaultValue.map { " = " + layout.flat($0) } ?? "")
        }
        var end = function.effects.map { " " + $0 } ?? ""
        if let result = function.result { end += " -> " + result }
        let line = function.head + "(" + parameters.joined(separator: ", ") + ")" + end
        if indent + line.count + 2 <= ExpressionLayout.width {
            if function.body.isEmpty {
                out.append(pad(indent) + line + " {}")
                return
            }
            if function.body.count == 1, let only = function.body.first {
                let whole = "\(line) { \(only.lead)\(layout.flat(only.value)) }"
                if indent + whole.count <= ExpressionLayout.width {
                    out.append(pad(indent) + whole)
                    return
                }
            }
            out.append(pad(indent) + line + " {")
        } else {
            out.append(pad(indent) + function.head + "(")
            out += fill(parameters, indent: indent + ExpressionLayout.step)
            out.append(pad(indent) + ")" + end + " {")
        }
        for statement in function.body { render(statement, indent + ExpressionLayout.step) }
        out.append(pad(indent) + "}")
    }

    private mutating func render(_ property: PropertyDeclaration, _ indent: Int) {
        begin(property.documentation, property.attributes, indent)
        if let value = property.value {
            render(Statement(property.head + " = ", value), indent)
        } else if let getter = property.getter {
            let line = "\(property.head) { \(layout.flat(getter)) }"
            if indent + line.count <= ExpressionLayout.width {
                out.append(pad(indent) + line)
            } else {
                out.append(pad(indent) + property.head + " {")
                render(Statement("", getter), indent + ExpressionLayout.step)
                out.append(pad(indent) + "}")
            }
        } else {
            out.append(pad(indent) + property.head)
        }
    }

    private mutating func render(_ keys: [Declaration.CodingKey], _ indent: Int) {
        let cases = keys.map { key in
            SwiftText.name(key.name) + (key.name == key.wireName ? "" : " = " + SwiftText.literal(key.wireName))
        }
        let line = "enum CodingKeys: String, CodingKey { case \(cases.joined(separator: ", ")) }"
        if indent + line.count <= ExpressionLayout.width {
            out.append(pad(indent) + line)
            return
        }
        out.append(pad(indent) + "enum CodingKeys: String, CodingKey {")
        let lines = fill(cases, indent: indent + 9)
        for (index, line) in lines.enumerated() {
            out.append(pad(indent + 4) + (index == 0 ? "case " : "    ") + line.drop { $0 == " " })
        }
        out.append(pad(indent) + "}")
    }

    private mutating func render(_ statement: Statement, _ indent: Int) {
        var lines = layout.lines(statement.value, indent: indent, column: indent + statement.lead.count)
        lines[0] = pad(indent) + statement.lead + lines[0]
        out += lines
    }

    /// Pieces with commas between them, as many to a line as fit.
    private func fill(_ pieces: [String], indent: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for (index, piece) in pieces.enumerated() {
            let piece = index < pieces.count - 1 ? piece + "," : piece
            if line.isEmpty {
                line = piece
            } else if indent + line.count + 1 + piece.count <= ExpressionLayout.width {
                line += " " + piece
            } else {
                lines.append(pad(indent) + line)
                line = piece
            }
        }
        if !line.isEmpty { lines.append(pad(indent) + line) }
        return lines
    }

    // MARK: Comments

    private mutating func begin(_ documentation: Documentation, _ attributes: [String], _ indent: Int) {
        for (index, paragraph) in documentation.paragraphs.enumerated() {
            if index > 0 { out.append(pad(indent) + "///") }
            comment(paragraph, first: "", rest: "", indent)
        }
        if !documentation.parameters.isEmpty {
            if !documentation.paragraphs.isEmpty { out.append(pad(indent) + "///") }
            if documentation.parameters.count == 1, let only = documentation.parameters.first {
                comment(only.text, first: "- Parameter \(only.name): ", rest: "  ", indent)
            } else {
                out.append(pad(indent) + "/// - Parameters:")
                for parameter in documentation.parameters {
                    comment(parameter.text, first: "  - \(parameter.name): ", rest: "    ", indent)
                }
            }
        }
        out += attributes.map { pad(indent) + $0 }
    }

    private mutating func comment(_ text: String, first: String, rest: String, _ indent: Int) {
        let start = pad(indent) + "/// "
        var line = start + first
        var isEmpty = true
        for word in SwiftText.words(text) {
            if !isEmpty, line.count + 1 + word.count > ExpressionLayout.width {
                out.append(line)
                line = start + rest
                isEmpty = true
            }
            line += isEmpty ? String(word) : " " + word
            isEmpty = false
        }
        out.append(line)
    }

    private func pad(_ columns: Int) -> String { layout.pad(columns) }
}

extension Declaration {
    /// Stored properties, and what takes one line, stand together without blank lines between them.
    fileprivate var isStored: Bool {
        if case .property(let property) = self { property.getter == nil } else { false }
    }
}
