@_spi(Generated) import EndpointCore
import Foundation

/// What the attempts of a call do with a response, whatever its type.
protocol ResponseReading: AnyObject, Sendable {
    /// The media type that the response should have; nil for any.
    var accept: String? { get }
    /// Whether the body of a response can be read later: it is the payload, and says nothing of success or failure.
    func leavesBody(of response: HTTPResponse) -> Bool
    /// Returns a ``ReadResponse``, or throws the error that the response means.
    func readAny(_ response: HTTPResponse) throws(APIError) -> any AnyObject & Sendable
}

/// A response that is a success, with its value. An object, so that its type need not be known where it is held.
final class ReadResponse<Response: Sendable>: Sendable {
    let response: HTTPResponse
    let traceID: String?
    let value: Response

    init(_ response: HTTPResponse, value: Response, traceID: String?) {
        self.response = response
        self.traceID = traceID
        self.value = value
    }
}

/// Decides whether a response is a success, and reads its payload.
final class ResponseReader<Response: Sendable>: ResponseReading {
    /// The attempts, which know the secrets of the request.
    private let loop: AttemptLoop
    private let envelopeUse: EnvelopeUse
    /// The endpoint's own rules, then the service's.
    private let rules: [ErrorRule]
    // Stored, since a generic value is copied to ask it.
    private let use: PayloadUse
    let accept: String?
    private let decoding: ResponseDecoding<Response>

    init(_ decoding: ResponseDecoding<Response>, of loop: AttemptLoop) {
        self.loop = loop
        let (service, endpoint) = (loop.client.service.errors, loop.endpoint.errors)
        rules = endpoint.isEmpty ? service : endpoint + service
        let isBare = if case .url = loop.endpoint.host { true } else { false }
        envelopeUse = isBare || loop.client.service.envelope == nil ? .none : loop.endpoint.envelope
        use = decoding.use
        accept = decoding.accept
        self.decoding = decoding
    }

    private var envelope: Envelope? { loop.client.service.envelope }
    private var sensitiveFields: Set<String> { loop.endpoint.sensitiveFields }
    /// What replaces the request's secrets in messages.
    private var redactor: Redactor { loop.redactor }

    func leavesBody(of response: HTTPResponse) -> Bool {
        guard use == .bytes, (200..<300).contains(response.status) else { return false }
        return envelopeUse == .none || !response.looksLikeJSON
    }

    func readAny(_ response: HTTPResponse) throws(APIError) -> any AnyObject & Sendable { try read(response) }

    /// The value of a response; throws the error that it means.
    func read(_ response: HTTPResponse) throws(APIError) -> ReadResponse<Response> {
        guard isWorthReading(response) else { return try read(response, nil) }
        let result: Result<ReadResponse<Response>, APIError> = response.body.withUnsafeBytes { bytes in
            Result { () throws(APIError) in
                let tape: JSONTape
                do throws(JSONSyntaxError) { tape = try JSONTape(bytes) } catch { return try read(response, nil) }
                return try tape.read(bytes) { json throws(APIError) in try read(response, json) }
            }
        }
        return try result.get()
    }

    /// A body whose payload is not read may be anything: it is looked into only where the service may have refused with JSON.
    private func isWorthReading(_ response: HTTPResponse) -> Bool {
        switch use {
        case .decoded: true
        case .decodedIfAny: !response.body.isEmpty && response.status != 204
        case .bytes: response.looksLikeJSON
        case .ignored: envelopeUse == .service || response.looksLikeJSON
        }
    }

    private func read(_ response: HTTPResponse, _ json: JSONReader?) throws(APIError) -> ReadResponse<Response> {
        let verdict = ResponseVerdict(
            status: response.status, body: json, isEmpty: response.body.isEmpty, envelope: envelope,
            use: envelopeUse, rules: rules, payload: use)
        var traceID: String?
        if envelopeUse != .none, let json, let path = envelope?.traceID, let text = json.value(at: path)?.text,
            !text.isEmpty
        {
            traceID = text
        }
        do throws(APIError) {
            switch verdict {
            case .success(let isEnveloped):
                return ReadResponse(
                    response, value: try payload(of: response, json, isEnveloped: isEnveloped), traceID: traceID)
            case .failure(let kind, let code, let message, let rule):
                throw serviceError(kind, code: code, message: message, rule, response)
            case .http: throw httpError(response)
            case .unreadable: throw unreadable(response, json)
            }
        } catch {
            throw completed(error, response, json, traceID)
        }
    }

    private func completed(
        _ error: APIError, _ response: HTTPResponse, _ json: JSONReader?, _ traceID: String?
    ) -> APIError {
        var error = error
        error.traceID = traceID
        error.take(response, json, hiding: sensitiveFields)
        error.retryAfter = response.retryAfter(now: loop.client.configuration.clock.date())
        return error
    }

    // MARK: Payload

    private func payload(of response: HTTPResponse, _ json: JSONReader?, isEnveloped: Bool) throws(APIError) -> Response
    {
        switch decoding.form {
        case .none(let make): return try read(json, below: []) { try make(response.headers) }
        case .bytes(let make): return try read(json, below: []) { try make(response.body, response.headers) }
        case .stream: throw APIError.isStream
        case .payload(let payload, let onNull):
            guard let json else {
                guard let nothing = decoding.onNothing else { throw unreadable(response, nil) }
                return try read(nil, below: []) { try nothing(response.headers) }
            }
            let path = isEnveloped ? envelope?.payload : nil
            return try read(json, below: path.map { $0.steps.map { .field($0) } } ?? []) {
                let value: JSONReader? = if let path { json.value(at: path) } else { json }
                if let onNull, value?.isNull ?? true { return try onNull(response.headers) }
                if let value { return try payload.read(value, in: response.body, response.headers) }
                // An optional payload accepts that there is none.
                return try payload.readAbsent(response.headers)
            }
        }
    }

    private func read(
        _ json: JSONReader?, below path: @autoclosure () -> [Violation.Step], _ read: () throws -> Response
    ) throws(APIError) -> Response {
        do {
            return try read()
        } catch {
            throw PayloadMismatch(hiding: sensitiveFields, redactor: redactor).error(error, below: path(), json)
        }
    }

    // MARK: Errors

    /// The error that the envelope or a rule tells.
    private func serviceError(
        _ kind: ErrorKind, code: ServiceCode?, message: String, _ rule: ErrorRule?, _ response: HTTPResponse
    ) -> APIError {
        var error: APIError
        if let condition = rule?.payload {
            let text = "the service returned \(condition.field) = \(condition.value)"
            error = APIError(kind, message.isEmpty ? text : "\(text) (\(message))")
        } else if let code, envelope?.success.contains(code) != true {
            let text = message.isEmpty ? "the service returned code \(code)" : message
            error = APIError(text, status: response.status, otherwise: .service)
        } else {
            error = httpError(response)
        }
        error.code = code
        guard let rule else { return error }
        error.kind = kind
        error.remedy = rule.remedy
        error.refreshesToken = rule.payload == nil && rule.refreshesToken
        // Whether a status alone lets a call be repeated is known without a rule, unless the rule says otherwise.
        if rule.status == nil || rule.isRetryable || rule.retry != nil {
            error.isRetryable = rule.isRetryable
            error.needsIdempotence = false
        }
        return error
    }

    private func httpError(_ response: HTTPResponse) -> APIError {
        APIError(
            "the server returned HTTP \(response.status)\(seen(in: response))", status: response.status,
            otherwise: .http)
    }

    /// An excerpt of the body, for the end of a message.
    private func seen(in response: HTTPResponse) -> String {
        response.excerpt(hiding: sensitiveFields, redactor: redactor).map { ": \($0)" } ?? ""
    }

    /// A success that is not JSON, or that lacks the envelope's code.
    private func unreadable(_ response: HTTPResponse, _ json: JSONReader?) -> APIError {
        guard let json else {
            let what = response.body.isEmpty ? "empty" : "not valid JSON (\(response.body.count) bytes)"
            return APIError(.decoding, "the response is \(what)\(seen(in: response))")
        }
        let code = envelope?.code ?? ""
        let path = code.steps.map { Violation.Step.field($0) }
        let violation =
            if !json.isObject {
                Violation([], .mismatch(expected: "an object", found: ""))
            } else if json.value(at: code) == nil {
                Violation(path, .missing)
            } else {
                Violation(path, .mismatch(expected: "an integer, a string or a boolean", found: ""))
            }
        return PayloadMismatch(hiding: sensitiveFields, redactor: redactor).error(violation, below: [], json)
    }
}

extension APIError {
    /// Creates the error that an HTTP status means.
    fileprivate init(_ message: String, status: Int, otherwise kind: Kind) {
        self.init(Kind(status: status, otherwise: kind), message)
        refreshesToken = status == 401
        isRetryable = [429, 502, 503, 504].contains(status)
        // Behind a gateway's error the service may have acted on the call; a throttled call was not acted on.
        needsIdempotence = status != 429
    }
}
