/// What a string stands for that is neither any text nor a point in time.
///
/// A value has one normal form, which typed and untyped calls write alike: `F81D4FAE-…` is read, and `f81d4fae-…` is written.
public enum TextFormat: String, Sendable, Hashable, CaseIterable {
    /// A day of the calendar (RFC 3339, `full-date`): ``CalendarDate`` in Swift.
    case date
    /// A UUID (RFC 9562), written in lower case: Foundation's `UUID` in Swift.
    case uuid
    /// An absolute URI (RFC 3986), written as it is given: Foundation's `URL` in Swift.
    case uri
    /// Bytes in Base64 (RFC 4648, section 4, with padding): Foundation's `Data` in Swift.
    case byte

    /// The normal form of a text; nil if it does not have the format.
    public func normal(_ text: String) -> String? {
        switch self {
        case .date: CalendarDate(text)?.description
        case .uuid: Self.isUUID(text) ? text.lowercased() : nil
        case .uri: URIText.isValid(text) ? text : nil
        case .byte: Base64.decoded(text).map { Base64.encoded($0) }
        }
    }

    /// A text that has the format.
    public var example: String {
        switch self {
        case .date: "2025-03-23"
        case .uuid: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
        case .uri: "https://example.com/a"
        case .byte: "aGVsbG8="
        }
    }

    /// What a value is, for messages.
    public var noun: String {
        switch self {
        case .date: "a date such as \"\(example)\""
        case .uuid: "a UUID such as \"\(example)\""
        case .uri: "an absolute URI such as \"\(example)\""
        case .byte: "bytes in Base64 such as \"\(example)\""
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        var index = 0
        let isFine = text.everyByte { byte in
            defer { index += 1 }
            return [8, 13, 18, 23].contains(index) ? byte == 0x2D : byte.hexadecimalDigit != nil
        }
        return isFine && index == 36
    }
}
