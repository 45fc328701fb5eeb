import EndpointDynamic
import EndpointKit
import TestSupport
import Testing

/// Schemas and values that nobody thought of: whatever the verdict is, the checker and an untyped call reach the same.
@Suite("Verdicts on generated values: checker and untyped calls agree")
struct GeneratedValueTests {
    static let seeds: Range<UInt64> = 0..<25
    static let calls = 6
    static let values = 25

    /// How often a value was accepted.
    private struct Tally {
        var accepted = 0
        var total = 0

        mutating func add(_ isAccepted: Bool) {
            accepted += isAccepted ? 1 : 0
            total += 1
        }

        /// Values that all are accepted, or all are refused, would show little.
        func expectVariety() {
            #expect(total == GeneratedValueTests.seeds.count * calls * values)
            #expect((total / 5...total * 4 / 5).contains(accepted), "\(accepted) of \(total) were accepted")
        }
    }

    @Test("what is sent")
    func requests() throws {
        var tally = Tally()
        for seed in Self.seeds {
            let (module, texts) = Self.module(seed, isSent: true)
            let found = module.check()
            try #require(found.mistakes == [], "seed \(seed)")
            let (service, endpoints) = try module.load()
            for (call, endpoint) in endpoints.enumerated() {
                for (text, mistakes) in zip(texts[call], found.examples[call]) {
                    let error = RunTime.failure(of: text, endpoint, service)
                    tally.add(error == nil)
                    #expect(
                        mistakes.isEmpty == (error == nil),
                        """
                        seed \(seed), call \(call): \(module.calls[call].rest)
                        value: \(text)
                        checker: \(mistakes); call: \(error?.message ?? "a request")
                        """)
                    #expect(error == nil || error?.kind == .invalidParameter)
                }
            }
        }
        tally.expectVariety()
    }

    @Test("what comes")
    func responses() async throws {
        var tally = Tally()
        for seed in Self.seeds {
            let (module, texts) = Self.module(seed &+ 1000, isSent: false)
            let found = module.check()
            try #require(found.mistakes == [], "seed \(seed)")
            let (service, endpoints) = try module.load()
            for (call, dynamic) in endpoints.enumerated() {
                let endpoint = try dynamic.endpoint(with: [:])
                for (text, mistakes) in zip(texts[call], found.examples[call]) {
                    let error = await RunTime.failure(body: text, endpoint, service)
                    tally.add(error == nil)
                    #expect(
                        mistakes.isEmpty == (error == nil),
                        """
                        seed \(seed), call \(call): \(module.calls[call].rest)
                        response: \(text)
                        checker: \(mistakes); call: \(error?.message ?? "a value")
                        """)
                    #expect(error == nil || error?.kind == .decoding)
                }
            }
        }
        tally.expectVariety()
    }

    /// A module of random endpoints, and the arguments or responses of the examples of each.
    private static func module(_ seed: UInt64, isSent: Bool) -> (SpecModule, [[String]]) {
        var schemas = SchemaGenerator(seed, isSent: isSent)
        var generator = ValueGenerator(random: Seeded(seed &+ 1_000_000), isSent: isSent)
        var module = SpecModule()
        var texts: [[String]] = []
        for _ in 0..<calls {
            let fields = schemas.fields()
            var all = fields
            var rest = "\"\(isSent ? "body" : "response")\": \(JSONValue.object(fields))"
            if isSent {
                let query = schemas.fields(0...1, scalarsOnly: true)
                let headers = schemas.fields(0...1, scalarsOnly: true)
                for (name, schema) in query.members + headers.members { all[name] = schema }
                if !query.isEmpty { rest += ", \"query\": \(JSONValue.object(query))" }
                if !headers.isEmpty { rest += ", \"headers\": \(JSONValue.object(headers))" }
                rest += ", \"response\": null"
            }
            let values = (0..<values).map { _ in
                let text = generator.object(all)
                return isSent ? text : #"{ "code": 0, "data": \#(text) }"#
            }
            let key = isSent ? "request" : "response"
            let examples = values.enumerated().map { SpecModule.Call.example($0, "\"\(key)\": \($1)") }
            module.calls.append(SpecModule.Call(rest: rest, examples: examples))
            texts.append(values)
        }
        if module.calls.contains(where: { $0.rest.contains("types/Tree.json") }) {
            module.types = ValueTests.types.filter { $0.key == "Tree" }
        }
        return (module, texts)
    }
}
