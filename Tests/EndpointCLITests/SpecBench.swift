import EndpointDynamic
import EndpointKit
import EndpointTesting
import Foundation
import TestSupport

@testable import EndpointCLI

/// A program made of specs that a test gives as text, with a home folder, prompts and responses in memory.
struct SpecBench {
    let module: EndpointModule
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
    var environment: [String: String] = [:]
    var input = ""
    /// What is typed at the prompts, in order; nil if standard input is not a terminal.
    var typed: [String]?
    var responses: [HTTPResponse] = [.json("{}")]

    /// Creates a program of a `service.json` and further specs, by their paths.
    init(service: String, _ specs: [String: String]) throws {
        let files = SpecFiles(specs.merging(["service.json": service]) { $1 })
        module = EndpointModule(
            name: "Bench", service: try DynamicModule(name: "Bench", files: files.files).service,
            specs: files.moduleText)
    }

    struct Result: Sendable {
        var status: Int32
        var output: String
        var error: String
        var requests: [HTTPRequest]
        /// The prompts.
        var asked: [String]
    }

    func run(_ arguments: String...) async -> Result { await run(arguments) }

    func run(_ arguments: [String]) async -> Result {
        let (output, error) = (LockedValue(""), LockedValue(""))
        let (asked, left) = (LockedValue<[String]>([]), LockedValue(typed ?? []))
        let transport = RecordingTransport(responses.map { .success($0) })
        let input = Data(input.utf8)
        let terminal = Terminal(
            writeOutput: { data throws(OutputFailure) in
                output.change { $0 += String(decoding: data, as: UTF8.self) }
            },
            writeError: { data in error.change { $0 += String(decoding: data, as: UTF8.self) } },
            readInput: { input.prefix($0) },
            ask: { prompt, _ in
                asked.change { $0.append(prompt) }
                return left.change { $0.isEmpty ? nil : $0.removeFirst() }
            }, isInputTerminal: typed != nil)
        let clock = ClientClock(now: { .zero }, date: { Date(timeIntervalSince1970: 0) }, sleep: { _ in })
        let program = Program(
            name: "bench", modules: [module], transport: transport, clock: clock,
            environment: environment.merging(["XDG_CONFIG_HOME": home.path]) { $1 }, terminal: terminal)
        let status = await program.run(arguments)
        return Result(
            status: status, output: output.value, error: error.value,
            requests: transport.requests, asked: asked.value)
    }

    func end() { try? FileManager.default.removeItem(at: home) }
}
