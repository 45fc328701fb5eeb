import Foundation

extension APIResponse {
    /// The target of the header field `Link` with `rel="next"` (RFC 8288), as it is written; nil without one.
    public var nextLink: String? { headers.link(relation: "next") }
}

extension HTTPFields {
    /// The target of the first link with a relation.
    func link(relation: String) -> String? {
        for field in self where field.name.isSameFieldName(as: "Link") {
            var parser = LinkParser(field.value)
            while let link = parser.next() {
                let relations = link.relations.split(separator: " ")
                if relations.contains(where: { $0.lowercased() == relation }) { return link.target }
            }
        }
        return nil
    }
}

/// Reads the links of a `Link` field: `<https://example.com/?page=2>; rel="next", </>; rel=start`.
private struct LinkParser {
    private var rest: Substring

    init(_ value: String) {
        rest = value[...]
    }

    /// The next link; nil at the end, and where the text is none.
    mutating func next() -> (target: String, relations: String)? {
        skip(" \t,")
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let target = String(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        var relations: String?
        while true {
            skip(" \t")
            guard rest.first == ";" else { break }
            rest = rest.dropFirst()
            skip(" \t")
            let name = take { $0 != "=" && $0 != ";" && $0 != "," }.trimmed
            var value = ""
            if rest.first == "=" {
                rest = rest.dropFirst()
                skip(" \t")
                value = rest.first == "\"" ? quoted() : take { $0 != ";" && $0 != "," }.trimmed
            }
            // RFC 8288, 3.3: the first one counts.
            if name.lowercased() == "rel", relations == nil { relations = value }
        }
        return (target, relations ?? "")
    }

    private mutating func skip(_ characters: String) { rest = rest.drop { characters.contains($0) } }

    private mutating func take(_ condition: (Character) -> Bool) -> Substring {
        let taken = rest.prefix(while: condition)
        rest = rest[taken.endIndex...]
        return taken
    }

    /// The text of a quoted string (RFC 9110, 5.6.4).
    private mutating func quoted() -> String {
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.popFirst() { text.append(next) } else { text.append(character) }
        }
        return text
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
