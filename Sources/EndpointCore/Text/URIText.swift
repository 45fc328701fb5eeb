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
        return parts.count == 4
            && parts.allSatisfy { part in
                guard part.utf8.allSatisfy(\.isDigitByte), let number = UInt8(part) else { return false }
                return String(number) == part
            }
    }
}
