import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#endif

/// The MD5 of bytes that arrive in pieces (RFC 1321). It finds damage, and protects from nobody.
package struct MD5: Sendable {
    #if canImport(CryptoKit)
        private var hash = Insecure.MD5()

        /// Starts without bytes.
        package init() {}

        /// Adds bytes.
        package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

        /// The 16 bytes of the digest of everything that was added.
        package var digest: [UInt8] { Array(hash.finalize()) }
    #else
        private var state: (UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476)
        private var length: UInt64 = 0
        /// The bytes of a block that is not full yet.
        private var rest: [UInt8] = []

        /// Starts without bytes.
        package init() {}

        /// Adds bytes.
        package mutating func update(_ bytes: UnsafeRawBufferPointer) {
            length &+= UInt64(bytes.count)
            var bytes = bytes[...]
            if !rest.isEmpty {
                let missing = min(64 - rest.count, bytes.count)
                rest += bytes.prefix(missing)
                bytes = bytes.dropFirst(missing)
                guard rest.count == 64 else { return }
                let block = rest
                rest.removeAll(keepingCapacity: true)
                block.withUnsafeBytes { add($0) }
            }
            while bytes.count >= 64 {
                add(UnsafeRawBufferPointer(rebasing: bytes.prefix(64)))
                bytes = bytes.dropFirst(64)
            }
            rest += bytes
        }

        /// The 16 bytes of the digest of everything that was added.
        package var digest: [UInt8] {
            var copy = self
            let bits = length &* 8
            var padding: [UInt8] = [0x80]
            while (copy.rest.count + padding.count) % 64 != 56 { padding.append(0) }
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                padding.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
            padding.withUnsafeBytes { copy.update($0) }
            return [copy.state.0, copy.state.1, copy.state.2, copy.state.3].flatMap { word in
                (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
            }
        }

        private mutating func add(_ block: UnsafeRawBufferPointer) {
            var (a, b, c, d) = state
            for step in 0..<64 {
                let mix: UInt32
                let word: Int
                switch step / 16 {
                case 0: (mix, word) = ((b & c) | (~b & d), step)
                case 1: (mix, word) = ((d & b) | (~d & c), (5 * step + 1) % 16)
                case 2: (mix, word) = (b ^ c ^ d, (3 * step + 5) % 16)
                default: (mix, word) = (c ^ (b | ~d), 7 * step % 16)
                }
                let value = UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 4 * word, as: UInt32.self))
                let sum = a &+ mix &+ Self.sines[step] &+ value
                let shift = Self.shifts[step / 16 * 4 + step % 4]
                (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
            }
            state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
        }

        /// The turns of each round (RFC 1321, 3.4).
        private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

        /// 2³² times the sines of 1 to 64 (RFC 1321, 3.4).
        private static let sines: [UInt32] = (1...64).map { UInt32(abs(sin(Double($0))) * 4_294_967_296) }
    #endif

    /// Adds bytes.
    package mutating func update(_ data: Data) { data.withUnsafeBytes { update($0) } }

    /// The digest in hexadecimal digits, lower case.
    package var hex: String {
        digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// The digest that a text is: 32 hexadecimal digits, or its Base64, with or without quotes.
    ///
    /// - Parameter text: The text, such as the value of a header field.
    /// - Returns: The 16 bytes; nil if the text is not a digest.
    package static func digest(written text: String) -> [UInt8]? {
        let text = text.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        if text.utf8.count == 32 {
            let digits = text.utf8.compactMap { digit in Character(UnicodeScalar(digit)).hexDigitValue }
            guard digits.count == 32 else { return nil }
            return stride(from: 0, to: 32, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
        guard let bytes = Data(base64Encoded: text), bytes.count == 16 else { return nil }
        return Array(bytes)
    }
}
