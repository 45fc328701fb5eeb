import EndpointKit
import Foundation
import TestSupport

/// A request as a server sees it, without what depends on the machine or on chance.
struct SeenRequest: Equatable {
    var method: String
    /// Still percent-encoded.
    var target: String
    /// Names in lower case, by name.
    var headers: [String: String]
    /// The boundary of a multipart body is replaced by `BOUNDARY`.
    var body: Data

    init(_ request: RecordedRequest) {
        method = request.method
        target = request.target
        headers = [:]
        body = request.body
        let chances: Set = ["host", "connection", "content-length", "accept-encoding", "accept-language", "user-agent"]
        for field in request.headers where !chances.contains(field.name.lowercased()) {
            headers[field.name.lowercased()] = field.value
        }
        if let boundary = headers["content-type"]?.split(separator: "boundary=").dropFirst().first {
            headers["content-type"] = "multipart/form-data; boundary=BOUNDARY"
            body.replace(Data(boundary.utf8), with: Data("BOUNDARY".utf8))
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { try? JSONValue(parsing: body) }
    var path: String { URLComponents(string: target)?.path ?? "" }

    /// Decoded.
    var query: [String: String] {
        let items = URLComponents(string: target)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $0 + $1 }
    }
}
