import Foundation

/// A value that can be a parameter of an ``Endpoint``: strings, numbers, booleans, dates, bytes, arrays and optionals of
/// these, and any type of your own that says what it is in JSON.
public protocol ParameterValue: Sendable {
    /// What is sent, before the wire form of the parameter's ``Schema`` is applied.
    var parameterContent: ParameterContent { get }
}

/// The content of a parameter.
public enum ParameterContent: Sendable, Hashable {
    /// Nothing is sent.
    case absent
    case json(JSONValue)
    case binary(BinaryContent)
}

/// Bytes that go into a body: in memory, or a stretch of a file that is read while it is sent.
public struct BinaryContent: Sendable, Hashable, ParameterValue {
    public var body: HTTPBody
    /// The file name that a multipart part carries, where the endpoint does not fix one.
    public var filename: String?

    public init(_ body: HTTPBody, filename: String? = nil) {
        self.body = body
        self.filename = filename
    }

    public static func data(_ data: Data, filename: String? = nil) -> BinaryContent {
        BinaryContent(.data(data), filename: filename)
    }

    /// The bytes of a file, or the stretch `offset ..< offset + length` of it.
    public static func file(_ url: URL, offset: Int64 = 0, length: Int64) -> BinaryContent {
        BinaryContent(
            HTTPBody(chunks: [.file(url, offset: offset, length: length)]), filename: url.lastPathComponent)
    }

    public var parameterContent: ParameterContent { .binary(self) }
}

extension String: ParameterValue {
    public var parameterContent: ParameterContent { .json(.string(self)) }
}

extension Bool: ParameterValue {
    public var parameterContent: ParameterContent { .json(.bool(self)) }
}

extension Int: ParameterValue {
    public var parameterContent: ParameterContent { .json(.integer(Int64(self))) }
}

extension Int32: ParameterValue {
    public var parameterContent: ParameterContent { .json(.integer(Int64(self))) }
}

extension Int64: ParameterValue {
    public var parameterContent: ParameterContent { .json(.integer(self)) }
}

extension Double: ParameterValue {
    /// A whole number is written without a fraction: 2, not 2.0.
    public var parameterContent: ParameterContent {
        .json(Int64(exactly: self).map(JSONValue.integer) ?? .number(self))
    }
}

extension Float: ParameterValue {
    /// The shortest decimal that means this number: 0.1, not 0.10000000149011612.
    public var parameterContent: ParameterContent { (Double("\(self)") ?? Double(self)).parameterContent }
}

extension Date: ParameterValue {
    /// RFC 3339, which a schema turns into its own format.
    public var parameterContent: ParameterContent { .json(DateFormat.dateTime.value(of: self)) }
}

extension Data: ParameterValue {
    public var parameterContent: ParameterContent { .binary(.data(self)) }
}

extension JSONValue: ParameterValue {
    public var parameterContent: ParameterContent { .json(self) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
    public var parameterContent: ParameterContent { self?.parameterContent ?? .absent }
}

extension Array: ParameterValue where Element: ParameterValue {
    public var parameterContent: ParameterContent {
        .json(
            .array(
                map { item in
                    if case .json(let value) = item.parameterContent { value } else { .null }
                }))
    }
}

/// A type whose fields are a JSON object. Generated request types conform by listing their fields.
public protocol ParameterObject: ParameterValue {
    /// Wire name and value of each field, in order; absent values are left out.
    var parameterFields: KeyValuePairs<String, any ParameterValue> { get }
}

extension ParameterObject {
    public var parameterContent: ParameterContent {
        var object = JSONObject()
        for (name, value) in parameterFields {
            if case .json(let json) = value.parameterContent { object[name] = json }
        }
        return .json(.object(object))
    }
}

/// An enumeration that keeps values it does not know: a service may add one at any time.
///
///     switch status {
///     case .finished: …
///     default: …          // also the values of next year
///     }
public protocol OpenEnum: RawRepresentable, Hashable, Sendable, Codable, ParameterValue, LenientValue,
    CustomStringConvertible
where RawValue: Hashable & Sendable & Codable & ParameterValue & LenientValue {
    init(rawValue: RawValue)
    /// The values that the documentation names, with their names.
    static var known: KeyValuePairs<String, RawValue> { get }
}

extension OpenEnum {
    public var parameterContent: ParameterContent { rawValue.parameterContent }

    /// The name of a known value, otherwise the value itself.
    public var description: String { Self.known.first { $0.value == rawValue }?.key ?? "\(rawValue)" }
}
