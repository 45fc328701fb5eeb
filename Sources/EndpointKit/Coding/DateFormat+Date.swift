@_spi(Generated) import EndpointCore
import Foundation

extension Date {
    /// The same point in time, to the microsecond: what a `Date` of this century can tell.
    init(_ time: Timestamp) {
        self.init(timeIntervalSince1970: Double(time.seconds) + Double(time.nanoseconds) / 1e9)
    }
}

extension Timestamp {
    /// The same point in time, rounded to the microsecond. A date beyond all calendars becomes the first or the last.
    init(_ date: Date) {
        self.init(secondsSinceReferenceDate: date.timeIntervalSinceReferenceDate)
    }
}

extension DateFormat {
    /// The date that a wire value means; nil if it means none.
    public func date(from value: JSONValue) -> Date? { timestamp(from: value).map { Date($0) } }

    /// The wire value for a date.
    public func value(of date: Date) -> JSONValue { value(of: Timestamp(date)) }

    /// The wire value for a date that may be absent.
    @_spi(Generated) public func json(_ date: Date?) -> JSONValue? { date.map { value(of: $0) } }
}

extension JSONReader {
    /// A time in a format.
    @_spi(Generated) public func date(_ format: DateFormat) throws -> Date {
        guard let time = timestamp(format) else { throw mismatch(format.noun) }
        return Date(time)
    }
}

extension Date: JSONCodable {
    /// A date alone is the number that `Codable` makes of it; a schema says which format a field has.
    @_spi(Generated) public init(json: JSONReader) throws {
        self.init(timeIntervalSinceReferenceDate: try json.double())
    }

    /// Reads a value that a schema has read leniently.
    @_spi(Generated) public init(decoded value: JSONValue) throws {
        self.init(timeIntervalSinceReferenceDate: try Double(decoded: value))
    }

    /// Writes the value.
    @_spi(Generated) public func write(to json: inout JSONWriter) {
        json.write(JSONValue.number(timeIntervalSinceReferenceDate))
    }
}
