import EndpointCore

/// A line that names a method and a path, such as `API： GET 域名 + /api/v1/files`.
struct PageCallLine {
    var method: String
    /// From "/", without a host and a query; path parameters in braces.
    var path: String
    /// The host, where the line has a whole address.
    var host: String?
    /// The words between method and path, where they are not the usual ones for the service's host.
    var otherHost: String?
    /// What follows the path.
    var rest = ""
    var line: Int

    static let methods: Set<String> = Set(HTTPMethod.known.map(\.rawValue))

    /// The method and path in a line; nil where it has not both.
    init?(_ text: PageText) {
        let line = PageCallLine.plain(text)
        guard line.contains("/") else { return nil }
        guard
            let match = line.firstMatch(
                of:
                    /(?:^|[^A-Za-z])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?![A-Za-z])([^\/\n]{0,40}?)((?:https?:\/\/|\/)[^\s,，;；。()（）|"'“”]*)(.*)/
            )
        else { return nil }
        self.init(method: String(match.output.1), address: String(match.output.3), line: text.line)
        let between = PageCallLine.host(String(match.output.2))
        if host == nil, !between.isEmpty, !PageWords.ownHosts.contains(between) { otherHost = between }
        rest = PageInline.trimmed(String(match.output.4))
    }

    /// A method and an address that stand apart.
    init?(method: String, address: String, line: Int) {
        let method = PageInline.trimmed(method).uppercased()
        guard Self.methods.contains(method) else { return nil }
        self.method = method
        self.line = line
        var rest = Substring(PageInline.trimmed(address))
        if let match = rest.firstMatch(of: /^[^\/]*(https?:\/\/)([^\/\s?]+)/) {
            host = String(match.output.2)
            rest = rest[match.range.upperBound...]
            if rest.isEmpty { rest = "/" }
        }
        guard let start = rest.firstIndex(of: "/") else { return nil }
        if host == nil {
            let before = Self.host(String(rest[..<start]))
            if !before.isEmpty, !PageWords.ownHosts.contains(before) { otherHost = before }
        }
        path = Self.path(String(rest[start...].prefix { !" \t`\"'，。（）".contains($0) }))
        guard path.allSatisfy({ $0.isASCII }), path.contains(where: \.isLetter) || path.contains("{") else {
            return nil
        }
    }

    /// The line's text, with what Markdown makes of a code span or braces left as it is.
    private static func plain(_ text: PageText) -> String { text.text.replacing("\n", with: " ") }

    /// A path with parameters in braces: `/files/:id`, `/files/<id>` and `/files/${id}` become `/files/{id}`.
    private static func path(_ text: String) -> String {
        let bare = text.prefix { $0 != "?" && $0 != "#" }
        let segments = bare.split(separator: "/", omittingEmptySubsequences: true).map { segment in
            segment.replacing(/^:([A-Za-z_]\w*)/) { "{\($0.output.1)}" }
                .replacing(/\$?\{\{?\s*([A-Za-z_][\w-]*)\s*\}?\}/) { "{\($0.output.1)}" }
                .replacing(/<([A-Za-z_][\w-]*)>/) { "{\($0.output.1)}" }
        }
        var path = "/" + segments.joined(separator: "/")
        while let last = path.last, ".*\\:".contains(last), path.count > 1 { path.removeLast() }
        return path
    }

    /// The words for a host, without what joins them to the path.
    private static func host(_ text: String) -> String {
        var words = PageInline.folded(text).replacing("\u{60}", with: "")
        while let first = words.first, ":+-=|[]() ".contains(first) { words.removeFirst() }
        while let last = words.last, ":+-=|[]() ".contains(last) { words.removeLast() }
        for label in PageWords.pathLabels where words == label { return "" }
        return words
    }

    var shown: String { "\(method) \(path)" }
}

/// A label with what stands after it: `请求方式：POST`.
struct PageLabel {
    var label: String
    var value: String

    /// The label before the first colon; nil where there is none, or it is long.
    init?(_ text: String) {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let label = PageInline.folded(text[..<colon]).filter { $0 != "*" && $0 != "&" }
        guard label.count <= 24, !label.isEmpty else { return nil }
        self.label = label
        value = PageInline.trimmed(text[text.index(after: colon)...])
    }
}
