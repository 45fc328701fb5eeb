import EndpointKit
import Foundation
import TestSupport
import Testing

/// One way in which a service fails, and its expected outcome.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Source: Sendable {
        /// The response of the server to the request with this number, from 1.
        case server(@Sendable (Int, RecordedRequest) -> LoopbackReply)
        case refusal
        case noSuchHost
        /// A response over TLS.
        case secure(HTTPResponse)
    }

    var name: String
    /// The kind of the error; nil for success.
    var kind: APIError.Kind?
    /// The requests that the server received for an idempotent call, and for one that is not.
    var get = 1
    var post = 1
    /// The attempts, where redirects or a failed connection make them differ from the requests received.
    var attempts: (get: Int, post: Int)?
    var newTokens = 0
    var exit: Int32
    /// The seconds between all attempts together.
    var waits: ClosedRange<Double>?
    /// Long where silence is not the fault, since a test may wait for a processor.
    var idleTimeout = Duration.seconds(20)
    /// The time limit of the whole call.
    var timeout: Duration?
    /// Whether URLSession on Linux ends the process, up to Swift 6.3.
    var endsProcess = false
    var source: Source

    var testDescription: String { name }

    /// The row of the table.
    var row: String {
        func cell(_ seen: Int, _ attempts: Int?) -> String {
            attempts.map { "\(seen) (\($0) \($0 == 1 ? "attempt" : "attempts"))" } ?? "\(seen)"
        }
        let outcome = kind.map { "`\($0.rawValue)`" } ?? "success"
        let onURLSession = endsProcess ? "**ends the process**" : outcome
        return "| \(name) | \(outcome) | \(onURLSession) | \(cell(get, attempts?.get)) | "
            + "\(cell(post, attempts?.post)) | \(newTokens) | \(exit) |"
    }

    static func always(_ reply: LoopbackReply) -> Source { .server { _, _ in reply } }

    /// This reply to the first requests, and a good response afterwards.
    static func first(_ count: Int, _ reply: LoopbackReply) -> Source {
        .server { number, _ in number <= count ? reply : .json(FaultBench.good) }
    }

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
        Fault(
            name: "connection refused", kind: .transport, get: 0, post: 0, attempts: (4, 4), exit: 5, source: .refusal),
        Fault(
            name: "host name not found", kind: .transport, get: 0, post: 0, attempts: (4, 4), exit: 5,
            source: .noSuchHost),
        Fault(
            name: "closed before the headers", kind: .transport, get: 4, exit: 5, source: always(.closedWithoutResponse)
        ),
        Fault(
            name: "reset before the headers", kind: .transport, get: 4, exit: 5, source: always(.resetWithoutResponse)),
        Fault(
            name: "closed within the headers", kind: .transport, get: 4, exit: 5,
            source: always(.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-A: b"))),
        Fault(
            name: "closed within the headers, before any `Content-Length`", kind: .transport, get: 4, exit: 5,
            endsProcess: true, source: always(.raw("HTTP/1.1 200 OK\r\nX-A: b\r\nX-"))),
        Fault(
            name: "closed after an interim response", kind: .transport, get: 4, exit: 5, endsProcess: true,
            source: always(.raw("HTTP/1.1 103 Early Hints\r\n\r\n"))),
        Fault(
            name: "closed after the headers", kind: .transport, get: 4, exit: 5, source: always(.closedAfterHeaders())),
        Fault(
            name: "closed within the body (`Content-Length` too large)", kind: .transport, get: 4, exit: 5,
            source: always(.wrongLength(promising: 100, sending: Data(FaultBench.good.utf8)))),
        Fault(
            name: "`Content-Length` too small", kind: .decoding, exit: 5,
            source: always(.wrongLength(promising: 9, sending: Data(FaultBench.good.utf8)))),
        Fault(name: "closed after the body", exit: 0, source: always(.json(FaultBench.good).closing())),
        Fault(
            name: "closed between chunks", kind: .transport, get: 4, exit: 5,
            source: always(.closedWithinChunks(Data("{".utf8)))),
        Fault(
            name: "a trailer after the chunks", exit: 0, endsProcess: true,
            source: always(
                .raw(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "\(String(FaultBench.good.utf8.count, radix: 16))\r\n\(FaultBench.good)\r\n0\r\nX-A: b\r\n\r\n"
                ))),
        Fault(
            name: "`Content-Length` of 2^63−1", kind: .responseTooLarge, exit: 5, endsProcess: true,
            source: always(.raw("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{"))),
        Fault(name: "an invalid chunk size", kind: .transport, get: 4, exit: 5, source: always(.garbageChunks)),
        Fault(name: "not HTTP", kind: .transport, get: 4, exit: 5, source: always(.junk)),
        // Time
        Fault(
            name: "no response within the idle timeout", kind: .timeout, get: 4, exit: 5,
            idleTimeout: .milliseconds(300), source: always(.stalled())),
        Fault(
            name: "a response that stops within the body", kind: .timeout, get: 4, exit: 5,
            idleTimeout: .milliseconds(300), source: always(.stalledWithinBody(sending: Data("{".utf8), promising: 9))),
        Fault(
            name: "a body that drips beyond the call's timeout", kind: .timeout, exit: 5, timeout: .seconds(5),
            source: always(.dripping(Data(count: 2000), every: .milliseconds(20)))),
        Fault(
            name: "a body that drips within it", exit: 0,
            source: always(.dripping(Data(FaultBench.good.utf8), every: .milliseconds(5)))),
        // Throttling
        Fault(
            name: "429 once, `Retry-After` in seconds", get: 2, post: 2, exit: 0, waits: 2...2,
            source: first(1, .json("{}", status: 429, headers: ["Retry-After": "2"]))),
        Fault(
            name: "429 once, `Retry-After` as a date", get: 2, post: 2, exit: 0, waits: 10...30.5,
            source: .server { number, _ in
                number > 1 ? .json(FaultBench.good) : .json("{}", status: 429, headers: ["Retry-After": soon])
            }),
        Fault(
            name: "429, `Retry-After` beyond the bound", kind: .throttled, exit: 4, waits: 0...0,
            source: always(.json("{}", status: 429, headers: ["Retry-After": "3600"]))),
        Fault(
            name: "429 always", kind: .throttled, get: 4, post: 4, exit: 4, source: always(.json("{}", status: 429))),
        Fault(
            name: "429 once in the envelope", get: 2, post: 2, exit: 0,
            source: first(1, .json(#"{"code":429,"message":"slow down"}"#))),
        Fault(
            name: "429 always in the envelope", kind: .throttled, get: 4, post: 4, exit: 4,
            source: always(.json(#"{"code":429,"message":"slow down"}"#))),
        // Tokens
        Fault(name: "401 once", get: 2, post: 2, newTokens: 1, exit: 0, source: first(1, .json(refusal, status: 401))),
        Fault(
            name: "401 twice", kind: .authentication, get: 2, post: 2, newTokens: 1, exit: 3,
            source: first(2, .json(refusal, status: 401))),
        Fault(
            name: "401 always", kind: .authentication, get: 2, post: 2, newTokens: 1, exit: 3,
            source: always(.json(refusal, status: 401))),
        Fault(
            name: "401 once in the envelope", get: 2, post: 2, newTokens: 1, exit: 0, source: first(1, .json(refusal))),
        Fault(
            name: "401, with a rule that a new token would not help", kind: .authentication, exit: 3,
            source: always(.json(#"{"code":401,"message":"tokens number has exceeded the limit"}"#))),
        // Gateways
        Fault(
            name: "500 with HTML", kind: .http, exit: 5,
            source: always(.response(500, headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        Fault(
            name: "502 with HTML", kind: .http, get: 4, exit: 5,
            source: always(.response(502, headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        Fault(
            name: "200 with HTML", kind: .decoding, exit: 5,
            source: always(.response(headers: ["Content-Type": "text/html"], body: Data(html.utf8)))),
        // Redirects
        Fault(
            name: "a redirect (307) within the origin", get: 2, post: 2, attempts: (1, 1), exit: 0,
            source: first(1, .redirect(307, to: "/elsewhere"))),
        Fault(
            name: "a redirect to another origin", kind: .redirectRefused, exit: 5,
            source: always(.redirect(307, to: "https://elsewhere.invalid/"))),
        Fault(
            name: "a redirect to `//[::1]/`", kind: .redirectRefused, exit: 5, endsProcess: true,
            source: always(.redirect(307, to: "//[::1]/"))),
        Fault(
            name: "a redirect from https to http", kind: .redirectRefused, exit: 5,
            source: .secure(HTTPResponse(status: 307, headers: ["Location": "http://faults.example.com/thing"]))),
        Fault(
            name: "a redirect loop", kind: .redirectRefused, get: 6, post: 6, attempts: (1, 1), exit: 5,
            source: always(.redirect(307, to: "/thing"))),
        // Bodies
        Fault(name: "gzip", exit: 0, source: always(.gzip(Data(FaultBench.good.utf8)))),
        Fault(
            name: "invalid gzip", kind: .transport, get: 4, exit: 5,
            source: always(.response(headers: ["Content-Encoding": "gzip"], body: Data("junk".utf8)))),
        Fault(
            name: "1 GB, announced", kind: .responseTooLarge, exit: 5,
            source: always(.large(Data(count: 1 << 20), times: 1024))),
        Fault(
            name: "1 GB, not announced", kind: .responseTooLarge, exit: 5,
            source: always(.large(Data(count: 1 << 20), times: 1024, declaringLength: false))),
        Fault(
            name: "gzip that unpacks to 100 MB", kind: .responseTooLarge, exit: 5,
            source: always(.gzipBomb(count: 100_000_000))),
        Fault(name: "an empty response", kind: .decoding, exit: 5, source: always(.response())),
    ]

    static var table: String {
        """
        | Fault | Outcome, libcurl | Outcome, URLSession | Received, GET | Received, POST | New tokens | Exit |
        |---|---|---|---|---|---|---|

        """ + all.map(\.row).joined(separator: "\n") + "\n"
    }
}

@Suite("Faults", .serialized)
struct FaultTableTests {
    @Test(
        "each fault has the outcome of the table, for an idempotent call and for one that is not",
        arguments: NetworkTransport.all, Fault.all)
    func outcome(_ network: NetworkTransport, _ fault: Fault) async throws {
        #if os(Linux)
            if fault.endsProcess && network == .urlSession { return }
        #endif
        for (call, seen, attempts) in [
            ("read", fault.get, fault.attempts?.get), ("change", fault.post, fault.attempts?.post),
        ] {
            let result = try await FaultBench(fault, over: network).outcome(call)
            let expected = FaultBench.Outcome(
                kind: fault.kind, seen: seen, newTokens: fault.newTokens, exit: fault.exit)
            #expect(result.client == expected, "\(call), through a client")
            #expect(result.program == expected, "\(call), as a command")
            #expect(result.attempts == attempts ?? seen, "\(call)")
            if let waits = fault.waits { #expect(waits.contains(result.waited / .seconds(1)), "\(result.waited)") }
        }
    }

    /// `UPDATE_DOCUMENTS=1 swift test --filter FaultTableTests` updates the table.
    @Test("the documentation has the table")
    func document() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/EndpointKit/EndpointKit.docc/Faults.md").standardizedFileURL
        var text = try String(contentsOf: file, encoding: .utf8)
        if ProcessInfo.processInfo.environment["UPDATE_DOCUMENTS"] != nil,
            let start = text.range(of: "| Fault |")?.lowerBound,
            let end = text.range(of: "|\n\n", range: start..<text.endIndex)
        {
            text.replaceSubrange(start..<text.index(end.lowerBound, offsetBy: 2), with: Fault.table)
            try Data(text.utf8).write(to: file)
        }
        #expect(text.contains("\n\n" + Fault.table + "\n"))
    }
}
