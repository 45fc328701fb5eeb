import Foundation

/// A token that authorizes calls, and how long it is valid.
///
/// Descriptions and mirrors of a token never contain its value.
public struct AccessToken: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The token as it is sent.
    public var value: String
    /// When the token expires; nil if that is not known.
    public var expiresAt: Date?
    /// When the token was issued; nil if that is not known. A token that is refused soon after it was issued is not
    /// replaced at once.
    public var issuedAt: Date?

    /// Creates a token from its value and the dates that are known.
    public init(_ value: String, expiresAt: Date? = nil, issuedAt: Date? = nil) {
        self.value = value
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
    }

    /// A fixed text without the token's value.
    public var description: String { "AccessToken(<redacted>)" }
    /// A mirror without the token's value.
    public var customMirror: Mirror { Mirror(self, children: ["expiresAt": expiresAt as Any]) }
}
