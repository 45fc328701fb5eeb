/// The result of sending a long list in parts.
public struct BatchOutcome<Item: Sendable, Response: Sendable>: Sendable {
    /// The responses, one for each part that succeeded, in order. What cannot be joined, such as the ID of the job that each
    /// part started, is here.
    public var responses: [Response] = []
    /// The items of the parts that succeeded.
    public var done: [Item] = []
    /// The items of the part that failed. The error may tell which of them the service processed.
    public var failed: [Item] = []
    /// The error that stopped the batch; nil if every part succeeded.
    public var stoppedBy: APIError?
    /// The items that were not sent.
    public var notSent: [Item] = []

    /// Whether every part succeeded.
    public var isComplete: Bool { stoppedBy == nil }
}

extension Client {
    /// Sends a long list in parts, one after another, and stops at the first error.
    ///
    /// - Parameters:
    ///   - items: The items; nothing is sent if there are none.
    ///   - size: The greatest number of items in a part, at least 1. For a smaller one nothing is sent, and the batch is stopped by
    ///     `.invalidParameter`.
    ///   - endpoint: Returns the call that sends a part.
    /// - Returns: The responses, the items by what became of them, and the error that stopped the batch.
    public func batch<Item: Sendable, Response: Sendable>(
        _ items: [Item], size: Int, _ endpoint: @Sendable ([Item]) -> Endpoint<Response>
    ) async -> BatchOutcome<Item, Response> {
        var outcome = BatchOutcome<Item, Response>()
        var rest = items[...]
        if size < 1 {
            outcome.stoppedBy = APIError(.invalidParameter, "a part of a batch must have at least 1 item; got \(size)")
        }
        while !rest.isEmpty, outcome.stoppedBy == nil {
            let part = Array(rest.prefix(size))
            rest = rest.dropFirst(part.count)
            do throws(APIError) {
                outcome.responses.append(try await send(endpoint(part)))
                outcome.done += part
            } catch {
                outcome.failed = part
                outcome.stoppedBy = error
            }
        }
        outcome.notSent = Array(rest)
        return outcome
    }
}
