import Foundation
import TestSupport
import Testing

@Suite("Generating files")
struct GenerateTests {
    private let specs: TemporaryFolder

    init() throws {
        specs = try TemporaryFolder.specs()
    }

    @Test("generating touches only what changes, removes what is stale, and leaves what is not its own")
    func writing() throws {
        try specs.write("Items/put.json", TemporaryFolder.good.replacingOccurrences(of: "/item", with: "/put"))
        try specs.write(".out/mine.swift", "// mine\n")
        func generate() -> Int32 { Run(generate: "--output", specs.path + "/.out", specs.path).code }
        #expect(generate() == 0)
        #expect(specs.names(".out") == ["items.get.swift", "items.put.swift", "mine.swift", "service.swift"])
        let old = Date(timeIntervalSince1970: 1_000_000)
        for name in specs.names(".out") {
            try FileManager.default.setAttributes(
                [.modificationDate: old], ofItemAtPath: specs.path + "/.out/" + name)
        }
        func changed() throws -> [String] {
            try specs.names(".out").filter { name in
                let attributes = try FileManager.default.attributesOfItem(atPath: specs.path + "/.out/" + name)
                return attributes[.modificationDate] as? Date != old
            }
        }
        #expect(generate() == 0)
        #expect(try changed() == [])
        try specs.write("Items/get.json", TemporaryFolder.good.replacingOccurrences(of: "Gets an", with: "Gets one"))
        #expect(generate() == 0)
        #expect(try changed() == ["items.get.swift", "service.swift"])
        try FileManager.default.removeItem(at: specs.url.appending(path: "Items/put.json"))
        #expect(generate() == 0)
        #expect(specs.names(".out") == ["items.get.swift", "mine.swift", "service.swift"])
    }

    @Test("endpoint-tool writes what the plugin writes")
    func tool() throws {
        #expect(Run(generate: "--output", specs.path + "/.out", "--module", "Store", specs.path).code == 0)
        let run = Run("generate", "--output", specs.path + "/.own", "--module", "Store", specs.path)
        #expect(run == Run(code: 0, output: [], errors: []))
        #expect(specs.names(".own") == ["items.get.swift", "service.swift"])
        for name in specs.names(".own") { #expect(try specs.text(".own/" + name) == specs.text(".out/" + name)) }
        #expect(
            Run("generate", specs.path)
                == Run(
                    code: 2, output: [],
                    errors: ["endpoint-tool: --output is missing", "endpoint-tool --help says how it is used"]))
    }

    @Test("a mistake leaves what was written before as it is")
    func noPartialOutput() throws {
        #expect(Run(generate: "--output", specs.path + "/.out", specs.path).code == 0)
        let before = try specs.names(".out").map { try specs.text(".out/" + $0) }
        try specs.write("Items/new.json", TemporaryFolder.good.replacingOccurrences(of: "/item", with: "/new"))
        try specs.write("Items/get.json", "{")
        #expect(Run(generate: "--output", specs.path + "/.out", specs.path).code == 1)
        #expect(try specs.names(".out").map { try specs.text(".out/" + $0) } == before)
    }

    @Test("an output that cannot be written is reported")
    func output() throws {
        let run = Run(generate: "--output", specs.path + "/service.json", specs.path)
        #expect(run.code == 1)
        #expect(run.errors.first?.contains("the output folder cannot be made") == true, "\(run.errors)")
    }

    @Test("wrong usage is exit code 2", arguments: [[], ["x"], ["--output", "x"], ["--output", "x", "--fast", "y"]])
    func usage(words: [String]) {
        #expect(Run(generate: words).code == 2)
    }
}
