/// Reads JSON text (RFC 8259) into values that know their line and column.
///
///     let reading = JSONReader.read(bytes, file: "service.json")
///     reading.node           // nil after a syntax error
///     reading.diagnostics    // one for a syntax error, one for each duplicate key
///
/// Time is linear in the number of bytes, and neither depth nor size of the input can exhaust the stack or the memory.
public struct JSONReader {
    /// What a text may be at most.
    public struct Limits: Sendable {
        public var bytes: Int
        public var depth: Int

        public init(bytes: Int = 8 << 20, depth: Int = 128) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// What came of reading: a value, unless the text is not JSON, and what is wrong with it.
    public struct Reading: Sendable {
        public var node: JSONNode?
        public var diagnostics: [Diagnostic]
    }

    let bytes: [UInt8]
    let file: String
    let limits: Limits
    var index = 0
    var diagnostics: [Diagnostic] = []
    private var line = 1
    private var lineStart = 0

    /// Reads a text whose diagnostics are to name `file`.
    public static func read(_ bytes: [UInt8], file: String, limits: Limits = Limits()) -> Reading {
        var reader = JSONReader(bytes: bytes, file: file, limits: limits)
        do throws(Diagnostic) {
            let node = try reader.document()
            return Reading(node: node, diagnostics: reader.diagnostics)
        } catch {
            return Reading(node: nil, diagnostics: reader.diagnostics + [error])
        }
    }

    private init(bytes: [UInt8], file: String, limits: Limits) {
        self.bytes = bytes
        self.file = file
        self.limits = limits
    }

    // MARK: Document

    private mutating func document() throws(Diagnostic) -> JSONNode {
        try refuseWhatIsNotText()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            index = 3
            lineStart = 3
        }
        skipWhitespace()
        guard index < bytes.count else { throw error("the file is empty; write a JSON object: { … }") }
        let node = try value(depth: 1)
        skipWhitespace()
        if index < bytes.count {
            throw syntaxError("unexpected \(seen()) after the end of the JSON value; remove it")
        }
        return node
    }

    private func refuseWhatIsNotText() throws(Diagnostic) {
        if bytes.count > limits.bytes {
            throw error("the file has \(bytes.count) bytes; at most \(limits.bytes) are read")
        }
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if isMarked || bytes.prefix(4).contains(0) {
            throw error("the file is UTF-16 or binary, not UTF-8; save it as UTF-8")
        }
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Diagnostic) -> JSONNode {
        guard index < bytes.count else { throw error("the file ends where a value is expected") }
        let position = here
        switch bytes[index] {
        case UInt8(ascii: "{"): return JSONNode(try object(depth: depth), position: position)
        case UInt8(ascii: "["): return JSONNode(try array(depth: depth), position: position)
        case UInt8(ascii: "\""): return JSONNode(.string(try string()), position: position)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONNode(try number(), position: position)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return JSONNode(try word(), position: position)
        default:
            throw syntaxError("expected a value, found \(seen())")
        }
    }

    private mutating func object(depth: Int) throws(Diagnostic) -> JSONNode.Value {
        try enter(depth)
        var members: [JSONMember] = []
        var places: [String: Int] = [:]
        skipWhitespace()
        if take("}") { return .object([]) }
        while true {
            let keyPosition = here
            guard peek() == UInt8(ascii: "\"") else {
                throw syntaxError(
                    peek() == UInt8(ascii: "}")
                        ? "a comma stands before \"}\"; remove the comma"
                        : "expected a key in double quotes, found \(seen())")
            }
            let key = try string()
            skipWhitespace()
            guard take(":") else { throw syntaxError("expected \":\" after the key \"\(key)\", found \(seen())") }
            skipWhitespace()
            let member = JSONMember(key: key, keyPosition: keyPosition, value: try value(depth: depth + 1))
            if let first = places.updateValue(members.count, forKey: key) {
                places[key] = first
                let line = members[first].keyPosition.line
                diagnostics.append(
                    Diagnostic(keyPosition, "duplicate key \"\(key)\" (first on line \(line)); remove one of them"))
            } else {
                members.append(member)
            }
            skipWhitespace()
            if take("}") { return .object(members) }
            guard take(",") else { throw syntaxError("expected \",\" or \"}\" in an object, found \(seen())") }
            skipWhitespace()
        }
    }

    private mutating func array(depth: Int) throws(Diagnostic) -> JSONNode.Value {
        try enter(depth)
        var elements: [JSONNode] = []
        skipWhitespace()
        if take("]") { return .array([]) }
        while true {
            if peek() == UInt8(ascii: "]") { throw error("a comma stands before \"]\"; remove the comma") }
            elements.append(try value(depth: depth + 1))
            skipWhitespace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw syntaxError("expected \",\" or \"]\" in an array, found \(seen())") }
            skipWhitespace()
        }
    }

    private mutating func enter(_ depth: Int) throws(Diagnostic) {
        if depth > limits.depth { throw error("nested deeper than \(limits.depth) levels; flatten the value") }
        index += 1
    }

    private mutating func word() throws(Diagnostic) -> JSONNode.Value {
        let start = here
        let first = index
        while let byte = peek(), byte.isWordByte { index += 1 }
        let text = String(decoding: bytes[first..<index], as: UTF8.self)
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default:
            let near = ["true": "true", "false": "false", "null": "null", "none": "null", "nil": "null"]
            let hint = near[text.lowercased()].map { "write \($0)" } ?? "a text stands in double quotes"
            throw Diagnostic(start, "unexpected \"\(text.prefix(40))\"; \(hint)")
        }
    }

    // MARK: Bytes

    func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Skips blanks, and counts lines: a line break can stand nowhere else.
    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0D: index += 1
            case 0x0A:
                index += 1
                line += 1
                lineStart = index
            default: return
            }
        }
    }

    // MARK: Diagnostics

    var here: SourcePosition { position(at: index) }

    func position(at offset: Int) -> SourcePosition {
        SourcePosition(file: file, line: line, column: offset - lineStart + 1)
    }

    func error(_ message: String) -> Diagnostic { Diagnostic(here, message) }

    /// An error here, unless a better known habit of writing explains it.
    private func syntaxError(_ message: String) -> Diagnostic {
        guard let byte = peek() else { return error("the file ends too early: \(message)") }
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "#"):
            return error("JSON has no comments; remove it, or write it as \"notes\" or \"description\"")
        case UInt8(ascii: "'"):
            return error("a text stands in double quotes, not in single ones")
        default:
            return error(message)
        }
    }

    /// What stands here, for a message.
    private func seen() -> String {
        guard let byte = peek() else { return "the end of the file" }
        if byte == UInt8(ascii: "\"") { return "a string" }
        if byte > 0x20 && byte < 0x7F { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        if byte >= 0xC2, let scalar = String(decoding: bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.first,
            scalar != "\u{FFFD}",
            scalar.properties.isAlphabetic || scalar.properties.isIdeographic
                || scalar.properties.generalCategory == .initialPunctuation
                || scalar.properties.generalCategory == .finalPunctuation
        {
            return "\"\(scalar)\""
        }
        return "the byte 0x" + String(byte, radix: 16, uppercase: true)
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
    }

    var isDigit: Bool { (0x30...0x39).contains(self) }
}
