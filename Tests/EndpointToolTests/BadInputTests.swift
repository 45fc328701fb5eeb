import Foundation
import TestSupport
import Testing

/// Whatever lies in the folder, it is one clear diagnostic, exit code 1, and nothing is written.
@Suite("Bad input")
struct BadInputTests {
    private let specs: TemporaryFolder

    init() throws {
        specs = try TemporaryFolder.specs()
    }

    /// Generates, and expects these diagnostics, written without the folder's path.
    private func expect(_ diagnostics: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        let run = Run(generate: "--output", specs.path + "/.out", specs.path)
        #expect(run.code == 1, sourceLocation: sourceLocation)
        #expect(
            run.errors.map { $0.replacingOccurrences(of: specs.path + "/", with: "") } == diagnostics,
            sourceLocation: sourceLocation)
        #expect(run.output == [], sourceLocation: sourceLocation)
        #expect(specs.names(".out") == [], sourceLocation: sourceLocation)
    }

    @Test("binary junk is refused")
    func junk() throws {
        try specs.write("Items/x.json", Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0xFF, 0xFE, 0x80]))
        expect("Items/x.json:1:1: error: expected a value, found the byte 0x7F")
    }

    @Test("bytes that are not UTF-8 are refused")
    func encoding() throws {
        try specs.write("Items/x.json", Data("{ \"summary\": \"".utf8) + Data([0xC3, 0x28]) + Data("\" }".utf8))
        expect("Items/x.json:1:15: error: invalid UTF-8 in a string; save the file as UTF-8")
    }

    @Test("an empty file is refused")
    func empty() throws {
        try specs.write("Items/x.json", "")
        expect("Items/x.json:1:1: error: the file is empty; write a JSON object: { … }")
    }

    @Test("fifty megabytes of brackets are refused")
    func brackets() throws {
        try specs.write("Items/x.json", Data(repeating: UInt8(ascii: "["), count: 50_000_000))
        expect("Items/x.json:1:1: error: the file has 50000000 bytes; at most 8388608 are read")
    }

    @Test("endless brackets are refused in a file of a size that is read")
    func depth() throws {
        try specs.write("Items/x.json", Data(repeating: UInt8(ascii: "["), count: 8_000_000))
        let run = Run("lint", specs.path)
        #expect(run.code == 1)
        #expect(run.errors.count == 1)
        #expect(run.errors.first?.contains("Items/x.json:1:") == true)
    }

    @Test("a folder that is named like a spec is reported")
    func folder() throws {
        try specs.write("Items/x.json/y.json", "{}")
        expect("Items/x.json:1:1: error: this is a folder; a spec is a file, so rename the folder")
    }

    @Test("links that lead back, nowhere, or to themselves are reported")
    func links() throws {
        let items = specs.url.appending(path: "Items").path
        for (name, target) in [("loop", ".."), ("lost.json", "nowhere.json"), ("self.json", "self.json")] {
            try FileManager.default.createSymbolicLink(atPath: "\(items)/\(name)", withDestinationPath: target)
        }
        expect(
            "Items/loop:1:1: error: a link leads back to a folder that it is in; remove it",
            "Items/lost.json:1:1: error: the file cannot be read: it is a link that leads nowhere",
            "Items/self.json:1:1: error: the file cannot be read: it is a link that leads nowhere")
    }

    @Test("a device that never ends is refused")
    func device() throws {
        try FileManager.default.createSymbolicLink(
            atPath: specs.path + "/Items/zero.json", withDestinationPath: "/dev/zero")
        expect(
            "Items/zero.json:1:1: error: the file cannot be read: it is a pipe or a device; a spec is an ordinary file")
    }

    @Test("a file without permission is reported", .enabled(if: getuid() != 0, "root may read everything"))
    func permission() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: specs.path + "/Items/get.json")
        expect("Items/get.json:1:1: error: the file cannot be read: no permission")
    }

    @Test("UTF-16 is refused")
    func utf16() throws {
        try specs.write("Items/x.json", try #require(TemporaryFolder.good.data(using: .utf16)))
        expect("Items/x.json:1:1: error: the file is UTF-16 or binary, not UTF-8; save it as UTF-8")
    }

    @Test("two specs with one id are refused")
    func twice() throws {
        try specs.write("ITEMS/get.json", TemporaryFolder.good)
        let run = Run("lint", specs.path)
        #expect(run.code == 1)
        #expect(run.errors.contains { $0.contains(#"two specs have the id "items.get""#) }, "\(run.errors)")
    }

    @Test("specs in the wrong folder are reported")
    func place() throws {
        try specs.write("get.json", TemporaryFolder.good)
        try specs.write("Items/More/get.json", TemporaryFolder.good)
        let where_ =
            "a spec in the wrong folder; endpoints belong in Group/name.json, shared types in types/Name.json"
            + ", and declare what is not a spec as a resource in Package.swift"
        expect("Items/More/get.json:1:1: error: \(where_)", "get.json:1:1: error: \(where_)")
    }

    @Test("what is not a spec is left alone: at the root, in folders that are no groups, and where --exclude says so")
    func otherFiles() throws {
        let before = Run("lint", specs.path)
        for path in [
            "cities.json", "data/list.json", "Icons.xcassets/Contents.json", "data/Old/x.json", "my_data/x.json",
        ] {
            try specs.write(path, "not JSON")
        }
        try specs.write("data/requests.json", #"[{ "method": "GET", "path": "/o" }]"#)
        try FileManager.default.createSymbolicLink(
            atPath: specs.path + "/data/nowhere.json", withDestinationPath: "nothing")
        try FileManager.default.createSymbolicLink(atPath: specs.path + "/data/again", withDestinationPath: "..")
        #expect(Run("lint", specs.path) == before)

        try specs.write("Resources/Deep/call.json", TemporaryFolder.good)
        try specs.write("Items/unused.json", "not JSON")
        #expect(Run("lint", specs.path).code == 1)
        let excluded = ["--exclude", specs.path + "/Resources/", "--exclude", specs.path + "/Items/unused.json"]
        #expect(Run(["lint"] + excluded + [specs.path]) == before)
        #expect(Run(["lint"] + excluded.dropLast(2) + [specs.path]).code == 1)
    }

    @Test("a missing service.json, missing specs, a missing folder and a file instead of a folder are reported")
    func folders() throws {
        try FileManager.default.removeItem(at: specs.url.appending(path: "service.json"))
        expect(
            #"service.json:1:1: error: there is no service.json; write one with "name" and "baseURL", or with "extends""#
        )
        let items = specs.path + "/Items"
        #expect(
            Run("lint", items + "/get.json").errors
                == ["\(items)/get.json:1:1: error: this is a file; give the folder that holds service.json"])
        #expect(
            Run("lint", items + "/none").errors
                == ["\(items)/none:1:1: error: there is no such folder; give the folder that holds service.json"])
        try FileManager.default.removeItem(at: specs.url.appending(path: "Items"))
        #expect(
            Run("lint", specs.path).errors
                == [
                    "\(specs.path):1:1: error: there are no specs in this folder; give the folder that holds service.json"
                ])
    }

    // MARK: Not bad at all

    @Test("a byte order mark and CR LF are accepted, and columns stay right")
    func lineEnds() throws {
        #expect(Run(generate: "--output", specs.path + "/.lf", specs.path).code == 0)
        try specs.write(
            "Items/get.json", "\u{FEFF}" + TemporaryFolder.good.replacingOccurrences(of: "\n", with: "\r\n"))
        #expect(Run(generate: "--output", specs.path + "/.crlf", specs.path).code == 0)
        #expect(specs.names(".lf") == ["items.get.swift", "service.swift"])
        for name in specs.names(".lf") { #expect(try specs.text(".crlf/\(name)") == specs.text(".lf/\(name)")) }
        let broken = TemporaryFolder.good.replacingOccurrences(of: "\"path\"", with: "\"paht\"")
        try specs.write("Items/get.json", "\u{FEFF}" + broken.replacingOccurrences(of: "\n", with: "\r\n"))
        let run = Run("lint", specs.path)
        #expect(
            run.errors.last == specs.path
                + #"/Items/get.json:4:3: error: unknown key "paht" in an endpoint; did you mean "path"?"#)
    }
}
