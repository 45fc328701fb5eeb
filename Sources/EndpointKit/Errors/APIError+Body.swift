@_spi(Generated) import EndpointCore
import Foundation

extension APIError {
    /// The greatest size of a response that an error holds, in bytes.
    static let maximumBody = 65_536

    /// The body of the response as the type that the service declares for its errors.
    ///
    ///     do { … } catch {
    ///         if let problem = error.body(as: Problem.self) { print(problem.detail) }
    ///     }
    ///
    /// - Parameter type: The type, such as the one that is generated for `errorResponse`.
    /// - Returns: The body; nil if there is none, or if it is not of this type.
    public func body<Body: JSONCodable>(as type: Body.Type) -> Body? {
        body.flatMap { try? Body(decoded: $0) }
    }

    /// The body of the response as a type of your own.
    ///
    /// - Parameter type: The type.
    /// - Returns: The body; nil if there is none, or if it is not of this type.
    public func body<Body: Decodable>(as type: Body.Type) -> Body? {
        body.flatMap { try? JSONDecoder().decode(Body.self, from: $0.data) }
    }

    /// Adds what a response says beside its error: status, header fields and body.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - json: Its body as JSON; nil where it is not.
    ///   - sensitive: The names of fields whose values are replaced.
    mutating func take(_ response: HTTPResponse, _ json: JSONReader?, hiding sensitive: Set<String>) {
        status = response.status
        headers = response.headers
        isBodyTruncated = response.body.count > Self.maximumBody
        if !isBodyTruncated { body = json.map { JSONValue($0).redacted(Set(sensitive.map(JSONValue.folded))) } }
    }
}

extension JSONValue {
    /// The value without those of fields with these names; a value of any type becomes a text.
    fileprivate func redacted(_ names: Set<String>) -> JSONValue {
        if names.isEmpty { return self }
        switch self {
        case .array(let items): return .array(items.map { $0.redacted(names) })
        case .object(var object):
            for (key, value) in object.members {
                let isHidden = names.contains(Self.folded(key)) && !value.isNull
                object[key] = isHidden ? .string(Redactor.replacement) : value.redacted(names)
            }
            return .object(object)
        default: return self
        }
    }

    /// A field's name in one form: a service that sends `access_token` for `accessToken` still sends a token.
    fileprivate static func folded(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }
}

extension Redactor {
    /// Replaces secrets within the texts of a value, so that it stays JSON.
    func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(redact(text))
        case .array(let items): return .array(items.map(redact))
        case .object(let object):
            var result = JSONObject()
            for (key, value) in object.members { result[redact(key)] = redact(value) }
            return .object(result)
        // A secret of digits alone may come as a number.
        case .integer, .number, .decimal:
            let text = value.text()
            let shown = redact(text)
            return shown == text ? value : .string(shown)
        case .null, .bool: return value
        }
    }

    /// Replaces secrets within header fields.
    func redact(_ fields: HTTPFields) -> HTTPFields {
        HTTPFields(fields.map { HTTPFields.Field(name: $0.name, value: redact($0.value)) })
    }
}
