import EndpointKit
import EndpointSpec

/// What became of a list that was too long for one call.
public struct DynamicBatchOutcome: Sendable {
    /// One payload for all parts: the collected lists joined, everything else from the last answer; nil if no part got
    /// an answer.
    public var payload: JSONValue?
    /// The items by what became of them, and what stopped the batch.
    public var outcome: BatchOutcome<JSONValue, JSONValue>
}

extension DynamicEndpoint {
    /// How many items one call takes, where the spec declares `batch`.
    public var batchSize: Int? {
        guard let batch = model.batch else { return nil }
        return arguments.first { $0.name == batch.over }?.schema.maxItems
    }

    /// The arguments of each call that a long list is sent in; the arguments themselves where one call is enough.
    package func batchParts(_ arguments: JSONObject) -> [JSONObject] {
        guard let batch = model.batch, let size = batchSize, size > 0, let items = arguments[batch.over]?.array,
            items.count > size
        else { return [arguments] }
        return stride(from: 0, to: items.count, by: size).map { start in
            var part = arguments
            part[batch.over] = .array(Array(items[start..<min(start + size, items.count)]))
            return part
        }
    }

    /// Sends a list of any length in parts; nil if the spec declares no `batch`.
    ///
    /// - Throws: `.invalidParameter`, before anything is sent, if any part would be refused.
    public func batch(_ client: Client, _ arguments: JSONObject) async throws(APIError) -> DynamicBatchOutcome? {
        guard let batch = model.batch, let size = batchSize else { return nil }
        var parts: [[JSONValue]: Endpoint<JSONValue>] = [:]
        var empty: Endpoint<JSONValue>?
        for part in batchParts(arguments) {
            let endpoint = try endpoint(part)
            _ = try client.request(for: endpoint)
            parts[part[batch.over]?.array ?? []] = endpoint
            empty = endpoint
        }
        guard let last = empty else { return nil }
        let made = parts
        let items = arguments[batch.over]?.array ?? []
        let outcome = await client.batch(items, size: size) { part in made[part] ?? last }
        return DynamicBatchOutcome(payload: Self.joined(outcome.answers, batch.collect), outcome: outcome)
    }

    private static func joined(_ answers: [JSONValue], _ collect: [String]) -> JSONValue? {
        guard var result = answers.last else { return nil }
        guard var object = result.object else { return result }
        for name in collect {
            object[name] = .array(answers.flatMap { $0[name]?.array ?? [] })
        }
        result = .object(object)
        return result
    }
}
