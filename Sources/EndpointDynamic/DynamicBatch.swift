import EndpointKit
import EndpointSpec

/// What became of a list that was too long for one call.
public struct DynamicBatchOutcome: Sendable {
    /// The payloads of all parts that succeeded, in order: one with the collected lists joined, where that says everything;
    /// otherwise each.
    public var payloads: [JSONValue]
    /// The items by what became of them, and what stopped the batch.
    public var outcome: BatchOutcome<JSONValue, JSONValue>
}

extension DynamicEndpoint {
    /// The greatest number of items in one call, at least 1; nil if the spec declares no `batch`.
    public var batchSize: Int? {
        guard let batch = model.batch,
            let size = arguments.first(where: { $0.name == batch.over })?.schema.constraints.maxItems,
            size > 0
        else { return nil }
        return size
    }

    /// The arguments of each call that a long list is sent in; the arguments themselves where one call is enough.
    package func batchParts(of arguments: JSONObject) -> [JSONObject] {
        guard let batch = model.batch, let size = batchSize, let items = arguments[batch.over]?.array,
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
    public func batch(with arguments: JSONObject, using client: Client) async throws(APIError) -> DynamicBatchOutcome? {
        guard model.batch != nil else { return nil }
        var parts: [Endpoint<JSONValue>] = []
        for part in batchParts(of: arguments) {
            let endpoint = try endpoint(with: part)
            _ = try client.request(for: endpoint)
            parts.append(endpoint)
        }
        return await batch(parts, using: client)
    }

    /// Sends the calls of ``batchParts(of:)``, which have been checked; nil if the spec declares no `batch`.
    package func batch(_ parts: [Endpoint<JSONValue>], using client: Client) async -> DynamicBatchOutcome? {
        guard let batch = model.batch, let size = batchSize, let last = parts.last else { return nil }
        let items = parts.map { part -> [JSONValue] in
            guard case .json(let value)? = parameter(batch.over, of: part)?.content else {
                return []
            }
            return value.array ?? []
        }
        let calls = Dictionary(zip(items, parts)) { first, _ in first }
        let outcome = await client.batch(items.flatMap(\.self), size: size) { part in calls[part] ?? last }
        return DynamicBatchOutcome(payloads: Self.joined(outcome.responses, batch.collect), outcome: outcome)
    }

    /// One payload in place of several, where nothing is lost: lists are joined, everything else is the same in each.
    private static func joined(_ payloads: [JSONValue], _ collect: [String]) -> [JSONValue] {
        guard let first = payloads.first, payloads.count > 1 else { return payloads }
        if payloads.allSatisfy({ $0.isNull }) { return [.null] }
        if payloads.allSatisfy({ $0.array != nil }) { return [.array(payloads.flatMap { $0.array ?? [] })] }
        guard !collect.isEmpty, var result = first.object else { return payloads }
        func rest(_ payload: JSONValue) -> JSONValue? {
            guard var object = payload.object else { return nil }
            for name in collect { object[name] = nil }
            return .object(object)
        }
        guard payloads.allSatisfy({ rest($0) == rest(first) }) else { return payloads }
        for name in collect { result[name] = .array(payloads.flatMap { $0[name]?.array ?? [] }) }
        return [.object(result)]
    }
}
