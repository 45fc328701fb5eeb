import EndpointCore
import EndpointCodegen
import EndpointSpec
import Foundation

extension Tool {
    /// `new service NAME --base-url URL` and `new service --extends MODULE`: writes a `service.json` to start from.
    func newService(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["base-url", "extends", "directory"])
        let directory = try arguments.value("directory") ?? "."
        let target = URL(fileURLWithPath: directory).appendingPathComponent("service.json")
        let display = directory == "." ? "service.json" : target.relativeName(in: directory)
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Failure(display, "the file exists; choose another --directory, or remove the file first")
        }
        let schema = target.deletingLastPathComponent().appendingPathComponent("service.schema.json")
        var members: [(String, String)] = []
        if FileManager.default.fileExists(atPath: schema.path) { members.append(("$schema", "service.schema.json")) }
        members += try arguments.service()
        let lines = members.map { "  \(Self.quoted($0.0)): \(Self.quoted($0.1))" }
        let text = "{\n" + lines.joined(separator: ",\n") + "\n}\n"
        if !arguments.isExtension {
            let file = SpecFile(path: "service.json", displayPath: display, contents: Array(text.utf8))
            let found = SpecChecker.check([file], base: nil, moduleName: arguments.paths[1]).diagnostics
            guard found.isEmpty else { throw Failure(found) }
        }
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: target, options: [.atomic])
        } catch {
            throw Failure.unwritten(display, error.localizedDescription)
        }
        output(display)
    }

    private static func quoted(_ text: String) -> String {
        JSONValue.string(text).text()
    }
}

extension Arguments {
    fileprivate var isExtension: Bool { values["extends"] != nil }

    /// The members of the `service.json`.
    fileprivate func service() throws(Misuse) -> [(String, String)] {
        if let module = try value("extends") {
            guard paths.count == 1, values["base-url"] == nil else {
                throw Misuse(message: "a service that extends another has neither NAME nor --base-url")
            }
            guard SwiftName.isIdentifier(module) else {
                throw Misuse(message: "\"\(module)\" is not the name of a module, such as Weather")
            }
            return [("extends", module)]
        }
        guard paths.count == 2, SwiftName.isIdentifier(paths[1]) else {
            throw Misuse(message: "name the service, such as \"new service Weather\", or give --extends MODULE")
        }
        return [
            ("name", paths[1]), ("summary", "\(paths[1]): say in one sentence what the service does."),
            ("baseURL", try required("base-url")), ("authentication", "none"),
        ]
    }
}

extension URL {
    fileprivate func relativeName(in directory: String) -> String {
        directory.hasSuffix("/") ? directory + lastPathComponent : "\(directory)/\(lastPathComponent)"
    }
}
