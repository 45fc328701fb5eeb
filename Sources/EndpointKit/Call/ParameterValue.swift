@_spi(Generated) import EndpointCore
import Foundation

/// A value that can be a parameter of an ``Endpoint``: strings, numbers, booleans, dates, bytes, arrays and optionals of
/// these, and types of your own that convert themselves to JSON.
public protocol ParameterValue: Sendable {
    /// The value before it is encoded by the parameter's `Schema`.
    var parameterContent: ParameterContent { get }
}

/// The content of a parameter.
public enum ParameterContent: Sendable, Hashable {
    /// Nothing is sent.
    case absent
    /// A JSON value.
    case json(JSONValue)
    /// Bytes, for multipart and binary bodies.
    case binary(BinaryContent)
    /// Bytes several times, for a multipart body with a part for each.
    case binaries([BinaryContent])

    /// The content within JSON, where bytes in memory are a string in Base64; nil for nothing and for bytes of a file.
    var json: JSONValue? {
        switch self {
        case .absent: return nil
        case .json(let value): return value
        case .binaries(let contents): return .array(contents.map { ParameterContent.binary($0).json ?? .null })
        case .binary(let content):
            var bytes = Data()
            for chunk in content.body.chunks {
                guard case .data(let data) = chunk else { return nil }
                bytes += data
            }
            return .string(bytes.base64EncodedString())
        }
    }

    /// The bytes, whether once or several times.
    package var files: [BinaryContent] {
        switch self {
        case .absent, .json: []
        case .binary(let content): [content]
        case .binaries(let contents): contents
        }
    }
}

/// Bytes for a multipart or binary body: in memory, or a part of a file that is read while it is sent.
public struct BinaryContent: Sendable, Hashable, ParameterValue {
    /// The bytes.
    public var body: HTTPBody
    /// The file name of the multipart part; nil for the parameter's name.
    public var filename: String?

    /// Creates content from a body.
    public init(_ body: HTTPBody, filename: String? = nil) {
        self.body = body
        self.filename = filename
    }

    /// Returns content in memory.
    public static func data(_ data: Data, filename: String? = nil) -> BinaryContent {
        BinaryContent(.data(data), filename: filename)
    }

    /// Returns the bytes `offset ..< offset + length` of a file, with the file's name.
    public static func file(_ url: URL, offset: Int64 = 0, length: Int64) -> BinaryContent {
        BinaryContent(
            HTTPBody(chunks: [.file(url, offset: offset, length: length)]), filename: url.lastPathComponent)
    }

    /// The bytes.
    public var parameterContent: ParameterContent { .binary(self) }
}

extension String: ParameterValue {
    /// A JSON string.
    public var parameterContent: ParameterContent { .json(.string(self)) }
}

extension Bool: ParameterValue {
    /// A JSON boolean.
    public var parameterContent: ParameterContent { .json(.bool(self)) }
}

extension Int: ParameterValue {
    /// A JSON integer.
    public var parameterContent: ParameterContent { .json(.integer(Int64(self))) }
}

extension Int32: ParameterValue {
    /// A JSON integer.
    public var parameterContent: ParameterContent { .json(.integer(Int64(self))) }
}

extension Int64: ParameterValue {
    /// A JSON integer.
    public var parameterContent: ParameterContent { .json(.integer(self)) }
}

extension Double: ParameterValue {
    /// A JSON number. An integral value has no fraction: 2, not 2.0.
    public var parameterContent: ParameterContent {
        .json(Int64(exactly: self).map(JSONValue.integer) ?? .number(self))
    }
}

extension Float: ParameterValue {
    /// A JSON number, as the shortest decimal of this value: 0.1, not 0.10000000149011612.
    public var parameterContent: ParameterContent { (Double("\(self)") ?? Double(self)).parameterContent }
}

extension Date: ParameterValue {
    /// A JSON string in RFC 3339, which a schema converts to its own format.
    public var parameterContent: ParameterContent { .json(DateFormat.dateTime.value(of: self)) }
}

extension Data: ParameterValue {
    /// Bytes, for multipart and binary bodies; within JSON, a string in Base64.
    public var parameterContent: ParameterContent { .binary(.data(self)) }
}

extension JSONValue: ParameterValue {
    /// The value itself.
    public var parameterContent: ParameterContent { .json(self) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
    /// The wrapped value; nothing is sent for nil.
    public var parameterContent: ParameterContent { self?.parameterContent ?? .absent }
}

extension Array: ParameterValue where Element: ParameterValue {
    /// A JSON array, in which elements that are absent, or bytes of a file, are null. An array of bytes alone is bytes several
    /// times; within JSON, an array of strings in Base64.
    public var parameterContent: ParameterContent {
        let contents = map(\.parameterContent)
        let files = contents.compactMap { if case .binary(let content) = $0 { content } else { nil } }
        if !files.isEmpty, files.count == contents.count { return .binaries(files) }
        return .json(.array(contents.map { $0.json ?? .null }))
    }
}

extension Dictionary: ParameterValue where Key == String, Value: ParameterValue {
    /// A JSON object, sorted by name. Values that are absent, or bytes of a file, become null.
    public var parameterContent: ParameterContent {
        var object = JSONObject()
        for (name, value) in sorted(by: { $0.key < $1.key }) {
            object[name] = value.parameterContent.json ?? .null
        }
        return .json(.object(object))
    }
}

/// A type that is a JSON object. Generated request types conform to it.
public protocol ParameterObject: ParameterValue {
    /// The name and the value of each field, in order. Absent values are left out.
    var parameterFields: KeyValuePairs<String, any ParameterValue> { get }
    /// Further fields by name, whose names the type does not know. They follow, sorted; one with the name of a field is left
    /// out. By default there are none.
    var additionalParameterFields: [String: any ParameterValue] { get }
}

extension ParameterObject {
    /// No further fields.
    public var additionalParameterFields: [String: any ParameterValue] { [:] }

    /// A JSON object with the fields that are not absent.
    public var parameterContent: ParameterContent {
        var object = JSONObject()
        let fields = parameterFields
        for (name, value) in fields {
            if let json = value.parameterContent.json { object[name] = json }
        }
        for (name, value) in additionalParameterFields.sorted(by: { $0.key < $1.key })
        where !fields.contains(where: { $0.key == name }) {
            object[name] = value.parameterContent.json ?? .null
        }
        return .json(.object(object))
    }
}

/// An open enumeration: it preserves unknown values, since a service may add one at any time.
///
///     switch status {
///     case .finished: …
///     default: …          // also values that are added later
///     }
public protocol OpenEnum: RawRepresentable, Hashable, Sendable, JSONCodable, ParameterValue,
    CustomStringConvertible
where RawValue: Hashable & Sendable & JSONCodable & ParameterValue {
    /// Creates a value, known or not.
    init(rawValue: RawValue)
    /// The names and values in the service's documentation.
    static var known: KeyValuePairs<String, RawValue> { get }
}

extension OpenEnum {
    /// Reads the raw value.
    @_spi(Generated) public init(json: JSONReader) throws { self.init(rawValue: try RawValue(json: json)) }

    /// Reads the raw value.
    @_spi(Generated) public init(decoded value: JSONValue) throws { self.init(rawValue: try RawValue(decoded: value)) }

    /// Writes the raw value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { rawValue.write(to: &json) }

    /// Decodes the raw value.
    public init(from decoder: any Decoder) throws { self.init(rawValue: try RawValue(from: decoder)) }

    /// Encodes the raw value.
    public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }

    /// The raw value.
    public var parameterContent: ParameterContent { rawValue.parameterContent }

    /// The name of a known value, otherwise the value itself.
    public var description: String { Self.known.first { $0.value == rawValue }?.key ?? "\(rawValue)" }
}
