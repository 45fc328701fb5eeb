/// Splits bytes that come in pieces into lines. It holds a piece and the line that is not complete, no more.
struct LineSplitter: Sendable {
    /// Whether a carriage return ends a line, too, alone and before a line feed.
    let endsAtReturns: Bool
    private var buffer: [UInt8] = []
    /// Where the next line begins, and how far its end was looked for.
    private var (start, scanned) = (0, 0)
    /// Whether the last line ended with a return, so that a line feed belongs to it.
    private var skipsLineFeed = false

    init(endsAtReturns: Bool) {
        self.endsAtReturns = endsAtReturns
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.removeFirst(start)
        scanned -= start
        start = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next line without its end; nil where it is not complete.
    mutating func next() throws(StreamOverflow) -> ArraySlice<UInt8>? {
        if skipsLineFeed, start < buffer.count {
            if buffer[start] == 0x0A { start += 1 }
            skipsLineFeed = false
            scanned = max(scanned, start)
        }
        guard let end = endOfLine() else {
            scanned = buffer.count
            if scanned - start > StreamFormat.maximumLength { throw StreamOverflow() }
            return nil
        }
        let line = buffer[start..<end]
        skipsLineFeed = buffer[end] == 0x0D
        start = end + 1
        scanned = start
        if line.count > StreamFormat.maximumLength { throw StreamOverflow() }
        return line
    }

    private func endOfLine() -> Int? {
        let (from, endsAtReturns) = (scanned, endsAtReturns)
        return buffer.withUnsafeBufferPointer { bytes in
            var index = from
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x0A || byte == 0x0D && endsAtReturns { return index }
                index += 1
            }
            return nil
        }
    }

    /// What follows the last line's end.
    mutating func rest() -> ArraySlice<UInt8> {
        defer { start = buffer.count }
        return buffer[start...]
    }
}
