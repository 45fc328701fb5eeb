import Foundation

/// Checks an endpoint's parameters and makes them into an HTTP request, all but the token.
struct RequestBuilder: Sendable {
    var service: Service
    var baseURL: String

    func request<Response>(for endpoint: Endpoint<Response>) throws(APIError) -> HTTPRequest {
        try check(endpoint)
        var request = HTTPRequest(endpoint.method, try url(of: endpoint))
        if case .url = endpoint.host {} else { request.headers = service.headers }
        for parameter in endpoint.headers.list {
            if let value = parameter.wireValue, !value.isNull { request.headers[parameter.name] = value.plainText }
        }
        for field in request.headers {
            guard field.name.isHeaderName else {
                throw APIError(.invalidParameter, "“\(field.name)” is not a header's name")
            }
            guard field.value.isHeaderValue else {
                throw APIError(.invalidParameter, "\(field.name): must not hold control characters")
            }
        }
        if case .bytes = endpoint.response.form {
        } else if request.headers["Accept"] == nil {
            request.headers["Accept"] = "application/json"
        }
        addBody(endpoint.body, to: &request)
        return request
    }

    /// Refuses with everything that is wrong at once.
    private func check<Response>(_ endpoint: Endpoint<Response>) throws(APIError) {
        var violations = (endpoint.pathParameters.list + endpoint.query.list + endpoint.headers.list)
            .flatMap { $0.violations(allowing: .json) }
        switch endpoint.body {
        case .none: break
        case .json(let fields): violations += fields.list.flatMap { $0.violations(allowing: .json) }
        case .jsonValue(let parameter): violations += parameter.violations(allowing: .json)
        case .multipart(let fields): violations += fields.list.flatMap { $0.violations(allowing: .both) }
        case .binary(let parameter): violations += parameter.violations(allowing: .binary)
        }
        guard violations.isEmpty else {
            let text = violations.map { "\($0.path): \($0.message)" }.joined(separator: "; ")
            throw APIError(.invalidParameter, text)
        }
    }

    private func addBody(_ body: RequestBody, to request: inout HTTPRequest) {
        switch body {
        case .none: break
        case .json(let fields):
            var object = JSONObject()
            for field in fields.list {
                if let value = field.wireValue { object[field.name] = value }
            }
            request.headers["Content-Type"] = "application/json"
            request.body = .data(JSONValue.object(object).data)
        case .jsonValue(let parameter):
            request.headers["Content-Type"] = "application/json"
            request.body = .data((parameter.wireValue ?? .null).data)
        case .multipart(let fields):
            let form = MultipartForm(fields.list)
            request.headers["Content-Type"] = form.contentType
            request.body = form.body
        case .binary(let parameter):
            if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/octet-stream" }
            if case .binary(let content) = parameter.content { request.body = content.body }
        }
    }
}

/// What a place in a request can carry.
private enum AllowedContent {
    case json
    case binary
    case both
}

extension Parameter {
    /// What is sent; nil if nothing is.
    var wireValue: JSONValue? {
        if case .json(let value) = content { schema.wireForm(of: value) } else { nil }
    }

    /// What stands in a query, a header or a part of a form; nil if nothing does.
    package var wireText: String? {
        wireValue.flatMap { $0.isNull ? nil : $0.plainText }
    }

    fileprivate func violations(allowing allowed: AllowedContent) -> [Violation] {
        switch content {
        case .absent: []
        case .json(let value):
            schema.kind == .binary || allowed == .binary
                ? [Violation(path: name, message: "must be bytes")] : schema.violations(of: value, at: name)
        case .binary:
            allowed == .json || schema.kind != .binary && schema.kind != .any
                ? [Violation(path: name, message: "must be \(schema.article); got bytes")] : []
        }
    }
}

extension String {
    /// Whether this is a token as RFC 9110 has it.
    fileprivate var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether no line can be ended, and so no header added, by this value.
    var isHeaderValue: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }
}
