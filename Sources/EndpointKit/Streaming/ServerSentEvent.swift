/// An element of a stream of server-sent events, with what the event says beside its data.
public struct ServerSentEvent<Element: Sendable>: Sendable {
    /// The data.
    public var data: Element
    /// The type of the event; nil for an event without one.
    public var event: String?
    /// The id of the last event that had one, which a client names when it opens the stream again; nil if there was none.
    public var id: String?

    /// Creates an event.
    public init(data: Element, event: String? = nil, id: String? = nil) {
        self.data = data
        self.event = event
        self.id = id
    }
}

extension ServerSentEvent: Equatable where Element: Equatable {}
