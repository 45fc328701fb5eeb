extension Client {
    /// Sends a call repeatedly until its response says that a job is done.
    ///
    /// - Parameters:
    ///   - endpoint: The call that returns the job's state.
    ///   - interval: The time between two polls, from 1 ns to 30 days.
    ///   - timeout: When to give up, from 1 ns to 30 days. The job continues at the service.
    ///   - pending: The service's codes that mean "not yet".
    ///   - isDone: Whether a response says that the job is done.
    ///   - hasFailed: Whether a response says that the job failed.
    /// - Returns: The first response for which `isDone` is true.
    /// - Throws: `.timeout` when the next poll would be after the timeout, `.service` when `hasFailed` is true, `.cancelled`,
    ///   `.invalidParameter` for an interval or a timeout out of range, and the errors of the call except `.pending`.
    public func poll<Response: Sendable>(
        _ endpoint: Endpoint<Response>, interval: Duration, timeout: Duration, pending: [ServiceCode] = [],
        until isDone: @Sendable (Response) -> Bool, failed hasFailed: (@Sendable (Response) -> Bool)? = nil
    ) async throws(APIError) -> Response {
        for (name, time) in [("interval", interval), ("timeout", timeout)]
        where !PollingTimes.isValid(time / .seconds(1)) {
            throw APIError(.invalidParameter, "the polling \(name) \(PollingTimes.rule)").at(endpoint.id)
        }
        let clock = configuration.clock
        let deadline = clock.now() + timeout
        var polls = 0
        var endpoint = endpoint
        let ownTimeout = endpoint.timeout ?? configuration.timeout
        while true {
            polls += 1
            endpoint.timeout = min(ownTimeout, deadline - clock.now())
            do throws(APIError) {
                let response = try await response(for: endpoint)
                if let hasFailed, hasFailed(response.value) {
                    let text = "the job failed\(endpoint.excerpt(of: response.value))"
                    throw APIError(.service, text).at(endpoint.id).after(response)
                }
                if isDone(response.value) { return response.value }
            } catch {
                guard error.kind == .pending || error.code.map(pending.contains) == true else { throw error }
            }
            guard clock.now() + interval < deadline else {
                throw APIError(
                    .timeout, "timed out after \(timeout.text) (\(polls) \(polls == 1 ? "poll" : "polls"))",
                    remedy: "The job continues at the service: check its state later"
                ).at(endpoint.id)
            }
            do {
                try await clock.sleep(interval)
            } catch {
                throw APIError(.cancelled, "the wait was cancelled").at(endpoint.id)
            }
        }
    }
}

extension Endpoint {
    /// A short excerpt of a response, for a message; empty if the response may contain a secret.
    fileprivate func excerpt(of response: Response) -> String {
        guard sensitiveFields.isEmpty else { return "" }
        let text = "\(response)"
        return text.count > 200 ? ": \(text.prefix(200))…" : ": \(text)"
    }
}

extension APIError {
    /// The error with what is known of the response that it is about.
    func after<Value>(_ response: APIResponse<Value>) -> APIError {
        var copy = self
        (copy.status, copy.headers, copy.traceID) = (response.status, response.headers, response.traceID)
        return copy
    }

    fileprivate func at(_ endpointID: String) -> APIError {
        var copy = self
        copy.endpointID = endpointID
        return copy
    }
}
