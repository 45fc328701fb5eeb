import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation

/// Reads the arguments of a call from the options of a command line.
struct ArgumentValues {
    let command: Command
    let terminal: Terminal

    func read(_ line: ParsedLine) throws(CommandFailure) -> JSONObject {
        var arguments = JSONObject()
        if let input = line.value("input") { arguments = try object(from: input) }
        for option in command.options {
            let texts = line.values(option.name)
            guard let last = texts.last else { continue }
            let argument = option.argument
            if case .array(let items) = argument.model.kind {
                arguments[argument.name] = try array(texts, of: command.endpoint.types.resolved(items), option)
            } else {
                arguments[argument.name] = try value(last, argument.model, option)
            }
        }
        for name in line.values("null") { try setNull(name, in: &arguments, line) }
        return arguments
    }

    /// Null is not the absence of a value, which leaves a field out.
    private func setNull(
        _ name: String, in arguments: inout JSONObject, _ line: ParsedLine
    ) throws(CommandFailure) {
        let found = command.options.first { $0.name == name } ?? command.options.first { $0.argument.name == name }
        guard let option = found else {
            let names = command.options.filter(\.argument.model.isNullable).map(\.name)
            let hint = Suggestion.hint(for: name, in: names, otherwise: "no argument of \(command.id) may be null")
            throw .usage("--null: there is no argument \"\(name)\"; \(hint)")
        }
        guard option.argument.schema.isNullable || option.argument.schema.kind == .any else {
            throw .usage("--null: \(option.name) cannot be null")
        }
        if line.has(option.name) { throw .usage("--null \(name) cannot be combined with --\(option.name)") }
        arguments[option.argument.name] = .null
    }

    // MARK: Values

    private func array(
        _ texts: [String], of items: SchemaModel, _ option: ArgumentOption
    ) throws(CommandFailure) -> JSONValue {
        var values: [JSONValue] = []
        for text in texts {
            if items.isBinary {
                values.append(try bytes(text, option))
                continue
            }
            let content = try self.content(text, option)
            // A whole list, such as one from a file. Text items are always taken literally.
            if !items.isText, content.first == "[" {
                values += try json(content, option).array ?? []
            } else {
                values.append(try value(content, items, option, isContent: true))
            }
        }
        return .array(values)
    }

    private func value(
        _ text: String, _ schema: SchemaModel, _ option: ArgumentOption, isContent: Bool = false
    ) throws(CommandFailure) -> JSONValue {
        if case .binary = schema.kind { return try bytes(text, option) }
        let text = isContent ? text : try content(text, option)
        if schema.isNullable, !schema.isText, text == "null" { return .null }
        switch schema.kind {
        case .string, .text, .binary, .reference: return .string(text)
        case .integer:
            guard let number = Int64(text) else { throw wrong(text, "an integer", option) }
            return .integer(number)
        case .number:
            guard let number = Double(text), number.isFinite else { throw wrong(text, "a number", option) }
            return Int64(text).map { .integer($0) } ?? .number(number)
        case .boolean:
            guard text == "true" || text == "false" else { throw wrong(text, "true or false", option) }
            return .bool(text == "true")
        case .date(let format):
            if format.isNumeric, let number = Int64(text) {
                return .integer(number)
            }
            return .string(text)
        case .enumeration(let enumeration): return try enumerated(text, enumeration, option)
        case .array, .object, .map: return try json(text, option)
        // A text that is not JSON is a text, where the value may be one.
        case .union(let union) where !union.members.contains { $0.schema.isText }: return try json(text, option)
        case .any, .union: return (try? JSONValue.read(text.utf8, name: "value")) ?? .string(text)
        }
    }

    private func enumerated(
        _ text: String, _ enumeration: EnumerationModel, _ option: ArgumentOption
    ) throws(CommandFailure) -> JSONValue {
        let found = enumeration.cases.first { item in
            let value = item.value
            return (value.string ?? value.text()) == text
        }
        let named = enumeration.cases.first { $0.swiftName == text || SwiftName.kebab($0.swiftName) == text }
        guard let match = found ?? named else {
            let list = TypeText(types: command.endpoint.types).cases(enumeration)
            throw .usage("--\(option.name): \"\(text)\" is not \(list)")
        }
        return match.value
    }

    private func json(_ text: String, _ option: ArgumentOption) throws(CommandFailure) -> JSONValue {
        do throws(InvalidSpecs) {
            return try JSONValue.read(text.utf8, name: "--\(option.name)")
        } catch {
            let first = error.diagnostics.first
            let detail = first.map { "column \($0.position.column): \($0.message)" } ?? "not JSON"
            throw .usage("--\(option.name): must be JSON; \(detail)")
        }
    }

    private func wrong(_ text: String, _ expected: String, _ option: ArgumentOption) -> CommandFailure {
        let limits = TypeText(types: command.endpoint.types).limits(option.argument.model)
        let range = limits.isEmpty ? "" : " (\(limits.joined(separator: ", ")))"
        return .usage("--\(option.name): \"\(option.argument.isSensitive ? "…" : text)\" is not \(expected)\(range)")
    }

    // MARK: Files

    /// The text itself, or the content of `@FILE` or standard input (`-`); `@@` begins a text with `@`.
    private func content(_ text: String, _ option: ArgumentOption) throws(CommandFailure) -> String {
        if text == "-" { return try string(try input(option.name), "standard input", option.name) }
        if text.hasPrefix("@@") { return String(text.dropFirst()) }
        guard text.hasPrefix("@") else { return text }
        return try string(try file(String(text.dropFirst()), option.name), String(text.dropFirst()), option.name)
    }

    private func string(_ data: Data, _ name: String, _ option: String) throws(CommandFailure) -> String {
        guard var text = String(data: data, encoding: .utf8) else {
            throw .usage("--\(option): \(name) is not UTF-8 text")
        }
        // The line break that an editor or `echo` adds at the end is not part of the value.
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    /// The most bytes that are read for arguments, which are held in memory.
    private static let limit = 64 << 20

    /// Reads a file, or a pipe such as `<(…)` of a shell, which Foundation takes for empty.
    private func file(_ path: String, _ option: String) throws(CommandFailure) -> Data {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Descriptor.bytes(ofFile: path, upTo: Self.limit + 1)
        } catch {
            throw .usage("--\(option): the file \(path) cannot be read: \(error)")
        }
        return try bounded(Data(bytes), "the file \(path)", option)
    }

    private func input(_ option: String) throws(CommandFailure) -> Data {
        try bounded(terminal.readInput(Self.limit + 1), "standard input", option)
    }

    private func bounded(_ data: Data, _ name: String, _ option: String) throws(CommandFailure) -> Data {
        guard data.count <= Self.limit else {
            throw .usage("--\(option): \(name) has more than \(Self.limit >> 20) MiB")
        }
        return data
    }

    /// A reference to a file, which is read while it is sent. A part of a file is given as JSON.
    private func bytes(_ text: String, _ option: ArgumentOption) throws(CommandFailure) -> JSONValue {
        if text.hasPrefix("{"), let value = try? JSONValue.read(text.utf8, name: option.name), value.object != nil {
            return value
        }
        guard text != "-" else {
            throw .usage("--\(option.name): name a file; bytes cannot be read from standard input")
        }
        return ["$file": .string(text.hasPrefix("@") ? String(text.dropFirst()) : text)]
    }

    private func object(from input: String) throws(CommandFailure) -> JSONObject {
        let data = input == "-" ? try self.input("input") : try file(input, "input")
        let value: JSONValue
        do throws(InvalidSpecs) {
            value = try JSONValue.read(data, name: input)
        } catch {
            let first = error.diagnostics.first
            throw .usage("--input: \(input):\(first?.position.line ?? 1): \(first?.message ?? "not JSON")")
        }
        guard let object = value.object else {
            throw .usage("--input: \(input) must hold a JSON object of arguments")
        }
        return object
    }
}

extension SchemaModel {
    /// Whether a text on a command line is the value itself.
    var isText: Bool {
        switch kind {
        case .string, .text, .date: true
        case .enumeration(let enumeration): enumeration.isString
        default: false
        }
    }
}
