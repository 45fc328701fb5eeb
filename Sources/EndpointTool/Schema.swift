import EndpointCodegen
import EndpointSpec

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
            try write(text, to: "\(directory)/\(name).schema.json")
            output("\(directory)/\(name).schema.json")
        }
    }
}
