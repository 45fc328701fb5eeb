/// The `http` and `https` URLs that a call may be sent to (RFC 9110, 4.2).
public enum WebAddress {
    /// What is wrong with another base URL that a response announced, after its name.
    public static let baseRule = "must be a base URL such as https://upload.example.com"
    /// What is wrong with another URL from a response, after its name.
    public static let rule = "must be an absolute http or https URL"

    /// Whether a text is an absolute URL with a host. What follows the host is not judged: services send paths that are not
    /// encoded as RFC 3986 says.
    public static func isAbsolute(_ text: String) -> Bool { authority(of: text).map { isValid($0) } ?? false }

    /// Whether a text is a base URL, or a host and a port that become one: without user, query and fragment.
    public static func isBase(_ text: String) -> Bool {
        let url = text.contains("://") ? text : "https://" + text
        return isAbsolute(url) && !url.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || "@?#".utf8.contains($0) }
    }

    private static func authority(of text: String) -> Substring? {
        for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
            return text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        }
        return nil
    }

    /// RFC 3986, 3.2: `user@host:port`, where the user and the port may be absent.
    private static func isValid(_ authority: Substring) -> Bool {
        var rest = authority
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        var host = rest
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            host = rest[..<colon]
            let port = rest[rest.index(after: colon)...]
            if !port.isEmpty, port.utf8.contains(where: { !(0x30...0x39).contains($0) }) || UInt16(port) == nil {
                return false
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return address.contains(":") && address.utf8.allSatisfy { isHexadecimal($0) || ":.".utf8.contains($0) }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy { isHexadecimal($0) || isLetter($0) || "-._~".utf8.contains($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

/// Whether a host is this machine.
public enum Loopback {
    /// Whether a host is this machine for certain: `localhost`, `::1` (with or without brackets), or four decimal numbers
    /// beginning with 127.
    ///
    /// `127.1` or `0x7f000001` mean the same to some resolvers; they are refused, because others may see more in them.
    public static func contains(_ host: String) -> Bool {
        let host = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } && UInt8($0) != nil }
    }
}
