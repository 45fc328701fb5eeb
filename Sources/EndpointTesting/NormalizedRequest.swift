import EndpointKit
import Foundation

/// A request in the one form in which tests compare requests: what depends on chance or on the connection is left out.
///
///     let request = NormalizedRequest(transport.requests[0])
///     #expect(request.path == "/goods")
///     #expect(request.query == [.init(name: "page", value: "1")])
public struct NormalizedRequest: Sendable, Hashable {
    /// A parameter of the query, decoded.
    public struct QueryItem: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value; empty where the query has none.
        public var value: String

        /// Creates a parameter.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A body by its media type.
    public enum Body: Sendable, Hashable {
        /// No bytes.
        case none
        /// A JSON text. Members of objects compare in any order.
        case json(JSONValue)
        /// The pairs of an `application/x-www-form-urlencoded` body, decoded, in order.
        case form([QueryItem])
        /// The parts of a multipart body, in order; the boundary is left out.
        case multipart([MultipartPart])
        /// Any other body, and one that is not what its media type says.
        case bytes(Data)
    }

    /// The method, such as `GET`.
    public var method: String
    /// Scheme, host and port, such as `https://api.example.com`.
    public var origin: String
    /// The path, decoded.
    public var path: String
    /// The parameters of the query, by name and then by value.
    public var query: [QueryItem]
    /// The header fields by name in lower case; values of one name are joined by a comma and a space. Fields that belong to
    /// the connection, such as `Host` and `Content-Length`, are left out; so are `Accept: */*` and the boundary of a multipart body.
    public var headers: [String: String]
    /// The body.
    public var body: Body

    /// Creates the normal form of a request.
    ///
    /// - Parameter request: The request.
    /// - Throws: The error of a part of the body that is a file which cannot be read.
    public init(_ request: HTTPRequest) throws {
        let parts = URLComponents(url: request.url, resolvingAgainstBaseURL: false) ?? URLComponents()
        method = request.method.rawValue
        origin = "\(parts.scheme ?? "")://\(parts.host ?? "")" + (parts.port.map { ":\($0)" } ?? "")
        path = parts.path
        query = (parts.queryItems ?? []).map { QueryItem(name: $0.name, value: $0.value ?? "") }.sorted()
        headers = Dictionary(
            request.headers.map { ($0.name.lowercased(), $0.value) }.filter { !Self.ofConnection.contains($0.0) },
            uniquingKeysWith: { "\($0), \($1)" })
        // A request without Accept accepts everything (RFC 9110, section 12.5.1); some transports say so.
        if headers["accept"] == "*/*" { headers["accept"] = nil }
        let data = try request.body.bytes
        let type = headers["content-type"] ?? ""
        body = data.isEmpty ? .none : .bytes(data)
        if let boundary = type.split(separator: "boundary=").dropFirst().first,
            let parts = MultipartPart.all(in: data, boundary: boundary.trimmingCharacters(in: ["\""]))
        {
            headers["content-type"] = type.split(separator: ";").first.map(String.init)
            body = .multipart(parts)
        } else if type.hasPrefix(BodyEncoding.form.contentType), let pairs = Self.pairs(of: data) {
            body = .form(pairs)
        } else if type.contains("json"), let value = try? JSONValue(parsing: data) {
            body = .json(value)
        }
    }

    /// The first value of the query's parameters with a name; nil if there is none.
    public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The pairs of a form; nil if it is not one.
    private static func pairs(of data: Data) -> [QueryItem]? {
        guard let text = String(data: data, encoding: .utf8) else { return nil }
        func decoded(_ text: Substring) -> String? { text.replacing("+", with: " ").removingPercentEncoding }
        var items: [QueryItem] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = decoded(parts.count == 2 ? parts[1] : "") else {
                return nil
            }
            items.append(QueryItem(name: name, value: value))
        }
        return items
    }

    private static let ofConnection: Set = [
        "accept-encoding", "accept-language", "connection", "content-length", "host", "transfer-encoding",
    ]
}

extension NormalizedRequest.QueryItem: Comparable {
    /// Compares by name, and by value where the names are equal.
    public static func < (left: Self, right: Self) -> Bool { (left.name, left.value) < (right.name, right.value) }
}
