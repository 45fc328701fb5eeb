import EndpointKit
import Foundation
import Synchronization
import TestSupport

/// Sends everything to a loopback server, whatever host it is meant for, by real HTTP.
final class Rerouting: Transport {
    private let server: LoopbackServer
    private let inner = URLSessionTransport()
    private let meant = Mutex<[String]>([])

    init(_ server: LoopbackServer) {
        self.server = server
    }

    /// Scheme and host that each request was meant for.
    var origins: [String] { meant.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var request = request
        var parts = URLComponents(url: request.url, resolvingAgainstBaseURL: false) ?? URLComponents()
        meant.withLock { $0.append("\(parts.scheme ?? "")://\(parts.host ?? "")") }
        parts.scheme = "http"
        parts.host = "127.0.0.1"
        parts.port = Int(server.port)
        request.url = parts.url ?? request.url
        return try await inner.send(request)
    }
}

/// A loopback server that gives one answer after another, and a client whose calls all go there.
struct Loop {
    let server: LoopbackServer
    let transport: Rerouting
    private let configuration: ClientConfiguration

    /// - Parameter replies: The last is repeated.
    init(_ replies: LoopbackReply...) throws {
        let left = Mutex(replies)
        server = try LoopbackServer { _ in
            left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .response(500) }
        }
        transport = Rerouting(server)
        configuration = ClientConfiguration(transport: transport, retry: .never, rateLimiter: NoRateLimit())
    }

    /// - Parameter payloads: In the envelope that all fixture services have.
    init(payloads: [String]) throws {
        let left = Mutex(payloads.map { LoopbackReply.json(#"{"code":0,"message":"ok","data":\#($0)}"#) })
        server = try LoopbackServer { _ in
            left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .response(500) }
        }
        transport = Rerouting(server)
        configuration = ClientConfiguration(transport: transport, retry: .never, rateLimiter: NoRateLimit())
    }

    func client<Typed: ServiceClient>(_ type: Typed.Type = Typed.self) -> Typed {
        Typed(tokens: FixedToken("planted"), configuration: configuration)
    }

    func client(of service: Service) -> Client {
        Client(service: service, tokens: FixedToken("planted"), configuration: configuration)
    }

    var requests: [SeenRequest] { server.requests.map(SeenRequest.init) }
}
