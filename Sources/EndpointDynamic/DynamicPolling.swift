import EndpointKit
import EndpointSpec

extension DynamicEndpoint {
    /// Asks until the job is done, as the spec's `polling` says; nil if it declares none.
    ///
    /// - Parameters:
    ///   - arguments: The arguments by wire name.
    ///   - client: What sends the calls.
    ///   - interval: The time between two polls; by default what the spec says.
    ///   - timeout: When to give up; by default what the spec says.
    ///   - onResponse: Receives the payload of each poll that has not failed.
    /// - Returns: The payload that says that the job is done; nil where the spec declares no polling.
    /// - Throws: What a call throws; `.service` for a job that failed, `.timeout` for one that did not end.
    public func poll(
        with arguments: JSONObject, using client: Client, interval: Duration? = nil, timeout: Duration? = nil,
        onResponse: (@Sendable (JSONValue) -> Void)? = nil
    ) async throws(APIError) -> JSONValue? {
        guard model.polling != nil else { return nil }
        return try await poll(
            endpoint(with: arguments), using: client, interval: interval, timeout: timeout, onResponse: onResponse)
    }

    /// Sends a call until the job is done, as the spec's `polling` says; nil if it declares none.
    package func poll(
        _ endpoint: Endpoint<JSONValue>, using client: Client, interval: Duration? = nil, timeout: Duration? = nil,
        onResponse: (@Sendable (JSONValue) -> Void)? = nil
    ) async throws(APIError) -> JSONValue? {
        guard let polling = model.polling else { return nil }
        func conditions(_ list: [FieldCondition]) -> [PayloadCondition] {
            list.map { PayloadCondition($0, on: payloadFields, types) }
        }
        let (until, fail) = (conditions(polling.until), conditions(polling.fail))
        return try await client.poll(
            endpoint, interval: interval ?? .seconds(polling.interval), timeout: timeout ?? .seconds(polling.timeout),
            pending: polling.pending,
            until: { response in
                onResponse?(response)
                return until.allSatisfy { $0.holds(in: response) }
            },
            failed: { response in
                fail.contains { $0.holds(in: response) }
            })
    }
}
