extension Client {
    /// Asks again and again until a job is done.
    ///
    /// - Parameters:
    ///   - interval: Between two questions.
    ///   - timeout: After this the wait ends with a `.timeout` error; the job goes on at the service.
    ///   - pending: Codes of the service that mean "not yet".
    ///   - isDone: Whether the answer says that the job is done.
    ///   - hasFailed: Whether the answer says that it failed: a `.service` error.
    public func poll<Response: Sendable>(
        _ endpoint: Endpoint<Response>, interval: Duration, timeout: Duration, pending: [ServiceCode] = [],
        until isDone: @Sendable (Response) -> Bool, failed hasFailed: (@Sendable (Response) -> Bool)? = nil
    ) async throws(APIError) -> Response {
        let clock = configuration.clock
        let deadline = clock.now() + timeout
        var questions = 0
        var endpoint = endpoint
        let ownTimeout = endpoint.timeout ?? configuration.timeout
        while true {
            questions += 1
            endpoint.timeout = min(ownTimeout, deadline - clock.now())
            do throws(APIError) {
                let answer = try await send(endpoint)
                if let hasFailed, hasFailed(answer) {
                    throw APIError(.service, "the job failed\(endpoint.excerpt(of: answer))").at(endpoint.id)
                }
                if isDone(answer) { return answer }
            } catch {
                guard error.kind == .pending || error.code.map(pending.contains) == true else { throw error }
            }
            guard clock.now() + interval < deadline else {
                throw APIError(
                    .timeout, "not done after \(timeout.formatted(.units())) and \(questions) questions",
                    remedy: "The job goes on at the service: ask again later"
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
    /// An answer for a message: short, and nothing of one that may hold a secret.
    fileprivate func excerpt(of answer: Response) -> String {
        guard sensitiveFields.isEmpty else { return "" }
        let text = "\(answer)"
        return text.count > 200 ? ": \(text.prefix(200))…" : ": \(text)"
    }
}

extension APIError {
    fileprivate func at(_ endpointID: String) -> APIError {
        var copy = self
        copy.endpointID = endpointID
        return copy
    }
}
