import EndpointCodegen
import EndpointTool
import Synchronization
import TestSupport

extension TemporaryFolder {
    /// A valid module with one endpoint, `Items/get.json`.
    static func specs() throws -> TemporaryFolder {
        try TemporaryFolder(["service.json": service, "Items/get.json": good])
    }

    /// A `service.json`.
    static let service = #"{ "name": "Shop", "baseURL": "https://api.example.com" }"#
    /// An endpoint.
    static let good = """
        {
          "summary": "Gets an item.",
          "method": "GET",
          "path": "/item",
          "query": { "id": { "type": "integer" } },
          "response": { "name": { "type": "string" } }
        }

        """
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

    /// What the program of the build-tool plugin comes to.
    init(generate words: String...) { self.init(generate: words) }

    init(generate words: [String]) {
        var lines: [String] = []
        code = GenerateCommand(errorOutput: { lines.append($0) }).run(words)
        (output, errors) = ([], lines)
    }
}
