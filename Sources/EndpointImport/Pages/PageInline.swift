/// The text inside a line or a cell: what a reader sees of it, without the marks of Markdown and HTML.
enum PageInline {
    /// Elements of HTML that pages use inside text. Anything else in angle brackets is text, such as `/files/<id>`.
    private static let elements: Set<String> = [
        "a", "b", "big", "blockquote", "center", "code", "dd", "del", "details", "div", "dl", "dt", "em", "font", "h1",
        "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "s",
        "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "u", "ul", "colgroup", "col", "caption",
    ]
    private static let entities: [String: String] = [
        "nbsp": "\u{A0}", "ensp": "\u{A0}", "emsp": "\u{A0}", "lt": "<", "gt": ">", "amp": "&", "quot": "\"",
        "apos": "'", "ldquo": "“", "rdquo": "”", "hellip": "…", "mdash": "—", "ndash": "–", "le": "≤", "ge": "≥",
        "times": "×", "middot": "·",
    ]

    /// The text without marks. `<br>` is a line break; white space at the ends of lines is left out, but for no-break
    /// spaces at the front, which indent.
    static func text(_ raw: String) -> String {
        var text = withoutTags(raw)
        text = withoutLinks(text)
        text = unescaped(
            text.replacing("***", with: "").replacing("**", with: "").replacing("~~", with: "").replacing("`", with: "")
        )
        text = withEntities(text)
        if text.hasPrefix("__"), text.hasSuffix("__"), text.count > 4 { text = String(text.dropFirst(2).dropLast(2)) }
        return text.split(separator: "\n").map { collapsed(String($0)) }.filter { !trimmed($0).isEmpty }
            .joined(separator: "\n")
    }

    /// The text without white space of any kind at its ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        func isSpace(_ character: Character) -> Bool {
            character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
        }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        return String(rest)
    }

    /// For comparisons: small letters, ASCII for full-width forms, no white space at the ends.
    static func folded(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in String(text).unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                if let ascii = Unicode.Scalar(scalar.value - 0xFEE0) { result.unicodeScalars.append(ascii) }
            case 0x3000, 0xA0: result += " "
            case 0x3001: result += ","
            case 0x3002: result += "."
            case 0x3010: result += "["
            case 0x3011: result += "]"
            case 0x200B, 0xFEFF, 0xFE0F: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return trimmed(result.lowercased())
    }

    /// The addresses in a line, in the order written.
    static func addresses(in text: String) -> [String] {
        text.matches(of: /https?:\/\/[^\s<>"'`）)\]，。]+/).map { String($0.output) }
    }

    private static func collapsed(_ line: String) -> String {
        var result = ""
        var isSpace = false
        for character in line {
            if character == " " || character == "\t" {
                isSpace = true
                continue
            }
            if isSpace, !result.isEmpty { result.append(" ") }
            isSpace = false
            result.append(character)
        }
        return result
    }

    private static func withoutTags(_ text: String) -> String {
        guard text.contains("<") else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "<") {
            result += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ">") else { break }
            let inside = rest[rest.index(after: start)..<end]
            let name = inside.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
            if name == "br" {
                result += "\n"
            } else if inside.contains("://"), !inside.contains(" ") {
                result += inside
            } else if !elements.contains(name), !inside.hasPrefix("!--") {
                result += "<"
                rest = rest[rest.index(after: start)...]
                continue
            } else if ["p", "li", "div", "tr"].contains(name) {
                result += "\n"
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func withoutLinks(_ text: String) -> String {
        guard text.contains("](") else { return text }
        return text.replacing(/!\[[^\]]*\]\([^)]*\)/, with: "")
            .replacing(/\[([^\[\]]+)\]\([^()\s]*\)/) { String($0.output.1) }
    }

    private static func unescaped(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                if !(character.isASCII && (character.isPunctuation || character.isSymbol)) { result.append("\\") }
                result.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return isEscaped ? result + "\\" : result
    }

    private static func withEntities(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return text.replacing(/&(#?[A-Za-z0-9]{1,8});/) { match in
            let name = String(match.output.1)
            if let known = entities[name.lowercased()] { return known }
            guard name.hasPrefix("#") else { return String(match.output.0) }
            let digits = name.dropFirst()
            let code = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.output.0)
        }
    }
}
