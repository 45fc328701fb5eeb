import Foundation

extension HTTPResponse {
    /// The value of `Retry-After`, in seconds or as a date; at most a day.
    func retryAfter(now: Date) -> Duration? {
        guard let text = headers["Retry-After"]?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        if text.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return .seconds(min(Int(text) ?? .max, Self.longestRetryAfter))
        }
        guard let date = HTTPDate.date(from: text) else { return nil }
        let seconds = date.timeIntervalSince(now).rounded(.up)
        return .seconds(min(max(0, seconds), Double(Self.longestRetryAfter)))
    }

    /// A day. A longer time is a mistake or malicious, and must not stop a client for years.
    private static var longestRetryAfter: Int { 86_400 }
}

/// The dates of HTTP header fields.
package enum HTTPDate {
    /// Parses one of the three formats that RFC 9110 requires recipients to accept.
    package static func date(from text: String) -> Date? {
        for format in ["EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy"] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = .gmt
            formatter.dateFormat = format
            if let date = formatter.date(from: text) { return date }
        }
        return nil
    }
}
