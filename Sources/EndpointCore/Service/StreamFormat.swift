/// How the elements of a stream follow one another in the body of a response.
public enum StreamFormat: Sendable, Hashable {
    /// JSON lines: each line that is not empty is an element.
    case lines
    /// Server-sent events (HTML, 9.2): the data of each event is an element, as JSON. An event whose data is `end` ends the
    /// stream.
    case events(end: String? = nil)

    /// The names that a spec has for formats.
    public static let names = ["lines", "events"]

    /// The format of a name; nil if there is none.
    public init?(_ name: String, end: String? = nil) {
        switch name {
        case "lines": self = .lines
        case "events": self = .events(end: end)
        default: return nil
        }
    }

    /// What a request accepts.
    public var accept: String {
        switch self {
        case .lines: "application/jsonl, application/x-ndjson, application/json"
        case .events: "text/event-stream"
        }
    }

    /// The media type of a response.
    public var contentType: String {
        switch self {
        case .lines: "application/jsonl"
        case .events: "text/event-stream"
        }
    }

    /// The greatest length of a line, and of the data of an event, in bytes: a body without a line's end is not collected.
    public static let maximumLength = 16 << 20

    /// The time before a stream of events is opened again, where no event has named one, in milliseconds.
    public static let defaultReconnectionTime = 3000

    /// The body of a stream with these elements, as a service sends it.
    public func body(of elements: [JSONValue]) -> String {
        switch self {
        case .lines: return elements.map { $0.text() + "\n" }.joined()
        case .events(let end):
            let events = elements.map { "data: \($0.text())\n\n" } + (end.map { ["data: \($0)\n\n"] } ?? [])
            return events.joined()
        }
    }
}
