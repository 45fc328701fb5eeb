import EndpointCore

/// What came of an import: the files to write, and what the reader of the document has to know.
package struct ImportResult: Sendable {
    /// The files, by path.
    package var files: [ImportedFile]
    /// What was refused, written loosely or proposed, in the order of the document.
    package var notes: [ImportNote]

    /// Creates a result.
    package init(files: [ImportedFile] = [], notes: [ImportNote] = []) {
        self.files = files
        self.notes = notes
    }
}

/// A file that an import makes.
package struct ImportedFile: Sendable, Hashable {
    /// Relative to the folder of the specs, with slashes: `OSS/listFiles.json`.
    package var path: String
    /// The file's text, which ends with a line break.
    package var text: String

    /// Creates a file.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// One thing that an import decided or could not say, with the place in the document that it concerns.
package struct ImportNote: Sendable, Hashable {
    /// What a note is about.
    package enum Kind: String, Sendable, CaseIterable {
        /// The operation could not be said and was left out.
        case refused
        /// A part was written as `any`, because it could not be said otherwise.
        case loose
        /// A keyword that the document does not state was written, because its shape makes it plain.
        case proposed
        /// The document contradicts itself, or a part was left out that changes no call.
        case note
    }

    /// What the note is about.
    package var kind: Kind
    /// Where in the document it stands.
    package var position: SourcePosition
    /// The operation, as the document names it: `GET /files/{id}`; nil if the note is about the whole document.
    package var operation: String?
    /// What was found, and what was done.
    package var message: String

    /// Creates a note.
    package init(_ kind: Kind, _ position: SourcePosition, operation: String? = nil, _ message: String) {
        self.kind = kind
        self.position = position
        self.operation = operation
        self.message = message
    }
}
