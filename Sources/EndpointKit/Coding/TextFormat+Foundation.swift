@_spi(Generated) import EndpointCore
import Foundation

// The types that stand for texts in a format: see `TextFormat`.

extension UUID: JSONCodable {
    /// Reads a value.
    @_spi(Generated) public init(json: JSONReader) throws {
        guard let uuid = UUID(uuidString: try json.text(.uuid)) else { throw json.mismatch(TextFormat.uuid.noun) }
        self = uuid
    }

    /// Writes the value in lower case.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(uuidString.lowercased()) }
}

extension URL: JSONCodable {
    /// Reads a value, which stays as it is written.
    @_spi(Generated) public init(json: JSONReader) throws {
        let text = try json.text(.uri)
        guard let url = URL(string: text), url.absoluteString == text else { throw json.mismatch(TextFormat.uri.noun) }
        self = url
    }

    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(absoluteString) }
}

extension Data: JSONCodable {
    /// Reads bytes from Base64.
    @_spi(Generated) public init(json: JSONReader) throws {
        guard let bytes = json.text.flatMap(Base64.decoded) else { throw json.mismatch(TextFormat.byte.noun) }
        self = Data(bytes)
    }

    /// Writes the bytes in Base64.
    @_spi(Generated) public func write(to json: inout JSONWriter) { json.write(base64EncodedString()) }
}

extension CalendarDate: ParameterValue {
    /// A JSON string such as `2025-03-23`.
    public var parameterContent: ParameterContent { .json(.string(description)) }
}

extension UUID: ParameterValue {
    /// A JSON string in lower case.
    public var parameterContent: ParameterContent { .json(.string(uuidString.lowercased())) }
}

extension URL: ParameterValue {
    /// A JSON string.
    public var parameterContent: ParameterContent { .json(.string(absoluteString)) }
}

extension CalendarDate {
    /// The day that a point in time is on.
    ///
    /// - Parameters:
    ///   - date: The point in time.
    ///   - timeZone: Where the day is asked for.
    public init?(_ date: Date, in timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month and day, for a `Calendar`.
    public var dateComponents: DateComponents { DateComponents(year: year, month: month, day: day) }
}
