/// A request method. Any token is allowed: `HTTPMethod(rawValue: "PURGE")`.
public struct HTTPMethod: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The method as it is sent; methods are case-sensitive (RFC 9110 §9.1).
    public let rawValue: String

    /// Creates a method of any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// `GET`.
    public static let get = Self(rawValue: "GET")
    /// `HEAD`.
    public static let head = Self(rawValue: "HEAD")
    /// `POST`.
    public static let post = Self(rawValue: "POST")
    /// `PUT`.
    public static let put = Self(rawValue: "PUT")
    /// `PATCH`.
    public static let patch = Self(rawValue: "PATCH")
    /// `DELETE`.
    public static let delete = Self(rawValue: "DELETE")
    /// `OPTIONS`.
    public static let options = Self(rawValue: "OPTIONS")

    /// The methods that a spec may name.
    public static let known: [HTTPMethod] = [.get, .head, .post, .put, .patch, .delete, .options]

    /// Whether sending a request twice has the effect of sending it once, by RFC 9110, 9.2.2. Of other methods nothing is
    /// known, so that they are not repeated.
    public var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options: true
        default: false
        }
    }

    /// Whether a request may have a body. RFC 9110, 9.3.1 and 9.3.2, gives a body of GET and HEAD no meaning.
    public var allowsBody: Bool { self != .get && self != .head }

    /// The method as it is sent.
    public var description: String { rawValue }
}

/// How the body of a request is written.
public enum BodyEncoding: String, Sendable, Hashable, CaseIterable {
    /// A JSON object of the fields, or one JSON value.
    case json
    /// `application/x-www-form-urlencoded`: the fields as pairs of name and value, as in a query.
    case form
    /// `multipart/form-data`, one part for each field.
    case multipart
    /// Bytes as they are.
    case binary

    /// The media type of such a body where nothing else is said.
    public var contentType: String {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .binary: "application/octet-stream"
        }
    }
}

/// How a request carries the token.
public enum AuthenticationScheme: Sendable, Hashable {
    /// Not at all.
    case none
    /// `Authorization: Bearer …`
    case bearer
    /// `Authorization: Basic …`: the token is `user:password`, and is encoded when it is sent.
    case basic
    /// The bare token in a header field of this name.
    case header(String)
    /// The bare token in a query parameter of this name.
    case query(String)

    /// The header field that takes the token; nil for none.
    public var headerName: String? {
        switch self {
        case .none, .query: nil
        case .bearer, .basic: "Authorization"
        case .header(let name): name
        }
    }

    /// The query parameter that takes the token; nil for none.
    public var queryName: String? { if case .query(let name) = self { name } else { nil } }
}

/// The names of environment variables that a terminal program reads; nil where there is none.
public struct EnvironmentNames: Sendable, Hashable {
    /// The variable with the base URL.
    public var baseURL: String?
    /// The variable with a token.
    public var accessToken: String?
    /// The variable with the client's id.
    public var clientID: String?
    /// The variable with the client's secret.
    public var clientSecret: String?

    /// Creates a list of names.
    public init(
        baseURL: String? = nil, accessToken: String? = nil, clientID: String? = nil, clientSecret: String? = nil
    ) {
        self.baseURL = baseURL
        self.accessToken = accessToken
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}

/// The texts of header fields.
public enum HeaderField {
    /// RFC 9110, 5.6.2: what a method and a field name are made of.
    public static func isToken(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in !bytes.isEmpty && bytes.allSatisfy(isTokenCharacter) }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        // !   # $ % & '   * +   - .   ^ _ `   |   ~
        case 0x21, 0x23...0x27, 0x2A...0x2B, 0x2D...0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// RFC 9110, 5.5: no control characters but the tab. A line break would begin a field of its own.
    public static func isValue(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { bytes in bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }
    }

    /// What is wrong with any other value, after its name.
    public static let valueRule = "must not contain control characters"

    /// Whether the transport alone sets a field of this name.
    public static func isReserved(_ name: String) -> Bool { reserved.contains(name.lowercased()) }

    private static let reserved: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]
}

/// The texts of path parameters.
public enum PathSegment {
    /// Whether a value can stand in a path: an empty one, `.` and `..` would name another resource.
    public static func isValid(_ text: String) -> Bool { !["", ".", ".."].contains(text) }

    /// What is wrong with any other value, after its name.
    public static let rule = "must not be empty, “.” or “..”, since it is part of the path"
}

/// How many calls are allowed, and which calls are counted together.
public struct Rate: Sendable, Hashable {
    /// The time that a limit is for.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        case second
        case minute

        var seconds: Double { self == .second ? 1 : 60 }
    }

    /// Calls in a unit of time; above 0.
    public var limit: Double
    /// The time in which so many calls are allowed.
    public var per: Unit
    /// Calls with one group share the limit; by default an endpoint's method and path.
    public var group: String?

    /// Creates a rate; endpoints of one group share it.
    public init(_ limit: Double, per unit: Unit, group: String? = nil) {
        self.limit = limit
        self.per = unit
        self.group = group
    }

    /// The longest time between two calls that a rate may ask for: a day.
    public static let longestInterval = 86_400.0

    /// The greatest number of calls in a second that a rate may name.
    public static let greatestLimit = 1e9

    /// Seconds between two calls; nil if the limit is not a number above 0, or not within the bounds of a rate.
    public var secondsPerCall: Double? {
        guard limit > 0, limit.isFinite else { return nil }
        let seconds = per.seconds / limit
        return seconds <= Self.longestInterval && seconds >= 1 / Self.greatestLimit ? seconds : nil
    }
}

extension Rate {
    /// The figure that holds for an endpoint: the profile's for its group, the profile's for itself, its own, and last the
    /// profile's for all others.
    ///
    /// - Parameters:
    ///   - own: The endpoint's rate.
    ///   - id: The endpoint's id.
    ///   - profile: The figures of a rate profile by rate group or endpoint id, `*` for all others; nil for no profile.
    /// - Returns: The figure; nil if calls are not limited.
    public static func choice(own: Rate?, id: String, profile: [String: Rate]?) -> Rate? {
        guard let profile else { return own }
        return own?.group.flatMap { profile[$0] } ?? profile[id] ?? own ?? profile["*"]
    }
}

/// The times of a wait, in seconds.
public enum PollingTimes {
    /// The interval between two polls where a spec names none.
    public static let defaultInterval = 1.0
    /// When a wait gives up where a spec does not say.
    public static let defaultTimeout = 600.0
    /// The shortest interval or timeout: a nanosecond. Of what is much shorter, nothing is left in a duration.
    public static let shortest = 1e-9
    /// The longest interval or timeout: 30 days.
    public static let longest = 2_592_000.0

    /// Whether an interval or a timeout can be waited for.
    public static func isValid(_ seconds: Double) -> Bool { (shortest...longest).contains(seconds) }

    /// What is wrong with any other time, after its name.
    public static let rule = "must be at least a nanosecond and at most 30 days"
}

/// The times of a token, in seconds.
public enum TokenTimes {
    /// How long before its expiry a token is renewed where a spec does not say.
    public static let defaultMargin = 300
}

/// The texts of media types (RFC 9110, 8.3.1).
public enum MediaType {
    /// What is wrong with any other text, after its name.
    public static let rule = "must be a media type such as \"application/json\""

    /// Whether a text is a media type: `type/subtype`, and parameters `name=value` behind semicolons.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 2 && names.allSatisfy { HeaderField.isToken(String($0)) }
            && parts.dropFirst().allSatisfy(isParameter)
    }

    /// Whether a text is a media type with a parameter of this name, in upper or lower case.
    public static func hasParameter(_ name: String, in text: String) -> Bool {
        text.split(separator: ";").dropFirst().contains { $0.trimmed.lowercased().hasPrefix(name + "=") }
    }

    /// A value in quotes may not hold a semicolon here, which no registered parameter needs.
    private static func isParameter(_ text: Substring) -> Bool {
        guard let equals = text.firstIndex(of: "="), HeaderField.isToken(String(text[..<equals])) else { return false }
        let value = text[text.index(after: equals)...]
        if HeaderField.isToken(String(value)) { return true }
        return value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"") && HeaderField.isValue(String(value))
            && !value.dropFirst().dropLast().contains { $0 == "\"" || $0 == "\\" }
    }
}

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
