import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("Damaged specs")
struct FuzzTests {
    @Test("specs with bytes changed at random give a model or diagnostics, never a crash", arguments: 1...8)
    func bytes(seed: Int) throws {
        let fixture = try SpecFiles.broken()
        var random = Seeded(UInt64(seed))
        for _ in 1...60 {
            var damaged = fixture
            let index = Int.random(in: 0..<fixture.files.count, using: &random)
            for _ in 0...Int.random(in: 0...2, using: &random) {
                damage(&damaged.files[index].contents, using: &random)
            }
            let result = damaged.check()
            #expect((result.model == nil) == !result.diagnostics.isEmpty)
            #expect(result.diagnostics.allSatisfy { !$0.message.contains("\n") && $0.position.line > 0 })
        }
    }

    @Test("specs with values moved at random give a model or diagnostics, never a crash", arguments: 1...8)
    func values(seed: Int) throws {
        let fixture = try SpecFiles.broken()
        var random = Seeded(UInt64(seed) << 32)
        let nodes = fixture.files.compactMap { SpecReader.read($0.contents, file: $0.path).node }
        let pool = nodes.flatMap(all)
        for _ in 1...60 {
            var damaged = fixture
            let index = Int.random(in: 0..<fixture.files.count, using: &random)
            var edits = Int.random(in: 1...3, using: &random)
            let node = replace(nodes[index], pool, &edits, using: &random)
            damaged.files[index].contents = Array(node.compactText.utf8)
            let result = damaged.check()
            #expect((result.model == nil) == !result.diagnostics.isEmpty)
        }
    }

    @Test("junk is not a spec", arguments: 1...4)
    func junk(seed: Int) {
        var random = Seeded(UInt64(seed))
        let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(SpecReader.read(bytes, file: "f").diagnostics.count == 1)
    }

    private func damage(_ bytes: inout [UInt8], using random: inout Seeded) {
        guard !bytes.isEmpty else { return }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
        default: bytes[start] = "{}[]\",:0-x".utf8.randomElement(using: &random) ?? 0
        }
    }

    private func all(_ node: JSONNode) -> [JSONNode] {
        [node] + (node.elements ?? []).flatMap(all) + (node.members ?? []).flatMap { all($0.value) }
    }

    /// Swaps some values for others from anywhere.
    private func replace(
        _ node: JSONNode, _ pool: [JSONNode], _ edits: inout Int, using random: inout Seeded
    ) -> JSONNode {
        if edits > 0, Int.random(in: 0..<20, using: &random) == 0, let other = pool.randomElement(using: &random) {
            edits -= 1
            return other
        }
        var node = node
        if let elements = node.elements {
            node.value = .array(elements.map { replace($0, pool, &edits, using: &random) })
        } else if let members = node.members {
            node.value = .object(
                members.map { member in
                    var member = member
                    member.value = replace(member.value, pool, &edits, using: &random)
                    return member
                })
        }
        return node
    }
}
