/// A reader of JSON as one would write it by hand for one shape: over bytes, with the keys compared in a chain. It checks
/// little, and is the speed that a general reader is measured against.
struct HandReader {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func peek() throws -> UInt8 {
        while index < bytes.count {
            let byte = bytes[index]
            if byte > 0x20 { return byte }
            index += 1
        }
        throw WrongResponse()
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard try peek() == byte else { throw WrongResponse() }
        index += 1
    }

    mutating func object(_ member: (inout Self, UnsafeRawBufferPointer) throws -> Void) throws {
        try expect(0x7B)
        while try peek() != 0x7D {
            let key = try text()
            try expect(0x3A)
            try member(&self, key)
            if try peek() == 0x2C { index += 1 }
        }
        index += 1
    }

    mutating func array<Element>(_ element: (inout Self) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try expect(0x5B)
        while try peek() != 0x5D {
            elements.append(try element(&self))
            if try peek() == 0x2C { index += 1 }
        }
        index += 1
        return elements
    }

    mutating func integer() throws -> Int64 {
        var isNegative = false
        if try peek() == 0x2D {
            isNegative = true
            index += 1
        }
        var value: Int64 = 0
        let start = index
        while index < bytes.count, bytes[index] &- 0x30 < 10 {
            value = value * 10 + Int64(bytes[index] - 0x30)
            index += 1
        }
        guard index > start else { throw WrongResponse() }
        return isNegative ? -value : value
    }

    mutating func string() throws -> String { String(decoding: try text(), as: UTF8.self) }

    /// The bytes of a string without escapes.
    private mutating func text() throws -> UnsafeRawBufferPointer {
        try expect(0x22)
        let start = index
        while index < bytes.count, bytes[index] != 0x22 {
            guard bytes[index] != 0x5C else { throw WrongResponse() }
            index += 1
        }
        index += 1
        return UnsafeRawBufferPointer(rebasing: bytes[start..<min(index - 1, bytes.count)])
    }

    mutating func skip() throws {
        switch try peek() {
        case 0x22: _ = try text()
        case 0x7B: try object { reader, _ in try reader.skip() }
        case 0x5B: _ = try array { try $0.skip() }
        default: while index < bytes.count, ![0x2C, 0x5D, 0x7D].contains(bytes[index]) { index += 1 }
        }
    }
}

extension UnsafeRawBufferPointer {
    static func == (key: Self, name: StaticString) -> Bool {
        guard key.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<key.count where key[index] != name.utf8Start[index] { return false }
        return true
    }
}
