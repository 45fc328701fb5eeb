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
        case (.dateTime, .string(let text)): WrittenTime(text, separator: "T")?.date(secondsFromGMT: nil)
        case (.localDateTime(let offset), .string(let text)):
            WrittenTime(text, separator: " ")?.date(secondsFromGMT: offset)
        default: nil
        }
    }

    /// The wire value for a time.
    public func value(of date: Date) -> JSONValue {
        switch self {
        // The style cuts off what is beyond a millisecond, so that .123, which no binary number is, would become .122.
        case .dateTime where Self.hasFraction(date):
            .string(date.addingTimeInterval(0.0005).formatted(Self.rfc3339Fraction))
        case .dateTime: .string(date.formatted(Self.rfc3339))
        case .unixSeconds: .integer(Self.integer(date.timeIntervalSince1970.rounded(.down)))
        case .unixMilliseconds: .integer(Self.integer((date.timeIntervalSince1970 * 1000).rounded()))
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

    /// A date beyond all calendars, such as an infinite one, must not trap.
    private static func integer(_ number: Double) -> Int64 {
        Int64(exactly: number) ?? (number > 0 ? .max : .min)
    }
}

/// A time as written, in parts. Foundation's ISO 8601 style takes 31 February for 3 March, ignores what stands after the
/// zone, and drops fractions of seconds; a wrong time must be an error, so the digits are read here.
private struct WrittenTime {
    private var seconds: Int64
    private var fraction = 0.0
    /// Nil where no zone is written.
    private var offset: Int?

    /// - Parameter separator: What stands between date and time.
    init?(_ text: String, separator: Character) {
        var rest = text[...]
        guard let year = rest.takeNumber(digits: 4), rest.take("-"), let month = rest.takeNumber(digits: 2),
            rest.take("-"), let day = rest.takeNumber(digits: 2), rest.take(separator),
            let hour = rest.takeNumber(digits: 2), rest.take(":"), let minute = rest.takeNumber(digits: 2),
            rest.take(":"), let second = rest.takeNumber(digits: 2),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        seconds = Int64(Self.daysSince1970(year, month, day)) * 86400 + Int64(hour * 3600 + minute * 60 + second)
        if rest.take(".") {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, let value = Double("0.\(digits)") else { return nil }
            fraction = value
            rest = rest.dropFirst(digits.count)
        }
        if separator == " ", rest.isEmpty { return }
        if separator == " ", !rest.take(" ") { return nil }
        guard let zone = Self.takeOffset(&rest) else { return nil }
        offset = zone
        // `+0800 CST`: the name repeats what the offset says.
        guard rest.isEmpty || separator == " " && rest.first == " " else { return nil }
    }

    func date(secondsFromGMT: Int?) -> Date? {
        guard let offset = offset ?? secondsFromGMT else { return nil }
        return Date(timeIntervalSince1970: Double(seconds - Int64(offset)) + fraction)
    }

    /// `Z`, `+0800` or `+08:00`, in seconds.
    private static func takeOffset(_ rest: inout Substring) -> Int? {
        if rest.take("Z") || rest.take("z") { return 0 }
        let sign: Int
        if rest.take("+") {
            sign = 1
        } else if rest.take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = rest.takeNumber(digits: 2) else { return nil }
        _ = rest.take(":")
        guard let minutes = rest.takeNumber(digits: 2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// In the proleptic Gregorian calendar; a year is counted from March, so that the leap day is its last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let leapDays = year / 4 - year / 100 + year / 400
        return year * 365 + leapDays + dayOfYear - 719_468
    }
}

extension Substring {
    fileprivate mutating func take(_ character: Character) -> Bool {
        guard first == character else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeNumber(digits: Int) -> Int? {
        let text = prefix(digits)
        guard text.count == digits, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        self = dropFirst(digits)
        return Int(text)
    }
}
