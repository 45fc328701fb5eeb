/// HTTP statuses as a spec names them: `404`, or `"4xx"` for a whole class.
public enum StatusRange {
    /// The classes that a rule may be for. A rule for all of 2xx would make an error of every success.
    public static let classes = ["3xx", "4xx", "5xx"]
    /// What is wrong with any other value, after its name. 200 is every success, 1xx never a response.
    public static let rule = "must be an HTTP status from 201 to 599, or one of \"3xx\", \"4xx\", \"5xx\""

    /// The statuses of a value; nil if a rule cannot be for them.
    public static func range(of value: JSONValue) -> ClosedRange<Int>? {
        if let text = value.string {
            guard classes.contains(text), let digit = text.first?.wholeNumberValue else { return nil }
            return digit * 100...digit * 100 + 99
        }
        guard let status = value.integral, (201...599).contains(status) else { return nil }
        return Int(status)...Int(status)
    }
}
