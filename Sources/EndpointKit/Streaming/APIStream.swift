/// The elements of a response that a service sends one after another, as they arrive.
///
///     for try await change in feeds.streams.watch(list: id) { print(change) }
///
/// Nothing is sent before the first element is asked for, and each iteration is a call of its own. Leaving the loop ends the
/// transfer, as does cancelling the task. No more is held than the element that is on its way: the service waits while an
/// element is used.
///
/// A call is retried before its first element and not after it. A stream of server-sent events is opened again by its own rule
/// where the call is idempotent: after a broken connection and after an end that is not the declared one, when the time of the
/// field `retry` is over, with the last id in `Last-Event-ID`; the status 204 ends it.
public struct APIStream<Element: Sendable>: AsyncSequence, Sendable {
    /// The error that iteration throws.
    public typealias Failure = APIError

    private let call: StreamCall
    private let make: @Sendable (StreamedValue, _ number: Int) throws(APIError) -> Element

    private init(
        call: StreamCall, make: @escaping @Sendable (StreamedValue, Int) throws(APIError) -> Element
    ) {
        self.call = call
        self.make = make
    }

    /// Returns an iterator, which opens the stream when it is asked for the first element.
    public func makeAsyncIterator() -> Iterator { Iterator(reading: StreamReading(call), make: make) }

    /// The same elements, each with the type and the id of its server-sent event.
    public var events: APIStream<ServerSentEvent<Element>> {
        APIStream<ServerSentEvent<Element>>(call: call) { [make] value, number throws(APIError) in
            ServerSentEvent(
                data: try make(value, number), event: value.event.isEmpty ? nil : value.event,
                id: value.id.isEmpty ? nil : value.id)
        }
    }

    /// Reads the stream to its end and returns its elements.
    public func collect() async throws(APIError) -> [Element] {
        var elements: [Element] = []
        for try await element in self { elements.append(element) }
        return elements
    }

    /// An iterator over the elements of an ``APIStream``.
    public struct Iterator: AsyncIteratorProtocol {
        private let reading: StreamReading
        private let make: @Sendable (StreamedValue, Int) throws(APIError) -> Element

        fileprivate init(
            reading: StreamReading, make: @escaping @Sendable (StreamedValue, Int) throws(APIError) -> Element
        ) {
            self.reading = reading
            self.make = make
        }

        /// Returns the next element when it has arrived; nil at the end.
        public mutating func next() async throws(APIError) -> Element? {
            try await next(isolation: nil)
        }

        /// Returns the next element when it has arrived, on the caller's actor; nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> Element? {
            guard let value = try await reading.next(isolation: actor) else { return nil }
            do throws(APIError) {
                return try make(value, reading.count)
            } catch {
                throw reading.ended(by: error)
            }
        }
    }
}

extension APIStream {
    /// The stream of an endpoint; the first element throws if the endpoint's response is none.
    init(client: Client, endpoint: Endpoint<Element>, prepared: HTTPRequest? = nil) {
        guard case .stream(let format, let payload) = endpoint.response.form else {
            let error = APIError(.invalidParameter, "the response is not a stream", remedy: "Send the call")
            self.init(
                call: StreamCall(client: client, endpoint: endpoint.responding(.bytes), format: .lines) {
                    () throws(APIError) in throw client.described(error, endpoint.id, Redactor())
                }
            ) { _, _ throws(APIError) in throw error }
            return
        }
        let call = StreamCall(client: client, endpoint: endpoint.responding(.bytes), format: format) {
            () throws(APIError) in
            if let prepared { return prepared }
            return try client.request(for: endpoint)
        }
        self.init(call: call) { value, number throws(APIError) in try call.element(payload, value, number) }
    }
}
