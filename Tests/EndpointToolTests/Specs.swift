import EndpointTool
import Foundation
import Synchronization

/// A folder with specs on the disk, removed with the value that made it.
final class Specs: Sendable {
    static let service = #"{ "name": "Shop", "baseURL": "https://api.example.com" }"#
    static let good = """
        {
          "summary": "Gets an item.",
          "method": "GET",
          "path": "/item",
          "query": { "id": { "type": "integer" } },
          "response": { "name": { "type": "string" } }
        }

        """

    let root: URL
    var path: String { root.path }

    /// A valid module with one endpoint, `Items/get.json`.
    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "specs-\(UUID())")
        try write("service.json", Self.service)
        try write("Items/get.json", Self.good)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    func write(_ path: String, _ text: String) throws { try write(path, Data(text.utf8)) }

    func write(_ path: String, _ data: Data) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    func text(_ path: String) throws -> String { try String(contentsOf: root.appending(path: path), encoding: .utf8) }

    /// Names in a folder, sorted; empty if there is none.
    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []).sorted()
    }
}

/// What a command line comes to.
struct Run: Equatable {
    var code: Int32
    var output: [String]
    var errors: [String]

    init(code: Int32, output: [String], errors: [String]) {
        self.code = code
        self.output = output
        self.errors = errors
    }

    init(_ words: String...) { self.init(words) }

    init(_ words: [String]) {
        let lines = Mutex<(output: [String], errors: [String])>(([], []))
        let tool = Tool(
            output: { line in lines.withLock { $0.output.append(line) } },
            errorOutput: { line in lines.withLock { $0.errors.append(line) } })
        code = tool.run(words)
        (output, errors) = lines.withLock { ($0.output, $0.errors) }
    }
}
