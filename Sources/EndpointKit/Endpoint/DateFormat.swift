import Foundation

/// How a time is written on the wire.
public enum DateFormat: Sendable, Hashable {
    /// RFC 3339: `2025-03-23T15:48:37+08:00`.
    case dateTime
    case unixSeconds
    case unixMilliseconds
    /// `YYYY-MM-DD HH:MM:SS` without a zone, so many seconds east of Greenwich. An offset after the time
    /// (`2025-03-23 15:48:37 +0800 CST`) is honoured where there is one.
    case localDateTime(secondsFromGMT: Int)

    /// The time that a wire value means; nil if it means none.
    public func date(from value: JSONValue) -> Date? {
        switch (self, value) {
        case (.unixSeconds, .integer(let seconds)): Date(timeIntervalSince1970: Double(seconds))
        case (.unixSeconds, .number(let seconds)): Date(timeIntervalSince1970: seconds)
        case (.unixMilliseconds, .integer(let milliseconds)): Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        case (.dateTime, .string(let text)): Self.parseRFC3339(text)
        case (.localDateTime(let offset), .string(let text)): Self.parseLocal(text, secondsFromGMT: offset)
        default: nil
        }
    }

    /// The wire value for a time.
    public func value(of date: Date) -> JSONValue {
        switch self {
        case .dateTime: .string(date.formatted(Self.hasFraction(date) ? Self.rfc3339Fraction : Self.rfc3339))
        case .unixSeconds: .integer(Int64(date.timeIntervalSince1970.rounded(.down)))
        case .unixMilliseconds: .integer(Int64((date.timeIntervalSince1970 * 1000).rounded()))
        case .localDateTime(let offset): .string(date.formatted(Self.local(secondsFromGMT: offset)))
        }
    }

    private static let rfc3339 = Date.ISO8601FormatStyle()
    private static let rfc3339Fraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func hasFraction(_ date: Date) -> Bool {
        date.timeIntervalSince1970 != date.timeIntervalSince1970.rounded()
    }

    private static func local(secondsFromGMT: Int) -> Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(
            dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon,
            timeZone: TimeZone(secondsFromGMT: secondsFromGMT) ?? .gmt
        ).year().month().day().time(includingFractionalSeconds: false)
    }

    private static func parseRFC3339(_ text: String) -> Date? {
        (try? rfc3339.parse(text)) ?? (try? rfc3339Fraction.parse(text))
    }

    private static func parseLocal(_ text: String, secondsFromGMT: Int) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count >= 2, parts[1].utf8.count == 8 else { return nil }
        let offset = parts.count > 2 ? Self.offset(of: parts[2]) : secondsFromGMT
        guard let offset else { return nil }
        return try? local(secondsFromGMT: offset).parse("\(parts[0]) \(parts[1])")
    }

    /// `+0800` or `+08:00`, in seconds.
    private static func offset(of text: Substring) -> Int? {
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let sign = text.first, sign == "+" || sign == "-", digits.count == 4, let number = Int(digits) else {
            return nil
        }
        return (number / 100 * 3600 + number % 100 * 60) * (sign == "-" ? -1 : 1)
    }
}
