import EndpointSpec
import Foundation
import Testing

/// One edit of the valid module in `Fixtures/Broken/base`, and all that is to be said about the result.
struct BrokenSpec: CustomTestStringConvertible {
    var name: String
    var files: Fixture
    var expected: [String]

    var testDescription: String { name }

    /// The cases of all files `Fixtures/Broken/*.txt`. A case is a line `# name`, lines `@ file` with the edits of it
    /// behind (the first `- old` becomes `+ new`, or `= whole text`, or `! remove`), and lines `> diagnostic`.
    static func all() throws -> [BrokenSpec] {
        let base = try Fixture(folder: "Broken/base")
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/Broken")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
        return try names.sorted().flatMap { name in
            try cases(String(contentsOf: folder.appending(path: name), encoding: .utf8), base)
        }
    }

    private static func cases(_ text: String, _ base: Fixture) throws -> [BrokenSpec] {
        var cases: [BrokenSpec] = []
        var file = ""
        var old = ""
        for line in text.split(separator: "\n") {
            let rest = String(line.dropFirst(2))
            guard line.first != "#" else {
                cases.append(BrokenSpec(name: rest, files: base, expected: []))
                continue
            }
            guard var last = cases.popLast() else { continue }
            switch line.first {
            case "@": file = rest
            case "-": old = rest
            case "=": last.files = last.files.with(file, rest)
            case "!": last.files.files.removeAll { $0.path == file }
            case "+":
                let before = last.files.text(file)
                let range = try #require(before.range(of: old), "\(last.name): \(old)")
                last.files = last.files.with(file, before.replacingCharacters(in: range, with: rest))
            case ">": last.expected.append(rest)
            default: Issue.record("\(last.name): a line that begins with \(line.prefix(1))")
            }
            cases.append(last)
        }
        return cases
    }
}

@Suite("Broken specs")
struct BrokenSpecsTests {
    @Test("the module that the cases edit is valid")
    func base() throws {
        _ = try Fixture(folder: "Broken/base").model()
    }

    @Test("each has exactly its diagnostics", arguments: try BrokenSpec.all())
    func diagnostics(broken: BrokenSpec) {
        #expect(!broken.expected.isEmpty)
        #expect(broken.files.diagnostics() == broken.expected)
    }

    @Test("there are many, and no two have one name")
    func count() throws {
        let names = try BrokenSpec.all().map(\.name)
        #expect(names.count >= 80)
        #expect(Set(names).count == names.count)
    }
}
