import EndpointKit
import EndpointSpec
import Foundation

/// A `Transport` that responds with the examples of the specs: to try any endpoint without a network.
///
/// A call gets the response of the example whose request it repeats, otherwise the first successful one of its endpoint; a call
/// without any argument always gets the first.
/// Where an endpoint has none, the response is made from its schema. A call that no endpoint knows gets HTTP 501.
public struct ExampleTransport: Transport {
    private let modules: [DynamicModule]
    /// The only endpoint that is called; nil to find it by the request.
    private let endpoint: DynamicEndpoint?
    private let onMadeUp: @Sendable (String) -> Void

    /// Creates a transport that responds with the examples of these modules.
    ///
    /// - Parameters:
    ///   - modules: The modules; the first that knows a call responds.
    ///   - onMadeUp: Receives the id of an endpoint without an example of a success, whose response is made from its schema.
    public init(_ modules: [DynamicModule], onMadeUp: @escaping @Sendable (String) -> Void = { _ in }) {
        self.modules = modules
        self.endpoint = nil
        self.onMadeUp = onMadeUp
    }

    /// Creates a transport for the calls of one endpoint, which may go to any address.
    package init(
        _ endpoint: DynamicEndpoint, of module: DynamicModule, onMadeUp: @escaping @Sendable (String) -> Void
    ) {
        self.modules = [module]
        self.endpoint = endpoint
        self.onMadeUp = onMadeUp
    }

    /// Returns the example that fits the request best, or HTTP 501; never throws.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let candidates = candidates(for: request)
        guard let first = candidates.first else {
            return HTTPResponse(
                status: 501, headers: ["Content-Type": "text/plain; charset=utf-8"],
                body: Data("no endpoint matches \(request.method) \(request.url.path)".utf8), url: request.url)
        }
        guard let example = example(for: request, among: candidates), let body = example.response else {
            onMadeUp(first.endpoint.id)
            let sample = ResponseSample(first.endpoint, service: first.module.specs.settings)
            return response(200, sample.body, sample.headers, of: first.endpoint, to: request)
        }
        return response(example.status, body, example.responseHeaders ?? [:], of: first.endpoint, to: request)
    }

    private func response(
        _ status: Int, _ body: JSONValue, _ headers: JSONObject, of endpoint: DynamicEndpoint, to request: HTTPRequest
    ) -> HTTPResponse {
        var response = response(status, body, of: endpoint.model, to: request)
        for (name, value) in headers.members { response.headers[name] = value.string }
        return response
    }

    private func response(
        _ status: Int, _ body: JSONValue, of model: EndpointModel, to request: HTTPRequest
    ) -> HTTPResponse {
        if let format = model.stream, let elements = body.array {
            return HTTPResponse(
                status: status, headers: ["Content-Type": format.contentType],
                body: Data(format.body(of: elements).utf8), url: request.url)
        }
        if let content = EncodedBytes(body) {
            let type = model.stream?.contentType ?? "application/octet-stream"
            return HTTPResponse(
                status: status, headers: ["Content-Type": type], body: Data(content.bytes), url: request.url)
        }
        return HTTPResponse(
            status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: body.data,
            url: request.url)
    }

    // MARK: Endpoints

    private typealias Candidate = (module: DynamicModule, endpoint: DynamicEndpoint)

    /// The endpoints that a request can be one of.
    private func candidates(for request: HTTPRequest) -> [Candidate] {
        if let endpoint { return modules.map { ($0, endpoint) } }
        let given = request.url.path.split(separator: "/")
        var found: [Candidate] = []
        for module in modules {
            let base = module.service.basePath
            // The specs of the others are not read.
            for outline in module.outlines where outline.method == request.method {
                let wanted = outline.path.split(separator: "/")
                guard outline.path.isEmpty || given.suffix(wanted.count).fits(wanted),
                    let endpoint = module.endpoint(id: outline.id), endpoint.model.matches(request, below: base)
                else { continue }
                found.append((module, endpoint))
            }
        }
        return found
    }

    /// The example that fits a request best; nil if no endpoint has one of a success.
    private func example(for request: HTTPRequest, among candidates: [Candidate]) -> ExampleModel? {
        var first: ExampleModel?
        for (module, endpoint) in candidates {
            let path = request.url.path.split(separator: "/").prefix(module.service.basePath.count)
            let address = (["https://example.invalid"] + path).joined(separator: "/")
            let client = Client(
                service: module.service, configuration: ClientConfiguration(baseURL: address, transport: self))
            let headers = endpoint.model.headers.map(\.name)
            let request = module.service.authentication.withoutQueryToken(request)
            let isBare = endpoint.request(with: [:], client)?.isSameCall(as: request, headers) ?? false
            for example in endpoint.model.examples where example.isSuccess {
                let arguments = example.request?.object
                let isSame = arguments.map {
                    endpoint.request(with: $0, client)?.isSameCall(as: request, headers) ?? false
                }
                if isBare || isSame == true { return example }
                if first == nil { first = example }
            }
        }
        return first
    }
}

extension Service {
    /// The segments of the path in the base URL, with the placeholders of its variables.
    fileprivate var basePath: [Substring] {
        guard let scheme = baseURL.firstRange(of: "://") else { return [] }
        return Array(baseURL[scheme.upperBound...].split(separator: "/").dropFirst())
    }
}

extension DynamicEndpoint {
    /// The request with these arguments, sent nowhere; nil if they are refused.
    fileprivate func request(with arguments: JSONObject, _ client: Client) -> HTTPRequest? {
        try? client.request(for: endpoint(with: arguments))
    }
}

extension HTTPRequest {
    /// Whether a call is another one, whose token aside: the parameters in these header fields count, too.
    fileprivate func isSameCall(as other: HTTPRequest, _ parameters: [String]) -> Bool {
        method == other.method && url.path == other.url.path && url.query == other.url.query && body == other.body
            && parameters.allSatisfy { headers[$0] == other.headers[$0] }
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
        guard method == request.method else { return false }
        // An address from another response is known from examples alone.
        if host == .caller { return examples.contains { $0.request?["url"]?.string == request.url.absoluteString } }
        let wanted = (host == .service ? base : []) + path.split(separator: "/")
        let given = request.url.path.split(separator: "/")
        guard given[...].fits(wanted) else { return false }
        let items = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        return query.allSatisfy { field in
            guard let constant = field.constant else { return true }
            return items.contains { $0.name == field.name && $0.value == constant.plainText }
        }
    }
}

extension ArraySlice<Substring> {
    /// Whether the segments of a request's path are those of a spec's, in which `{name}` is any segment.
    fileprivate func fits(_ path: [Substring]) -> Bool {
        count == path.count
            && zip(path, self).allSatisfy { $0 == $1 || $0.hasPrefix("{") && $0.hasSuffix("}") }
    }
}
