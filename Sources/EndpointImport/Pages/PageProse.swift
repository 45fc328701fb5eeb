import EndpointSpec

/// The sentences of a page that say what a call does.
struct PageProse {
    var summary = ""
    /// Where the summary stands.
    var line = 1
    /// What else the page says before its tables.
    var notes: [String] = []

    /// Reads the text before the first part of a description.
    init(_ operation: PageOperation) {
        var rest: [String] = []
        for text in operation.intro {
            let label = PageLabel(text.text)
            if let label,
                PageWords.methodLabels.contains(label.label) || PageWords.pathLabels.contains(label.label)
                    || PageWords.ownHeaders.contains(label.label)
            {
                continue
            }
            let isValue =
                text.text.firstMatch(of: /^(?:https?:\/\/\S+|\/\S+|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/) != nil
            if isValue || label.map({ $0.value.isEmpty }) ?? false { continue }
            var sentence = text.text.replacing("\n", with: " ")
            if let label, PageWords.descriptionLabels.contains(label.label) {
                sentence = label.value
                if summary.isEmpty, !sentence.isEmpty {
                    take(sentence, at: text.line, &rest)
                    continue
                }
            }
            if !sentence.isEmpty, !sentence.allSatisfy({ $0.isASCII && !$0.isLetter }) { rest.append(sentence) }
        }
        if summary.isEmpty, let first = rest.first,
            let text = operation.intro.first(where: { $0.text.hasPrefix(first.prefix(8)) }),
            PageLabel(first) == nil, first.count <= 200, text.indent == nil
        {
            rest.removeFirst()
            take(first, at: text.line, &rest)
        }
        notes = rest
    }

    /// The first sentence is the summary, what follows a note.
    private mutating func take(_ text: String, at line: Int, _ rest: inout [String]) {
        self.line = line
        var end = text.endIndex
        var depth = 0
        for index in text.indices {
            if "（(".contains(text[index]) { depth += 1 }
            if "）)".contains(text[index]) { depth -= 1 }
            let next = text.index(after: index)
            let isEnd =
                "。！？；".contains(text[index])
                || ".!?".contains(text[index]) && (next == text.endIndex || text[next] == " ")
            if isEnd, depth <= 0 {
                end = next
                break
            }
        }
        summary = PageInline.trimmed(text[..<end])
        while summary.hasSuffix("。") || summary.hasSuffix("；") { summary.removeLast() }
        let more = PageInline.trimmed(text[end...])
        if !more.isEmpty { rest.append(more) }
    }
}
