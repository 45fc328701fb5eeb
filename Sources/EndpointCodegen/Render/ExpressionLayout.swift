/// Lays an expression out in lines.
///
/// Everything that fits in what is left of a line stays on it. Otherwise the outermost call, literal or closure is
/// opened: its parts go on lines of their own, four columns further in, as many to a line as fit.
struct ExpressionLayout {
    static let width = 120
    static let step = 4

    /// The expression on one line.
    func flat(_ expression: Expression) -> String {
        if case .code(let code) = expression { return code }
        var line = Line(limit: .max)
        line.write(expression)
        return line.text
    }

    /// The same where it has at most so many characters; nil otherwise, and no more of it than shows that is written.
    func flat(_ expression: Expression, within columns: Int) -> String? {
        var line = Line(limit: columns)
        line.write(expression)
        return line.isTooLong ? nil : line.text
    }

    /// An expression on one line, as far as that is not too long.
    private struct Line {
        let limit: Int
        private(set) var text = ""
        private(set) var isTooLong = false

        init(limit: Int) {
            self.limit = limit
        }

        mutating func write(_ piece: String) {
            if isTooLong { return }
            text += piece
            if text.utf8.count > limit, !text.fits(limit) { isTooLong = true }
        }

        mutating func write(_ expression: Expression) {
            if isTooLong { return }
            switch expression {
            case .code(let code): write(code)
            case .string(let content): write(SwiftText.literal(content))
            case .array(let items):
                write("[")
                write(items, separator: ", ")
                write("]")
            case .dictionary(let pairs):
                write(pairs.isEmpty ? "[:" : "[")
                var isFirst = true
                for pair in pairs {
                    if !isFirst { write(", ") }
                    isFirst = false
                    write(pair.key)
                    write(": ")
                    write(pair.value)
                }
                write("]")
            case .call(let callee, let arguments, let trailing):
                write(callee)
                write(arguments, trailing)
                if let trailing {
                    write(" ")
                    write(trailing)
                }
            case .method(let base, let name, let arguments):
                write(base)
                write(".")
                write(name)
                write(arguments, nil)
            case .closure(let closure): write(closure)
            case .chain(let operands, let symbol): write(operands, separator: " \(symbol) ")
            case .affixed(let before, let inner, let after):
                write(before)
                write(inner)
                write(after)
            }
        }

        private mutating func write(_ items: [Expression], separator: String) {
            var isFirst = true
            for item in items {
                if !isFirst { write(separator) }
                isFirst = false
                write(item)
            }
        }

        mutating func write(_ arguments: [Expression.Argument], _ trailing: Expression.Closure?) {
            if isTooLong || arguments.isEmpty && trailing != nil { return }
            write("(")
            var isFirst = true
            for argument in arguments {
                if !isFirst { write(", ") }
                isFirst = false
                write(ExpressionLayout.label(argument))
                write(argument.value)
            }
            write(")")
        }

        private mutating func write(_ closure: Expression.Closure) {
            write("{ ")
            write(ExpressionLayout.head(closure))
            write(" ")
            write(closure.body)
            write(" }")
        }
    }

    /// In a call no label needs backticks: the checker refuses the three that do.
    private static func label(_ argument: Expression.Argument) -> String {
        argument.label.map { SwiftText.bare($0) + ": " } ?? ""
    }

    private static func head(_ closure: Expression.Closure) -> String {
        "(\(closure.parameter): \(closure.parameterType)) -> \(closure.result) in"
    }

    /// The expression on as few lines as it needs.
    ///
    /// - Parameters:
    ///   - expression: What to lay out.
    ///   - indent: Where the line starts, in columns.
    ///   - column: Where the expression starts.
    ///   - tail: How many columns must stay free after it.
    /// - Returns: The first line without its indent, all others with it.
    func lines(_ expression: Expression, indent: Int, column: Int, tail: Int = 0) -> [String] {
        if let line = flat(expression, within: Self.width - column - tail) { return [line] }
        let inner = indent + Self.step
        switch expression {
        case .code, .string: return [flat(expression)]
        case .array(let items):
            return ["["] + block(items.map { ("", $0) }, indent: inner, endsWithComma: true) + [pad(indent) + "]"]
        case .dictionary(let pairs):
            let parts = pairs.map { (flat($0.key) + ": ", $0.value) }
            return ["["] + block(parts, indent: inner, endsWithComma: true) + [pad(indent) + "]"]
        case .call(let callee, let arguments, let trailing):
            return call(flat(callee), arguments, trailing, indent: indent, column: column, tail: tail, closes: false)
        case .method(let base, let name, let arguments):
            return chain(base, name, arguments, indent: indent, column: column, tail: tail)
        case .closure(let closure):
            return ["{ " + Self.head(closure)] + indented(closure.body, inner) + [pad(indent) + "}"]
        case .chain(let operands, let symbol):
            return operands.enumerated().flatMap { index, operand -> [String] in
                if index == 0 { return lines(operand, indent: inner, column: column) }
                let start = pad(inner) + symbol + " "
                let rest = lines(operand, indent: inner, column: start.count)
                return [start + rest[0]] + rest.dropFirst()
            }
        case .affixed(let before, let operand, let after):
            var result = lines(operand, indent: indent, column: column + before.count, tail: tail + after.count)
            result[0] = before + result[0]
            result[result.count - 1] += after
            return result
        }
    }

    /// A method call whose base, and whose name, stand on lines of their own.
    private func chain(
        _ base: Expression, _ name: String, _ arguments: [Expression.Argument], indent: Int, column: Int, tail: Int
    ) -> [String] {
        let start: [String]
        switch base {
        case .method(let base, let name, let arguments):
            start = chain(base, name, arguments, indent: indent, column: column, tail: 0)
        case .call(let callee, let arguments, let trailing) where flat(base, within: Self.width - column) == nil:
            start = call(flat(callee), arguments, trailing, indent: indent, column: column, closes: true)
        default: start = lines(base, indent: indent, column: column)
        }
        // Behind a base of one line the methods stand further in; behind several lines, where those end.
        let indent = start.allSatisfy { !$0.hasPrefix(pad(indent) + ")") } ? indent + Self.step : indent
        let rest = call(".\(name)", arguments, nil, indent: indent, column: indent, tail: tail, closes: false)
        return start + [pad(indent) + rest[0]] + rest.dropFirst()
    }

    /// Lays out a call; if it `closes`, the parenthesis that closes the arguments gets a line of its own.
    private func call(
        _ callee: String, _ arguments: [Expression.Argument], _ trailing: Expression.Closure?, indent: Int,
        column: Int, tail: Int = 0, closes: Bool
    ) -> [String] {
        let inner = indent + Self.step
        let opening = trailing.map { " { " + Self.head($0) } ?? ""
        var start = Line(limit: Self.width - column - (trailing == nil ? tail : 0))
        start.write(callee)
        start.write(arguments, trailing)
        start.write(opening)
        if !start.isTooLong {
            guard let trailing else { return [start.text] }
            return [start.text] + indented(trailing.body, inner) + [pad(indent) + "}"]
        }
        if !closes, trailing == nil, arguments.count == 1, let only = arguments.first, only.value.isLiteral {
            // The brackets of a lone list are brackets enough.
            var result = lines(only.value, indent: indent, column: Self.width)
            result[0] = callee + "(" + Self.label(only) + result[0]
            result[result.count - 1] += ")"
            return result
        }
        var result = [callee + "("]
        let closing = closes || trailing != nil ? 0 : tail + 1
        let parts = arguments.map { (Self.label($0), $0.value) }
        result += block(parts, indent: inner, endsWithComma: false, tail: closing)
        if closes || trailing != nil {
            result.append(pad(indent) + ")" + opening)
        } else {
            result[result.count - 1] += ")"
        }
        if let trailing { result += indented(trailing.body, inner) + [pad(indent) + "}"] }
        return result
    }

    /// Parts with commas between them, as many to a line as fit; calls in a list each get their own line.
    ///
    /// `tail` is how many columns must stay free after the last part, if no comma follows it.
    private func block(
        _ parts: [(label: String, value: Expression)], indent: Int, endsWithComma: Bool, tail: Int = 0
    ) -> [String] {
        let isList = endsWithComma && parts.contains { $0.value.isCall }
        var result: [String] = []
        var line = ""
        func flush() {
            if !line.isEmpty { result.append(pad(indent) + line) }
            line = ""
        }
        for (index, part) in parts.enumerated() {
            let comma = index < parts.count - 1 || endsWithComma && parts.count > 1 ? "," : ""
            let after = comma.isEmpty ? tail : 0
            let piece = flat(part.value, within: Self.width).map { part.label + $0 + comma }
            if let piece, line.isEmpty || !isList {
                let longer = line.isEmpty ? piece : line + " " + piece
                if longer.fits(Self.width - indent - after) {
                    line = longer
                    continue
                }
            }
            flush()
            if let piece, piece.fits(Self.width - indent - after) {
                line = piece
            } else {
                var broken = lines(
                    part.value, indent: indent, column: indent + part.label.count, tail: max(after, comma.count))
                broken[0] = pad(indent) + part.label + broken[0]
                broken[broken.count - 1] += comma
                result += broken
            }
        }
        flush()
        return result
    }

    private func indented(_ expression: Expression, _ indent: Int) -> [String] {
        var result = lines(expression, indent: indent, column: indent)
        result[0] = pad(indent) + result[0]
        return result
    }

    func pad(_ columns: Int) -> String { String(repeating: " ", count: columns) }
}

extension String {
    /// Whether the text has at most so many characters. The number of its bytes, which is known, nearly always tells.
    func fits(_ columns: Int) -> Bool { utf8.count <= columns || count <= columns }
}

extension Expression {
    /// A list or a map.
    fileprivate var isLiteral: Bool {
        switch self {
        case .array, .dictionary: true
        default: false
        }
    }

    fileprivate var isCall: Bool {
        switch self {
        case .call, .method: true
        default: false
        }
    }
}
