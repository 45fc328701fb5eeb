import EndpointKit
import Synchronization

/// Stores the cookies of responses, and sends them with the requests that follow. Their attributes are ignored.
final class CookieJar: Middleware {
    /// The lock guards the cookies by name.
    private let cookies = Mutex<[String: String]>([:])

    func attempt(_ request: HTTPRequest, context: CallContext, next: Next) async throws(APIError) -> HTTPResponse {
        var request = request
        let line = cookies.withLock { $0 }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if !line.isEmpty { request.headers["Cookie"] = line.joined(separator: "; ") }
        let response = try await next(request)
        for field in response.headers where field.name.lowercased() == "set-cookie" {
            let pair = field.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            cookies.withLock { $0[String(pair[0])] = String(pair[1]) }
        }
        return response
    }
}
