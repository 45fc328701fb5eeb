import EndpointCLI
import EndpointDynamic
import EndpointKit
import Foundation
import Synchronization
import TestSupport
import WarehouseFeeds

/// A loopback server, and the three ways in which its calls are made: typed, from the spec alone, and by a terminal program.
struct Feeds {
    enum Way: String, CaseIterable, Sendable, CustomStringConvertible {
        case typed, dynamic, terminal

        var description: String { rawValue }
    }

    static let token = "planted-token-91c2"

    let server: LoopbackServer
    let client: FeedsClient
    private let module: DynamicModule

    init(_ handler: @escaping LoopbackServer.Handler) throws {
        server = try LoopbackServer(handler)
        module = try DynamicModule(.warehouseFeeds)
        let configuration = ClientConfiguration(
            baseURL: "http://127.0.0.1:\(server.port)/v1", retry: .never, rateLimiter: NoRateLimit())
        client = FeedsClient(tokens: FixedToken(Self.token), configuration: configuration)
    }

    /// The requests so far, as `GET /v1/link?page=2`.
    var targets: [String] { server.requests.map { "\($0.method) \($0.target)" } }

    func endpoint(_ id: String) throws -> DynamicEndpoint {
        guard let endpoint = module.endpoint(id: id) else { throw APIError(.other, "no endpoint \(id)") }
        return endpoint
    }

    /// What a program prints.
    struct Output: Sendable {
        var status: Int32
        var output: String
        var error: String
    }

    /// Runs a command line; `onOutput` receives each piece of the output as it is written.
    func terminal(_ arguments: [String], onOutput: @escaping @Sendable (String) -> Void = { _ in }) async -> Output {
        let (out, err) = (LockedValue(Data()), LockedValue(Data()))
        let terminal = Terminal(
            writeOutput: { data throws(OutputFailure) in
                out.change { $0 += data }
                onOutput(String(decoding: data, as: UTF8.self))
            }, writeError: { data in err.change { $0 += data } })
        let program = Program(
            name: "feeds", modules: [.warehouseFeeds],
            environment: ["FEEDS_URL": "http://127.0.0.1:\(server.port)/v1", "FEEDS_TOKEN": Self.token],
            terminal: terminal)
        let status = await program.run(arguments)
        return Output(
            status: status, output: String(decoding: out.value, as: UTF8.self),
            error: String(decoding: err.value, as: UTF8.self))
    }

    /// The ids of all items of a list, or the error's text.
    func ids<Element>(
        _ way: Way, typed pager: Pager<Element>, id: (Element) -> Int, dynamic endpointID: String,
        with arguments: JSONObject = [:], terminal command: [String]
    ) async throws -> [Int] {
        switch way {
        case .typed: return try await pager.collect().map(id)
        case .dynamic:
            let items = try endpoint(endpointID).allItems(with: arguments, using: client.client)
            return try await items?.collect().compactMap { $0["id"]?.integer.map { Int($0) } } ?? []
        case .terminal:
            let result = await terminal(command + ["--all", "--format", "jsonl"])
            guard result.status == 0 else { throw TerminalFailure(status: result.status, text: result.error) }
            return try result.output.split(separator: "\n").compactMap {
                try JSONValue(parsing: Data($0.utf8))["id"]?.integer.map { Int($0) }
            }
        }
    }
}

/// A command that ended with another status than 0.
struct TerminalFailure: Error, CustomStringConvertible {
    var status: Int32
    var text: String

    var description: String { text }
}
