/// A value of an indexed JSON text, read by the rules for responses: the first of duplicate keys counts, bytes that are not
/// UTF-8 and lone surrogates become U+FFFD, and `1.0` is an integer.
///
///     total = try json["total"].int64()
///     name = try json.ifPresent("name")?.string()
///     items = try json["list"].list()
///
/// A reader is valid within the call of ``JSONTape/read(_:_:)`` that made it.
public struct JSONReader {
    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let entries: UnsafeRawPointer
    @usableFromInline let index: Int

    init(_ bytes: UnsafePointer<UInt8>, _ entries: UnsafePointer<JSONEntry>, _ index: Int) {
        self.bytes = bytes
        self.entries = UnsafeRawPointer(entries)
        self.index = index
    }

    @usableFromInline init(_ other: JSONReader, at index: Int) {
        bytes = other.bytes
        entries = other.entries
        self.index = index
    }

    @inline(__always) func entry(at index: Int) -> JSONEntry {
        entries.load(fromByteOffset: index &* 8, as: JSONEntry.self)
    }

    var entry: JSONEntry { entry(at: index) }
    var kind: JSONEntry.Kind { entry.kind }

    /// The types that a value can have.
    public enum ValueType {
        case null
        case boolean(Bool)
        case number, string, array, object
    }

    /// The type of the value.
    public var type: ValueType {
        switch kind {
        case .null: .null
        case .true: .boolean(true)
        case .false: .boolean(false)
        case .integer, .number: .number
        case .string, .escaped: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Whether this is null.
    public var isNull: Bool { kind == .null }
    /// Whether this is an object.
    public var isObject: Bool { kind == .object }
    /// Whether this is a string.
    public var isString: Bool { kind == .string || kind == .escaped }
}

/// A value is not what its reader expects.
public struct JSONReadError: Error, Sendable {
    /// What is wrong.
    public enum Problem: Sendable {
        /// Another value is there than this.
        case mismatch(expected: String)
        /// The object has no member of this name.
        case missing(String)
        /// What a schema refuses within the value.
        case refused(Violation)
    }

    /// Which entry of the tape it is about.
    let index: Int
    /// What is wrong.
    public let problem: Problem
}

// MARK: Members

extension JSONReader {
    /// The value of a member; nil if there is none, or if this is not an object.
    public func member(_ name: String) -> JSONReader? {
        guard isObject else { return nil }
        var name = name
        let found = name.withUTF8 { find($0.baseAddress, $0.count) }
        return found.map { JSONReader(self, at: $0) }
    }

    /// The entry of a member's value. From the front each time: the first of duplicate keys counts, whatever was read before.
    func find(_ name: UnsafePointer<UInt8>?, _ length: Int) -> Int? {
        var key = index + 1
        let end = index + entry.extent
        while key < end {
            let found = entry(at: key)
            if found.isPlainString(length) {
                // Only an empty name can be without an address.
                if length == 0 || isEqual(bytes + found.offset, name.unsafelyUnwrapped, length) { return key + 1 }
            } else if found.isEscaped, let name,
                text(of: found).utf8.elementsEqual(UnsafeBufferPointer(start: name, count: length))
            {
                return key + 1
            }
            key += 1 + entry(at: key + 1).span
        }
        return nil
    }

    @inline(__always) private func isEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int)
        -> Bool
    {
        var index = 0
        while index + 8 <= length {
            if UnsafeRawPointer(left + index).loadUnaligned(as: UInt64.self)
                != UnsafeRawPointer(right + index).loadUnaligned(as: UInt64.self)
            {
                return false
            }
            index += 8
        }
        while index < length {
            if left[index] != right[index] { return false }
            index += 1
        }
        return true
    }

    /// Calls a function with the key and the value of each member, in the order of the text; with none if this is not an object.
    public func forEachMember<Failure: Error>(
        _ body: (_ key: JSONReader, _ value: JSONReader) throws(Failure) -> Void
    ) throws(Failure) {
        guard isObject else { return }
        var key = index + 1
        let end = index + entry.extent
        while key < end {
            try body(JSONReader(self, at: key), JSONReader(self, at: key + 1))
            key += 1 + entry(at: key + 1).span
        }
    }

    /// The text if this is a string.
    public var text: String? { isString ? text(of: entry) : nil }

    /// The text of a key.
    var keyText: String { text(of: entry) }
}

// MARK: Elements

extension JSONReader {
    /// Calls a function with each element; with none if this is not an array.
    public func forEachElement<Failure: Error>(_ body: (JSONReader) throws(Failure) -> Void) throws(Failure) {
        guard kind == .array else { return }
        var next = index + 1
        let end = index + entry.extent
        while next < end {
            try body(JSONReader(self, at: next))
            next += entry(at: next).span
        }
    }
}

// MARK: Scalars

extension JSONReader {
    var isNumber: Bool { kind == .integer || kind == .number }

    /// The error that another value is here than this.
    @_spi(Generated) public func mismatch(_ expected: String) -> JSONReadError {
        JSONReadError(index: index, problem: .mismatch(expected: expected))
    }

    func missing(_ name: String) -> JSONReadError { JSONReadError(index: index, problem: .missing(name)) }

    /// A number as it is written; nil for any other value.
    public var numberText: String? { isNumber ? numberText(entry) : nil }

    func numberText(_ entry: JSONEntry) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + entry.offset, count: entry.extent), as: UTF8.self)
    }

    /// The integer that a number is; nil for any other value, and beyond 64 bits.
    func integer(_ entry: JSONEntry) -> Int64? {
        switch entry.kind {
        case .integer:
            var at = bytes + entry.offset
            let end = at + entry.extent
            let isNegative = at.pointee == UInt8(ascii: "-")
            if isNegative { at += 1 }
            var value: Int64 = 0
            if entry.extent < 19 {
                while at < end {
                    value = value &* 10 &+ Int64(at.pointee &- 0x30)
                    at += 1
                }
                return isNegative ? 0 &- value : value
            }
            // Downward, where the range is larger by one.
            while at < end {
                let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
                let (difference, isBeyond) = product.subtractingReportingOverflow(Int64(at.pointee &- 0x30))
                if isTooLarge || isBeyond { return nil }
                value = difference
                at += 1
            }
            if isNegative { return value }
            return value == .min ? nil : -value
        case .number: return JSONValue.number(numberText(entry)).integral
        default: return nil
        }
    }

    func double(_ entry: JSONEntry) -> Double? {
        if entry.kind == .integer, entry.extent < 16 { return integer(entry).map { Double($0) } }
        return Double(numberText(entry))
    }

    // MARK: Text

    /// The byte that the value begins at.
    public var start: Int { isString ? entry.offset - 1 : entry.offset }

    /// The bytes of the value.
    public var range: Range<Int> {
        let entry = entry
        switch entry.kind {
        case .array, .object:
            return entry.offset..<containerEnd
        case .string, .escaped: return entry.offset - 1..<entry.offset + entry.extent + 1
        default: return entry.offset..<entry.offset + entry.extent
        }
    }

    /// The byte behind the closing bracket of an array or object.
    private var containerEnd: Int {
        let end = index + entry.extent
        let last = entry(at: end - 1)
        // Behind the last scalar, or the last opening bracket, are only brackets: one for each container that ends there.
        var open = 0
        for at in index..<end where entry(at: at).isContainer && at + entry(at: at).extent == end { open += 1 }
        var at = last.offset + (last.isContainer ? 1 : last.extent)
        while true {
            if bytes[at] == UInt8(ascii: "}") || bytes[at] == UInt8(ascii: "]") { open -= 1 }
            at += 1
            if open == 0 { return at }
        }
    }

    /// The text of a string's entry.
    func text(of entry: JSONEntry) -> String {
        let raw = UnsafeBufferPointer(start: bytes + entry.offset, count: entry.extent)
        return entry.kind == .escaped ? Self.unescaped(raw) : String(decoding: raw, as: UTF8.self)
    }

    /// The text behind the escapes, which the tape has checked; a lone surrogate becomes U+FFFD.
    private static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        // No escape is shorter than what it stands for.
        String(unsafeUninitializedCapacity: raw.count) { buffer in
            var (count, index) = (0, 0)
            func unit(at index: Int) -> UInt32? {
                guard index + 6 <= raw.count, raw[index] == 0x5C, raw[index + 1] == 0x75 else { return nil }
                return (2..<6).reduce(0) { $0 << 4 | (raw[index + $1].hexadecimalDigit ?? 0) }
            }
            while index < raw.count {
                guard raw[index] == 0x5C else {
                    buffer[count] = raw[index]
                    count += 1
                    index += 1
                    continue
                }
                if let first = unit(at: index) {
                    index += 6
                    var scalar = Unicode.Scalar(first) ?? "\u{FFFD}"
                    if (0xD800..<0xDC00).contains(first), let second = unit(at: index),
                        (0xDC00..<0xE000).contains(second)
                    {
                        index += 6
                        scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
                    }
                    // UTF-8 has a form for every scalar.
                    for byte in UTF8.encode(scalar).unsafelyUnwrapped {
                        buffer[count] = byte
                        count += 1
                    }
                } else {
                    buffer[count] =
                        switch raw[index + 1] {
                        case UInt8(ascii: "b"): 0x08
                        case UInt8(ascii: "f"): 0x0C
                        case UInt8(ascii: "n"): UInt8(ascii: "\n")
                        case UInt8(ascii: "r"): UInt8(ascii: "\r")
                        case UInt8(ascii: "t"): UInt8(ascii: "\t")
                        case let character: character
                        }
                    count += 1
                    index += 2
                }
            }
            return count
        }
    }
}

// MARK: Where an error is

extension JSONReader {
    /// An error of this value or of one within it, with its path from here and what was found.
    public func violation(_ error: JSONReadError) -> Violation {
        var path: [Violation.Step] = []
        var place = self
        while place.index < error.index, let (step, inner) = place.step(toward: error.index) {
            path.append(step)
            place = inner
        }
        switch error.problem {
        case .mismatch(let expected):
            return Violation(
                path, .mismatch(expected: expected, found: JSONValue(JSONReader(self, at: error.index)).excerpt))
        case .missing(let name): return Violation(path + [.field(name)], .missing)
        case .refused(let violation): return Violation(path + violation.path, violation.problem)
        }
    }

    /// The step into the part that holds an entry.
    private func step(toward target: Int) -> (Violation.Step, JSONReader)? {
        var next = index + 1
        let end = index + entry.extent
        var position = 0
        let isObject = isObject
        while entry.isContainer, next < end {
            let value = isObject ? next + 1 : next
            let after = value + entry(at: value).span
            if target < after {
                let inner = JSONReader(self, at: value)
                return (isObject ? .field(JSONReader(self, at: next).keyText) : .item(position), inner)
            }
            next = after
            position += 1
        }
        return nil
    }
}
