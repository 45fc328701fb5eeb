#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// Decompresses a body, a piece at a time, and knows whether its end was seen.
    ///
    /// libcurl could do it, but reports a truncated body as complete. zlib checks the checksum and the length at the end.
    final class Inflater {
        enum Failure: Error {
            /// The bytes are not of this coding.
            case malformed
            /// The body is larger than this.
            case tooLarge(limit: Int64)
        }

        /// The codings that are asked for.
        static let acceptLine: StaticString = "Accept-Encoding: gzip, deflate"

        static func reads(_ coding: String) -> Bool { ["gzip", "x-gzip", "deflate"].contains(coding) }

        private let isGzip: Bool
        /// On the heap: zlib compares the address with the one that it was initialised with.
        private let stream: UnsafeMutablePointer<clibcurl_zstream>
        private var isStarted = false
        /// Whether the end of the compressed data was seen, and nothing came after it.
        private(set) var isAtEnd = false

        init(_ coding: String) {
            isGzip = coding != "deflate"
            stream = .allocate(capacity: 1)
            stream.initialize(to: clibcurl_zstream())
        }

        deinit {
            if isStarted { _ = clibcurl_inflate_end(stream) }
            stream.deallocate()
        }

        /// Appends what `input` unpacks to, at most until `output` has `count` bytes; returns the rest of the input.
        ///
        /// If `output` is full then, there may be more even without further input.
        func unpack(_ input: Data, into output: inout Data, upTo count: Int) throws(Failure) -> Data {
            if !isStarted {
                guard let first = input.first else { return input }
                try start(first)
            }
            // A page of JSON shrinks to a sixth or so.
            let step = max(4 << 10, min(input.count * 6, 64 << 10))
            var failure: Failure?
            let consumed = input.withUnsafeBytes { bytes -> Int in
                let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                var position = 0
                while output.count < count {
                    if isAtEnd {
                        // gzip may have several members, each with its checksum.
                        guard position < bytes.count else { break }
                        guard isGzip, bytes[position] == 0x1f, clibcurl_inflate_reset(stream) == 0 else {
                            failure = .malformed
                            break
                        }
                        isAtEnd = false
                    }
                    let before = output.count
                    let room = min(step, count - before)
                    output.count += room
                    let status = output.withUnsafeMutableBytes { buffer -> Int32 in
                        stream.pointee.next_in = base.map { UnsafePointer($0 + position) }
                        stream.pointee.available_in = UInt32(clamping: bytes.count - position)
                        let offered = stream.pointee.available_in
                        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self).advanced(
                            by: before)
                        stream.pointee.available_out = UInt32(room)
                        let status = clibcurl_inflate(stream, 0)
                        position += Int(offered - stream.pointee.available_in)
                        return status
                    }
                    let written = room - Int(stream.pointee.available_out)
                    output.count = before + written
                    switch status {
                    case 1: isAtEnd = true
                    case 0, -5:
                        // Nothing was written although there was room: more input is needed.
                        if position == bytes.count && written < room { return position }
                        if status == -5 && written == 0 && position < bytes.count {
                            failure = .malformed
                            return position
                        }
                    default:
                        failure = .malformed
                        return position
                    }
                    if failure != nil { break }
                }
                return position
            }
            if let failure { throw failure }
            return input.dropFirst(consumed)
        }

        /// "deflate" is zlib's format; some servers send the bare one.
        private func start(_ first: UInt8) throws(Failure) {
            let bits: Int32 = isGzip ? 31 : first & 0x0f == 8 ? 15 : -15
            guard clibcurl_inflate_init(stream, bits) == 0 else { throw .malformed }
            isStarted = true
        }

        /// Unpacks a whole body.
        static func unpack(_ body: Data, coding: String, limit: Int64) throws(Failure) -> Data {
            let inflater = Inflater(coding)
            var output = Data()
            let bound = Int(clamping: limit) == .max ? Int.max : Int(limit) + 1
            let rest = try inflater.unpack(body, into: &output, upTo: bound)
            guard output.count < bound else { throw .tooLarge(limit: limit) }
            guard rest.isEmpty, inflater.isAtEnd else { throw .malformed }
            return output
        }
    }
#endif
