/// How a point in time is written on the wire.
public enum DateFormat: Sendable, Hashable {
    /// RFC 3339: `2025-03-23T15:48:37+08:00`.
    case dateTime
    /// Whole seconds since 1970.
    case unixSeconds
    /// Whole milliseconds since 1970.
    case unixMilliseconds
    /// `YYYY-MM-DD HH:MM:SS` without a zone, so many seconds east of Greenwich. An offset after the time
    /// (`2025-03-23 15:48:37 +0800 CST`) takes precedence where there is one.
    case localDateTime(secondsFromGMT: Int)

    /// The point in time that a value means; nil if it means none.
    public func timestamp(from value: JSONValue) -> Timestamp? {
        if case .number = value { return value.integral.flatMap { timestamp(from: .integer($0)) } }
        return switch (self, value) {
        case (.unixSeconds, .integer(let seconds)): Timestamp(seconds: seconds)
        case (.unixMilliseconds, .integer(let milliseconds)):
            // Not the difference to the whole second, which overflows for the first milliseconds of all.
            Timestamp(
                seconds: floorDivide(milliseconds, 1000),
                nanoseconds: Int32((milliseconds % 1000 + 1000) % 1000) * 1_000_000)
        case (.dateTime, .string(var text)), (.localDateTime, .string(var text)):
            text.withUTF8 { timestamp(fromText: UnsafeRawBufferPointer($0)) }
        default: nil
        }
    }

    /// The point in time that the bytes of a string mean; nil if they mean none, or if the format is a number.
    func timestamp(fromText bytes: UnsafeRawBufferPointer) -> Timestamp? {
        switch self {
        case .dateTime: DateText.dateTime(bytes)
        case .localDateTime(let offset): DateText.localDateTime(bytes, secondsFromGMT: offset)
        case .unixSeconds, .unixMilliseconds: nil
        }
    }

    /// The value that a point in time is written as, in UTC or, without a zone, in the format's own.
    public func value(of time: Timestamp) -> JSONValue {
        switch self {
        case .dateTime: .string(DateText.text(of: time, separator: "T", fraction: true) + "Z")
        case .unixSeconds: .integer(time.seconds)
        case .unixMilliseconds: .integer(Self.milliseconds(time))
        case .localDateTime(let offset):
            .string(
                DateText.text(
                    of: Timestamp(seconds: time.seconds &+ Int64(offset)), separator: " ", fraction: false))
        }
    }

    /// A point in time beyond all calendars must not trap.
    private static func milliseconds(_ time: Timestamp) -> Int64 {
        let (whole, overflow) = time.seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return time.seconds < 0 ? .min : .max }
        let (sum, beyond) = whole.addingReportingOverflow((Int64(time.nanoseconds) + 500_000) / 1_000_000)
        return beyond ? .max : sum
    }

    /// The format of this name in a spec, such as `unix-seconds`; nil if there is none.
    ///
    /// - Parameters:
    ///   - name: The value of `format`.
    ///   - secondsFromGMT: The offset of times without a zone.
    public init?(name: String, secondsFromGMT: Int) {
        switch name {
        case "date-time": self = .dateTime
        case "unix-seconds": self = .unixSeconds
        case "unix-milliseconds": self = .unixMilliseconds
        case "local-date-time": self = .localDateTime(secondsFromGMT: secondsFromGMT)
        default: return nil
        }
    }

    /// The name in a spec: `date-time`.
    public var name: String {
        switch self {
        case .dateTime: "date-time"
        case .unixSeconds: "unix-seconds"
        case .unixMilliseconds: "unix-milliseconds"
        case .localDateTime: "local-date-time"
        }
    }

    /// Whether the wire value is a number.
    public var isNumeric: Bool { self == .unixSeconds || self == .unixMilliseconds }

    /// What a value is, for messages.
    public var noun: String {
        let example = value(of: Timestamp(seconds: 1_742_716_117)).text()
        let general = DateFormat.dateTime.value(of: Timestamp(seconds: 1_742_716_117)).text()
        return example == general ? "a time such as \(example)" : "a time such as \(example) or \(general)"
    }
}

/// Times as text. A time that does not exist, such as 31 February or 23:61, is refused and never moved to another day.
enum DateText {
    /// RFC 3339, 5.6: `T` and `Z` may be lower case; an offset is required and has a colon; second 60 exists only as
    /// 23:59:60 in UTC at the end of a month (5.7).
    static func dateTime(_ text: UnsafeRawBufferPointer) -> Timestamp? {
        var reader = Reader(text)
        guard let time = reader.dateAndTime(separators: "Tt"), let offset = reader.offset(colon: .required),
            reader.isAtEnd
        else { return nil }
        return time.timestamp(offset: offset)
    }

    /// Date and time with one space between. Services write an offset behind it as `+0800 CST`: the name repeats what the
    /// offset says.
    static func localDateTime(_ text: UnsafeRawBufferPointer, secondsFromGMT: Int) -> Timestamp? {
        var reader = Reader(text)
        guard let time = reader.dateAndTime(separators: " ") else { return nil }
        if reader.isAtEnd { return time.timestamp(offset: Int64(secondsFromGMT)) }
        guard reader.take(" "), let offset = reader.offset(colon: .allowed) else { return nil }
        guard reader.isAtEnd || reader.take(" ") && !reader.isAtEnd else { return nil }
        return time.timestamp(offset: offset)
    }

    /// `2025-03-23T07:48:37.123`; the fraction in groups of three digits, left out where it is 0.
    static func text(of time: Timestamp, separator: String, fraction: Bool) -> String {
        let day = floorDivide(time.seconds, 86_400)
        // Not the difference to the day, which overflows for the first moment of all.
        let second = (time.seconds % 86_400 + 86_400) % 86_400
        let date = CalendarDay.date(day)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number.magnitude)
            return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))\(separator)"
        text += "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        guard fraction, time.nanoseconds > 0 else { return text }
        var (digits, width) = (Int64(time.nanoseconds), 9)
        while width > 3, digits % 1000 == 0 {
            digits /= 1000
            width -= 3
        }
        return text + "." + padded(digits, width)
    }

    struct WallTime {
        var days: Int64
        var secondOfDay: Int64
        var nanoseconds: Int32
        var isLeapSecond: Bool

        func timestamp(offset: Int64) -> Timestamp? {
            let seconds = days * 86_400 + secondOfDay - offset
            // Second 60 is the last of a month in UTC: it is counted as the next month's first here.
            if isLeapSecond, seconds % 86_400 != 0 || CalendarDay.date(floorDivide(seconds, 86_400)).day != 1 {
                return nil
            }
            return Timestamp(seconds: seconds, nanoseconds: nanoseconds)
        }
    }

    struct Reader {
        private let bytes: UnsafeRawBufferPointer
        private var index = 0

        enum Colon { case required, allowed }

        init(_ bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { index == bytes.count }

        /// Steps over one of these characters, if one follows.
        mutating func take(_ characters: StaticString) -> Bool {
            guard index < bytes.count else { return false }
            for position in 0..<characters.utf8CodeUnitCount where characters.utf8Start[position] == bytes[index] {
                index += 1
                return true
            }
            return false
        }

        private mutating func digit() -> UInt8? {
            guard index < bytes.count, bytes[index].isDigitByte else { return nil }
            index += 1
            return bytes[index - 1] - 0x30
        }

        private mutating func number(digits: Int) -> Int64? {
            var number: Int64 = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                number = number * 10 + Int64(digit)
            }
            return number
        }

        mutating func dateAndTime(separators: StaticString) -> WallTime? {
            guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
                let day = number(digits: 2), take(separators), let hour = number(digits: 2), take(":"),
                let minute = number(digits: 2), take(":"), let second = number(digits: 2),
                (1...12).contains(month), (1...CalendarDay.count(inMonth: month, of: year)).contains(day),
                hour < 24, minute < 60, second <= 60
            else { return nil }
            guard let nanoseconds = fraction() else { return nil }
            return WallTime(
                days: CalendarDay.number(year, month, day), secondOfDay: hour * 3600 + minute * 60 + second,
                nanoseconds: nanoseconds, isLeapSecond: second == 60)
        }

        /// Nanoseconds; 0 where there is no fraction, nil where a point has no digit. Digits beyond the ninth are cut off.
        private mutating func fraction() -> Int32? {
            guard take(".") else { return 0 }
            var (nanoseconds, count) = (Int32(0), 0)
            while let digit = digit() {
                if count < 9 { nanoseconds = nanoseconds * 10 + Int32(digit) }
                count += 1
            }
            if count == 0 { return nil }
            for _ in min(count, 9)..<9 { nanoseconds *= 10 }
            return nanoseconds
        }

        /// `Z` or `+08:00`, in seconds.
        mutating func offset(colon: Colon) -> Int64? {
            if take("Zz") { return 0 }
            let sign: Int64
            if take("+") {
                sign = 1
            } else if take("-") {
                sign = -1
            } else {
                return nil
            }
            guard let hours = number(digits: 2) else { return nil }
            if !take(":"), colon == .required { return nil }
            guard let minutes = number(digits: 2), hours < 24, minutes < 60 else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}

/// A point in time: seconds since 1970-01-01T00:00:00Z, without leap seconds, and a fraction.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Whole seconds since 1970-01-01T00:00:00Z; negative before it.
    public var seconds: Int64
    /// 0 ..< 1,000,000,000; counted upward, before 1970 too.
    public var nanoseconds: Int32

    /// Creates a time from seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Whether the left time is earlier.
    public static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

/// Days and dates in the proleptic Gregorian calendar.
enum CalendarDay {
    /// Days since 1970-01-01. A year is counted from March, so that the leap day is its last.
    static func number(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of a day's number.
    static func date(_ number: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let days = number + 719_468
        let era = floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    static func count(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

func floorDivide(_ left: Int64, _ right: Int64) -> Int64 {
    let quotient = left / right
    return left % right < 0 ? quotient - 1 : quotient
}

extension Timestamp {
    /// Seconds since 2001-01-01T00:00:00Z, the number that Foundation's `Date` codes itself as.
    public var secondsSinceReferenceDate: Double {
        Double(seconds) + Double(nanoseconds) / 1e9 - Double(Self.referenceDate)
    }

    /// Creates a time from seconds since 2001-01-01T00:00:00Z, rounded to the microsecond. A time beyond all calendars becomes
    /// the first or the last.
    public init(secondsSinceReferenceDate time: Double) {
        let whole = time.rounded(.down)
        guard let seconds = Int64(exactly: whole), seconds < .max - Self.referenceDate else {
            self.init(seconds: time > 0 ? .max : .min)
            return
        }
        let micros = Int32(((time - whole) * 1e6).rounded())
        self.init(
            seconds: seconds + Self.referenceDate + (micros == 1_000_000 ? 1 : 0),
            nanoseconds: micros % 1_000_000 * 1000)
    }

    private static let referenceDate: Int64 = 978_307_200
}

/// A day of the calendar without a time and a time zone: `2025-03-23`.
public struct CalendarDate: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// The year, 0 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Creates a day; nil if the (proleptic) Gregorian calendar has none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Int(CalendarDay.count(inMonth: Int64(month), of: Int64(year)))).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Creates the day that a text such as `2025-03-23` means; nil if it means none (RFC 3339, `full-date`).
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || $0.isDigitByte }) else {
            return nil
        }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The day as RFC 3339 writes it: `2025-03-23`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: width - digits.utf8.count) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Whether the left day is earlier.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
