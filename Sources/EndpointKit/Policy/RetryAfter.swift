import Foundation

extension HTTPResponse {
    /// What `Retry-After` says: seconds, or one of the three date forms that RFC 9110 has recipients accept.
    func retryAfter(now: Date) -> Duration? {
        guard let text = headers["Retry-After"]?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        if text.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return .seconds(min(Int(text) ?? .max, Self.longestRetryAfter))
        }
        for format in ["EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy"] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = .gmt
            formatter.dateFormat = format
            guard let date = formatter.date(from: text) else { continue }
            let seconds = date.timeIntervalSince(now).rounded(.up)
            return .seconds(min(max(0, seconds), Double(Self.longestRetryAfter)))
        }
        return nil
    }

    /// A day: more is a mistake or malice, and must not silence a client for years.
    private static var longestRetryAfter: Int { 86_400 }
}
