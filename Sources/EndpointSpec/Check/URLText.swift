/// Addresses and paths.
enum URLText {
    /// An address for people, such as `documentation`.
    static func webAddress(_ node: JSONNode?, _ report: Report) -> String? {
        guard let node, let text = node.string, !text.isEmpty else { return nil }
        let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
        if !isWeb || text.utf8.contains(where: { $0 <= 0x20 }) || host(of: text).isEmpty {
            report.error(node.position, "\"\(text)\" is no web address; write one from https:// on")
        }
        return text
    }

    /// What is wrong with a base URL; nil if nothing is.
    static func baseURLProblem(_ text: String) -> String? {
        let host = host(of: text)
        if text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            return "\"baseURL\" has a character that no URL has; percent-encode it"
        }
        if text.hasPrefix("http://") {
            if !isLoopback(host) { return "\"baseURL\" must begin with https:// (http:// is for loopback alone)" }
        } else if !text.hasPrefix("https://") {
            return "\"baseURL\" must begin with https://, as in https://api.example.com"
        }
        if host.isEmpty || host.hasPrefix(":") {
            return "\"baseURL\" has no host; write it as in https://api.example.com"
        }
        if text.contains("@") { return "\"baseURL\" holds a user or password; remove it" }
        if text.contains("?") || text.contains("#") { return "\"baseURL\" has a query or fragment; remove it" }
        if text.hasSuffix("/") { return "\"baseURL\" ends in \"/\"; remove the slash, for paths begin with one" }
        return nil
    }

    /// Host and port.
    private static func host(of text: String) -> String {
        guard let scheme = text.firstRange(of: "://") else { return "" }
        return String(text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    static func isLoopback(_ host: String) -> Bool {
        if host.hasPrefix("[") { return host == "[::1]" || host.hasPrefix("[::1]:") }
        let name = host.split(separator: ":").first.map { $0.lowercased() } ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return name == "localhost" || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
    }

    private static let pathMarks = Set("-._~!$&'()*+,;=:@%/{}".utf8)

    /// What is wrong with an endpoint's path; nil if nothing is.
    static func pathProblem(_ path: String) -> String? {
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            return "\"path\" holds a whole URL; write what follows the host, from \"/\" on"
        }
        if !path.hasPrefix("/") { return "\"path\" must begin with \"/\"" }
        if path.contains("?") { return "\"path\" holds a query; move its parameters into \"query\"" }
        if path.contains("#") { return "\"path\" holds a fragment; remove it from \"#\" on" }
        if CheckSession.placeholders(in: path) == nil {
            return "\"path\" has a brace without its partner; write {name} for each path parameter"
        }
        let isFine = path.utf8.allSatisfy {
            $0.isDigit || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || pathMarks.contains($0)
        }
        return isFine ? nil : "\"path\" has a character that no path has; percent-encode it"
    }
}

/// Names of header fields.
enum HeaderText {
    static func isToken(_ name: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy {
                $0.isDigit || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || others.contains($0)
            }
    }

    /// What is wrong with the name of a header field in a spec; nil if nothing is.
    static func problem(name: String, isFixed: Bool) -> String? {
        if !isToken(name) { return "\"\(name)\" cannot be the name of a header; use letters, digits and \"-\"" }
        let lower = name.lowercased()
        if lower == "authorization" { return "the token goes into \"\(name)\" by \"authentication\"; remove it here" }
        if own.contains(lower) || (isFixed && lower == "content-type") {
            return "the transport sets the header \"\(name)\" itself; remove it"
        }
        return nil
    }

    private static let own: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]
}
