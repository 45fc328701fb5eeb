/// Reads JSON text (RFC 8259) into values that know their line and column.
///
///     let reading = SpecReader.read(bytes, file: "service.json")
///     reading.node           // nil after a syntax error
///     reading.diagnostics    // one for a syntax error, one for each duplicate key
///
/// What a response may have is an error here: duplicate keys, invalid UTF-8, lone surrogates.
/// Time is linear in the number of bytes, and neither depth nor size of the input can exhaust the stack or the memory.
public struct SpecReader {
    /// What a text may be at most.
    public struct Limits: Sendable {
        /// The number of bytes.
        public var bytes: Int
        /// How many arrays and objects may be inside each other.
        public var depth: Int

        /// Creates limits.
        public init(bytes: Int = 8 << 20, depth: Int = 128) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    /// What came of reading: a value, unless the text is not JSON, and what is wrong with it.
    public struct Reading: Sendable {
        /// The value; nil after an error of syntax.
        public var node: JSONNode?
        /// What is wrong.
        public var diagnostics: [Diagnostic]
    }

    let bytes: UnsafeRawBufferPointer
    let file: String
    private var diagnostics: [Diagnostic] = []
    /// The line that ``position(at:)`` was asked for last, and the byte that it begins at.
    private var line = 1
    private var lineStart = 0
    private var counted = 0

    /// Reads a text whose diagnostics are to name `file`.
    public static func read(_ bytes: [UInt8], file: String, limits: Limits = Limits()) -> Reading {
        read(bytes[...], file: file, limits: limits)
    }

    static func read(_ bytes: ArraySlice<UInt8>, file: String, limits: Limits = Limits()) -> Reading {
        bytes.withUnsafeBytes { bytes in
            var reader = SpecReader(bytes: bytes, file: file)
            do throws(Diagnostic) {
                let node = try reader.document(limits)
                return Reading(node: node, diagnostics: reader.diagnostics)
            } catch {
                return Reading(node: nil, diagnostics: reader.diagnostics + [error])
            }
        }
    }

    /// The keys of an object that holds one file each, and where the files stand.
    static func files(
        of bytes: UnsafeRawBufferPointer, module: String
    ) throws(Diagnostic) -> [(path: String, range: Range<Int>)] {
        var reader = SpecReader(bytes: bytes, file: module)
        let tape: JSONTape
        do throws(JSONSyntaxError) {
            tape = try JSONTape(bytes, depth: Limits().depth + 1)
        } catch {
            throw reader.diagnostic(error)
        }
        var files: [(String, Range<Int>)] = []
        let isObject = tape.read(bytes) { json in
            json.forEachMember { name, value in files.append((name.text ?? "", value.range)) }
            return json.isObject
        }
        guard isObject else {
            throw reader.error(0, "the specs of a module must be an object from file to spec")
        }
        return files
    }

    private init(bytes: UnsafeRawBufferPointer, file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lineStart = 3 }
    }

    // MARK: Values

    private mutating func document(_ limits: Limits) throws(Diagnostic) -> JSONNode {
        if bytes.count > limits.bytes {
            throw error(0, "the file has \(bytes.count) bytes; at most \(limits.bytes) are read")
        }
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        if isMarked || bytes.prefix(4).contains(0) {
            throw error(0, "the file is UTF-16 or binary, not UTF-8; save it as UTF-8")
        }
        let tape: JSONTape
        do throws(JSONSyntaxError) {
            tape = try JSONTape(bytes, depth: limits.depth)
        } catch {
            throw diagnostic(error)
        }
        return try tape.read(bytes) { json throws(Diagnostic) in try node(json) }
    }

    private mutating func node(_ json: JSONReader) throws(Diagnostic) -> JSONNode {
        let position = position(at: json.start)
        switch json.type {
        case .null: return JSONNode(.null, position: position)
        case .boolean(let truth): return JSONNode(.boolean(truth), position: position)
        case .string: return JSONNode(.string(try text(json)), position: position)
        case .number: return JSONNode(try number(json, position), position: position)
        case .array:
            var elements: [JSONNode] = []
            try json.forEachElement { element throws(Diagnostic) in elements.append(try node(element))
            }
            return JSONNode(.array(elements), position: position)
        case .object: return JSONNode(.object(try members(json)), position: position)
        }
    }

    private mutating func members(_ json: JSONReader) throws(Diagnostic) -> [JSONMember] {
        var members: [JSONMember] = []
        // Where the members of a large object are: most are so small that looking through them takes less than a table.
        var places: [String: Int] = [:]
        try json.forEachMember { name, value throws(Diagnostic) in
            let keyPosition = position(at: name.start)
            let key = try text(name)
            let member = JSONMember(key: key, keyPosition: keyPosition, value: try node(value))
            if members.count == 16, places.isEmpty {
                for (place, member) in members.enumerated() { places[member.key] = place }
            }
            if let place = places.isEmpty ? JSONNode.index(of: key, in: members) : places[key] {
                let line = members[place].keyPosition.line
                diagnostics.append(
                    Diagnostic(keyPosition, "duplicate key \"\(key)\" (first on line \(line)); remove one of them"))
            } else {
                if !places.isEmpty { places[key] = members.count }
                members.append(member)
            }
        }
        return members
    }

    private func number(_ json: JSONReader, _ position: SourcePosition) throws(Diagnostic) -> JSONNode.Value {
        let number = JSONValue(json)
        if case .integer(let integer) = number { return .integer(integer) }
        guard let double = number.double, double.isFinite else {
            throw Diagnostic(position, "the number is too large; write a string, or a number below 1e308")
        }
        return .double(double)
    }

    /// The text of a string, which must be UTF-8 and whole.
    private mutating func text(_ json: JSONReader) throws(Diagnostic) -> String {
        let text = json.text ?? ""
        // What cannot be read as it is becomes U+FFFD, which is rare enough to look twice.
        if text.everyByte({ $0 != 0xEF }) || !text.unicodeScalars.contains("\u{FFFD}") { return text }
        let range = json.range.lowerBound + 1..<json.range.upperBound - 1
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "\\") {
                guard bytes[index + 1] == UInt8(ascii: "u") else {
                    index += 2
                    continue
                }
                let unit = unit(at: index)
                if (0xD800..<0xDC00).contains(unit), bytes[(index + 6)...].starts(with: [0x5C, 0x75]),
                    (0xDC00..<0xE000).contains(self.unit(at: index + 6))
                {
                    index += 12
                } else if (0xD800..<0xE000).contains(unit) {
                    throw error(index, "a lone surrogate; write both halves (\\uD83D\\uDE00) or the character itself")
                } else {
                    index += 6
                }
            } else {
                let lead = bytes[index]
                let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
                let end = min(index + length, range.upperBound)
                if String(validating: bytes[index..<end], as: UTF8.self) == nil {
                    throw error(index, "invalid UTF-8 in a string; save the file as UTF-8")
                }
                index = end
            }
        }
        return text
    }

    /// The number behind `\u`.
    private func unit(at index: Int) -> UInt32 {
        bytes[(index + 2)...].prefix(4).reduce(0) { $0 << 4 | UInt32(Character(Unicode.Scalar($1)).hexDigitValue ?? 0) }
    }

    // MARK: Positions

    /// The line and column of a byte. Forward from the last one asked for, so that each line is counted once.
    private mutating func position(at offset: Int) -> SourcePosition {
        if offset < counted { (line, lineStart, counted) = (1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, 0) }
        guard let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            return SourcePosition(file: file)
        }
        // By its address: without the optimizer a buffer's subscript takes three times as long.
        while counted < offset {
            if text[counted] == 0x0A {
                line += 1
                lineStart = counted + 1
            }
            counted += 1
        }
        return SourcePosition(file: file, line: line, column: offset - lineStart + 1)
    }

    private mutating func error(_ offset: Int, _ message: String) -> Diagnostic {
        Diagnostic(position(at: offset), message)
    }

    // MARK: Syntax

    private mutating func diagnostic(_ error: JSONSyntaxError) -> Diagnostic {
        let message: String
        switch error.problem {
        case .empty: message = "the file is empty; write a JSON object: { … }"
        case .tooLarge: message = "the file is too large"
        case .tooDeep(let depth): message = "nested deeper than \(depth) levels; flatten the value"
        case .value where error.offset == bytes.count: message = "the file ends where a value is expected"
        case .value: message = explained(error, "expected a value, found \(seen(at: error.offset))")
        case .word: message = word(at: error.offset)
        case .key: message = explained(error, "expected a key in double quotes, found \(seen(at: error.offset))")
        case .colon(let key):
            message = explained(
                error,
                "expected \":\" after the key \(String(decoding: bytes[key..<end(ofStringAt: key)], as: UTF8.self)), found \(seen(at: error.offset))"
            )
        case .separatorInObject:
            message = explained(error, "expected \",\" or \"}\" in an object, found \(seen(at: error.offset))")
        case .separatorInArray:
            message = explained(error, "expected \",\" or \"]\" in an array, found \(seen(at: error.offset))")
        case .commaBeforeEnd:
            message = "a comma stands before \(seen(at: error.offset)); remove the comma"
        case .trailing:
            message = explained(
                error, "unexpected \(seen(at: error.offset)) after the end of the JSON value; remove it")
        case .unclosedString: message = "the string that begins here has no closing quote"
        case .controlCharacter:
            let byte = bytes[error.offset]
            let hint = byte == 0x0A || byte == 0x0D ? "close the string or write \\n" : "write \\u00\(hex(byte))"
            message = "a control character (0x\(hex(byte))) in a string; \(hint)"
        case .escape:
            let byte = bytes[error.offset + 1]
            let shown = byte > 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "0x\(hex(byte))"
            message = "unknown escape \\\(shown); a backslash itself is written \\\\"
        case .escapeAtEnd: message = "the file ends inside a string"
        case .hexadecimalDigits: message = "\\u needs four hexadecimal digits"
        case .digitAfterMinus: message = "a digit must follow \"-\""
        case .digitAfterPoint: message = "a digit must follow the decimal point"
        case .digitAfterExponent: message = "a digit must follow the exponent's \"e\""
        case .leadingZero: message = "a number may not begin with 0; remove the zero, or write a string"
        }
        return self.error(error.offset, message)
    }

    /// A message, unless a better known habit of writing explains the error.
    private func explained(_ error: JSONSyntaxError, _ message: String) -> String {
        guard error.offset < bytes.count else { return "the file ends too early: \(message)" }
        return switch bytes[error.offset] {
        case UInt8(ascii: "/"), UInt8(ascii: "#"):
            "JSON has no comments; remove it, or write it as \"notes\" or \"description\""
        case UInt8(ascii: "'"): "a text stands in double quotes, not in single ones"
        default: message
        }
    }

    private func word(at offset: Int) -> String {
        let word = bytes[offset...].prefix {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }
        let text = String(decoding: word, as: UTF8.self)
        let near = ["true": "true", "false": "false", "null": "null", "none": "null", "nil": "null"]
        let hint = near[text.lowercased()].map { "write \($0)" } ?? "a text stands in double quotes"
        return "unexpected \"\(text.prefix(40))\"; \(hint)"
    }

    /// The byte behind the closing quote.
    private func end(ofStringAt offset: Int) -> Int {
        var index = offset + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }

    /// What stands at a byte, for a message.
    private func seen(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the file" }
        let byte = bytes[offset]
        if byte == UInt8(ascii: "\"") { return "a string" }
        if byte > 0x20 && byte < 0x7F { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        if byte >= 0xC2, let scalar = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first,
            scalar != "\u{FFFD}",
            scalar.properties.isAlphabetic || scalar.properties.isIdeographic
                || scalar.properties.generalCategory == .initialPunctuation
                || scalar.properties.generalCategory == .finalPunctuation
        {
            return "\"\(scalar)\""
        }
        return "the byte 0x" + hex(byte)
    }

    private func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return byte < 0x10 ? "0" + text : text
    }
}

/// A file of a module.
public struct SpecSource: Sendable {
    /// Relative to the module's folder, with slashes: `OSS/listCopyFailures.json`.
    public var path: String
    /// What diagnostics call the file.
    public var displayPath: String
    let bytes: ArraySlice<UInt8>
    private let settled: SpecReader.Reading?

    /// Reads a file.
    public init(_ file: SpecFile) {
        path = file.path
        displayPath = file.displayPath
        bytes = file.contents[...]
        settled = SpecReader.read(bytes, file: file.displayPath)
    }

    private init(path: String, displayPath: String, unread bytes: ArraySlice<UInt8>) {
        self.path = path
        self.displayPath = displayPath
        self.bytes = bytes
        settled = nil
    }

    /// The file's value, or what is wrong with its text.
    var reading: SpecReader.Reading { settled ?? SpecReader.read(bytes, file: displayPath) }

    /// The files in one text, as a module carries them: a JSON object from path to spec. None of them is read.
    ///
    /// - Parameters:
    ///   - text: The object.
    ///   - module: The module's name, with which diagnostics begin.
    /// - Returns: The files, in the order of the text.
    /// - Throws: What is wrong with the text itself.
    static func all(in text: String, module: String) throws(Diagnostic) -> [SpecSource] {
        let bytes = Array(text.utf8)
        let result: Result<[SpecSource], Diagnostic> = bytes.withUnsafeBytes { buffer in
            Result { () throws(Diagnostic) in
                try SpecReader.files(of: buffer, module: module).map { path, range in
                    SpecSource(path: path, displayPath: "\(module)/\(path)", unread: bytes[range])
                }
            }
        }
        return try result.get()
    }
}
