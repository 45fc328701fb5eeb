/// Texts that are absolute URIs by RFC 3986: a scheme, a colon and what follows.
enum URIText {
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isScheme(bytes[..<colon]) else { return false }
        var rest = bytes[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            if !isPath(rest[(hash + 1)...], also: "?") { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            if !isPath(rest[(mark + 1)...], also: "?") { return false }
            rest = rest[..<mark]
        }
        if rest.starts(with: "//".utf8) {
            let start = rest.startIndex + 2
            let end = rest[start...].firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            if !isAuthority(rest[start..<end]) { return false }
            rest = rest[end...]
        }
        return isPath(rest)
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first.isLetterByte else { return false }
        return bytes.allSatisfy { $0.isLetterByte || $0.isDigitByte || "+-.".utf8.contains($0) }
    }

    /// `user@host:port`
    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if let at = host.firstIndex(of: UInt8(ascii: "@")) {
            if !isText(host[..<at], also: ":") { return false }
            host = host[(at + 1)...]
        }
        var port = host[host.endIndex...]
        if host.first == UInt8(ascii: "[") {
            guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            if !isAddress(host[(host.startIndex + 1)..<close]) { return false }
            port = host[(close + 1)...]
            if port.isEmpty { return true }
            guard port.removeFirst() == UInt8(ascii: ":") else { return false }
        } else {
            if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
                port = host[(colon + 1)...]
                host = host[..<colon]
            }
            if !isText(host) { return false }
        }
        return port.count <= 5 && port.allSatisfy(\.isDigitByte)
    }

    /// Unreserved characters, sub-delimiters, percent-encoded bytes, and some others.
    private static func isText(_ bytes: ArraySlice<UInt8>, also others: String = "") -> Bool {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard bytes[index...].prefix(2).count == 2,
                    bytes[index...].prefix(2).allSatisfy({ $0.hexadecimalDigit != nil })
                else { return false }
                index += 2
            } else if !byte.isLetterByte, !byte.isDigitByte, !"-._~!$&'()*+,;=".utf8.contains(byte),
                !others.utf8.contains(byte)
            {
                return false
            }
        }
        return true
    }

    private static func isPath(_ bytes: ArraySlice<UInt8>, also others: String = "") -> Bool {
        isText(bytes, also: ":@/" + others)
    }

    /// An IPv6 address: eight groups, of which `::` stands for the ones that are left out; the last two may be an IPv4 address.
    private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let halves = text.parts(separatedBy: "::")
        if halves.count > 2 || text.utf8.count < 2 { return false }
        var count = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let groups = half.split(separator: ":", omittingEmptySubsequences: false)
            for (place, group) in groups.enumerated() {
                if place == groups.count - 1, index == halves.count - 1, group.contains(".") {
                    if !isIPv4(group) { return false }
                    count += 2
                } else {
                    let isGroup = (1...4).contains(group.utf8.count)
                    if !isGroup || !group.utf8.allSatisfy({ $0.hexadecimalDigit != nil }) { return false }
                    count += 1
                }
            }
        }
        return halves.count == 2 ? count < 8 : count == 8
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { $0.isOctet && ($0 == "0" || $0.first != "0") }
    }
}

extension Substring {
    /// Whether the text is a number from 0 to 255, in decimal digits.
    fileprivate var isOctet: Bool { utf8.allSatisfy(\.isDigitByte) && Int(String(self)) ?? 256 < 256 }
}

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
            guard port.utf8.allSatisfy(\.isDigitByte), port.isEmpty || Int(String(port)) ?? .max <= 0xFFFF else {
                return false
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return address.contains(":")
                && address.utf8.allSatisfy { $0.hexadecimalDigit != nil || ":.".utf8.contains($0) }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy { $0.isDigitByte || $0.isLetterByte || "-._~".utf8.contains($0) }
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
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(\.isOctet)
    }
}
