import EndpointDynamic
import EndpointKit

/// What `--offline` asks: the program's simulator, and the specs' own examples for what that does not play (HTTP 501).
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
