import EndpointCodegen
import EndpointCore
import EndpointSpec
import Foundation

extension Tool {
    func lint(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["format", "base", "exclude"])
        let format = try arguments.value("format") ?? "text"
        guard ["text", "json", "github"].contains(format) else {
            throw Arguments.Misuse(message: "unknown format \"\(format)\"; known: text, json, github")
        }
        let (modules, diagnostics) = try modules(arguments)
        switch format {
        case "json": output(Self.json(diagnostics))
        case "github": diagnostics.map(Self.gitHub).forEach(output)
        default:
            for module in modules {
                let (endpoints, types) = (module.model.endpoints.count, module.model.types.count)
                output(
                    "\(module.folder.path): \(Self.count(endpoints, "endpoint")), \(Self.count(types, "shared type")), "
                        + "no mistakes")
            }
        }
        guard diagnostics.isEmpty else { throw Failure(format == "text" ? diagnostics : []) }
    }

    func list(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["format", "base", "exclude"])
        let format = try arguments.value("format") ?? "text"
        guard ["text", "json"].contains(format) else {
            throw Arguments.Misuse(message: "unknown format \"\(format)\"; known: text, json")
        }
        let (modules, diagnostics) = try modules(arguments)
        guard diagnostics.isEmpty else { throw Failure(diagnostics) }
        let endpoints = modules.flatMap(\.model.endpoints)
        if format == "json" {
            let items = endpoints.map { endpoint in
                Self.object([
                    ("id", endpoint.id), ("method", endpoint.method.rawValue), ("path", endpoint.path),
                    ("title", endpoint.title), ("summary", endpoint.summary),
                ])
            }
            output("[" + items.joined(separator: ",\n ") + "]")
            return
        }
        let width = endpoints.map(\.id.count).max() ?? 0
        for endpoint in endpoints {
            let id = endpoint.id.padding(toLength: width, withPad: " ", startingAt: 0)
            output("\(id)  \(endpoint.method) \(endpoint.path)  \(endpoint.title)")
        }
    }

    /// The modules of all paths, and everything that is wrong with any of them.
    private func modules(_ arguments: Arguments) throws -> ([CheckedModule], [Diagnostic]) {
        guard !arguments.paths.isEmpty else { throw Arguments.Misuse(message: "a folder with specs is missing") }
        var diagnostics: [Diagnostic] = []
        func read(_ paths: [String]) -> [SpecFolder] {
            paths.compactMap { path in
                do throws(Failure) {
                    return try arguments.folder(path)
                } catch {
                    diagnostics += error.diagnostics
                    return nil
                }
            }
        }
        let bases = read(arguments.values["base"] ?? [])
        let folders = read(arguments.paths)
        var modules: [CheckedModule] = []
        for folder in folders {
            do throws(Failure) {
                modules.append(try CheckedModule(folder, bases: bases + folders))
            } catch {
                diagnostics += error.diagnostics
            }
        }
        return (modules, diagnostics)
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    // MARK: Formats

    /// An array of `{"file", "line", "column", "message"}`.
    private static func json(_ diagnostics: [Diagnostic]) -> String {
        let items = diagnostics.map { diagnostic in
            "{\"file\":\(text(diagnostic.position.file)),\"line\":\(diagnostic.position.line),"
                + "\"column\":\(diagnostic.position.column),\"message\":\(text(diagnostic.message))}"
        }
        return "[" + items.joined(separator: ",\n ") + "]"
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(text($0)):\(text($1))" }.joined(separator: ",") + "}"
    }

    private static func text(_ string: String) -> String {
        JSONValue.string(string).text()
    }

    /// A workflow command, which GitHub shows at the line.
    private static func gitHub(_ diagnostic: Diagnostic) -> String {
        func escaped(_ text: String, _ characters: String) -> String {
            characters.reduce(text) { text, character in
                let code = character.utf8.map { byte in
                    let hex = String(byte, radix: 16, uppercase: true)
                    return "%" + (hex.count < 2 ? "0" : "") + hex
                }
                return text.replacingOccurrences(of: String(character), with: code.joined())
            }
        }
        let position = diagnostic.position
        return "::error file=\(escaped(position.file, "%\r\n:,")),line=\(position.line),col=\(position.column)::"
            + escaped(diagnostic.message, "%\r\n")
    }
}
