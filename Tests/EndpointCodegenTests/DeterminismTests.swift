import EndpointCodegen
import EndpointSpec
import Foundation
import Testing

@Suite("The same specs give the same bytes")
struct DeterminismTests {
    @Test("twice")
    func twice() throws {
        let module = try Module(fixture: "Warehouse")
        #expect(try module.generate() == module.generate())
    }

    @Test("whatever the order of files and of keys without an order", arguments: 1...5 as ClosedRange<UInt64>)
    func shuffled(seed: UInt64) throws {
        let module = try Module(fixture: "Warehouse")
        let expected = try module.generate()
        var random = Shuffle(state: seed)
        var shuffled = module
        shuffled.files = try module.files.map { file in
            let node = try #require(JSONReader.read(file.contents, file: file.path).node)
            let text = random.text(node, isMap: false)
            return SpecFile(path: file.path, displayPath: file.displayPath, contents: Array(text.utf8))
        }
        shuffled.files.shuffle(using: &random)
        #expect(shuffled.files.map(\.contents) != module.files.map(\.contents))
        #expect(try shuffled.generate() == expected)
    }

    @Test("the build plugin names files as the generator does")
    func outputNames() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        let own = try Data(contentsOf: root.appending(path: "EndpointCodegen/OutputName.swift"))
        #expect(try Data(contentsOf: root.appending(path: "Plugins/EndpointPlugin/OutputName.swift")) == own)
    }
}

/// Random numbers that are the same in every run, and specs with their keys in another order.
private struct Shuffle: RandomNumberGenerator {
    /// Keys whose value is a map in which the order counts, or is not the language's.
    private static let maps: Set = [
        "query", "headers", "body", "pathParameters", "response", "properties", "rateProfiles", "enum", "default",
        "const", "request", "wire", "end", "hide", "until", "fail", "payload",
    ]

    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }

    mutating func text(_ node: JSONNode, isMap: Bool) -> String {
        if let elements = node.elements {
            return "[" + elements.map { text($0, isMap: false) }.joined(separator: ",") + "]"
        }
        guard var members = node.members else { return node.compactText }
        if !isMap { members.shuffle(using: &self) }
        let parts = members.map { member in
            let key = JSONNode(.string(member.key), position: member.keyPosition).compactText
            return "\(key): \(text(member.value, isMap: !isMap && Self.maps.contains(member.key)))"
        }
        return "{\n" + parts.joined(separator: ",\n") + "\n}"
    }
}
