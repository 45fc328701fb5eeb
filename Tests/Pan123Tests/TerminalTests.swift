import EndpointDynamic
import EndpointSpec
import Foundation
import Pan123
import Synchronization
import Testing

@testable import EndpointCLI

/// Every endpoint at a terminal.
@Suite("At a terminal")
struct TerminalTests {
    /// Read once: a whole program reads all specs for each command line.
    private let tree: CommandTree
    private let requests = Requests()
    private let program: Program

    init() throws {
        tree = CommandTree([ProgramModule(try DynamicModule(.pan123))])
        let transport = ClosureTransport { [requests] _ throws(TransportError) in
            requests.count.withLock { $0 += 1 }
            return HTTPResponse(status: 501)
        }
        program = Program(
            name: "pan", modules: [.pan123], transport: transport, environment: ["PAN123_ACCESS_TOKEN": "t"],
            terminal: Terminal(writeOutput: { _ in }, writeError: { _ in }))
    }

    /// How many requests were sent.
    private final class Requests: Sendable {
        let count = Mutex(0)
    }

    /// Calls an endpoint with arguments from standard input.
    ///
    /// - Returns: Why it ended.
    private func failure(of command: Command, _ request: JSONObject) async -> CommandFailure? {
        var program = program
        program.terminal.readInput = { _ in JSONValue.object(request).data }
        let console = Console(name: program.name, terminal: program.terminal)
        do throws(CommandFailure) {
            let line = try OptionParser(command.optionDefinitions).parse([command.group, command.name, "--input", "-"])
            _ = try await CallCommand(program: program, command: command, line: line, console: console).run()
            return nil
        } catch {
            return error
        }
    }

    @Test("descriptions and help fit in 80 columns")
    func width() {
        #expect(tree.commands.count >= 75)
        for command in tree.commands {
            let texts = [
                DescribeText(program: "pan", command: command, width: 80).text,
                HelpText(program: program, tree: tree, width: 80).command(command),
            ]
            for line in texts.flatMap({ $0.split(separator: "\n") }) {
                #expect(DisplayWidth.of(line) <= 80, "\(command.id): \(line)")
            }
        }
    }

    @Test("help shows type, range and default of every argument")
    func help() {
        for command in tree.commands {
            let text = HelpText(program: program, tree: tree, width: 80).command(command)
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for option in command.options {
                let argument = option.argument
                #expect(
                    text.contains(option.definition.form == .boolean ? "--[no-]\(option.name)" : "--\(option.name) "))
                if case .integer = argument.model.kind { #expect(text.contains("--\(option.name) INTEGER")) }
                if let low = argument.schema.constraints.minimum?.integer,
                    let high = argument.schema.constraints.maximum?.integer
                {
                    #expect(text.contains("\(low)…\(high)"), "\(command.id) \(option.name)")
                }
                if let value = argument.defaultValue?.integer, case .integer = argument.model.kind {
                    #expect(text.contains("default \(value)"), "\(command.id) \(option.name)")
                }
            }
        }
    }

    @Test("a value of a wrong type or beyond a bound is refused before anything is sent")
    func bounds() async throws {
        var count = 0
        for command in tree.commands {
            let example = try #require(command.model.examples.first { $0.error == nil && $0.request != nil })
            let given = example.request?.object ?? [:]
            for option in command.options {
                let argument = option.argument
                let batch = command.model.batch?.over == argument.name
                for wrong in command.endpoint.types.wrong(argument.model, isBatch: batch) {
                    var request = given
                    request[argument.name] = wrong
                    let failure = await failure(of: command, request)
                    let title =
                        "\(command.id), \(argument.name) = \(wrong.text().prefix(80)): \(failure?.message ?? "")"
                    #expect(failure?.code == .usage, "\(title)")
                    #expect(failure?.message.hasPrefix("--\(option.name)") == true, "\(title)")
                    count += 1
                }
            }
        }
        #expect(count > 200)
        #expect(requests.count.withLock { $0 } == 0)
    }

    @Test(
        "an endpoint is found by words of both languages, and of its group",
        arguments: ["图床", "copy", "oss", "复制失败", "source/copy/fail"])
    func list(word: String) throws {
        let output = Mutex("")
        let terminal = Terminal(
            writeOutput: { text in output.withLock { $0 += String(decoding: text, as: UTF8.self) } },
            writeError: { _ in })
        try ListCommand(tree: tree, console: Console(name: "pan", terminal: terminal)).run([word], format: .json)
        #expect(output.withLock { $0.contains(#""id":"oss.listCopyFailures""#) })
    }
}

extension Bound {
    fileprivate var integer: Int64? { value.integer }
}

extension TypeTable {
    /// Values just outside of what a schema allows, and one of another type.
    fileprivate func wrong(_ schema: SchemaModel, isBatch: Bool = false) -> [JSONValue] {
        let schema = resolved(schema)
        var values: [JSONValue] = []
        if let low = schema.constraints.minimum?.integer { values.append(.integer(low - 1)) }
        if let high = schema.constraints.maximum?.integer { values.append(.integer(high + 1)) }
        if schema.constraints.minLength ?? 0 > 0 { values.append("") }
        if let most = schema.constraints.maxLength { values.append(.string(String(repeating: "x", count: most + 1))) }
        if schema.constraints.pattern != nil { values.append("?") }
        switch schema.kind {
        case .integer, .number: values.append("many")
        case .boolean: values.append("perhaps")
        case .object: values.append(7)
        case .array(let items):
            values += wrong(items).map { .array([$0]) }
            if schema.constraints.minItems ?? 0 > 0 { values.append(.array([])) }
            if let most = schema.constraints.maxItems, !isBatch, let item = right(items) {
                values.append(.array(Array(repeating: item, count: most + 1)))
            }
        default: break
        }
        return values
    }

    /// A value that scalar items may have.
    private func right(_ schema: SchemaModel) -> JSONValue? {
        let schema = resolved(schema)
        switch schema.kind {
        case .integer: return .integer(schema.constraints.minimum?.integer ?? 1)
        case .string: return schema.constraints.pattern == nil ? "x" : nil
        default: return nil
        }
    }
}
