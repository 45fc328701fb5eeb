import EndpointDynamic
import EndpointKit

/// The transport of `--offline`: the program's simulator, and the specs' examples where its response has status 501 or is a
/// refusal. Each run has a new simulator, which cannot know what an earlier run was told, such as the ID of a job.
struct OfflineTransport: Transport {
    var simulator: (any Transport)?
    let service: Service
    let examples: ExampleTransport

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if let simulator {
            let response = try await simulator.send(request)
            if response.status != 501, !isFailure(response) { return response }
        }
        return try await examples.send(request)
    }

    private func isFailure(_ response: HTTPResponse) -> Bool {
        func verdict(_ body: JSONReader?) -> ResponseVerdict {
            ResponseVerdict(
                status: response.status, body: body, isEmpty: response.body.isEmpty, envelope: service.envelope,
                use: .service, rules: [], payload: .ignored)
        }
        let body = try? JSONValue(parsing: response.body)
        switch (try? body?.read { json in verdict(json) }) ?? verdict(nil) {
        case .failure, .http: return true
        case .success, .unreadable: return false
        }
    }
}
