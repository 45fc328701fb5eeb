import Foundation

/// One iteration of a stream: opens it, reads elements out of its bytes, and opens it again where that is the rule.
final class StreamReading {
    private let call: StreamCall
    private var parser: StreamParser
    private var response: HTTPStreamedResponse?
    /// The body of the response; nil where there is none to read.
    private var body: ResponseBody.AsyncIterator?
    private var isOver = false
    /// How many bodies have failed since the last element, and what that cost of the retry budget.
    private var failures = 0
    private var spent: Int?
    /// The number of elements so far.
    private(set) var count = 0

    init(_ call: StreamCall) {
        self.call = call
        parser = StreamParser(call.format)
    }

    /// Ends the transfer.
    func end() {
        isOver = true
        body = nil
    }

    /// Ends the transfer after an element that cannot be read; returns the error with what is known of the response.
    func ended(by error: APIError) -> APIError {
        end()
        return call.described(error, response)
    }

    /// The next element; nil at the end.
    func next(isolation actor: isolated (any Actor)?) async throws(APIError) -> StreamedValue? {
        do throws(APIError) {
            while !isOver {
                if let value = try parsed({ parser throws(StreamOverflow) in try parser.next() }) { return value }
                if parser.hasEnded { break }
                if let value = try await receive(isolation: actor) { return value }
            }
            end()
            return nil
        } catch {
            end()
            throw error
        }
    }

    private func parsed(
        _ parse: (inout StreamParser) throws(StreamOverflow) -> StreamedValue?
    ) throws(APIError) -> StreamedValue? {
        do throws(StreamOverflow) {
            guard let value = try parse(&parser) else { return nil }
            count += 1
            if failures > 0 { call.client.retryBudget.succeeded(spent: spent) }
            (failures, spent) = (0, nil)
            return value
        } catch {
            let limit = StreamFormat.maximumLength
            throw call.described(
                APIError(.responseTooLarge, "a line or an event of the stream is longer than \(limit) bytes"), response)
        }
    }

    /// Opens the stream, or takes further bytes. Returns the last element of a body that ends within a line.
    private func receive(isolation actor: isolated (any Actor)?) async throws(APIError) -> StreamedValue? {
        guard !Task.isCancelled else { throw call.described(.cancelled, response) }
        guard body != nil else {
            try await open(isolation: actor)
            return nil
        }
        let chunk: Data?
        do throws(TransportError) {
            chunk = try await body?.next(isolation: actor)
        } catch {
            try await bodyFailed(call.described(APIError(error), response), isolation: actor)
            return nil
        }
        guard let chunk else { return try await bodyEnded(isolation: actor) }
        chunk.withUnsafeBytes { parser.append($0) }
        return nil
    }

    private func open(isolation actor: isolated (any Actor)?) async throws(APIError) {
        let response = try await call.open(after: parser.lastEventID)
        self.response = response
        parser.restart()
        if response.status == 204 { return end() }
        body = response.body.makeAsyncIterator()
    }

    private func bodyEnded(isolation actor: isolated (any Actor)?) async throws(APIError) -> StreamedValue? {
        body = nil
        if let value = try parsed({ parser throws(StreamOverflow) in try parser.finish() }) {
            isOver = true
            return value
        }
        if case .events(let end) = call.format, !parser.hasEnded {
            if call.reconnects {
                try await pause(.milliseconds(parser.reconnectionTime), isolation: actor)
                return nil
            }
            if let end {
                throw call.described(
                    APIError(.transport, "the stream ended before the event \(end)"), response)
            }
        }
        isOver = true
        return nil
    }

    /// Waits until the stream may be opened again, or throws.
    private func bodyFailed(_ error: APIError, isolation actor: isolated (any Actor)?) async throws(APIError) {
        body = nil
        failures += 1
        let configuration = call.client.configuration
        // Without an element since the last failure, the policy says when to give up.
        guard call.endpoint.isIdempotent, count == 0 || call.reconnects,
            let delay = configuration.retry.delay(
                after: error, attempt: failures, random: configuration.random()),
            let cost = call.client.retryBudget.spend(after: error)
        else { throw error }
        spent = (spent ?? 0) + cost
        try await pause(call.reconnects ? .milliseconds(parser.reconnectionTime) : delay, isolation: actor)
    }

    private func pause(_ time: Duration, isolation actor: isolated (any Actor)?) async throws(APIError) {
        do {
            try await call.client.configuration.clock.sleep(time.clamped)
        } catch {
            throw call.described(.cancelled, response)
        }
    }
}
