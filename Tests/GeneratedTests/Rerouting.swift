import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// Sends everything to a loopback server, whatever host it is meant for, by real HTTP, and expects that the server gets it
/// as it is.
final class Rerouting: Transport {
    private let server: LoopbackServer
    private let inner = URLSessionTransport()
    /// The lock guards the list.
    private let meant = Mutex<[String]>([])

    init(_ server: LoopbackServer) {
        self.server = server
    }

    /// Scheme and host that each request was meant for.
    var origins: [String] { meant.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var rerouted = request
        var parts = URLComponents(url: request.url, resolvingAgainstBaseURL: false) ?? URLComponents()
        meant.withLock { $0.append("\(parts.scheme ?? "")://\(parts.host ?? "")") }
        parts.scheme = "http"
        parts.host = "127.0.0.1"
        parts.port = Int(server.port)
        rerouted.url = parts.url ?? request.url
        let response = try await inner.send(rerouted)
        expectArrival(of: rerouted)
        return response
    }

    private func expectArrival(of request: HTTPRequest) {
        do {
            let sent = try NormalizedRequest(request)
            let arrived = try server.requests.last?.normalized()
            #expect(arrived == sent)
        } catch {
            Issue.record(error)
        }
    }
}

/// A loopback server that gives one response after another, and a client whose calls all go there.
struct Loop {
    let server: LoopbackServer
    let transport: Rerouting
    private let replies: LockedValue<[LoopbackReply]>
    private let configuration: ClientConfiguration

    /// Starts a server with these replies, the last of which is repeated.
    init(_ replies: LoopbackReply...) throws { try self.init(replies) }

    /// Starts a server with these payloads, in the envelope that all fixture services have.
    init(payloads: [String]) throws {
        try self.init(payloads.map { LoopbackReply.json(#"{"code":0,"message":"ok","data":\#($0)}"#) })
    }

    private init(_ replies: [LoopbackReply]) throws {
        let left = LockedValue(replies)
        self.replies = left
        server = try LoopbackServer { _ in
            left.change { $0.count > 1 ? $0.removeFirst() : $0.first ?? .response(500) }
        }
        transport = Rerouting(server)
        configuration = ClientConfiguration(transport: transport, retry: .never, rateLimiter: NoRateLimit())
    }

    func client<Typed: ServiceClient>(_ type: Typed.Type = Typed.self) -> Typed {
        Typed(tokens: FixedToken("planted"), configuration: configuration)
    }

    /// The transport, with a server that responds with this from now on.
    func transport(respondingWith response: HTTPResponse) -> Rerouting {
        replies.value = [.response(response.status, headers: response.headers, body: response.body)]
        return transport
    }

    var requests: [NormalizedRequest] {
        get throws { try server.requests.map { try $0.normalized() } }
    }
}
