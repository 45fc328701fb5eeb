import Foundation
import Pan123

/// A request as the simulated service reads it.
struct SimulatedRequest {
    var route: String
    var query: [String: String]
    var body: JSONValue
    var isAuthorized: Bool
    var isFromPlatform: Bool

    /// Nil if the request cannot be read.
    init?(_ request: HTTPRequest) {
        guard let parts = URLComponents(url: request.url, resolvingAgainstBaseURL: false) else { return nil }
        route = "\(request.method) \(parts.path)"
        query = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        isAuthorized = request.headers["Authorization"].map { $0.hasPrefix("Bearer ") && $0.count > 7 } ?? false
        isFromPlatform = request.headers["Platform"] == "open_platform"
        body = .null
        if request.headers["Content-Type"] == "application/json", case .data(let data)? = request.body.chunks.first {
            guard let value = try? JSONValue(parsing: data) else { return nil }
            body = value
        }
    }
}

/// A response of the simulated service, before it is wrapped in the envelope.
enum SimulatedResponse {
    case success(JSONValue)
    case failure(Int64, String)

    /// HTTP 200 whatever the verdict, as the service does.
    func response(_ number: Int, url: URL) -> HTTPResponse {
        let traceID = "sim-\(number)"
        let envelope: JSONValue =
            switch self {
            case .success(let data): ["code": 0, "message": "ok", "data": data, "x-traceID": .string(traceID)]
            case .failure(let code, let message):
                ["code": .integer(code), "message": .string(message), "data": nil, "x-traceID": .string(traceID)]
            }
        return HTTPResponse(
            status: 200, headers: ["Content-Type": "application/json; charset=utf-8"], body: envelope.data, url: url)
    }
}
