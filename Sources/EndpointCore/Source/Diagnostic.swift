/// A position in a spec file. Lines and columns count from 1; a column is a UTF-8 byte, as the Swift compiler counts it.
public struct SourcePosition: Sendable, Hashable, Comparable {
    /// The file's path, as messages show it.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in UTF-8 bytes, from 1.
    public var column: Int

    /// Creates a position; without a line and a column, the start of the file.
    public init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Orders positions by file, then line, then column.
    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// One mistake in a spec: where it stands, what is wrong, and what to write instead.
public struct Diagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the mistake is.
    public var position: SourcePosition
    /// What is wrong and what to write instead, in one line.
    public var message: String

    /// Creates a diagnostic at a position.
    public init(_ position: SourcePosition, _ message: String) {
        self.position = position
        self.message = message
    }

    /// The compiler's own form, which editors make into a link. What a spec or the name of a file holds cannot control a
    /// terminal.
    public var description: String {
        SafeText.escaped("\(position.file):\(position.line):\(position.column): error: \(message)")
    }
}

/// The text of a spec, with where it stands in its module.
public struct SpecFile: Sendable, Hashable {
    /// Relative to the module's folder, with slashes: `OSS/listCopyFailures.json`.
    public var path: String
    /// What diagnostics call the file; unique among all files of a check.
    public var displayPath: String
    /// The file's bytes.
    public var contents: [UInt8]

    /// Creates a file from its path, the path that messages show, and its bytes.
    public init(path: String, displayPath: String, contents: [UInt8]) {
        self.path = path
        self.displayPath = displayPath
        self.contents = contents
    }
}

/// What a person may have meant.
public enum Suggestion {
    /// The candidate nearest to a misspelled word; nil if none is near.
    public static func nearest<C: Collection<String>>(to word: String, in candidates: C) -> String? {
        let wanted = Folded(word)
        let limit = max(1, min(3, wanted.bytes.count / 3))
        var best: (text: String, distance: Int)?
        // A file may have thousands of misspelled words: most candidates are passed over without an edit distance.
        for candidate in candidates where candidate.utf8.count + limit >= wanted.bytes.count {
            let bound = best.map { $0.distance - 1 } ?? limit
            if bound < 0 { break }
            let letters = Folded(candidate)
            guard letters.isPossible(wanted, atMost: bound) else { continue }
            if let distance = distance(wanted.bytes, letters.bytes, atMost: bound) { best = (candidate, distance) }
        }
        return best?.text
    }

    /// `did you mean "query"?`, or what is allowed where nothing is near.
    ///
    /// - Parameters:
    ///   - word: The word that was written.
    ///   - candidates: The words that are allowed.
    ///   - otherwise: What to say where nothing is allowed.
    /// - Returns: A clause for the end of a message.
    public static func hint<C: Collection<String>>(
        for word: String, in candidates: C, otherwise: String = "there is none"
    ) -> String {
        if let nearest = nearest(to: word, in: candidates) { return "did you mean \"\(nearest)\"?" }
        if candidates.isEmpty { return otherwise }
        let shown = candidates.prefix(40).joined(separator: ", ")
        return "write one of: " + shown + (candidates.count > 40 ? ", …" : "")
    }

    /// A word in small letters without separators, so that `file_id` is next to `fileID`.
    private struct Folded {
        private(set) var bytes: [UInt8] = []
        /// A bit for each byte that the word has, by its lowest six bits.
        private var letters: UInt64 = 0

        init(_ word: String) {
            for byte in word.lowercased().utf8 where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
                bytes.append(byte)
                letters |= 1 << UInt64(byte & 63)
            }
        }

        /// Whether the edit distance may be within the limit: an edit changes the length by one, and two letters at most.
        func isPossible(_ other: Folded, atMost limit: Int) -> Bool {
            abs(bytes.count - other.bytes.count) <= limit
                && (letters ^ other.letters).nonzeroBitCount <= 2 * limit
        }
    }

    /// The edit distance (swapped neighbours count once), or nil if it is greater than `limit`.
    static func distance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
        if left == right { return 0 }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...max(1, left.count) where row <= left.count {
            var next = [row]
            for column in 1...max(1, right.count) where column <= right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var value = min(last[column] + 1, next[column - 1] + 1, last[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    value = min(value, before[column - 2] + 1)
                }
                next.append(value)
            }
            if next.allSatisfy({ $0 > limit }) { return nil }
            (before, last) = (last, next)
        }
        let distance = last[right.count]
        return distance <= limit ? distance : nil
    }
}
