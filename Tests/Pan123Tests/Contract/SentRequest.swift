import Foundation
import Pan123
import Testing

/// A request taken apart, as one reads it off the wire.
struct SentRequest: Equatable {
    var method: String
    /// Scheme and host.
    var origin: String
    var path: String
    var query: [String: String]
    var headers: [String: String]
    var body: Body

    enum Body: Equatable {
        case none
        case json(JSONValue)
        /// By part: its text; bytes that are no text in Base64.
        case multipart([String: String])
        case bytes(Data)
    }

    init(_ request: HTTPRequest) throws {
        method = request.method.rawValue
        let parts = try #require(URLComponents(url: request.url, resolvingAgainstBaseURL: false))
        query = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $0 + $1 })
        origin = "\(parts.scheme ?? "")://\(parts.host ?? "")"
        path = parts.path
        headers = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + $1 })
        var data = Data()
        for chunk in request.body.chunks {
            guard case .data(let piece) = chunk else { throw CocoaError(.featureUnsupported) }
            data += piece
        }
        let type = headers["content-type"] ?? ""
        if let boundary = type.split(separator: "boundary=").dropFirst().first {
            headers["content-type"] = "multipart/form-data"
            body = .multipart(Self.parts(data, String(boundary)))
        } else if type == "application/json" {
            body = .json(try JSONValue(parsing: data))
        } else {
            body = data.isEmpty ? .none : .bytes(data)
        }
    }

    private static func parts(_ data: Data, _ boundary: String) -> [String: String] {
        var parts: [String: String] = [:]
        let text = String(decoding: data, as: UTF8.self)
        for part in text.components(separatedBy: "--\(boundary)").dropFirst().dropLast() {
            guard let end = part.range(of: "\r\n\r\n"), let name = part.range(of: "name=\"") else { continue }
            let rest = part[name.upperBound...]
            parts[String(rest.prefix { $0 != "\"" })] = String(part[end.upperBound...].dropLast(1))
        }
        return parts
    }

    // MARK: Comparison with an example's `wire`

    /// Holds if the wire form shows this and nothing else; only headers may be more.
    func expect(_ wire: JSONValue, _ title: String) {
        if let method = wire["method"]?.string { #expect(self.method == method, "\(title)") }
        if let path = wire["path"]?.string { #expect(self.path == path, "\(title)") }
        #expect(query == Self.texts(wire["query"]?.object ?? [:]), "\(title)")
        for (name, value) in wire["headers"]?.object?.members ?? [] {
            #expect(headers[name.lowercased()] == value.string, "\(title): \(name)")
        }
        let expected = wire["body"] ?? .null
        switch body {
        case .none: #expect(expected.isNull, "\(title)")
        case .json(let value): #expect(value == expected, "\(title)")
        case .multipart(let parts): #expect(parts == Self.texts(expected.object ?? [:]), "\(title)")
        case .bytes(let data): #expect(String(decoding: data, as: UTF8.self) == Self.text(expected), "\(title)")
        }
    }

    private static func texts(_ object: JSONObject) -> [String: String] {
        Dictionary(object.members.map { ($0.key, text($0.value)) }, uniquingKeysWith: { $1 })
    }

    private static func text(_ value: JSONValue) -> String {
        if let text = value["$text"]?.string { return text }
        if let base64 = value["$base64"]?.string {
            return String(decoding: Data(base64Encoded: base64) ?? Data(), as: UTF8.self)
        }
        return value.string ?? value.text()
    }
}
