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
    private static let commands = (try? DynamicModule(.pan123)).map { CommandTree([$0]).commands } ?? []

    /// Runs a command line in 80 columns. Nothing answers.
    private func run(
        _ words: [String], input: JSONValue = .null
    ) async -> (status: Int32, output: String, error: String, requests: Int) {
        let texts = Mutex((output: "", error: ""))
        let requests = Mutex(0)
        let terminal = Terminal(
            writeOutput: { text in
                texts.withLock { $0.output += String(decoding: Data(text), as: UTF8.self) }
                return true
            },
            writeError: { text in texts.withLock { $0.error += String(decoding: Data(text), as: UTF8.self) } },
            readInput: { input.data }, isOutputTerminal: false, isErrorTerminal: false, width: 80)
        let transport = ClosureTransport { _ throws(TransportError) in
            requests.withLock { $0 += 1 }
            return HTTPResponse(status: 501)
        }
        let program = Program(
            name: "pan", modules: [.pan123], transport: transport, environment: ["PAN123_ACCESS_TOKEN": "t"],
            terminal: terminal)
        let status = await program.run(words)
        return (status, texts.withLock { $0.output }, texts.withLock { $0.error }, requests.withLock { $0 })
    }

    @Test("descriptions and help fit in 80 columns")
    func width() async {
        #expect(Self.commands.count >= 75)
        for command in Self.commands {
            for words in [["describe", command.id], [command.group, command.name, "--help"]] {
                let result = await run(words)
                #expect(result.status == 0 && result.output.contains(command.model.title), "\(words)")
                for line in result.output.split(separator: "\n") {
                    #expect(DisplayWidth.of(line) <= 80, "\(words): \(line)")
                }
            }
        }
    }

    @Test("help shows type, range and default of every argument")
    func help() async {
        for command in Self.commands {
            let text = await run([command.group, command.name, "--help"]).output
                .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for option in command.options {
                let argument = option.argument
                #expect(text.contains(option.definition.form == .truth ? "--[no-]\(option.name)" : "--\(option.name) "))
                if case .integer = argument.schema.kind { #expect(text.contains("--\(option.name) INTEGER")) }
                if let low = argument.schema.minimum?.integer, let high = argument.schema.maximum?.integer {
                    #expect(text.contains("\(low)…\(high)"), "\(command.id) \(option.name)")
                }
                if let value = argument.defaultValue?.integer, case .integer = argument.schema.kind {
                    #expect(text.contains("default \(value)"), "\(command.id) \(option.name)")
                }
            }
        }
    }

    @Test("a value of a wrong type or beyond a bound is refused before anything is sent")
    func bounds() async throws {
        var count = 0
        for command in Self.commands {
            let example = try #require(command.model.examples.first { $0.error == nil && $0.request != nil })
            let given = example.request.map { JSONValue($0) }?.object ?? [:]
            for option in command.options {
                let argument = option.argument
                let batch = command.model.batch?.over == argument.name
                for wrong in command.endpoint.types.wrong(argument.schema, isBatch: batch) {
                    var request = given
                    request[argument.name] = wrong
                    let result = await run([command.group, command.name, "--input", "-"], input: .object(request))
                    let title = "\(command.id), \(argument.name) = \(wrong.text().prefix(80)): \(result.error)"
                    #expect(result.status == 2 && result.requests == 0 && result.output.isEmpty, "\(title)")
                    #expect(result.error.hasPrefix("pan: --\(option.name)"), "\(title)")
                    count += 1
                }
            }
        }
        #expect(count > 200)
    }

    @Test(
        "endpoints are found by the words of both languages",
        arguments: ["图床", "copy", "oss", "复制失败", "source/copy/fail"])
    func list(word: String) async {
        let result = await run(["list", word])
        #expect(result.status == 0 && result.output.contains("oss.listCopyFailures"))
    }
}

extension JSONNumber {
    fileprivate var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
}

extension TypeTable {
    /// Values just outside of what a schema allows, and one of another type.
    fileprivate func wrong(_ schema: SchemaModel, isBatch: Bool = false) -> [JSONValue] {
        let schema = resolved(schema)
        var values: [JSONValue] = []
        if let low = schema.minimum?.integer { values.append(.integer(low - 1)) }
        if let high = schema.maximum?.integer { values.append(.integer(high + 1)) }
        if schema.minLength ?? 0 > 0 { values.append("") }
        if let most = schema.maxLength { values.append(.string(String(repeating: "x", count: most + 1))) }
        if schema.pattern != nil { values.append("?") }
        switch schema.kind {
        case .integer, .number: values.append("many")
        case .boolean: values.append("perhaps")
        case .object: values.append(7)
        case .array(let items):
            values += wrong(items).map { .array([$0]) }
            if schema.minItems ?? 0 > 0 { values.append(.array([])) }
            if let most = schema.maxItems, !isBatch, let item = right(items) {
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
        case .integer: return .integer(schema.minimum?.integer ?? 1)
        case .string: return schema.pattern == nil ? "x" : nil
        default: return nil
        }
    }
}
