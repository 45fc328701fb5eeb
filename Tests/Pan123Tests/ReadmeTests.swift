import Foundation
import Pan123
import Pan123Simulator
import Testing

/// What the README shows, compiled and run.
@Suite("README")
struct ReadmeTests {
    private let id = Pan123Simulator.demoTaskID

    @Test("an endpoint by hand is a value")
    func byHand() async throws {
        let pan = Pan123Client(token: "any", transport: Pan123Simulator())

        struct CopyFailures: Decodable, Sendable {
            struct File: Decodable, Sendable {
                var fileId: Int64
                var filename: String
            }
            var total: Int
            var list: [File]?
        }

        let endpoint = Endpoint<CopyFailures>(
            .get, "/api/v1/oss/source/copy/fail", query: ["taskID": id, "limit": 100, "page": 1])
        let page = try await pan.send(endpoint)
        #expect(page.total == page.list?.count)
    }

    @Test("a middleware sees every attempt")
    func middleware() async throws {
        struct RequestID: Middleware {
            func call(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
                var request = request
                request.headers["X-Request-ID"] = UUID().uuidString
                return try await next(request)
            }
        }

        let simulator = Pan123Simulator()
        let pan = Pan123Client(token: "any", transport: simulator, middleware: [RequestID()])
        _ = try await pan.oss.listCopyFailures(taskID: id)
        #expect(simulator.requests.first?.headers["X-Request-ID"]?.count == 36)
    }

    @Test("a transport is one function")
    func transport() async throws {
        let transport = ClosureTransport { _ throws(TransportError) in
            HTTPResponse(status: 200, body: Data(#"{"code": 0, "data": {"total": 0, "list": null}}"#.utf8))
        }
        let pan = Pan123Client(token: "any", transport: transport)
        #expect(try await pan.oss.listCopyFailures(taskID: id).list == [])
    }

    @Test("a token provider is asked again when the service refuses a token")
    func tokenProvider() async throws {
        actor Vault {
            var tokens = ["old", "new"]
            func read(_ name: String) -> String { tokens[0] }
            func rotate(_ name: String) -> Bool { tokens.removeFirst() == "old" }
        }
        let vault = Vault()

        struct VaultToken: TokenProvider {
            let vault: Vault

            func token() async throws(APIError) -> AccessToken { AccessToken(await vault.read("pan123")) }
            func tokenWasRefused(_ token: AccessToken) async -> Bool { await vault.rotate("pan123") }
        }

        let simulator = Pan123Simulator()
        let transport = ClosureTransport { request throws(TransportError) in
            guard request.headers["Authorization"] == "Bearer new" else {
                return HTTPResponse(status: 200, body: Data(#"{"code": 401, "message": "expired"}"#.utf8))
            }
            return try await simulator.send(request)
        }
        let pan = Pan123Client(
            tokens: VaultToken(vault: vault), configuration: ClientConfiguration(transport: transport))
        #expect(try await pan.oss.listCopyFailures(taskID: id).total == 5)
    }
}
