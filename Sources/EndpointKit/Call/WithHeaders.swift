@_spi(Generated) import EndpointCore
import Foundation

/// A payload with the header fields of its response that the endpoint declares.
public struct WithHeaders<Payload: Sendable, Headers: Sendable>: Sendable {
    /// The decoded payload.
    public var payload: Payload
    /// The declared header fields.
    public var headers: Headers

    /// Creates a payload with header fields.
    public init(payload: Payload, headers: Headers) {
        self.payload = payload
        self.headers = headers
    }
}

extension WithHeaders: Equatable where Payload: Equatable, Headers: Equatable {}

extension ResponseDecoding {
    /// The same payload with header fields.
    ///
    /// - Parameters:
    ///   - type: The type of the header fields, which reads itself from an object with a member for each field.
    ///   - fields: What is read; other fields are in ``APIResponse/headers``.
    /// - Returns: The decoding.
    @_spi(Generated) public func headers<Headers: JSONCodable & Sendable>(
        _ type: Headers.Type, _ fields: [Schema.Property]
    ) -> ResponseDecoding<WithHeaders<Response, Headers>> {
        mapped { payload, headers throws in
            WithHeaders(payload: payload, headers: try headers.read(fields) { try Headers(decoded: $0) })
        }
    }

    /// The same payload, where these header fields are as declared.
    package func checkingHeaders(_ fields: [Schema.Property]) -> Self {
        mapped { payload, headers throws in
            _ = try headers.values(of: fields)
            return payload
        }
    }

    /// What a function makes of the payload and the header fields.
    private func mapped<Other>(
        _ transform: @escaping @Sendable (Response, HTTPFields) throws -> Other
    ) -> ResponseDecoding<Other> {
        func mapped(
            _ make: (@Sendable (HTTPFields) throws -> Response)?
        ) -> (@Sendable (HTTPFields) throws -> Other)? {
            guard let make else { return nil }
            return { headers throws in try transform(try make(headers), headers) }
        }
        let form: ResponseDecoding<Other>.Form
        switch self.form {
        case .none(let make): form = .none { headers throws in try transform(try make(headers), headers) }
        case .bytes(let make):
            form = .bytes { data, headers throws in try transform(try make(data, headers), headers) }
        case .payload(let payload, let onNull): form = .payload(payload.mapped(transform), onNull: mapped(onNull))
        case .stream(let format, let payload): form = .stream(format, payload.mapped(transform))
        }
        var decoding = ResponseDecoding<Other>(form: form)
        decoding.onNothing = mapped(onNothing)
        return decoding
    }
}

extension ResponseDecoding.Payload {
    fileprivate func mapped<Other>(
        _ transform: @escaping @Sendable (Response, HTTPFields) throws -> Other
    ) -> ResponseDecoding<Other>.Payload {
        switch self {
        case .json(let read): .json { json, headers throws in try transform(try read(json, headers), headers) }
        case .decoder(let decode):
            .decoder { decoder, headers throws in try transform(try decode(decoder, headers), headers) }
        }
    }
}

// MARK: Reading

/// A header field is not as declared.
struct HeaderMismatch: Error {
    var violation: Violation
    /// What was read.
    var fields: JSONValue
}

extension HTTPFields {
    /// The declared fields that are there, as an object.
    ///
    /// - Parameter fields: What is declared.
    /// - Returns: A member for each field that is there.
    /// - Throws: `HeaderMismatch` for the first that is not as declared.
    package func values(of fields: [Schema.Property]) throws -> JSONValue {
        var object = JSONObject()
        for field in fields {
            let lines = self.filter { $0.name.isSameFieldName(as: field.name) }.map(\.value)
            if !lines.isEmpty { object[field.name] = field.schema.value(ofHeader: lines) }
        }
        var normalizer = ResponseNormalizer()
        let values = normalizer.normalized(.object(object), as: .object(fields))
        if let violation = normalizer.violations.first {
            throw HeaderMismatch(violation: violation, fields: .object(object))
        }
        return values
    }

    fileprivate func read<Value>(_ fields: [Schema.Property], _ read: (JSONValue) throws -> Value) throws -> Value {
        let values = try values(of: fields)
        do {
            return try read(values)
        } catch let violation as Violation {
            throw HeaderMismatch(violation: violation, fields: values)
        }
    }
}
