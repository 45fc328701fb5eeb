import EndpointCore

/// A part of a page: a heading, a line of text, a table or a fenced block.
enum PageBlock {
    case heading(PageText)
    case text(PageText)
    case table(PageTable)
    case code(PageCode)

    /// The line of the page that it begins at.
    var line: Int {
        switch self {
        case .heading(let text), .text(let text): text.line
        case .table(let table): table.line
        case .code(let code): code.line
        }
    }

    /// The text of a heading or a line.
    var text: PageText? {
        switch self {
        case .heading(let text), .text(let text): text
        default: nil
        }
    }
}

/// A heading, or a line of a paragraph, a list or a quotation.
struct PageText {
    /// What a reader sees.
    var text: String
    /// As written, without the marks of a heading, a list or a quotation.
    var raw: String
    var line: Int
    /// The level of a heading, from 1.
    var level = 0
    /// Whether all of it is bold: pages use such lines as headings.
    var isBold = false
    /// How far a list's item is indented; nil for what is not one.
    var indent: Int?
}

/// A table, in Markdown or HTML.
struct PageTable {
    var rows: [[PageCell]]
    var line: Int
}

/// A cell of a table.
struct PageCell {
    /// What a reader sees.
    var text: String
    var line: Int
    var column = 1
    /// Whether it only continues the cell above or to the left of it, with which it is merged.
    var isMerged = false
}

/// A fenced block.
struct PageCode {
    /// The word after the fence, in small letters.
    var language: String
    var text: String
    /// The line after the fence.
    var line: Int
}
