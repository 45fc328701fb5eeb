import EndpointDynamic
import EndpointKit

/// The transport of `--offline`: the program's simulator, and the specs' examples for what it does not simulate
/// (HTTP 501).
struct OfflineTransport: Transport {
    var simulator: (any Transport)?
    let examples: ExampleTransport

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if let simulator {
            let response = try await simulator.send(request)
            guard response.status == 501 else { return response }
        }
        return try await examples.send(request)
    }
}
