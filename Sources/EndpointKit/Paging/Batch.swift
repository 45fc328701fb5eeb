/// What became of a long list that was sent in parts.
public struct BatchOutcome<Item: Sendable, Response: Sendable>: Sendable {
    /// The answers, one for each part that got one.
    public var answers: [Response] = []
    /// The items of the parts that got an answer.
    public var done: [Item] = []
    /// The items of the part that ended in an error. What became of them is not known unless the error tells.
    public var failed: [Item] = []
    /// What stopped the batch.
    public var stoppedBy: APIError?
    /// The items that were never sent.
    public var notSent: [Item] = []

    /// Whether every part got an answer.
    public var isComplete: Bool { stoppedBy == nil }
}

extension Client {
    /// Sends a long list in parts of at most `size`, one after another; stops at the first error and says what was done.
    public func batch<Item: Sendable, Response: Sendable>(
        _ items: [Item], size: Int, _ endpoint: @Sendable ([Item]) -> Endpoint<Response>
    ) async -> BatchOutcome<Item, Response> {
        var outcome = BatchOutcome<Item, Response>()
        var rest = items[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(max(1, size)))
            rest = rest.dropFirst(part.count)
            do throws(APIError) {
                outcome.answers.append(try await send(endpoint(part)))
                outcome.done += part
            } catch {
                outcome.failed = part
                outcome.stoppedBy = error
                break
            }
        }
        outcome.notSent = Array(rest)
        return outcome
    }
}
