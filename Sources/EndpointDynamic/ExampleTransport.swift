import EndpointKit
import EndpointSpec
import Foundation

/// A `Transport` that responds with the examples of the specs: to try any endpoint without a network.
///
/// A call gets the response of the example whose request it repeats, otherwise the first successful one of its endpoint.
/// A call that no endpoint knows, or whose endpoint has no example, gets HTTP 501.
public struct ExampleTransport: Transport {
    private let modules: [DynamicModule]

    /// Creates a transport that responds with the examples of these modules.
    public init(_ modules: [DynamicModule]) {
        self.modules = modules
    }

    /// Returns the example that fits the request best, or HTTP 501; never throws.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        guard let example = example(for: request), let body = example.response else {
            return HTTPResponse(
                status: 501, headers: ["Content-Type": "text/plain; charset=utf-8"],
                body: Data("no example matches \(request.method) \(request.url.path)".utf8), url: request.url)
        }
        if let content = EncodedBytes(body) {
            return HTTPResponse(
                status: example.status, headers: ["Content-Type": "application/octet-stream"],
                body: Data(content.bytes), url: request.url)
        }
        return HTTPResponse(
            status: example.status, headers: ["Content-Type": "application/json; charset=utf-8"],
            body: body.data, url: request.url)
    }

    /// The example that fits a request best; nil if there is none for its endpoint.
    private func example(for request: HTTPRequest) -> ExampleModel? {
        var first: ExampleModel?
        for module in modules {
            let base = URL(string: module.service.baseURL)?.path.split(separator: "/") ?? []
            let address = (["https://example.invalid"] + base).joined(separator: "/")
            let client = Client(
                service: module.service, configuration: ClientConfiguration(baseURL: address, transport: self))
            for outline in module.outlines where outline.method == request.method {
                guard let endpoint = module.endpoint(id: outline.id), endpoint.model.matches(request, below: base)
                else {
                    continue
                }
                for example in endpoint.model.examples where example.isSuccess {
                    if let same = endpoint.request(of: example, client), same.isSameCall(as: request) { return example }
                    if first == nil { first = example }
                }
            }
        }
        return first
    }
}

extension DynamicEndpoint {
    /// The request that an example shows, sent nowhere.
    fileprivate func request(of example: ExampleModel, _ client: Client) -> HTTPRequest? {
        guard let arguments = example.request?.object else { return nil }
        return try? client.request(for: endpoint(with: arguments))
    }
}

extension HTTPRequest {
    fileprivate func isSameCall(as other: HTTPRequest) -> Bool {
        method == other.method && url.path == other.url.path && url.query == other.url.query && body == other.body
    }
}

extension ExampleModel {
    /// Whether the example shows a call that succeeds: an error example may have the request that every caller starts with.
    fileprivate var isSuccess: Bool { response != nil && error == nil && (200..<300).contains(status) }
}

extension EndpointModel {
    /// Whether a request can be one of this endpoint: its method, its path, and its constant query parameters.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - base: The segments of the service's base URL, which a request to an announced host does not have.
    /// - Returns: Whether they match.
    fileprivate func matches(_ request: HTTPRequest, below base: [Substring]) -> Bool {
        guard method == request.method, host != .caller else { return false }
        let wanted = (host == .service ? base : []) + path.split(separator: "/")
        let given = request.url.path.split(separator: "/")
        guard wanted.count == given.count,
            zip(wanted, given).allSatisfy({ $0 == $1 || $0.hasPrefix("{") && $0.hasSuffix("}") })
        else { return false }
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        return query.allSatisfy { field in
            guard let constant = field.constant else { return true }
            return items.contains { $0.name == field.name && $0.value == constant.plainText }
        }
    }
}
