import EndpointCore
import EndpointSpec

/// A page of the language reference: prose by hand, and tables between `<!-- generated: NAME -->` and `<!-- end -->`.
package enum ReferencePage {
    /// Markers that cannot be filled; the message says what to write.
    package struct Mistake: Error {
        package var message: String
    }

    private static let start = "<!-- generated: "
    private static let end = "<!-- end -->"

    /// The names of the tables in a page, in order.
    package static func tables(in page: String) -> [String] { lines(of: page).compactMap(name) }

    /// The page with its tables written anew.
    ///
    /// - Parameter page: The text of the page.
    /// - Returns: The text with the lines between each pair of markers replaced.
    /// - Throws: `Mistake` for a table that does not exist, and for one whose end is not marked.
    package static func filled(_ page: String) throws(Mistake) -> String {
        var result: [Substring] = []
        var open: String?
        for line in lines(of: page) {
            if line == end { open = nil }
            if open == nil { result.append(line) }
            guard let name = name(line) else { continue }
            if let open { throw Mistake(message: "the table \"\(open)\" has no end; write \(end) after it") }
            guard let table = ReferenceTables.text(name) else {
                let hint = Suggestion.hint(for: name, in: ReferenceTables.names)
                throw Mistake(message: "there is no table \"\(name)\"; \(hint)")
            }
            // Markdown reads what follows a comment without a blank line as a part of it.
            result += ["", Substring(table)]
            open = name
        }
        if let open { throw Mistake(message: "the table \"\(open)\" has no end; write \(end) after it") }
        return result.joined(separator: "\n")
    }

    private static func lines(of page: String) -> [Substring] {
        page.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func name(_ line: Substring) -> String? {
        guard line.hasPrefix(start), line.hasSuffix(" -->") else { return nil }
        return String(line.dropFirst(start.count).dropLast(4))
    }
}
