@_spi(Generated) import EndpointCore
import Foundation

/// How the payload of a response is read.
public struct ResponseDecoding<Response: Sendable>: Sendable {
    enum Form: Sendable {
        case payload(Payload, onNull: (@Sendable (HTTPFields) throws -> Response)?)
        case none(@Sendable (HTTPFields) throws -> Response)
        case bytes(@Sendable (Data, HTTPFields) throws -> Response)
        /// The body is a stream, and the value an element of it.
        case stream(StreamFormat, Payload)
    }

    enum Payload: Sendable {
        /// The value reads itself.
        case json(@Sendable (JSONReader, HTTPFields) throws -> Response)
        /// The value is decoded by Foundation.
        case decoder(@Sendable (any Decoder, HTTPFields) throws -> Response)
    }

    var form: Form
    /// Returns the value of a response without content; nil where that is not a success.
    var onNothing: (@Sendable (HTTPFields) throws -> Response)?

    var use: PayloadUse {
        switch form {
        case .payload: onNothing == nil ? .decoded : .decodedIfAny
        case .none: .ignored
        case .bytes, .stream: .bytes
        }
    }

    /// The media type that the response should have; nil for any.
    var accept: String? {
        switch form {
        case .bytes: nil
        case .stream(let format, _): format.accept
        case .payload, .none: "application/json"
        }
    }

    /// Decodes the payload with a function, for payloads whose type is known only at run time.
    ///
    /// - Parameters:
    ///   - onNull: Returns the value of a payload that is null or absent; nil to pass null to `decode`.
    ///   - decode: Decodes any other payload.
    /// - Returns: The decoding.
    public static func custom(
        onNull: (@Sendable () throws -> Response)? = nil, _ decode: @escaping @Sendable (any Decoder) throws -> Response
    ) -> Self {
        Self(form: .payload(.decoder { decoder, _ throws in try decode(decoder) }, onNull: whatever(onNull)))
    }

    /// Reads the payload with a function.
    package static func reading(
        onNull: (@Sendable () throws -> Response)? = nil, _ read: @escaping @Sendable (JSONReader) throws -> Response
    ) -> Self {
        Self(form: .payload(.json { json, _ throws in try read(json) }, onNull: whatever(onNull)))
    }

    /// The same function, whatever the header fields are.
    private static func whatever(
        _ make: (@Sendable () throws -> Response)?
    ) -> (@Sendable (HTTPFields) throws -> Response)? {
        guard let make else { return nil }
        return { _ throws in try make() }
    }

    /// The same payload for each element of a stream, which `Client.stream(_:)` reads.
    public func streamed(_ format: StreamFormat) -> Self {
        guard case .payload(let payload, _) = form else { return self }
        return Self(form: .stream(format, payload))
    }
}

extension ResponseDecoding.Payload {
    /// The value of a payload that is a part of the body, or the whole of it.
    func read(_ json: JSONReader, in body: Data, _ headers: HTTPFields) throws -> Response {
        switch self {
        case .json(let read): return try read(json, headers)
        case .decoder(let decode):
            let range = json.range
            let start = body.startIndex
            let part = body[start + range.lowerBound..<start + range.upperBound]
            return try Self.decode({ decoder throws in try decode(decoder, headers) }, part)
        }
    }

    /// The value of a payload that is absent. Where null is not a value, the payload is missing.
    func readAbsent(_ headers: HTTPFields) throws -> Response {
        do {
            switch self {
            case .json(let read): return try JSONValue.null.read { json in try read(json, headers) }
            case .decoder(let decode):
                return try Self.decode({ decoder throws in try decode(decoder, headers) }, Data("null".utf8))
            }
        } catch let error as HeaderMismatch {
            throw error
        } catch {
            throw Violation([], .missing)
        }
    }

    private static func decode(
        _ decode: @escaping @Sendable (any Decoder) throws -> Response, _ data: Data
    ) throws -> Response {
        try JSONDecoder().decode(AnyDecoding.self, from: data, configuration: decode).value
    }

    /// Passes a decoder to a function.
    private struct AnyDecoding: DecodableWithConfiguration {
        var value: Response

        init(from decoder: any Decoder, configuration: @Sendable (any Decoder) throws -> Response) throws {
            value = try configuration(decoder)
        }
    }
}

extension ResponseDecoding where Response: Decodable {
    /// Decodes a JSON payload as its `Decodable` type, with Foundation.
    public static var json: Self {
        Self(form: .payload(.decoder { decoder, _ throws in try Response(from: decoder) }, onNull: nil))
    }

    /// Decodes a JSON payload as its `Decodable` type, and null as an object without members.
    public static var jsonNullAsEmpty: Self {
        Self(
            form: .payload(
                .decoder { decoder, _ throws in try Response(from: decoder) },
                onNull: { _ throws in try JSONDecoder().decode(Response.self, from: Data("{}".utf8)) }))
    }
}

extension ResponseDecoding where Response: JSONCodable {
    /// Reads a JSON payload as a type that reads itself.
    public static var json: Self {
        Self(form: .payload(.json { json, _ throws in try Response(json: json) }, onNull: nil))
    }

    /// Reads a JSON payload as a type that reads itself, and null as an object without members.
    public static var jsonNullAsEmpty: Self {
        Self(
            form: .payload(
                .json { json, _ throws in try Response(json: json) },
                onNull: { _ throws in try Response(decoded: [:]) }))
    }

    /// Reads a JSON payload as a schema says.
    @_spi(Generated) public static func json(as schema: Schema) -> Self {
        var onNull: (@Sendable (HTTPFields) throws -> Response)?
        if schema.leniency.nullAsEmpty { onNull = { _ throws in try Response(decoded: []) } }
        return Self(form: .payload(.json { json, _ throws in try json.read(as: schema) }, onNull: onNull))
    }
}

extension ResponseDecoding where Response: ExpressibleByNilLiteral {
    /// The same for a service that also responds without content, as with the status 204: the value is nil then.
    public var orNothing: Self {
        var decoding = self
        decoding.onNothing = { _ in nil }
        return decoding
    }
}

extension ResponseDecoding where Response == Void {
    /// Ignores the payload.
    public static var none: Self { Self(form: .none { _ in () }) }
}

extension ResponseDecoding where Response == Data {
    /// Returns the bytes of the response.
    public static var bytes: Self { Self(form: .bytes { data, _ in data }) }
}

// For calls that are known only at run time, whose response is always JSON.
extension ResponseDecoding where Response == JSONValue {
    /// Ignores the payload and returns null.
    package static var ignored: Self { Self(form: .none { _ in .null }) }
    /// Returns the bytes of the response as `{"$base64": …}`.
    package static var base64: Self {
        Self(form: .bytes { data, _ in ["$base64": .string(data.base64EncodedString())] })
    }
}
