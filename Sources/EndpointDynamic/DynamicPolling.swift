import EndpointKit
import EndpointSpec

extension DynamicEndpoint {
    /// Asks until the job is done, as the spec's `polling` says; nil if it declares none.
    ///
    /// - Parameters:
    ///   - interval: Between two questions; by default what the spec says.
    ///   - timeout: When to give up; by default what the spec says.
    public func poll(
        _ client: Client, _ arguments: JSONObject, interval: Duration? = nil, timeout: Duration? = nil,
        onAnswer: (@Sendable (JSONValue) -> Void)? = nil
    ) async throws(APIError) -> JSONValue? {
        guard let polling = model.polling else { return nil }
        let endpoint = try endpoint(arguments)
        let types = types
        let fields = payloadFields
        let until = polling.until.map { (field: $0.field, values: $0.values.map(JSONValue.init)) }
        let fail = polling.fail.map { (field: $0.field, values: $0.values.map(JSONValue.init)) }
        return try await client.poll(
            endpoint, interval: interval ?? .seconds(polling.interval), timeout: timeout ?? .seconds(polling.timeout),
            pending: polling.pending.map(ServiceCode.init),
            until: { answer in
                onAnswer?(answer)
                return until.allSatisfy { types.field($0.field, of: answer, declared: fields, isOneOf: $0.values) }
            },
            failed: { answer in
                fail.contains { types.field($0.field, of: answer, declared: fields, isOneOf: $0.values) }
            })
    }
}
