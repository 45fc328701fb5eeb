import EndpointKit
import Foundation
import TestSupport
import Testing

/// One way in which a service fails, and what is to come of it.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Place: Sendable {
        /// What the server does with the request of this number, from 1.
        case server(@Sendable (Int, RecordedRequest) -> LoopbackReply)
        case refusal
        case noSuchHost
        /// An answer that came over TLS.
        case secure(HTTPResponse)
    }

    var name: String
    /// Nil for success.
    var kind: APIError.Kind?
    /// Requests seen by the server for a call that may be repeated, and for one that may not.
    var get = 1
    var post = 1
    /// Tries, where redirects, or a connection that never came, make that another number.
    var tries: (get: Int, post: Int)?
    var newTokens = 0
    var exit: Int32
    /// Seconds between the tries, in all.
    var waits: ClosedRange<Double>?
    /// Long where silence is not the fault, for tests may wait for a processor.
    var idleTimeout = Duration.seconds(20)
    /// For the whole call.
    var timeout: Duration?
    var place: Place

    var testDescription: String { name }

    /// As a row of the table.
    var row: String {
        func cell(_ seen: Int, _ tries: Int?) -> String {
            tries.map { "\(seen) (\($0) \($0 == 1 ? "try" : "tries"))" } ?? "\(seen)"
        }
        return "| \(name) | \(kind.map { "`\($0.rawValue)`" } ?? "success") | \(cell(get, tries?.get)) | "
            + "\(cell(post, tries?.post)) | \(newTokens) | \(exit) |"
    }

    static func always(_ reply: LoopbackReply) -> Place { .server { _, _ in reply } }

    /// The reply to the first so many requests; a good answer from then on.
    static func first(_ count: Int, _ reply: LoopbackReply) -> Place {
        .server { number, _ in number <= count ? reply : .json(FaultBench.good) }
    }

    static func raw(_ text: String) -> LoopbackReply { LoopbackReply(steps: [.head(Data(text.utf8)), .close]) }

    static var soon: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date().addingTimeInterval(30))
    }

    private static let html = "<html><title>Bad gateway</title></html>"
    private static let refusal = #"{"code":401,"message":"token expired"}"#

    /// Every cell of the table.
    static let all: [Fault] = [
        // The connection
        Fault(name: "connection refused", kind: .transport, get: 0, post: 0, tries: (4, 4), exit: 5, place: .refusal),
        Fault(
            name: "host name not found", kind: .transport, get: 0, post: 0, tries: (4, 4), exit: 5, place: .noSuchHost),
        Fault(
            name: "closed before the headers", kind: .transport, get: 4, exit: 5, place: always(.closedWithoutAnswer)),
        Fault(name: "reset before the headers", kind: .transport, get: 4, exit: 5, place: always(.resetWithoutAnswer)),
        Fault(
            name: "closed within the headers", kind: .transport, get: 4, exit: 5,
            place: always(raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-A: b"))),
        Fault(
            name: "closed after the headers", kind: .transport, get: 4, exit: 5, place: always(.closedAfterHeaders())),
        Fault(
            name: "closed within the body (`Content-Length` too large)", kind: .transport, get: 4, exit: 5,
            place: always(.wrongLength(promising: 100, sending: Data(FaultBench.good.utf8)))),
        Fault(
            name: "`Content-Length` too small", kind: .decoding, exit: 5,
            place: always(.wrongLength(promising: 9, sending: Data(FaultBench.good.utf8)))),
        Fault(name: "closed after the body", exit: 0, place: always(.json(FaultBench.good).closing())),
        Fault(
            name: "closed between chunks", kind: .transport, get: 4, exit: 5,
            place: always(.closedWithinChunks(Data("{".utf8)))),
        Fault(name: "a chunk size that is no number", kind: .transport, get: 4, exit: 5, place: always(.garbageChunks)),
        Fault(name: "not HTTP", kind: .transport, get: 4, exit: 5, place: always(.junk)),
        // Time
        Fault(
            name: "no answer within the idle timeout", kind: .timeout, get: 4, exit: 5,
            idleTimeout: .milliseconds(300), place: always(.stalled())),
        Fault(
            name: "an answer that stops within the body", kind: .timeout, get: 4, exit: 5,
            idleTimeout: .milliseconds(300), place: always(.stalledWithinBody(sending: Data("{".utf8), promising: 9))),
        Fault(
            name: "a body that drips beyond the call's timeout", kind: .timeout, exit: 5, timeout: .seconds(5),
            place: always(.dripping(Data(count: 2000), every: .milliseconds(20)))),
        Fault(
            name: "a body that drips within it", exit: 0,
            place: always(.dripping(Data(FaultBench.good.utf8), every: .milliseconds(5)))),
        // Throttling
        Fault(
            name: "429 once, `Retry-After` in seconds", get: 2, post: 2, exit: 0, waits: 2...2,
            place: first(1, .json("{}", status: 429, headers: ["Retry-After": "2"]))),
        Fault(
            name: "429 once, `Retry-After` as a date", get: 2, post: 2, exit: 0, waits: 10...30.5,
            place: .server { number, _ in
                number > 1 ? .json(FaultBench.good) : .json("{}", status: 429, headers: ["Retry-After": soon])
            }),
        Fault(
            name: "429, `Retry-After` beyond the bound", kind: .throttled, exit: 4, waits: 0...0,
            place: always(.json("{}", status: 429, headers: ["Retry-After": "3600"]))),
        Fault(
            name: "429 for ever", kind: .throttled, get: 4, post: 4, exit: 4, place: always(.json("{}", status: 429))),
        Fault(
            name: "429 once in the envelope", get: 2, post: 2, exit: 0,
            place: first(1, .json(#"{"code":429,"message":"slow down"}"#))),
        Fault(
            name: "429 for ever in the envelope", kind: .throttled, get: 4, post: 4, exit: 4,
            place: always(.json(#"{"code":429,"message":"slow down"}"#))),
        // Tokens
        Fault(name: "401 once", get: 2, post: 2, newTokens: 1, exit: 0, place: first(1, .json(refusal, status: 401))),
        Fault(
            name: "401 twice", kind: .authentication, get: 2, post: 2, newTokens: 1, exit: 3,
            place: first(2, .json(refusal, status: 401))),
        Fault(
            name: "401 always", kind: .authentication, get: 2, post: 2, newTokens: 1, exit: 3,
            place: always(.json(refusal, status: 401))),
        Fault(
            name: "401 once in the envelope", get: 2, post: 2, newTokens: 1, exit: 0, place: first(1, .json(refusal))),
        Fault(
            name: "401, and a rule says that a new token would not help", kind: .authentication, exit: 3,
            place: always(.json(#"{"code":401,"message":"tokens number has exceeded the limit"}"#))),
        // Gateways
        Fault(
            name: "500 with HTML", kind: .http, exit: 5,
            place: always(.response(500, headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        Fault(
            name: "502 with HTML", kind: .http, get: 4, exit: 5,
            place: always(.response(502, headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        Fault(
            name: "200 with HTML", kind: .decoding, exit: 5,
            place: always(.response(headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        // Redirects
        Fault(
            name: "a redirect (307) within the origin", get: 2, post: 2, tries: (1, 1), exit: 0,
            place: first(1, .redirect(307, to: "/elsewhere"))),
        Fault(
            name: "a redirect to another origin", kind: .redirectRefused, exit: 5,
            place: always(.redirect(307, to: "https://elsewhere.invalid/"))),
        Fault(
            name: "a redirect from https to http", kind: .redirectRefused, exit: 5,
            place: .secure(HTTPResponse(status: 307, headers: ["Location": "http://faults.example.com/thing"]))),
        Fault(
            name: "a redirect loop", kind: .redirectRefused, get: 6, post: 6, tries: (1, 1), exit: 5,
            place: always(.redirect(307, to: "/thing"))),
        // Bodies
        Fault(name: "gzip", exit: 0, place: always(.gzip(Data(FaultBench.good.utf8)))),
        Fault(
            name: "gzip that is none", kind: .transport, get: 4, exit: 5,
            place: always(.response(headers: ["Content-Encoding": "gzip"], body: Data("junk".utf8)))),
        Fault(
            name: "1 GB, announced", kind: .responseTooLarge, exit: 5,
            place: always(.large(Data(count: 1 << 20), times: 1024))),
        Fault(
            name: "1 GB, not announced", kind: .responseTooLarge, exit: 5,
            place: always(.large(Data(count: 1 << 20), times: 1024, declaringLength: false))),
        Fault(
            name: "gzip that unpacks to 100 MB", kind: .responseTooLarge, exit: 5,
            place: always(.gzipBomb(count: 100_000_000))),
        Fault(name: "an empty answer", kind: .decoding, exit: 5, place: always(.response())),
    ]

    static var table: String {
        """
        | The service | Outcome | Seen, GET | Seen, POST | New tokens | Exit |
        |---|---|---|---|---|---|

        """ + all.map(\.row).joined(separator: "\n") + "\n"
    }
}

@Suite("Faults", .serialized)
struct FaultTableTests {
    @Test(
        "a fault ends as the table says, for a call that may be repeated and for one that may not", arguments: Fault.all
    )
    func outcome(_ fault: Fault) async throws {
        for (call, seen, tries) in [("read", fault.get, fault.tries?.get), ("change", fault.post, fault.tries?.post)] {
            let result = try await FaultBench(fault).outcome(call)
            let expected = FaultBench.Outcome(
                kind: fault.kind, seen: seen, newTokens: fault.newTokens, exit: fault.exit)
            #expect(result.client == expected, "\(call), through a client")
            #expect(result.program == expected, "\(call), as a command")
            #expect(result.tries == tries ?? seen, "\(call)")
            if let waits = fault.waits { #expect(waits.contains(result.waited / .seconds(1)), "\(result.waited)") }
        }
    }

    /// `UPDATE_DOCUMENTS=1 swift test --filter FaultTableTests` writes the table anew.
    @Test("the documentation prints the table")
    func document() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/EndpointKit/EndpointKit.docc/Faults.md").standardizedFileURL
        var text = try String(contentsOf: file, encoding: .utf8)
        if ProcessInfo.processInfo.environment["UPDATE_DOCUMENTS"] != nil,
            let start = text.range(of: "| The service |")?.lowerBound,
            let end = text.range(of: "|\n\n", range: start..<text.endIndex)
        {
            text.replaceSubrange(start..<text.index(end.lowerBound, offsetBy: 2), with: Fault.table)
            try Data(text.utf8).write(to: file)
        }
        #expect(text.contains("\n\n" + Fault.table + "\n"))
    }
}
