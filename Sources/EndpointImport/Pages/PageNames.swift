import EndpointCore
import EndpointSpec

/// Names of specs, and comparisons of names on the wire.
enum PageNames {
    /// Whether a name says that the value is an ID.
    static func isID(_ name: String) -> Bool {
        name == "id"
            || ["Id", "ID", "_id", "-id", "Ids", "IDs", "_ids", "IdList", "IDList"].contains { name.hasSuffix($0) }
    }

    /// One name of words: `["copy", "fail"]` is `copyFail`.
    static func lowerCamel(_ words: [String]) -> String {
        SwiftName.lowerCamel(words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
    }

    /// The name of a spec, from what a call does and the path.
    ///
    /// - Parameters:
    ///   - call: Method and path.
    ///   - group: The group, whose words are not repeated.
    ///   - isList: Whether a list comes back.
    ///   - isUpload: Whether a file is sent.
    /// - Returns: The name, in lower camel case.
    static func name(_ call: PageCallLine, group: String, isList: Bool, isUpload: Bool = false) -> String {
        let groupWords = Set(words(group).flatMap { [$0, $0 + "s", SwiftName.singular($0)] })
        let segments = call.path.split(separator: "/").map(String.init)
        let isOne = segments.last?.contains("{") ?? false
        var parts = segments.filter { !$0.contains("{") && !isVersion($0) }.map(words).filter { !$0.isEmpty }
        // The group says it already, unless nothing else is left.
        while parts.count > 1, let first = parts.first, first.allSatisfy({ groupWords.contains($0) }) {
            parts.removeFirst()
        }
        if parts.isEmpty { parts = [words(group)] }
        var verb: String?
        let last = parts[parts.count - 1]
        if last.count > 1, let first = last.first, let end = last.last {
            // Several words say what the call does: `upload_complete`, `get_upload_url`.
            if PageWords.verbs.contains(end) {
                (verb, parts) = (end, [Array(last.dropLast())])
            } else if PageWords.verbs.contains(first) {
                (verb, parts) = (first, [Array(last.dropFirst())])
            }
        } else if let word = last.first, PageWords.verbs.contains(word) {
            if parts.count == 1, call.method != "GET" { return lowerCamel([word]) }
            if parts.count > 1 {
                verb = word
                parts.removeLast()
            }
        }
        var nouns = parts.flatMap(\.self)
        if verb == "list" || verb == nil && isCollection(segments) && isList { nouns = plural(nouns) }
        switch call.method {
        case "GET", "HEAD":
            if verb == nil || verb == "list" || verb == "get" || verb == "query" { verb = isList ? "list" : nil }
            if verb == nil, isOne { nouns = singular(nouns) }
        case "POST":
            if verb == "get" || verb == "query" { verb = isList ? "list" : nil }
            if verb == nil, isList {
                verb = "list"
            } else if verb == nil, isUpload {
                (verb, nouns) = ("upload", singular(nouns))
            } else if verb == nil, isCollection(segments), singular(nouns) != nouns {
                // A request to a collection makes one of its items.
                (verb, nouns) = ("create", singular(nouns))
            }
        default:
            if verb == nil { verb = call.method == "DELETE" ? "delete" : "update" }
            if isOne { nouns = singular(nouns) }
        }
        let name = lowerCamel((verb.map { [$0] } ?? []) + nouns)
        return SwiftName.isIdentifier(name) ? name : "call"
    }

    private static func isVersion(_ segment: String) -> Bool {
        segment.firstMatch(of: /^(api|apis|rest|openapi|open|v[0-9]+(\.[0-9]+)?|json|index)$/.ignoresCase()) != nil
    }

    /// Whether the path leads to a collection: each segment before the last is followed by a parameter.
    private static func isCollection(_ segments: [String]) -> Bool {
        let own = segments.filter { !isVersion($0) }
        guard let last = own.last, !last.contains("{") else { return false }
        return own.count % 2 == 1 && own.enumerated().allSatisfy { ($0.offset % 2 == 1) == $0.element.contains("{") }
    }

    private static func singular(_ nouns: [String]) -> [String] {
        guard let last = nouns.last else { return nouns }
        return nouns.dropLast() + [SwiftName.singular(last)]
    }

    private static func plural(_ nouns: [String]) -> [String] {
        guard let last = nouns.last, let end = last.last, end.isLetter, !last.hasSuffix("s"), !last.hasSuffix("info"),
            !last.hasSuffix("data")
        else { return nouns }
        let isY = end == "y" && !["a", "e", "o", "u"].contains(String(last.dropLast().suffix(1)))
        let ending = ["x", "ch", "sh"].contains { last.hasSuffix($0) } ? "es" : "s"
        return nouns.dropLast() + [isY ? last.dropLast() + "ies" : last + ending]
    }

    /// The words of a name, in small letters.
    private static func words(_ name: String) -> [String] {
        SwiftName.kebab(name).split(separator: "-").map(String.init)
    }
}

extension PageNames {
    /// One of many, as the checker names the items of a list.
    static func singular(_ name: String) -> String { SwiftName.singular(name) }

    /// The name of a type.
    static func upperCamel(_ name: String) -> String { SwiftName.upperCamel(name) }
}
