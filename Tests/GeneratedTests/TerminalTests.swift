import Drive
import EndpointCLI
import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import Testing
import Warehouse
import WarehouseFeeds
import WarehouseGate
import WarehouseOffice

/// What a terminal program sends for the arguments of every example, compared with the call from the spec alone, which the
/// contract compares with the typed one.
@Suite("Terminal: the fixtures' examples")
struct TerminalTests {
    @Test(
        "a terminal program sends what the call from the spec alone sends",
        arguments: [
            ("Warehouse", [EndpointModule.warehouse]), ("Office", [.warehouse, .warehouseOffice]), ("Drive", [.drive]),
            ("Gate", [.warehouseGate]), ("Feeds", [.warehouseFeeds]),
        ])
    func requests(name: String, modules: [EndpointModule]) async throws {
        let compiled = try #require(modules.last)
        let module = try DynamicModule(compiled)
        let client = Client(service: compiled.service)
        var count = 0
        for endpoint in module.endpoints {
            for example in endpoint.model.examples {
                guard let arguments = example.request?.object ?? (example.wire == nil ? nil : [:]) else { continue }
                let expected = try NormalizedRequest(client.request(for: endpoint.endpoint(with: arguments)))
                let options = endpoint.model.isDestructive ? ["--yes"] : []
                let found = try await sent(by: modules, [endpoint.id] + options, JSONValue.object(arguments).text())
                #expect(found == expected, "\(endpoint.id), \(example.name)")
                count += 1
            }
        }
        #expect(count > 0)
    }

    /// The request of a command line, without its token.
    private func sent(
        by modules: [EndpointModule], _ command: [String], _ input: String
    ) async throws -> NormalizedRequest? {
        let transport = RecordingTransport(json: #"{"code": 0, "message": "ok", "data": null, "trace": ""}"#)
        let errors = Mutex("")
        let terminal = Terminal(
            writeOutput: { _ throws(OutputFailure) in },
            writeError: { text in errors.withLock { $0 += String(decoding: text, as: UTF8.self) } },
            readInput: { Data(input.utf8).prefix($0) })
        let variables = modules.compactMap(\.service.environment.accessToken)
        let program = Program(
            name: "fixture", modules: modules, transport: transport,
            environment: Dictionary(uniqueKeysWithValues: Set(variables).map { ($0, "planted") }), terminal: terminal)
        _ = await program.run(command + ["--input", "-", "--format", "json"])
        guard let request = transport.requests.first, let module = modules.first else {
            Issue.record("\(command): nothing was sent: \(errors.withLock { $0 })")
            return nil
        }
        var normalized = try NormalizedRequest(module.service.authentication.withoutQueryToken(request))
        for name in ["Bearer planted", "planted"] where normalized.headers["authorization"] == name {
            normalized.headers["authorization"] = nil
        }
        normalized.headers["x-token"] = nil
        return normalized
    }
}
