/// Turns declarations into text: the only code that knows about lines, columns and blanks.
struct Renderer {
    private let layout = ExpressionLayout()
    private var out: [String] = []

    static func text(of file: SwiftFile) -> String {
        var renderer = Renderer()
        renderer.render(file)
        return renderer.out.joined(separator: "\n") + "\n"
    }

    private mutating func render(_ file: SwiftFile) {
        out.append(SwiftFile.marker + SwiftText.words(file.source).joined(separator: " ") + ". Do not edit.")
        if let note = file.note { out.append("// " + note) }
        out += file.imports
        for declaration in file.declarations {
            out.append("")
            render(declaration, indent: 0)
        }
        if let text = file.text {
            let sharp = SwiftText.rawDelimiter(for: text.lines.joined(separator: "\n"))
            out += ["", "nonisolated private var \(text.name): String {", "\(sharp)\"\"\""] + text.lines
            out += ["\"\"\"" + sharp, "}"]
        }
    }

    private mutating func render(_ declaration: Declaration, indent: Int) {
        switch declaration {
        case .type(let type): render(type, indent)
        case .function(let function): render(function, indent)
        case .property(let property): render(property, indent)
        }
    }

    // MARK: Declarations

    private mutating func render(_ type: TypeDeclaration, _ indent: Int) {
        begin(type.documentation, type.attributes, indent)
        let conformances = type.conformances.isEmpty ? "" : ": " + type.conformances.joined(separator: ", ")
        let condition = type.condition.map { " where \($0)" } ?? ""
        let start = "nonisolated " + type.head + conformances
        let head = start + condition
        if indent + head.count + 2 > ExpressionLayout.width, !condition.isEmpty {
            out += [pad(indent) + start, pad(indent) + condition.dropFirst(), pad(indent) + "{"]
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

/// Pieces of Swift text.
enum SwiftText {
    /// A string literal with this content.
    static func literal(_ content: String) -> String {
        var text = "\""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where isInvisible(scalar): text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// Characters that a reader of the literal could not see, or that change how the rest of the line is shown.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }

    /// A name, in backticks where it is a keyword.
    static func name(_ name: String) -> String {
        SwiftName.keywords.contains(name) ? "`\(name)`" : name
    }

    /// The number of `#` that make a raw string safe for a text.
    static func rawDelimiter(for text: String) -> String {
        var longest = 0
        var run: Int?
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                run = 0
            } else if byte == UInt8(ascii: "#"), let count = run {
                run = count + 1
                longest = max(longest, count + 1)
            } else {
                run = nil
            }
        }
        return String(repeating: "#", count: longest + 1)
    }

    /// Whether a byte of UTF-8 is part of a Swift name: a letter, a digit, "_", or beyond ASCII.
    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
        default: false
        }
    }

    /// A text for a comment: words, without line breaks or control characters.
    static func words(_ text: String) -> [Substring] {
        // Nearly every text is printable ASCII, whose words need no look at characters.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return text.utf8.split(separator: 0x20).map { Substring($0) }
        }
        return text.split {
            $0.isWhitespace || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }
    }
}
