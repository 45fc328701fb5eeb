import EndpointCodegen
import EndpointCore
import EndpointSpec
import Foundation

extension Tool {
    /// `new GROUP/NAME` and `new service`: writes a file to start from.
    func new(_ words: [String]) throws {
        if words.first == "service" { return try newService(words) }
        let arguments = try Arguments(words, options: ["method", "path", "directory", "base", "exclude"])
        let id = try arguments.path("GROUP/NAME")
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ SwiftName.isIdentifier($0) }) else {
            throw Arguments.Misuse(message: "\"\(id)\" is not GROUP/NAME, such as OSS/listFiles, and not \"service\"")
        }
        let method = try arguments.required("method").uppercased()
        let path = try arguments.required("path")
        guard path.hasPrefix("/") else { throw Arguments.Misuse(message: "--path begins with \"/\": /v1/files/{id}") }
        let directory = try arguments.value("directory") ?? "."
        let folder = try arguments.folder(directory)
        guard folder.files.contains(where: { $0.path == "service.json" }) else {
            throw Failure(
                directory,
                "no service.json in this folder; make one with \"endpoint-tool new service\", or give --directory")
        }

        let file = "\(parts[0])/\(parts[1]).json"
        let target = URL(fileURLWithPath: folder.path).appendingPathComponent(file)
        let display = folder.path == "." ? file : "\(folder.path)/\(file)"
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Failure(display, "the file exists; choose another name, or remove it first")
        }
        let hasSchema = folder.files.contains { $0.path == "endpoint.schema.json" }
        let text = Starter(name: parts[1], method: method, path: path, hasSchema: hasSchema).text
        let bases = try arguments.bases
        try check(SpecFile(path: file, displayPath: display, contents: Array(text.utf8)), in: folder, bases: bases)
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: target, options: [.atomic])
        } catch {
            throw Failure.unwritten(display, error.localizedDescription)
        }
        output(display)
    }

    /// Refuses a starter that would not lint clean, such as one with a method and path that another spec has.
    private func check(_ file: SpecFile, in folder: SpecFolder, bases: [SpecFolder]) throws(Failure) {
        var base: [SpecFile]?
        if let extended = folder.extended {
            // Without the extended module nothing can be checked but what this program wrote itself.
            guard let found = bases.first(where: { $0.name == extended }) else { return }
            base = found.files
        }
        let name = folder.name ?? folder.folderName
        let before = Set(SpecChecker.check(folder.files, base: base, moduleName: name).diagnostics)
        let after = SpecChecker.check(folder.files + [file], base: base, moduleName: name).diagnostics
        let new = after.filter { !before.contains($0) }
        guard new.isEmpty else { throw Failure(new) }
    }
}

/// A spec to start from.
private struct Starter {
    let name: String
    let method: String
    let path: String
    let hasSchema: Bool

    var text: String {
        var lines: [String] = []
        if hasSchema { lines.append("  \"$schema\": \"../endpoint.schema.json\"") }
        let words = SwiftName.kebab(name).replacingOccurrences(of: "-", with: " ")
        let title = words.prefix(1).uppercased() + words.dropFirst()
        lines += [
            "  \"title\": \(Self.quoted(title))",
            "  \"summary\": \(Self.quoted("\(title): say in one sentence what the call does."))",
            "  \"method\": \(Self.quoted(method))",
            "  \"path\": \(Self.quoted(path))",
        ]
        let names = pathParameters
        if !names.isEmpty {
            let fields = names.map { "    \(Self.quoted($0)): { \"type\": \"string\", \"minLength\": 1 }" }
            lines.append("  \"pathParameters\": {\n" + fields.joined(separator: ",\n") + "\n  }")
        }
        let hasBody = !["GET", "HEAD", "DELETE", "OPTIONS"].contains(method)
        lines.append("  \(hasBody ? "\"body\"" : "\"query\""): {}")
        lines.append("  \"response\": null")
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// The names in `{…}`.
    private var pathParameters: [String] {
        path.split(separator: "{").dropFirst().compactMap { part in
            part.contains("}")
                ? part.split(separator: "}", omittingEmptySubsequences: false).first.map(String.init) : nil
        }
    }

    private static func quoted(_ text: String) -> String {
        JSONValue.string(text).text()
    }
}
