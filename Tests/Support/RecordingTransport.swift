import EndpointKit
import Foundation
import Synchronization

/// A transport that answers in the process and remembers what it was asked.
public final class RecordingTransport: Transport {
    public typealias Answer = @Sendable (HTTPRequest, _ number: Int) async -> Result<HTTPResponse, TransportError>

    private let recorded = Mutex<[HTTPRequest]>([])
    private let answer: Answer

    /// - Parameter answer: Gets the request and its number, from 1.
    public init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// Answers in turn; the last answer again and again.
    public convenience init(_ results: [Result<HTTPResponse, TransportError>]) {
        self.init { _, number in results[min(number, results.count) - 1] }
    }

    /// Answers with these JSON texts in turn.
    public convenience init(json texts: String...) {
        self.init(texts.map { .success(.json($0)) })
    }

    public var requests: [HTTPRequest] { recorded.withLock { $0 } }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = recorded.withLock { requests in
            requests.append(request)
            return requests.count
        }
        return try await answer(request, number).get()
    }
}

extension HTTPResponse {
    public static func json(_ text: String, status: Int = 200, headers: HTTPFields = [:]) -> HTTPResponse {
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
    }

    public static func html(_ text: String, status: Int, headers: HTTPFields = [:]) -> HTTPResponse {
        var headers = headers
        headers["Content-Type"] = "text/html"
        return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
    }
}

extension HTTPBody {
    /// The bytes, files read.
    public var bytes: Data {
        get throws {
            var data = Data()
            for chunk in chunks {
                switch chunk {
                case .data(let part): data += part
                case .file(let url, let offset, let length):
                    let handle = try FileHandle(forReadingFrom: url)
                    defer { try? handle.close() }
                    try handle.seek(toOffset: UInt64(offset))
                    data += try handle.read(upToCount: Int(length)) ?? Data()
                }
            }
            return data
        }
    }

    public var text: String { (try? bytes).map { String(decoding: $0, as: UTF8.self) } ?? "" }
}
