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

    /// Sends a list of any length in parts; nil if the spec declares no `batch`.
    public func batch(_ client: Client, _ arguments: JSONObject) async throws(APIError) -> DynamicBatchOutcome? {
        guard let batch = model.batch, let size = batchSize else { return nil }
        guard let items = arguments[batch.over]?.array, !items.isEmpty else {
            throw APIError(.invalidParameter, "\(batch.over): must have at least 1 item")
        }
        // Names, and what the first part holds, are checked before anything is sent.
        var first = arguments
        first[batch.over] = .array(Array(items.prefix(size)))
        let start = try endpoint(first)
        // Every item goes through the reader, so that each part's are in the form that the run time wants.
        var reader = ArgumentReader(types: types)
        let field = model.arguments.first { $0.name == batch.over }
        let read = field.map { reader.read(.array(items), as: $0.schema, at: batch.over) }?.array ?? items
        guard reader.problems.isEmpty else {
            throw APIError(.invalidParameter, reader.problems.joined(separator: "; "))
        }
        var from = 0
        while from < read.count {
            let part = Array(read[from..<min(from + size, read.count)])
            _ = try client.request(for: start.setting(batch.over, to: .array(part)))
            from += size
        }
        let outcome = await client.batch(read, size: size) { part in start.setting(batch.over, to: .array(part)) }
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
