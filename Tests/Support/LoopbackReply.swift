import EndpointKit
import Foundation

/// What a ``LoopbackServer`` does with a request: responds, or misbehaves.
///
/// A reply is a list of steps, so that any misbehaviour can be put together:
///
///     LoopbackReply.response(body: page).delayed(by: .milliseconds(50))
///     LoopbackReply(steps: [.head(Data("HTTP/1.1 200 OK\r\n".utf8)), .hang])
///
/// The connection stays open for the next request unless a step closes it.
public struct LoopbackReply: Sendable {
    /// One thing that the server does with the connection.
    public enum Step: Sendable {
        /// Bytes that are sent as they are.
        case head(Data)
        /// Bytes of a body, sent so many times; left out in the response to HEAD.
        case body(Data, times: Int)
        /// Nothing for a while; cut short when the client closes or the server stops.
        case pause(Duration)
        /// Nothing until the client closes or the server stops.
        case hang
        /// An orderly end of the connection.
        case close
        /// The end of what the server sends; it goes on reading until the client closes.
        case halfClose
        /// A reset (RST) of the connection.
        case reset
    }

    /// What the server does, in order.
    public var steps: [Step]

    /// Creates a reply of these steps.
    public init(steps: [Step]) {
        self.steps = steps
    }

    // MARK: Responses

    /// A proper response. `Content-Length` is added unless `headers` has it.
    public static func response(
        _ status: Int = 200, headers: HTTPFields = [:], body: Data = Data()
    ) -> Self {
        var headers = headers
        if headers["Content-Length"] == nil && status != 204 && status != 304 {
            headers["Content-Length"] = String(body.count)
        }
        return Self(steps: [.head(head(status, headers)), .body(body, times: 1)])
    }

    /// A proper response with a JSON body.
    public static func json(_ text: String, status: Int = 200, headers: HTTPFields = [:]) -> Self {
        var headers = headers
        headers["Content-Type"] = "application/json; charset=utf-8"
        return response(status, headers: headers, body: Data(text.utf8))
    }

    /// An empty response with a `Location`.
    public static func redirect(_ status: Int = 302, to location: String) -> Self {
        response(status, headers: ["Location": location])
    }

    /// A body in chunked framing.
    public static func chunked(_ chunks: [Data], headers: HTTPFields = [:]) -> Self {
        var headers = headers
        headers["Transfer-Encoding"] = "chunked"
        let framed = chunks.map { chunk in
            Step.body(Data("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Data("\r\n".utf8), times: 1)
        }
        return Self(steps: [.head(head(200, headers))] + framed + [.body(Data("0\r\n\r\n".utf8), times: 1)])
    }

    /// A body compressed as `Content-Encoding: gzip`.
    public static func gzip(_ body: Data, headers: HTTPFields = [:]) -> Self {
        var headers = headers
        headers["Content-Encoding"] = "gzip"
        return response(headers: headers, body: Gzip.stored(body))
    }

    /// `count` zero bytes, compressed to about a 160th as `Content-Encoding: gzip`.
    public static func gzipBomb(count: Int) -> Self {
        response(headers: ["Content-Encoding": "gzip"], body: Gzip.zeros(count: count))
    }

    /// A body of `piece` sent `times` times, never held in memory; without `Content-Length` it ends with the connection.
    public static func large(_ piece: Data, times: Int, declaringLength: Bool = true) -> Self {
        let headers: HTTPFields =
            declaringLength ? ["Content-Length": String(piece.count * times)] : ["Connection": "close"]
        return Self(steps: [.head(head(200, headers)), .body(piece, times: times)] + (declaringLength ? [] : [.close]))
    }

    /// Exactly these bytes, and then the end of the connection.
    public static func raw(_ bytes: Data, ending: Step = .close) -> Self {
        Self(steps: [.head(bytes), ending])
    }

    /// Exactly this text, and then the end of the connection.
    public static func raw(_ text: String, ending: Step = .close) -> Self {
        raw(Data(text.utf8), ending: ending)
    }

    /// `body` as gzip in stored blocks; `isDamaged` is whether its checksum is wrong.
    public static func gzipBytes(_ body: Data, isDamaged: Bool = false) -> Data {
        isDamaged ? Gzip.damaged(body) : Gzip.stored(body)
    }

    // MARK: Misbehaviour

    /// Closes in an orderly way without any response.
    public static let closedWithoutResponse = Self(steps: [.close])

    /// Resets the connection without any response.
    public static let resetWithoutResponse = Self(steps: [.reset])

    /// Closes in the middle of the header section.
    public static let closedWithinHeaders = Self(
        steps: [.head(Data("HTTP/1.1 200 OK\r\nContent-Type: text/pl".utf8)), .close])

    /// Closes after a header section that promises `promised` bytes.
    public static func closedAfterHeaders(promising promised: Int = 10) -> Self {
        Self(steps: [.head(head(200, ["Content-Length": String(promised)])), .close])
    }

    /// Promises `promised` bytes, sends `body`, and closes: too short, or too long.
    public static func wrongLength(promising promised: Int, sending body: Data) -> Self {
        Self(steps: [.head(head(200, ["Content-Length": String(promised)])), .body(body, times: 1), .close])
    }

    /// Sends some of a chunked body and closes before its end.
    public static func closedWithinChunks(_ body: Data) -> Self {
        var reply = chunked([body])
        reply.steps[reply.steps.count - 1] = .close
        return reply
    }

    /// Says nothing at all; or speaks after `duration` if it is given.
    public static func stalled(for duration: Duration? = nil, then reply: Self = .response()) -> Self {
        duration.map { reply.delayed(by: $0) } ?? Self(steps: [.hang])
    }

    /// Sends the header section and part of the body, then nothing.
    public static func stalledWithinBody(sending body: Data, promising promised: Int) -> Self {
        Self(steps: [.head(head(200, ["Content-Length": String(promised)])), .body(body, times: 1), .hang])
    }

    /// A proper response whose body comes one byte at a time.
    public static func dripping(_ body: Data, every interval: Duration) -> Self {
        let bytes = body.flatMap { [Step.body(Data([$0]), times: 1), .pause(interval)] }
        return Self(steps: [.head(head(200, ["Content-Length": String(body.count)]))] + bytes)
    }

    /// Chunked framing whose size line is not a number.
    public static let garbageChunks = Self(steps: [
        .head(head(200, ["Transfer-Encoding": "chunked"])), .body(Data("not-a-size\r\nabc\r\n".utf8), times: 1), .close,
    ])

    /// Bytes that are not HTTP.
    public static let junk = Self(steps: [.head(Data("220 mail.example ESMTP ready\r\n".utf8)), .close])

    // MARK: Changes

    /// The same after a pause.
    public func delayed(by duration: Duration) -> Self {
        Self(steps: [.pause(duration)] + steps)
    }

    /// The same, and the connection is closed after it.
    public func closing() -> Self {
        Self(steps: steps + [.close])
    }

    /// A status line and header section as bytes. Nothing is checked, so that a header can be wrong too.
    public static func head(_ status: Int, _ headers: HTTPFields) -> Data {
        let lines = ["HTTP/1.1 \(status) Status"] + headers.map { "\($0.name): \($0.value)" }
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
