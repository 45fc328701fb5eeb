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
            let sharp = SwiftText.rawDelimiter(for: text.lines)
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
        if !condition.isEmpty, !head.fits(ExpressionLayout.width - indent - 2) {
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
        if line.fits(ExpressionLayout.width - indent - 2) {
            if function.body.isEmpty {
                out.append(pad(indent) + line + " {}")
                return
            }
            if function.body.count == 1, let only = function.body.first {
                let whole = layout.flat(only.value, within: ExpressionLayout.width).map {
                    line + " { " + only.lead + $0 + " }"
                }
                if let whole, whole.fits(ExpressionLayout.width - indent) {
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
            if line.fits(ExpressionLayout.width - indent) {
                out.append(pad(indent) + line)
            } else {
                out.append(pad(indent) + property.head + " {")
                render(Statement("", getter), indent + ExpressionLayout.step)
                out.append(pad(indent) + "}")
            }
        } else if !property.body.isEmpty {
            out.append(pad(indent) + property.head + " {")
            for statement in property.body { render(statement, indent + ExpressionLayout.step) }
            out.append(pad(indent) + "}")
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
            let longer = line.isEmpty ? piece : line + " " + piece
            if line.isEmpty || longer.fits(ExpressionLayout.width - indent) {
                line = longer
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
        var isFirst = true
        for paragraph in documentation.paragraphs {
            if !isFirst { out.append(pad(indent) + "///") }
            isFirst = false
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
        for attribute in attributes { out.append(pad(indent) + attribute) }
    }

    private mutating func comment(_ text: String, first: String, rest: String, _ indent: Int) {
        let start = pad(indent) + "/// "
        var line = start + first
        if line.utf8.count + text.utf8.count <= ExpressionLayout.width, SwiftText.isLine(text) {
            return out.append(line + text)
        }
        var isEmpty = true
        for word in SwiftText.words(text) {
            if isEmpty {
                line += word
                isEmpty = false
                continue
            }
            if line.utf8.count + word.utf8.count < ExpressionLayout.width
                || (line + " " + word).fits(ExpressionLayout.width)
            {
                line += " "
                line += word
            } else {
                out.append(line)
                line = start + rest + word
            }
        }
        out.append(line)
    }

    private func pad(_ columns: Int) -> String { layout.pad(columns) }
}

extension Declaration {
    /// Stored properties, and what takes one line, stand together without blank lines between them.
    fileprivate var isStored: Bool {
        if case .property(let property) = self { property.getter == nil && property.body.isEmpty } else { false }
    }
}

/// Pieces of Swift text.
enum SwiftText {
    /// A string literal with this content.
    static func literal(_ content: String) -> String {
        if content.everyByte({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) { return "\"" + content + "\"" }
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

    /// A name without backticks.
    static func bare(_ name: String) -> String { name.hasPrefix("`") ? name.filter { $0 != "`" } : name }

    /// The number of `#` that make a raw string safe for some lines.
    static func rawDelimiter(for lines: [String]) -> String {
        var longest = 0
        for line in lines where !line.everyByte({ $0 != 0x23 }) {
            var run: Int?
            for byte in line.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    run = 0
                } else if byte == UInt8(ascii: "#"), let count = run {
                    run = count + 1
                    longest = max(longest, count + 1)
                } else {
                    run = nil
                }
            }
        }
        return String(repeating: "#", count: longest + 1)
    }

    /// Whether a byte of UTF-8 is part of a Swift name: a letter, a digit, "_", or beyond ASCII.
    static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetterByte || byte.isDigitByte || byte == 0x5F || byte >= 0x80
    }

    /// A text for a comment: words, without line breaks or control characters.
    static func words(_ text: String) -> [String] {
        // Nearly every text is printable ASCII, whose words need no look at characters.
        if text.everyByte({ $0 >= 0x20 && $0 < 0x7F }) { return asciiWords(text) }
        return text.split {
            $0.isWhitespace || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }.map(String.init)
    }

    /// Whether a text is its own words with a space between them, all of it printable ASCII.
    static func isLine(_ text: String) -> Bool {
        var last: UInt8 = 0x20
        let isPlain = text.everyByte { byte in
            defer { last = byte }
            return byte >= 0x20 && byte < 0x7F && !(byte == 0x20 && last == 0x20)
        }
        return isPlain && last != 0x20
    }

    private static func asciiWords(_ text: String) -> [String] {
        var text = text
        return text.withUTF8 { text in
            let bytes = UnsafeRawBufferPointer(text)
            var words: [String] = []
            var (start, end) = (0, 0)
            while end <= bytes.count {
                if end == bytes.count || bytes[end] == 0x20 {
                    if start < end {
                        let word = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                        words.append(String(decoding: word, as: UTF8.self))
                    }
                    start = end + 1
                }
                end += 1
            }
            return words
        }
    }
}
