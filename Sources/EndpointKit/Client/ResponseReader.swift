import Foundation

/// Judges a response, and decodes its payload in the same pass.
struct ResponseReader<Response: Sendable>: Sendable {
    var service: Service
    var envelope: EnvelopeUse
    /// The endpoint's own rules, then the service's.
    var rules: [ErrorRule]
    var decoding: ResponseDecoding<Response>
    var sensitiveFields: Set<String>
    /// Takes out of messages what the request carried.
    var redactor = Redactor()
    var date: @Sendable () -> Date

    init(_ endpoint: Endpoint<Response>, service: Service, date: @escaping @Sendable () -> Date = { Date() }) {
        self.date = date
        self.service = service
        if case .url = endpoint.host { envelope = .none } else { envelope = endpoint.envelope }
        if service.envelope == nil { envelope = .none }
        rules = endpoint.errors + service.errors
        decoding = endpoint.response
        sensitiveFields = endpoint.sensitiveFields
    }

    /// The value, with the trace id that came with it.
    func read(_ response: HTTPResponse) -> Result<(value: Response, traceID: String?), APIError> {
        let isSuccess = isSuccess(response)
        do throws(APIError) {
            if case .bytes(let make) = decoding.form, isSuccess {
                if let refusal = refusal(in: response) { throw refusal }
                return .success((make(response.body), nil))
            }
            switch envelope {
            case .service: return .success(try readEnvelope(response, payload: .inside))
            case .errors:
                if case .none(let make) = decoding.form, isSuccess, !response.looksLikeJSON {
                    return .success((make(), nil))
                }
                return .success(try readEnvelope(response, payload: .whole))
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

    /// Where bytes are promised, the service can still refuse with its envelope under a status that says success.
    private func refusal(in response: HTTPResponse) -> APIError? {
        guard envelope != .none, response.looksLikeJSON,
            let box = try? decode(
                EnvelopeBox<Response>.self, response,
                .init(reader: self, place: .inside, status: response.status)),
            case .failure(let error) = box.verdict
        else { return nil }
        return completed(error, response, box.traceID)
    }

    private func readEnvelope(
        _ response: HTTPResponse, payload: EnvelopeBox<Response>.Place
    ) throws(APIError) -> (value: Response, traceID: String?) {
        let box: EnvelopeBox<Response>
        do throws(APIError) {
            box = try decode(
                EnvelopeBox<Response>.self, response,
                .init(reader: self, place: payload, status: response.status))
        } catch {
            // A gateway's error page is no answer of the service: what the status says counts.
            throw isSuccess(response) ? error : httpError(response)
        }
        let traceID = box.traceID
        if case .failure(let error) = box.verdict { throw completed(error, response, traceID) }
        guard isSuccess(response) else { throw completed(httpError(response), response, traceID) }
        switch box.verdict {
        case .failure(let error): throw error
        case .success(let value): return (value, traceID)
        case .undecodable(let error): throw completed(decodingError(error, response), response, traceID)
        }
    }

    private func isSuccess(_ response: HTTPResponse) -> Bool { (200..<300).contains(response.status) }

    private func completed(_ error: APIError, _ response: HTTPResponse, _ traceID: String?) -> APIError {
        var error = error
        error.traceID = traceID
        error.status = response.status
        error.retryAfter = response.retryAfter(now: date())
        return error
    }

    // MARK: Errors

    /// The error that the rules make of the service's verdict; where none does, the HTTP status decides.
    func serviceError(code: ServiceCode, message: String, status: Int) -> APIError {
        let text = message.isEmpty ? "the service answered with code \(code)" : message
        var error: APIError
        if let rule = rules.first(where: { $0.payload == nil && $0.matches(code: code, message: message) }) {
            error = APIError(rule.kind, text, remedy: rule.remedy)
            error.isRetryable = rule.isRetryable || rule.kind == .throttled
            error.refreshesToken = rule.refreshesToken
        } else {
            error = APIError(text, status: status, otherwise: .service)
        }
        error.code = code
        return error
    }

    private func httpError(_ response: HTTPResponse) -> APIError {
        var error = APIError(
            "the server answered HTTP \(response.status)\(seen(in: response))", status: response.status,
            otherwise: .http)
        error.status = response.status
        error.retryAfter = response.retryAfter(now: date())
        return error
    }

    /// The beginning of the body, for the end of a message.
    private func seen(in response: HTTPResponse) -> String {
        response.excerpt(hiding: sensitiveFields, redactor: redactor).map { ": \($0)" } ?? ""
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
                .decoding,
                "the answer is not as promised: "
                    + error.explanation(in: body, hiding: sensitiveFields, redactor: redactor))
        } else {
            let what = response.body.isEmpty ? "empty" : "not whole JSON (\(response.body.count) bytes)"
            result = APIError(.decoding, "the answer is \(what)\(seen(in: response))")
        }
        result.status = response.status
        return result
    }
}

extension APIError {
    /// What an HTTP status alone says of a failure.
    fileprivate init(_ message: String, status: Int, otherwise kind: Kind) {
        switch status {
        case 401: self.init(.authentication, message)
        case 404: self.init(.notFound, message)
        case 429: self.init(.throttled, message)
        default: self.init(kind, message)
        }
        refreshesToken = status == 401
        isRetryable = [429, 502, 503, 504].contains(status)
        // Behind a gateway's error the call may have been carried out all the same; a throttled one was not.
        needsIdempotence = status != 429
    }
}

extension ErrorRule {
    func matches(code: ServiceCode, message: String) -> Bool {
        if let wanted = self.code, wanted != code { return false }
        if let contains { return message.range(of: contains, options: .caseInsensitive) != nil }
        return true
    }
}
