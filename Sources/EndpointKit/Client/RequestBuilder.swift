import Foundation

/// Checks an endpoint's parameters and encodes them as an HTTP request, without the token.
final class RequestBuilder: Sendable {
    /// The base URL without slashes at its end, or why it is refused.
    let base: Result<String, APIError>
    private let headers: HTTPFields
    let allowsInsecureHTTP: Bool

    /// Creates a builder of requests below a service's base URL, with its fixed header fields.
    init(service: Service, configuration: ClientConfiguration) {
        headers = service.headers
        allowsInsecureHTTP = service.allowsInsecureHTTP
        do throws(APIError) {
            base = .success(
                try Self.base(configuration.baseURL(of: service), allowsInsecureHTTP: service.allowsInsecureHTTP))
        } catch {
            base = .failure(error)
        }
    }

    /// The request of a call. `accept` is the media type that the response should have, unless the call says another one.
    func request(for endpoint: Endpoint<Data>, accept: String?) throws(APIError) -> HTTPRequest {
        try check(endpoint)
        var request = HTTPRequest(endpoint.method, try url(of: endpoint))
        request.allowsInsecureHTTP = allowsInsecureHTTP
        if case .url = endpoint.host {} else { request.headers = headers }
        // The fields that follow here, and those of the token, of a middleware and of the transport.
        request.headers.reserve(endpoint.headers.list.count + 6)
        for parameter in endpoint.headers.list {
            if let value = parameter.wireText { request.headers[parameter.name] = value }
        }
        for field in request.headers {
            guard HeaderField.isToken(field.name) else {
                throw APIError(.invalidParameter, "“\(field.name)” is not a valid header field name")
            }
            guard HeaderField.isValue(field.value) else {
                throw APIError(.invalidParameter, "\(field.name): \(HeaderField.valueRule)")
            }
        }
        if let accept, request.headers["Accept"] == nil { request.headers["Accept"] = accept }
        if request.headers["User-Agent"] == nil {
            request.headers["User-Agent"] = Self.userAgent
        }
        addBody(endpoint, to: &request)
        return request
    }

    private static let userAgent = "EndpointKit/\(ToolkitVersion.current)"

    /// Throws one error with all violations.
    private func check(_ endpoint: Endpoint<Data>) throws(APIError) {
        var violations: [Violation] = []
        let content = endpoint.body.content
        endpoint.forEachParameter { parameter, isInBody in
            let found = parameter.violations(allowing: isInBody ? content : .json)
            if !found.isEmpty { violations += found }
        }
        guard violations.isEmpty else {
            let text = violations.map { "\($0.pathText): \($0.message)" }.joined(separator: "; ")
            throw APIError(.invalidParameter, text)
        }
    }

    private func addBody(_ endpoint: Endpoint<Data>, to request: inout HTTPRequest) {
        guard let encoding = endpoint.body.encoding else { return }
        // Of bytes the caller may know more than the endpoint.
        if encoding != .binary || endpoint.contentType != nil || request.headers["Content-Type"] == nil {
            request.headers["Content-Type"] = endpoint.contentType ?? encoding.contentType
        }
        switch endpoint.body {
        case .none: break
        case .json(let fields):
            var object = JSONObject()
            for field in fields.list {
                if let value = field.wireValue { object[field.name] = value }
            }
            request.body = .data(JSONValue.object(object).data)
        case .jsonValue(let parameter):
            request.body = .data((parameter.wireValue ?? .null).data)
        case .multipart(let fields):
            let form = MultipartForm(fields.list)
            request.headers["Content-Type"]? += "; boundary=\(form.boundary)"
            request.body = form.body
        case .form(let fields):
            var text: [UInt8] = []
            Self.appendPairs(of: fields, to: &text)
            request.body = .data(Data(text))
        case .binary(let parameter):
            if case .binary(let content) = parameter.content { request.body = content.body }
        }
    }
}

extension Parameter {
    /// The encoded value; nil if nothing is sent.
    package var wireValue: JSONValue? {
        if case .json(let value) = content { schema.encoded(value) } else { nil }
    }

    /// The text of the value in a query, a header field or a form; nil if nothing is sent.
    package var wireText: String? {
        wireValue.flatMap { $0.isNull ? nil : $0.plainText }
    }

    fileprivate func violations(allowing allowed: AllowedContent) -> [Violation] {
        var violations: [Violation]
        switch content {
        case .absent: return []
        case .json(let value):
            if schema.kind == .binary || allowed == .binary || value.array?.isEmpty == false && schema.isFiles {
                violations = [Violation([], .mismatch(expected: "bytes", found: value.typeName))]
            } else {
                violations = schema.violations(ofArgument: value)
            }
        case .binary:
            if allowed != .json, schema.kind == .binary || schema.kind == .any { return [] }
            violations = [Violation([], .mismatch(expected: schema.noun, found: "bytes"))]
        case .binaries(let contents):
            let other = Violation([], .mismatch(expected: schema.noun, found: "several files"))
            violations = allowed == .both ? schema.violations(ofFiles: contents.count) : [other]
        }
        for index in violations.indices { violations[index].path.insert(.field(name), at: 0) }
        return violations
    }
}
