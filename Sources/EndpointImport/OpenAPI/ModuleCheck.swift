import EndpointCore
import EndpointSpec

/// Runs the checker over what an import made, and takes out what it refuses.
struct ModuleCheck {
    var files: [ModuleFile]
    let moduleName: String
    let isLoose: Bool
    let notes: ImportNotes
    /// The operations with a part that is `any`.
    var looseOperations: Set<String>

    /// Far more than is needed: each pass takes something out.
    private static let passes = 12

    /// The files that lint clean.
    mutating func checked() -> [ImportedFile] {
        var texts: [String: SpecFile] = [:]
        for _ in 0..<Self.passes {
            for file in files where texts[file.path] == nil {
                texts[file.path] = SpecFile(
                    path: file.path, displayPath: file.path, contents: Array(SpecText.file(file.spec).utf8))
            }
            let sources = files.compactMap { texts[$0.path] }
            let found = SpecChecker.check(sources, moduleName: moduleName).diagnostics
            if found.isEmpty { break }
            let byFile = Dictionary(grouping: found) { $0.position.file }
            var kept: [ModuleFile] = []
            for var file in files {
                guard let diagnostics = byFile[file.path], let source = texts[file.path] else {
                    kept.append(file)
                    continue
                }
                texts[file.path] = nil
                if repair(&file, diagnostics, source) { kept.append(file) }
            }
            files = kept
        }
        return files.compactMap { texts[$0.path] }.map {
            ImportedFile(path: $0.path, text: String(decoding: $0.contents, as: UTF8.self))
        }
    }

    /// Takes out what a file's diagnostics are about; false if the whole file goes.
    private mutating func repair(_ file: inout ModuleFile, _ diagnostics: [Diagnostic], _ source: SpecFile) -> Bool {
        guard let node = SpecReader.read(source.contents, file: file.path).node else { return false }
        var spec = file.spec
        var removedExamples: Set<Int> = []
        for diagnostic in diagnostics {
            let path = Self.path(to: diagnostic.position, in: node)
            switch path.first {
            case .some("examples"):
                removedExamples.insert(path.dropFirst().first.flatMap { Int($0) } ?? -1)
                continue
            case .some("paging"), .some("polling"), .some("idempotent"), .some("errorResponse"), .some("notes"),
                .some("documentation"):
                spec[path[0]] = nil
                continue
            default: break
            }
            if file.path == "service.json" {
                if let key = path.first, key != "name" { spec[key] = nil }
                continue
            }
            if diagnostic.message.hasPrefix("nothing refers to the type") { return false }
            guard isLoose else { return refuse(file, diagnostic) }
            guard loosen(&spec, path, diagnostic, file) else { return refuse(file, diagnostic) }
        }
        if !removedExamples.isEmpty, let examples = spec["examples"]?.array {
            let rest = examples.enumerated().filter { !removedExamples.contains($0.offset) }.map(\.element)
            spec["examples"] = rest.isEmpty || removedExamples.contains(-1) ? nil : .array(rest)
            notes.count(
                "a sample that contradicts its schema was left out",
                file.operation?.position ?? SourcePosition(file: file.path))
        }
        file.spec = spec
        return true
    }

    private func refuse(_ file: ModuleFile, _ diagnostic: Diagnostic) -> Bool {
        if let operation = file.operation {
            notes.add(.refused, operation.position, operation: operation.title, diagnostic.message)
        } else if file.path.hasPrefix("types/") {
            notes.count(
                "the type of \(file.path) cannot be said: \(diagnostic.message)", file.position ?? diagnostic.position)
        }
        return false
    }

    /// Writes the field that a diagnostic is about as any value, or as text where it must have a type.
    private mutating func loosen(
        _ spec: inout JSONObject, _ path: [String], _ diagnostic: Diagnostic, _ file: ModuleFile
    ) -> Bool {
        guard let key = path.first else { return false }
        let position = file.operation?.position ?? file.position ?? diagnostic.position
        notes.add(.loose, position, operation: file.operation?.title, diagnostic.message)
        if let title = file.operation?.title { looseOperations.insert(title) }
        let isType = file.path.hasPrefix("types/")
        if isType, path.count < 2 || key != "properties" {
            spec = ["type": "any"]
            return true
        }
        switch key {
        case "bodyType":
            spec[key] = ["argument": spec[key]?["argument"] ?? "body", "type": "any"]
            return true
        case "responseType":
            spec[key] = ["type": "any"]
            return true
        case "query", "headers", "pathParameters", "body", "response", "properties":
            guard path.count > 1, var fields = spec[key]?.object, let field = fields[path[1]] else { return false }
            let isText =
                key == "query" || key == "headers" || key == "pathParameters" || spec["encoding"]?.string == "form"
            var loose: JSONObject = ["type": isText ? "string" : "any"]
            for name in ["swiftName", "optional", "description"] { loose[name] = field[name] }
            if field == .object(loose) { return false }
            fields[path[1]] = .object(loose)
            spec[key] = .object(fields)
            return true
        default: return false
        }
    }

    /// The keys and indices that lead to a position.
    private static func path(to position: SourcePosition, in node: JSONNode) -> [String] {
        if let members = node.members {
            guard let member = members.last(where: { $0.keyPosition <= position }) else { return [] }
            return [member.key] + path(to: position, in: member.value)
        }
        if let elements = node.elements {
            guard let index = elements.lastIndex(where: { $0.position <= position }) else { return [] }
            return ["\(index)"] + path(to: position, in: elements[index])
        }
        return []
    }
}
