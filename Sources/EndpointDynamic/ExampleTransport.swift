import EndpointKit
import EndpointSpec
import Foundation

/// A ``Transport`` that answers with the examples of the specs: to try any endpoint without a network.
///
/// A call gets the answer of the example whose request it repeats, otherwise the first successful one of its endpoint.
/// A call that no endpoint knows, or whose endpoint has no example, gets HTTP 501.
public struct ExampleTransport: Transport {
    private let modules: [DynamicModule]

    public init(_ modules: [DynamicModule]) {
        self.modules = modules
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        guard let example = example(for: request), let answer = example.response else {
            return HTTPResponse(
                status: 501, headers: ["Content-Type": "text/plain; charset=utf-8"],
                body: Data("no example answers \(request.method) \(request.url.path)".utf8), url: request.url)
        }
        return HTTPResponse(
            status: example.status, headers: ["Content-Type": "application/json; charset=utf-8"],
            body: JSONValue(answer).data, url: request.url)
    }

    /// The example that fits a request best; nil if there is none for its endpoint.
    private func example(for request: HTTPRequest) -> ExampleModel? {
        var first: ExampleModel?
        for module in modules {
            let client = Client(
                service: module.service,
                configuration: ClientConfiguration(baseURL: "https://example.invalid", transport: self))
            for endpoint in module.endpoints where endpoint.model.matches(request) {
                for example in endpoint.model.examples where example.response != nil {
                    if let same = endpoint.request(of: example, client), same.isSameCall(as: request) { return example }
                    if first == nil, example.error == nil { first = example }
                }
            }
        }
        return first
    }
}

extension DynamicEndpoint {
    /// The request that an example shows, sent nowhere.
    fileprivate func request(of example: ExampleModel, _ client: Client) -> HTTPRequest? {
        guard let arguments = example.request.map({ JSONValue($0) })?.object else { return nil }
        return try? client.request(for: endpoint(arguments))
    }
}

extension HTTPRequest {
    fileprivate func isSameCall(as other: HTTPRequest) -> Bool {
        method == other.method && url.path == other.url.path && url.query == other.url.query && body == other.body
    }
}

extension EndpointModel {
    /// Whether a request can be one of this endpoint: its method, its path, and its constant query parameters.
    fileprivate func matches(_ request: HTTPRequest) -> Bool {
        guard method == request.method.rawValue, host != .caller else { return false }
        let wanted = path.split(separator: "/")
        let given = request.url.path.split(separator: "/")
        guard wanted.count == given.count,
            zip(wanted, given).allSatisfy({ $0 == $1 || $0.hasPrefix("{") && $0.hasSuffix("}") })
        else { return false }
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        return query.allSatisfy { field in
            guard let constant = field.constant else { return true }
            let text = JSONValue(constant)
            return items.contains { $0.name == field.name && $0.value == text.string ?? text.text() }
        }
    }
}
