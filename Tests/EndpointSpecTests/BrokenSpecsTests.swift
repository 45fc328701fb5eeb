import EndpointCore
import EndpointSpec
import Foundation
import TestSupport
import Testing

/// One edit of the valid module in `Fixtures/Broken/base`, and all that is to be said about the result.
struct BrokenSpec: CustomTestStringConvertible {
    var name: String
    var files: SpecFiles
    var expected: [String]

    var testDescription: String { name }

    /// The cases of all files `Fixtures/Broken/*.txt`. A case is a line `# name`, lines `@ file` with the edits of it
    /// behind (the first `- old` becomes `+ new`, or `= whole text`, or `! remove`), and lines `> diagnostic`.
    static func all() throws -> [BrokenSpec] {
        let base = try SpecFiles.broken()
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/Broken")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
        return try names.sorted().flatMap { name in
            try cases(String(contentsOf: folder.appending(path: name), encoding: .utf8), base)
        }
    }

    private static func cases(_ text: String, _ base: SpecFiles) throws -> [BrokenSpec] {
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
        _ = try SpecFiles.broken().model()
    }

    @Test("each broken spec has exactly its diagnostics", arguments: try BrokenSpec.all())
    func diagnostics(broken: BrokenSpec) {
        #expect(!broken.expected.isEmpty)
        #expect(broken.files.diagnostics() == broken.expected)
    }

    /// After a change of messages that is meant, `UPDATE_BROKEN=1 swift test --filter BrokenSpecsTests` writes the diagnostics
    /// anew; the difference in git is what there is to review.
    @Test(
        "the expected diagnostics are rewritten on request",
        .enabled(if: ProcessInfo.processInfo.environment["UPDATE_BROKEN"] != nil))
    func update() throws {
        let cases = Dictionary(uniqueKeysWithValues: try BrokenSpec.all().map { ($0.name, $0.files.diagnostics()) })
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/Broken")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".txt") {
            let file = folder.appending(path: name)
            var lines: [Substring] = []
            var pending: [String] = []
            func flush() {
                lines.insert(
                    contentsOf: pending.map { "> \($0)" }, at: lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0)
                pending = []
            }
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !line.hasPrefix(">") {
                if line.hasPrefix("# ") {
                    flush()
                    pending = cases[String(line.dropFirst(2))] ?? []
                }
                lines.append(line)
            }
            flush()
            try Data(lines.joined(separator: "\n").utf8).write(to: file)
        }
    }

    @Test("there are many broken specs, and no two have one name")
    func count() throws {
        let names = try BrokenSpec.all().map(\.name)
        #expect(names.count >= 80)
        #expect(Set(names).count == names.count)
    }
}
