import EndpointKit
import Foundation
import LoopbackService
import Synchronization

@testable import ServerSide

/// Responds as a test says, and records every request.
final class Script: Transport {
    private let asked = Mutex<[HTTPRequest]>([])
    private let respond: @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse

    init(_ respond: @escaping @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse) {
        self.respond = respond
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        asked.withLock { $0.append(request) }
        return try await respond(request)
    }
}

/// A response of this status and these headers.
func reply(_ status: Int = 200, _ text: String = "", headers: HTTPFields = [:]) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
}

/// Longer than any test lasts; a cancelled connection ends it.
@Sendable func stall(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    do {
        try await Task.sleep(for: .seconds(600))
    } catch {
        throw TransportError(.cancelled, mayHaveBeenSent: true, message: "the server stopped")
    }
    return reply()
}

/// What a transport makes of a request, without the `throws`.
func outcome(_ request: HTTPRequest, _ transport: AsyncHTTPClientTransport) async -> Result<
    HTTPResponse, TransportError
> {
    do throws(TransportError) {
        return .success(try await transport.send(request))
    } catch {
        return .failure(error)
    }
}

/// The error that a request ends with; nil if there is a response.
func failure(_ request: HTTPRequest, _ transport: AsyncHTTPClientTransport) async -> TransportError? {
    if case .failure(let error) = await outcome(request, transport) { return error }
    return nil
}

func url(_ text: String) throws -> URL {
    guard let url = URL(string: text) else { throw CocoaError(.formatting) }
    return url
}
