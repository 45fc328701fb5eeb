import Foundation

/// The least of RFC 1951 and 1952 that tests need to send compressed bodies.
enum Gzip {
    /// `data` in stored blocks: valid gzip without compression.
    static func stored(_ data: Data) -> Data {
        var result = header
        var rest = data[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            result.append(rest.isEmpty ? 1 : 0)
            append(UInt16(block.count), to: &result)
            append(~UInt16(block.count), to: &result)
            result.append(block)
        } while !rest.isEmpty
        append(crc32(data), to: &result)
        append(UInt32(truncatingIfNeeded: data.count), to: &result)
        return result
    }

    /// A compressed body whose checksum is wrong.
    static func damaged(_ data: Data) -> Data {
        var result = stored(data)
        result[result.count - 5] ^= 1
        return result
    }

    /// `count` zero bytes as one block of fixed codes: a zero, then "the last byte again, 258 times" over and over.
    static func zeros(count: Int) -> Data {
        var bits = BitWriter(bytes: header)
        bits.write([1, 1, 0])
        let repeats = max(0, count - 1) / 258
        for _ in 0..<(count - repeats * 258) { bits.write([0, 0, 1, 1, 0, 0, 0, 0]) }
        for _ in 0..<repeats { bits.write([1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]) }
        bits.write([0, 0, 0, 0, 0, 0, 0])
        var result = bits.finish()
        append(crc32OfZeros(count), to: &result)
        append(UInt32(truncatingIfNeeded: count), to: &result)
        return result
    }

    private static let header = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])

    private static func append<Number: FixedWidthInteger>(_ number: Number, to data: inout Data) {
        withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }

    /// The checksum of `count` zero bytes: what one zero bit does to a checksum, as a matrix, to the power of their number.
    /// Byte by byte, 200 million of them take minutes in a debug build.
    private static func crc32OfZeros(_ count: Int) -> UInt32 {
        func apply(_ matrix: [UInt32], _ value: UInt32) -> UInt32 {
            (0..<32).reduce(UInt32(0)) { value >> UInt32($1) & 1 == 1 ? $0 ^ matrix[$1] : $0 }
        }
        var matrix: [UInt32] = [0xedb8_8320] + (0..<31).map { UInt32(1) << UInt32($0) }
        var value = ~UInt32(0)
        var bits = count * 8
        while bits > 0 {
            if bits & 1 == 1 { value = apply(matrix, value) }
            matrix = matrix.map { apply(matrix, $0) }
            bits >>= 1
        }
        return ~value
    }

    /// Packs bits into bytes, the lowest first.
    private struct BitWriter {
        var bytes: Data
        var current: UInt8 = 0
        var used = 0

        mutating func write(_ bits: [UInt8]) {
            for bit in bits {
                current |= bit << UInt8(used)
                used += 1
                if used == 8 {
                    bytes.append(current)
                    current = 0
                    used = 0
                }
            }
        }

        func finish() -> Data {
            used == 0 ? bytes : bytes + [current]
        }
    }
}
