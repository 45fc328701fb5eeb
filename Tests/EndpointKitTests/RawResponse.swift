import EndpointKit
import Foundation
import TestSupport
import Testing

/// Responses byte by byte, legal and illegal ones. Each ends with a value or with one ``TransportError``.
struct RawResponse: Sendable, CustomTestStringConvertible {
    enum Expectation: Sendable, Equatable {
        /// A response with this body.
        case body(Data)
        case failure(TransportError.Kind)

        static func text(_ text: String) -> Self { .body(Data(text.utf8)) }
        static let lost = failure(.connectionLost)
    }

    /// What URLSession on Linux makes of it, up to Swift 6.3.
    enum OnURLSession: Sendable {
        /// It ends the process.
        case endsProcess
        /// A value or an error, not always the same as libcurl.
        case ends
    }

    var name: String
    var reply: LoopbackReply
    var method = HTTPRequest.Method.get
    var expected: Expectation
    /// What a streamed response ends with, where that is something else.
    var streamed: Expectation?
    var onURLSession = OnURLSession.ends

    var testDescription: String { name }

    private static let ok = "HTTP/1.1 200 OK\r\n"
    private static let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"
    private static let tooLarge = Expectation.failure(.responseTooLarge(limit: limit))
    /// The greatest response in memory.
    static let limit: Int64 = 10_000_000

    private static func gzip(_ bytes: Data, coding: String = "gzip", more: String = "") -> Data {
        Data((ok + "Content-Encoding: \(coding)\r\nContent-Length: \(bytes.count)\r\n\(more)\r\n").utf8) + bytes
    }

    private static func chunkedGzip(trailer: String) -> Data {
        let bytes = LoopbackReply.gzipBytes(Data("hello".utf8))
        return Data((ok + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n").utf8)
            + Data("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Data("\r\n0\r\n\(trailer)\r\n".utf8)
    }

    static let all: [Self] = lengths + chunks + heads + codings + statuses + stages

    static let lengths: [Self] = [
        Self(
            name: "Content-Length of 2^63-1", reply: .raw(ok + "Content-Length: 9223372036854775807\r\n\r\nabc"),
            expected: tooLarge, streamed: .lost, onURLSession: .endsProcess),
        Self(
            name: "Content-Length of 2^63", reply: .raw(ok + "Content-Length: 9223372036854775808\r\n\r\nabc"),
            expected: .lost),
        Self(
            name: "Content-Length of 2^64 + 3", reply: .raw(ok + "Content-Length: 18446744073709551619\r\n\r\nabc"),
            expected: .lost),
        Self(name: "Content-Length too long", reply: .raw(ok + "Content-Length: 9\r\n\r\nabc"), expected: .lost),
        Self(name: "Content-Length too short", reply: .raw(ok + "Content-Length: 2\r\n\r\nabc"), expected: .text("ab")),
        Self(name: "Content-Length negative", reply: .raw(ok + "Content-Length: -3\r\n\r\nabc"), expected: .lost),
        Self(name: "Content-Length with a sign", reply: .raw(ok + "Content-Length: +3\r\n\r\nabc"), expected: .lost),
        Self(
            name: "Content-Length in hexadecimal", reply: .raw(ok + "Content-Length: 0x3\r\n\r\nabc"), expected: .lost),
        Self(name: "Content-Length empty", reply: .raw(ok + "Content-Length:\r\n\r\nabc"), expected: .lost),
        Self(
            name: "Content-Length twice, the same",
            reply: .raw(ok + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), expected: .text("abc")),
        Self(
            name: "Content-Length as a list", reply: .raw(ok + "Content-Length: 3, 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "Content-Length twice, differing",
            reply: .raw(ok + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"), expected: .lost),
        Self(
            name: "Content-Length before a space", reply: .raw(ok + "Content-Length : 3\r\n\r\nabc"), expected: .lost),
        Self(
            name: "Content-Length beside chunked",
            reply: .raw(ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
            expected: .lost),
        Self(
            name: "chunked beside Content-Length",
            reply: .raw(ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
            expected: .lost),
        Self(name: "no length", reply: .raw(ok + "\r\nabc"), expected: .text("abc")),
    ]

    static let chunks: [Self] = [
        Self(
            name: "a trailer", reply: .raw(chunked + "3\r\nabc\r\n0\r\nX-Check: 1\r\n\r\n"), expected: .text("abc"),
            onURLSession: .endsProcess),
        Self(
            name: "many trailers",
            reply: .raw(
                chunked + "3\r\nabc\r\n0\r\n" + (0..<100).map { "X-\($0): 1\r\n" }.joined() + "\r\n"),
            expected: .text("abc"), onURLSession: .endsProcess),
        Self(
            name: "a trailer that frames", reply: .raw(chunked + "3\r\nabc\r\n0\r\nContent-Length: 9\r\n\r\n"),
            expected: .text("abc"), onURLSession: .endsProcess),
        Self(
            name: "a trailer cut off", reply: .raw(chunked + "3\r\nabc\r\n0\r\nX-Check: 1"), expected: .lost,
            onURLSession: .endsProcess),
        Self(
            name: "gzip with a trailer", reply: .raw(chunkedGzip(trailer: "X-Check: 1\r\n")), expected: .text("hello"),
            onURLSession: .endsProcess),
        Self(name: "gzip in chunks", reply: .raw(chunkedGzip(trailer: "")), expected: .text("hello")),
        Self(name: "a chunk extension", reply: .raw(chunked + "3;a=b\r\nabc\r\n0\r\n\r\n"), expected: .text("abc")),
        Self(
            name: "a chunk size that is not a number", reply: .raw(chunked + "xyz\r\nabc\r\n0\r\n\r\n"), expected: .lost
        ),
        Self(name: "a negative chunk size", reply: .raw(chunked + "-3\r\nabc\r\n0\r\n\r\n"), expected: .lost),
        Self(name: "an empty chunk size", reply: .raw(chunked + "\r\nabc\r\n0\r\n\r\n"), expected: .lost),
        Self(
            name: "a chunk size of 17 digits", reply: .raw(chunked + "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"),
            expected: .lost),
        Self(name: "a chunk longer than its size", reply: .raw(chunked + "2\r\nabc\r\n0\r\n\r\n"), expected: .lost),
        Self(name: "no last chunk", reply: .raw(chunked + "3\r\nabc\r\n"), expected: .lost),
        Self(
            name: "another transfer coding", reply: .raw(ok + "Transfer-Encoding: gzip\r\n\r\nabc"), expected: .lost),
        Self(
            name: "chunked twice",
            reply: .raw(ok + "Transfer-Encoding: chunked, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), expected: .lost),
    ]

    static let heads: [Self] = [
        Self(
            name: "a header field of 100 KB",
            reply: .raw(ok + "X: " + String(repeating: "a", count: 100_000) + "\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "a header field of 400 KB",
            reply: .raw(ok + "X: " + String(repeating: "a", count: 400_000) + "\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .lost),
        Self(
            name: "10,000 header fields",
            reply: .raw(ok + (0..<10_000).map { "X\($0): 1\r\n" }.joined() + "Content-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "10,000 header fields of one name",
            reply: .raw(ok + String(repeating: "X: 1\r\n", count: 10_000) + "Content-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "NUL in a header field", reply: .raw(ok + "X: a\0b\r\nContent-Length: 3\r\n\r\nabc"), expected: .lost),
        Self(
            name: "CR in a header field", reply: .raw(ok + "X: a\rb\r\nContent-Length: 3\r\n\r\nabc"), expected: .lost),
        Self(name: "a header field without a colon", reply: .raw(ok + "nonsense\r\n\r\nabc"), expected: .lost),
        Self(
            name: "a header field that continues", reply: .raw(ok + "X: a\r\n b\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "a header field that is not UTF-8",
            reply: .raw(
                Data(ok.utf8) + Data([0x58, 0x3a, 0xff, 0xfe]) + Data("\r\nContent-Length: 3\r\n\r\nabc".utf8)),
            expected: .text("abc")),
        Self(
            name: "lines that end with LF", reply: .raw("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"),
            expected: .text("abc")),
        Self(
            name: "no reason phrase", reply: .raw("HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(name: "HTTP/1.0", reply: .raw("HTTP/1.0 200 OK\r\n\r\nabc"), expected: .text("abc")),
        Self(name: "HTTP/0.9", reply: .raw("<html>old</html>"), expected: .lost),
        Self(name: "HTTP/3.7", reply: .raw("HTTP/3.7 200 OK\r\nContent-Length: 3\r\n\r\nabc"), expected: .lost),
        Self(
            name: "a redirect to an IPv6 address",
            reply: .raw("HTTP/1.1 302 Found\r\nLocation: //[::1]/\r\nContent-Length: 0\r\n\r\n"),
            expected: .failure(.redirectRefused(status: 302, location: "http://[::1]/")), onURLSession: .endsProcess),
    ]

    static let codings: [Self] = [
        Self(name: "gzip", reply: .raw(gzip(LoopbackReply.gzipBytes(Data("hello".utf8)))), expected: .text("hello")),
        Self(
            name: "gzip of two members",
            reply: .raw(gzip(LoopbackReply.gzipBytes(Data("hello".utf8)) + LoopbackReply.gzipBytes(Data(" you".utf8)))),
            expected: .text("hello you")),
        Self(name: "gzip without bytes", reply: .raw(gzip(Data())), expected: .text("")),
        Self(
            name: "gzip cut off, with a length that says so",
            reply: .raw(gzip(LoopbackReply.gzipBytes(Data("hello".utf8)).dropLast(6))), expected: .lost),
        Self(
            name: "gzip cut off by the end of the connection",
            reply: .raw(
                Data((ok + "Content-Encoding: gzip\r\n\r\n").utf8)
                    + LoopbackReply.gzipBytes(Data("hello".utf8)).dropLast(1)),
            expected: .lost),
        Self(
            name: "gzip with a wrong checksum",
            reply: .raw(gzip(LoopbackReply.gzipBytes(Data("hello".utf8), isDamaged: true))), expected: .lost),
        Self(
            name: "gzip with something after it",
            reply: .raw(gzip(LoopbackReply.gzipBytes(Data("hello".utf8)) + Data("junk".utf8))), expected: .lost),
        Self(name: "gzip that is not", reply: .raw(gzip(Data("not gzip".utf8))), expected: .lost),
        Self(name: "deflate", reply: .raw(gzip(Self.zlib, coding: "deflate")), expected: .text("hello")),
        Self(
            name: "deflate without zlib's frame",
            reply: .raw(gzip(Self.zlib.dropFirst(2).dropLast(4), coding: "deflate")),
            expected: .text("hello")),
        Self(name: "an unknown content coding", reply: .raw(gzip(Data("abc".utf8), coding: "rot13")), expected: .lost),
        Self(
            name: "a gzip bomb", reply: .gzipBomb(count: 200_000_000), expected: tooLarge, streamed: .body(Data())),
    ]

    /// "hello" in zlib's format, in a stored block.
    private static let zlib =
        Data([0x78, 0x01, 0x01, 5, 0, 0xfa, 0xff]) + Data("hello".utf8) + Data([0x06, 0x2c, 0x02, 0x15])

    static let statuses: [Self] = [
        Self(
            name: "interim responses",
            reply: .raw(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok
                    + "Content-Length: 3\r\n\r\nabc"), expected: .text("abc")),
        Self(
            name: "1,000 interim responses",
            reply: .raw(
                String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 1000) + ok + "Content-Length: 3\r\n\r\nabc"),
            expected: .text("abc")),
        Self(
            name: "an interim response, and the end", reply: .raw("HTTP/1.1 103 Early Hints\r\n\r\n"), expected: .lost,
            onURLSession: .endsProcess),
        Self(name: "another protocol", reply: .raw("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc"), expected: .lost),
        Self(
            name: "204 with a body", reply: .raw("HTTP/1.1 204 None\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .text("")),
        Self(
            name: "304 with a body", reply: .raw("HTTP/1.1 304 Same\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .text("")),
        Self(
            name: "HEAD with a body", reply: .raw(ok + "Content-Length: 3\r\n\r\nabc"), method: .head,
            expected: .text("")),
        Self(name: "status 000", reply: .raw("HTTP/1.1 000 Zero\r\nContent-Length: 3\r\n\r\nabc"), expected: .lost),
        Self(
            name: "a status of two digits", reply: .raw("HTTP/1.1 20 OK\r\nContent-Length: 3\r\n\r\nabc"),
            expected: .lost),
    ]

    /// Connections that end in each of three ways at each stage.
    static let stages: [Self] = {
        let stages: [(String, String, isDeath: Bool)] = [
            ("before the response", "", false),
            ("within the status line", "HTTP/1.1 20", false),
            ("after the status line", ok, true),
            ("within the header fields", ok + "X-A: b\r\nX-", true),
            ("after the header fields", ok + "Content-Length: 3\r\n\r\n", false),
            ("within the body", ok + "Content-Length: 3\r\n\r\na", false),
            ("within a chunk size", chunked + "3", false),
            ("within a chunk", chunked + "3\r\na", false),
            ("between chunks", chunked + "3\r\nabc\r\n", false),
            ("before the last line", chunked + "3\r\nabc\r\n0\r\n", false),
        ]
        let ends: [(String, LoopbackReply.Step)] = [("closed", .close), ("half-closed", .halfClose), ("reset", .reset)]
        return stages.flatMap { stage in
            ends.map { end in
                Self(
                    name: "\(end.0) \(stage.0)", reply: .raw(stage.1, ending: end.1), expected: .lost,
                    onURLSession: stage.isDeath ? .endsProcess : .ends)
            }
        }
    }()
}

extension RawResponse {
    /// Short enough to be sent byte by byte.
    var isShort: Bool {
        reply.steps.allSatisfy { step in
            switch step {
            case .head(let bytes), .body(let bytes, _): bytes.count < 400
            default: true
            }
        }
    }
}
