import EndpointCore

/// Reads fields that are described in lines of text: `- taskID (string, required): the task`.
enum PageTextFields {
    /// The fields that lines describe, each inside the less indented one above it.
    static func fields(in lines: [PageText]) -> [PageField] {
        var tree = PageFieldTree()
        for line in lines {
            guard let field = field(line) else { continue }
            tree.append(field, depth: line.indent ?? 0, isPath: true)
        }
        return tree.fields
    }

    /// The field that a line describes; nil for a line that describes none.
    static func field(_ line: PageText) -> PageField? {
        let text = line.text.split(separator: "\n").first.map(String.init) ?? ""
        guard
            let match = text.firstMatch(
                of: /^[└├─>»·•\-*\s]*([A-Za-z_][A-Za-z0-9_.\-]*(?:\[\*?\])?(?:\.[A-Za-z_]\w*)*)\s*(.*)$/)
        else {
            return nil
        }
        let name = String(match.output.1)
        var rest = Substring(match.output.2)
        guard let first = rest.first,
            ":：(（-–—,，=|[【".contains(first)
                || rest.firstMatch(of: /^(\S+)/).map({ PageType(String($0.output.1)) != nil }) ?? false
        else { return nil }
        let isCode =
            line.raw.contains("`\(name)`") || line.raw.contains("**\(name)**") || line.raw.contains("<code>\(name)")
        var field = PageField(name: name, line: line.line)
        var isPlain = true
        // "(array of integer, optional)"
        if let brackets = rest.firstMatch(of: /^\s*[(（\[]([^)）\]]*)[)）\]]/) {
            let parts = brackets.output.1.split { ",，;；|".contains($0) }.map { PageInline.trimmed($0) }
            for part in parts {
                if field.type == nil, let type = PageType(part) {
                    field.type = type
                } else if field.isRequired == nil {
                    field.isRequired = PageFieldTable.requiredness(part)
                }
            }
            if field.type != nil || field.isRequired != nil {
                isPlain = false
                rest = rest[brackets.range.upperBound...]
            }
        }
        // Words of types and of whether the value must be there, in any order, in brackets or between commas.
        while let word = rest.firstMatch(of: /^[\s:：(（,，;；|\-–—\[【\/]*([^\s:：()（）,，;；|\[\]【】]+(?:\[\])?)([\])）】]*)/) {
            let value = String(word.output.1)
            if field.type == nil, let type = PageType(value) {
                field.type = type
            } else if field.isRequired == nil, let required = PageFieldTable.requiredness(value) {
                field.isRequired = required
            } else {
                break
            }
            isPlain = false
            rest = rest[word.range.upperBound...]
        }
        if isPlain, !(line.indent != nil || isCode) || (!isCode && !":：-–—(（".contains(first)) { return nil }
        let separators = CharacterSetLike(":：-–—,，.。;；)） |")
        field.text = PageInline.trimmed(rest.drop { separators.contains($0) })
        let others = line.text.split(separator: "\n").dropFirst().joined(separator: "\n")
        if !others.isEmpty { field.text += "\n" + others }
        return field
    }

    /// The fields that the text of a list or an object describes: `元素：fileId(number)文件Id，filename(string)文件名`.
    static func inside(_ field: PageField) -> [PageField] {
        guard field.type?.holdsFields ?? false, field.children.isEmpty else { return [] }
        var found: [PageField] = []
        let matches = field.text.matches(
            of:
                /([A-Za-z_]\w*)\s*[(（<\[:：]\s*([A-Za-z]+[0-9]{0,2}|[\u{4E00}-\u{9FFF}]{2,4})\s*[)）>\],，、;；]\s*[:：]?\s*([^,，;；、\n)）]*)/
        )
        for match in matches {
            guard let type = PageType(String(match.output.2)), PageType(String(match.output.1)) == nil else { continue }
            var inner = PageField(name: String(match.output.1), line: field.line)
            inner.type = type
            inner.text = PageInline.trimmed(match.output.3)
            found.append(inner)
        }
        if !found.isEmpty { return found }
        let lines = field.text.split(separator: "\n").map {
            PageText(text: PageInline.trimmed($0), raw: String($0), line: field.line, indent: 0)
        }
        let fields = lines.compactMap { self.field($0) }
        return fields.count >= 2 && fields.allSatisfy { $0.type != nil } ? fields : []
    }
}

/// A few characters, for looking one up.
private struct CharacterSetLike {
    private let characters: Set<Character>
    init(_ text: String) { characters = Set(text) }
    func contains(_ character: Character) -> Bool { characters.contains(character) || character.isWhitespace }
}
