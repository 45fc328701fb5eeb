/// Reads the elements of a stream from its bytes, which come in pieces of any size.
public struct StreamParser: Sendable {
    private let format: StreamFormat
    private var lines: LineSplitter
    private var event = EventBuffer()
    /// Whether the bytes so far may be a part of a byte order mark.
    private var isAtStart = true

    /// The id that a request for the rest of the events names; empty if there is none.
    public private(set) var lastEventID = ""
    /// The time before the stream is opened again, in milliseconds.
    public private(set) var reconnectionTime = StreamFormat.defaultReconnectionTime
    /// Whether the event came that ends the stream.
    public private(set) var hasEnded = false

    /// Creates a parser of a format.
    public init(_ format: StreamFormat) {
        self.format = format
        lines = LineSplitter(endsAtReturns: format != .lines)
    }

    /// Begins anew, for the body of another response of the same stream.
    public mutating func restart() {
        lines = LineSplitter(endsAtReturns: format != .lines)
        event = EventBuffer()
        isAtStart = true
    }

    /// Takes further bytes.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) { lines.append(bytes) }

    /// The next element; nil where it is not complete.
    public mutating func next() throws(StreamOverflow) -> StreamedValue? {
        while !hasEnded, let line = try lines.next() {
            if let value = try take(withoutMark(line)) { return value }
        }
        return nil
    }

    /// The last element of a body that has ended: a line needs no end. An event that is not complete is none.
    public mutating func finish() throws(StreamOverflow) -> StreamedValue? {
        let rest = withoutMark(lines.rest())
        switch format {
        case .lines: return rest.isEmpty ? nil : try take(rest)
        case .events(let end):
            if !rest.isEmpty { _ = try event.take(rest) }
            // Some services end with the last line of the event that says so.
            if let end, event.data.map({ $0.elementsEqual(end.utf8) }) == true { hasEnded = true }
            return nil
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(StreamOverflow) -> StreamedValue? {
        guard case .events(let end) = format else {
            return line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? nil : StreamedValue(Array(line))
        }
        guard try event.take(line) else { return nil }
        defer { event = EventBuffer() }
        if let id = event.id { lastEventID = id }
        if let time = event.reconnectionTime { reconnectionTime = time }
        guard let data = event.data else { return nil }
        if let end, data.elementsEqual(end.utf8) {
            hasEnded = true
            return nil
        }
        return StreamedValue(data, event: event.type, id: lastEventID)
    }

    /// The first line without a byte order mark.
    private mutating func withoutMark(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard isAtStart else { return line }
        isAtStart = false
        return line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    }
}

/// The lines of an event until the empty one behind it.
private struct EventBuffer: Sendable {
    /// The data, lines joined by line feeds; nil if there was none.
    private(set) var data: [UInt8]?
    private(set) var type = ""
    private(set) var id: String?
    private(set) var reconnectionTime: Int?

    /// Takes a line; says whether it is the empty one that ends the event.
    mutating func take(_ line: ArraySlice<UInt8>) throws(StreamOverflow) -> Bool {
        if line.isEmpty { return true }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        var value = line[(colon.map { $0 + 1 } ?? line.endIndex)...]
        if value.first == 0x20 { value = value.dropFirst() }
        func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        switch text(line[..<(colon ?? line.endIndex)]) {
        case "data":
            guard (data?.count ?? 0) + value.count <= StreamFormat.maximumLength else { throw StreamOverflow() }
            if data == nil { data = Array(value) } else { data? += [0x0A] + value }
        case "event": type = text(value)
        case "id": if !value.contains(0) { id = text(value) }
        case "retry": if !value.isEmpty, value.allSatisfy(\.isDigitByte) { reconnectionTime = Int(text(value)) ?? .max }
        // A line that begins with a colon is a comment; other fields are ignored.
        default: break
        }
        return false
    }
}

/// An element of a stream as it came, with what its event says beside the data.
public struct StreamedValue: Sendable, Hashable {
    /// The text of the element, in UTF-8.
    public var bytes: [UInt8]
    /// The type of the event; empty for one without, and for a line.
    public var event = ""
    /// The id of the last event that had one; empty if there was none.
    public var id = ""

    /// Creates an element.
    public init(_ bytes: [UInt8], event: String = "", id: String = "") {
        self.bytes = bytes
        self.event = event
        self.id = id
    }
}

/// A line, or the data of an event, is longer than ``StreamFormat/maximumLength``.
public struct StreamOverflow: Error, Sendable {}
