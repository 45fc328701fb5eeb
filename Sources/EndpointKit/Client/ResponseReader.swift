import Foundation

/// Judges a response, and decodes its payload in the same pass.
struct ResponseReader<Response: Sendable>: Sendable {
    var service: Service
    var envelope: EnvelopeUse
    /// The endpoint's own rules, then the service's.
    var rules: [ErrorRule]
    var decoding: ResponseDecoding<Response>
    var sensitiveFields: Set<String>

    init(_ endpoint: Endpoint<Response>, service: Service) {
        self.service = service
        if case .url = endpoint.host { envelope = .none } else { envelope = endpoint.envelope }
        if service.envelope == nil { envelope = .none }
        rules = endpoint.errors + service.errors
        decoding = endpoint.response
        sensitiveFields = endpoint.sensitiveFields
    }

    /// The value, with the trace id that came with it.
    func read(_ response: HTTPResponse) -> Result<(value: Response, traceID: String?), APIError> {
        let isSuccess = (200..<300).contains(response.status)
        do throws(APIError) {
            if case .bytes(let make) = decoding.form, isSuccess, envelope != .service || !response.looksLikeJSON {
                return .success((make(response.body), nil))
            }
            switch envelope {
            case .service: return .success(try readEnvelope(response, payload: .inside))
            case .errors:
                let answer = try readEnvelope(response, payload: .whole)
                return .success(answer)
            case .none:
                guard isSuccess else { throw httpError(response) }
                if case .none(let make) = decoding.form { return .success((make(), nil)) }
                let box = try decode(PayloadBox<Response>.self, response, self)
                return .success((box.value, nil))
            }
        } catch {
            return .failure(error)
        }
    }

    private func readEnvelope(
        _ response: HTTPResponse, payload: EnvelopeBox<Response>.Place
    ) throws(APIError) -> (value: Response, traceID: String?) {
        let box: EnvelopeBox<Response>
        do throws(APIError) {
            box = try decode(EnvelopeBox<Response>.self, response, .init(reader: self, place: payload))
        } catch {
            // A gateway's error page is no answer of the service: what the status says counts.
            throw (200..<300).contains(response.status) ? error : httpError(response)
        }
        let traceID = box.traceID
        switch box.verdict {
        case .failure(let error): throw completed(error, response, traceID)
        case .success(let value):
            guard (200..<300).contains(response.status) else { throw completed(httpError(response), response, traceID) }
            return (value, traceID)
        case .undecodable(let error): throw completed(decodingError(error, response), response, traceID)
        }
    }

    private func completed(_ error: APIError, _ response: HTTPResponse, _ traceID: String?) -> APIError {
        var error = error
        error.traceID = traceID
        error.status = response.status
        if error.kind == .throttled || error.kind == .http || error.isRetryable {
            error.retryAfter = error.retryAfter ?? response.retryAfter
        }
        return error
    }

    // MARK: Errors

    /// The error that the rules make of the service's verdict.
    func serviceError(code: ServiceCode, message: String, status: Int? = nil) -> APIError {
        let rule = rules.first { $0.payload == nil && $0.matches(code: code, message: message) }
        let text = message.isEmpty ? "the service answered with code \(code)" : message
        var error = APIError(rule?.kind ?? .service, text, remedy: rule?.remedy)
        error.code = code
        error.isRetryable = rule.map { $0.isRetryable || $0.kind == .throttled } ?? false
        error.refreshesToken = rule?.refreshesToken ?? false
        return error
    }

    private func httpError(_ response: HTTPResponse) -> APIError {
        let kind: APIError.Kind =
            switch response.status {
            case 401: .authentication
            case 404: .notFound
            case 429: .throttled
            default: .http
            }
        let seen = response.excerpt.map { ": \($0)" } ?? ""
        var error = APIError(kind, "the server answered HTTP \(response.status)\(seen)")
        error.status = response.status
        error.refreshesToken = kind == .authentication
        error.isRetryable = [429, 502, 503, 504].contains(response.status)
        error.retryAfter = response.retryAfter
        return error
    }

    private func decode<Box: DecodableWithConfiguration>(
        _ type: Box.Type, _ response: HTTPResponse, _ configuration: Box.DecodingConfiguration
    ) throws(APIError) -> Box {
        do {
            return try JSONDecoder().decode(type, from: response.body, configuration: configuration)
        } catch let error as DecodingError {
            throw decodingError(error, response)
        } catch {
            throw APIError(.decoding, "the answer cannot be read", underlying: error)
        }
    }

    private func decodingError(_ error: DecodingError, _ response: HTTPResponse) -> APIError {
        var result: APIError
        if let body = try? JSONValue(parsing: response.body) {
            result = APIError(
                .decoding, "the answer is not as promised: \(error.explanation(in: body, hiding: sensitiveFields))")
        } else {
            let seen = response.excerpt.map { ": \($0)" } ?? ""
            let what = response.body.isEmpty ? "empty" : "not whole JSON (\(response.body.count) bytes)"
            result = APIError(.decoding, "the answer is \(what)\(seen)")
        }
        result.underlying = nil
        result.status = response.status
        return result
    }
}

extension ErrorRule {
    func matches(code: ServiceCode, message: String) -> Bool {
        if let wanted = self.code, wanted != code { return false }
        if let contains { return message.range(of: contains, options: .caseInsensitive) != nil }
        return true
    }
}
