import EndpointKit
import Foundation
import Testing

@Suite("Date formats")
struct DateFormatTests {
    static let moment = Date(timeIntervalSince1970: 1_742_716_117)
    static let china = DateFormat.localDateTime(secondsFromGMT: 28800)

    @Test(
        "encodings of the same point in time",
        arguments: [
            (DateFormat.dateTime, JSONValue.string("2025-03-23T15:48:37+08:00")), (.dateTime, "2025-03-23T07:48:37Z"),
            (.dateTime, "2025-03-23T07:48:37.000Z"), (.dateTime, "2025-03-22T23:48:37-08:00"),
            (.unixSeconds, 1_742_716_117), (.unixSeconds, 1_742_716_117.0), (.unixMilliseconds, 1_742_716_117_000),
            (china, "2025-03-23 15:48:37"), (china, "2025-03-23 07:48:37 +0000 UTC"),
            (china, "2025-03-23 15:48:37 +0800 CST"),
            (china, "2025-03-23 15:48:37 +08:00"),
        ] as [(DateFormat, JSONValue)])
    func read(format: DateFormat, value: JSONValue) {
        #expect(format.date(from: value) == Self.moment)
    }

    @Test(
        "a value that is not a time is refused",
        arguments: [
            (DateFormat.dateTime, JSONValue.string("2025-03-23T15:48:37")), (.dateTime, "2025-02-31T00:00:00Z"),
            (.dateTime, "2025-03-23T15:48:37Z and more"), (.dateTime, "2025-13-01T00:00:00Z"),
            (.dateTime, "2025-03-23T24:00:00Z"),
            (.dateTime, "2025-03-23 15:48:37Z"), (.dateTime, ""), (.dateTime, "٢٠٢٥-03-23T15:48:37Z"), (.dateTime, 5),
            (.dateTime, "2025-03-23T15:48:37.Z"), (.dateTime, "2025-03-23T15:48:37+8:00"),
            (.dateTime, "2025-03-22T23:48:37-0800"), (.dateTime, "2025-03-23T15:48:60Z"), (.unixSeconds, 1.5),
            (.unixSeconds, "1742716117"),
            (china, "2025-03-23"), (china, "2025-03-23 15:48"), (china, "2025-02-29 00:00:00"),
            (china, "2025-03-23 15:48:37 CST"),
            (china, "2025-03-23 15:48:37x"), (china, "0"), (.unixMilliseconds, true),
        ] as [(DateFormat, JSONValue)])
    func refused(format: DateFormat, value: JSONValue) {
        #expect(format.date(from: value) == nil)
    }

    @Test("fractions of a second are preserved")
    func fractions() throws {
        let date = Date(timeIntervalSince1970: 1_742_716_117.25)
        #expect(DateFormat.dateTime.value(of: date) == "2025-03-23T07:48:37.250Z")
        #expect(DateFormat.dateTime.date(from: "2025-03-23T07:48:37.250Z") == date)
        let fine = try #require(DateFormat.dateTime.date(from: "2025-03-23T15:48:37.123456789+08:00"))
        #expect(abs(fine.timeIntervalSince1970 - 1_742_716_117.123456789) < 1e-6)
    }

    @Test("every day from 1896 to 2104, leap days and centuries included, agrees with the calendar")
    func calendar() {
        var date = Date(timeIntervalSince1970: -2_335_219_200)
        let style = Date.ISO8601FormatStyle()
        var wrong: [String] = []
        while date.timeIntervalSince1970 < 4_228_000_000 {
            let text = date.formatted(style)
            if DateFormat.dateTime.date(from: .string(text)) != date { wrong.append(text) }
            date += 86400 * 5 + 3661
        }
        #expect(wrong.isEmpty)
        for year in ["1900", "2000", "2024", "2025", "2100"] {
            let isLeap = ["2000", "2024"].contains(year)
            #expect((DateFormat.dateTime.date(from: .string("\(year)-02-29T00:00:00Z")) != nil) == isLeap)
        }
    }

    @Test("sentinel dates and dates beyond every calendar do not trap")
    func extremes() {
        #expect(Self.china.date(from: "9999-12-31 23:59:59") != nil)
        #expect(Self.china.date(from: "0001-01-01 00:00:00") != nil)
        #expect(DateFormat.unixMilliseconds.value(of: Date(timeIntervalSince1970: .infinity)) == .integer(.max))
        #expect(DateFormat.unixSeconds.value(of: Date(timeIntervalSince1970: -1e300)) == .integer(.min))
        let first = DateFormat.dateTime.value(of: Date(timeIntervalSince1970: -1e300))
        #expect(first == "-292277022657-01-27T08:29:52Z")
    }

    @Test("milliseconds survive, though no binary number is .123", arguments: [122, 123, 124, 999] as [Int64])
    func milliseconds(fraction: Int64) throws {
        let value = JSONValue.integer(1_709_208_000_000 + fraction)
        let date = try #require(DateFormat.unixMilliseconds.date(from: value))
        #expect(DateFormat.dateTime.value(of: date) == .string("2024-02-29T12:00:00.\(fraction)Z"))
    }

    @Test(
        "a written time reads back",
        arguments: [
            DateFormat.dateTime, .unixSeconds, .unixMilliseconds, .localDateTime(secondsFromGMT: -3 * 3600),
        ])
    func roundTrip(format: DateFormat) {
        #expect(format.date(from: format.value(of: Self.moment)) == Self.moment)
    }
}
