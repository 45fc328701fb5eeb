import EndpointCodegen
import EndpointSpec
import Foundation

extension Tool {
    func schema(_ words: [String]) throws {
        let arguments = try Arguments(words, options: ["output"])
        let schemas = [
            ("endpoint", EditorSchemas.endpoint()), ("service", EditorSchemas.service()),
            ("type", EditorSchemas.type()),
        ]
        var wanted = schemas
        if !arguments.paths.isEmpty {
            let name = try arguments.path("schema")
            wanted = schemas.filter { $0.0 == name }
            guard !wanted.isEmpty else {
                throw Arguments.Misuse(message: "unknown schema \"\(name)\"; known: endpoint, service, type")
            }
        }
        guard let directory = try arguments.value("output") else {
            let text = arguments.paths.isEmpty ? schemas[0].1 : wanted[0].1
            output(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            return
        }
        for (name, text) in wanted {
            let url = URL(fileURLWithPath: directory).appendingPathComponent("\(name).schema.json")
            do {
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                let data = Data(text.utf8)
                if (try? Data(contentsOf: url)) != data { try data.write(to: url, options: .atomic) }
            } catch {
                throw Failure.unwritten(url.path, error.localizedDescription)
            }
            output("\(directory)/\(name).schema.json")
        }
    }
}
