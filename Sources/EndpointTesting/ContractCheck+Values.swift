@_spi(Generated) import EndpointKit
import Foundation

/// What the generated calls make their arguments with.
extension ContractCheck {
    /// Returns the date that a value of an example means.
    ///
    /// - Parameters:
    ///   - value: The value, as it stands in the spec.
    ///   - format: The field's format.
    /// - Returns: The date.
    /// - Throws: `DecodingError.dataCorrupted` if the value does not have the format.
    public static func date(_ value: JSONValue, _ format: DateFormat) throws -> Date {
        guard let date = format.date(from: value) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "\(value.text()) is not a date in the format \(format)"))
        }
        return date
    }

    /// Returns the value that a text in a format means, such as a UUID.
    ///
    /// - Parameter value: The value, as it stands in the spec.
    /// - Returns: The value in Swift.
    /// - Throws: A `Violation` if the text does not have the format.
    public static func value<Value: JSONCodable>(_ value: JSONValue) throws -> Value { try Value(decoded: value) }

    /// Returns the bytes of a text.
    public static func bytes(text: String) -> BinaryContent { .data(Data(text.utf8)) }

    /// Returns the bytes that a Base64 text means.
    ///
    /// - Parameter base64: The text.
    /// - Returns: The bytes.
    /// - Throws: `DecodingError.dataCorrupted` if the text is not Base64.
    public static func bytes(base64: String) throws -> BinaryContent {
        guard let data = Data(base64Encoded: base64) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "\(base64) is not Base64"))
        }
        return .data(data)
    }
}
