import EndpointDynamic
import EndpointKit
import Foundation
import Pan123
import Pan123Simulator
import Synchronization
import TestSupport
import Testing

@testable import EndpointCLI

/// Every endpoint with `--offline`, in a process that has told the simulator nothing.
@Suite("Offline")
struct OfflineTests {
    private let tree: CommandTree

    init() throws {
        tree = CommandTree([ProgramModule(try DynamicModule(.pan123))])
    }

    private struct Result {
        var code: ExitCode?
        var failure: CommandFailure?
        var output: String
        var error: String
    }

    private func run(_ command: Command, _ options: [String], _ request: JSONObject? = nil) async -> Result {
        let output = Mutex("")
        let error = Mutex("")
        let terminal = Terminal(
            writeOutput: { text in output.withLock { $0 += String(decoding: text, as: UTF8.self) } },
            writeError: { text in error.withLock { $0 += String(decoding: text, as: UTF8.self) } },
            readInput: { _ in JSONValue.object(request ?? [:]).data })
        let transport = ClosureTransport { _ throws(TransportError) in HTTPResponse(status: 599) }
        let program = Program(
            name: "pan", modules: [], offline: { Pan123Simulator() }, transport: transport,
            clock: ManualClock(isImpatient: true).clientClock, environment: [:], terminal: terminal)
        var result = Result(output: "", error: "")
        do throws(CommandFailure) {
            let words =
                [command.group, command.name, "--offline"] + options + (request == nil ? [] : ["--input", "-"])
            let line = try OptionParser(command.optionDefinitions).parse(words)
            let console = Console(name: program.name, terminal: terminal)
            result.code = try await CallCommand(program: program, command: command, line: line, console: console).run()
        } catch {
            result.failure = error
        }
        result.output = output.withLock { $0 }
        result.error = error.withLock { $0 }
        return result
    }

    /// The arguments that a call cannot do without, with the values of an example.
    private func needed(_ command: Command, of request: JSONObject) -> JSONObject {
        var needed: JSONObject = [:]
        for argument in command.endpoint.arguments where argument.isRequired {
            needed[argument.name] = request[argument.name]
        }
        return needed
    }

    @Test("every endpoint is answered, with the arguments that it needs and with those of its examples")
    func every() async throws {
        for command in tree.commands {
            let examples = command.model.examples.filter { $0.error == nil }
            let first = try #require(examples.first { $0.request != nil }?.request?.object)
            var requests = [needed(command, of: first)] + examples.compactMap { $0.request?.object }
            if requests[0].isEmpty { requests.insert([:], at: 0) }
            for request in requests {
                let result = await run(command, ["--format", "json"], request)
                // An example may show that some items failed; the first one does not.
                let isFirst = request == requests[0] || request == first
                let codes: [ExitCode] = isFirst ? [.done] : [.done, .partial]
                #expect(
                    result.code.map(codes.contains) == true, "\(command.id) \(JSONValue.object(request)): \(result)")
                #expect(!result.error.contains("made from its schema"), "\(command.id)")
            }
        }
    }

    @Test("every list has an end, and every job is done")
    func sequences() async throws {
        for command in tree.commands {
            let first = try #require(
                command.model.examples.first { $0.error == nil && $0.request != nil }?.request?.object)
            let request = needed(command, of: first)
            if command.model.paging != nil {
                let result = await run(command, ["--all", "--format", "json"], request)
                #expect(result.code == .done, "\(command.id): \(result)")
            }
            if command.model.polling != nil {
                let result = await run(command, ["--wait", "--format", "json"], request)
                #expect(result.code == .done, "\(command.id): \(result)")
            }
        }
    }

    @Test(
        "a command without arguments, and one with a real task's ID",
        arguments: [
            (["file", "list-files"], "download.mp4"), (["share", "list-shares"], "PvitVv"),
            (["oss", "list-copy-failures", "--task-id", "1ketmmu1000d86isuyq33su100w1bnp6", "--all"], "total: 0"),
            (["oss", "copy-task-status", "--task-id", "1ketmmu1000d86isuyq33su100w1bnp6", "--wait"], "finished"),
            (["oss", "list-copy-failures", "--task-id", "demo", "--all"], "total: 5"),
        ])
    func first(words: [String], text: String) async throws {
        let command = try tree.command(Array(words.prefix(2)))
        let result = await run(command, Array(words.dropFirst(2)))
        #expect(result.code == .done, "\(result)")
        #expect(result.output.contains(text), "\(result.output)")
    }

    @Test("a long list becomes several tasks, each of which is printed")
    func batch() async throws {
        let command = try tree.command(["oss", "create-copy-task"])
        let ids = (1...150).map { JSONValue.integer(14_749_900 + $0) }
        let result = await run(command, [], ["fileIDs": .array(ids)])
        #expect(result.code == .done, "\(result)")
        #expect(result.output == "taskID: 1ketmmu1000d-sim-1\ntaskID: 1ketmmu1000d-sim-2\n")
    }
}
