import EndpointKit
import Foundation

extension HTTPResponse {
    /// Returns a response with a JSON text, and `Content-Type: application/json` unless `headers` has another one.
    public static func json(_ text: String, status: Int = 200, headers: HTTPFields = [:]) -> HTTPResponse {
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
    }

    /// Returns a response with an HTML page, such as that of a gateway that fails.
    public static func html(_ text: String, status: Int, headers: HTTPFields = [:]) -> HTTPResponse {
        var headers = headers
        headers["Content-Type"] = "text/html"
        return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
    }
}

extension HTTPBody {
    /// The bytes of all parts. Reading throws if a part is a file that cannot be read.
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

    /// The bytes as text; empty if they cannot be read.
    public var text: String { (try? bytes).map { String(decoding: $0, as: UTF8.self) } ?? "" }
}
