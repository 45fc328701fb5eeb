/// Names in Swift, on the command line and in ids, made from names on the wire. An acronym of the list has one form
/// wherever it stands: `fileId`, `fileID` and `file_id` are all `fileID`.
public enum SwiftName {
    /// Words that are written in capitals, except at the start of a lower camel case name.
    public static let acronyms: Set<String> = [
        "API", "CDN", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON", "MD5", "OSS", "QPS", "SHA1", "TS", "UID", "URL",
        "UUID", "VIP",
    ]

    /// The name of a value: `file_id` → `fileID`, `IsGetResolution` → `isGetResolution`, `x-traceID` → `xTraceID`.
    public static func lowerCamel(_ name: String) -> String {
        var text = ""
        for word in NameWords.split(name) { text += text.isEmpty ? word.lowercased() : capitalised(word) }
        return text
    }

    /// The name of a type: `listFileIds` → `ListFileIDs`, `oss` → `OSS`.
    public static func upperCamel(_ name: String) -> String {
        NameWords.split(name).map(capitalised).joined()
    }

    /// The name of a command or an option: `fileIDs` → `file-ids`, `sliceMD5` → `slice-md5`.
    public static func kebab(_ name: String) -> String {
        NameWords.split(name).map { $0.lowercased() }.joined(separator: "-")
    }

    /// One of many: `fileList` and `files` → `file`, `categories` → `category`, `fileIDs` → `fileID`, `list` → `item`.
    /// A name that has no plural form stays as it is.
    public static func singular(_ name: String) -> String {
        if name.lowercased() == "list" { return name.first?.isUppercase == true ? "Item" : "item" }
        if name.hasSuffix("List") { return String(name.dropLast(4)) }
        if name.hasSuffix("_list") { return String(name.dropLast(5)) }
        for (plural, singular) in [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")]
        where name.hasSuffix(plural) {
            return name.dropLast(plural.count) + singular
        }
        let keepsItsEnd = ["ss", "us", "is", "news", "series"].contains { name.hasSuffix($0) }
        return name.hasSuffix("s") && !keepsItsEnd && name.count > 2 ? String(name.dropLast()) : name
    }

    /// Whether the text can be written as a Swift identifier of ASCII letters, digits and `_`.
    public static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, !first.isDigitByte, text != "_" else { return false }
        return text.everyByte { $0.isDigitByte || $0 == 0x5F || $0.isLetterByte }
    }

    /// Whether the text can be the name of a Swift type: an identifier that begins with a capital.
    public static func isTypeName(_ text: String) -> Bool { isIdentifier(text) && beginsWithCapital(text) }

    /// Whether the text can be the name of a Swift method, field or argument. Names that begin with an underscore are those
    /// of stored properties behind others.
    public static func isValueName(_ text: String) -> Bool {
        isIdentifier(text) && !beginsWithCapital(text) && !text.hasPrefix("_")
    }

    private static func beginsWithCapital(_ text: String) -> Bool { text.utf8.first.map(NameWords.isCapital) ?? false }

    private static func capitalised(_ word: String) -> String {
        let upper = word.uppercased()
        if acronyms.contains(upper) { return upper }
        if upper.hasSuffix("S"), acronyms.contains(String(upper.dropLast())) { return upper.dropLast() + "s" }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}

/// Splits a name into its words: at what is not a letter or digit, and where capitals say that a word begins. Digits belong
/// to the word before them.
public enum NameWords {
    /// The words of a name, as they are written.
    public static func split(_ name: String) -> [String] {
        // Most names are one word.
        if name.everyByte({ isSmall($0) || $0.isDigitByte }) { return name.isEmpty ? [] : [name] }
        let letters = Array(name.utf8)
        // A name without any small letter has words only at its separators: CREATED_AT.
        let isShouted = !letters.contains(where: isSmall)
        var words: [String] = []
        var word: [UInt8] = []
        func close() {
            if !word.isEmpty {
                let text = String(decoding: word, as: UTF8.self)
                words.append(isShouted ? shouted(text) : text)
            }
            word.removeAll(keepingCapacity: true)
        }
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if isCapital(letter) {
                if let last = word.last, !isCapital(last) { close() }
                let run = capitals(in: letters, from: index)
                word += letters[index..<run.end]
                if run.isWord { close() }
                index = run.end
            } else {
                if isSmall(letter) || letter.isDigitByte { word.append(letter) } else { close() }
                index += 1
            }
        }
        close()
        return words
    }

    static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    private static func isSmall(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    private static func shouted(_ word: String) -> String {
        SwiftName.acronyms.contains(word) ? word : word.prefix(1) + word.dropFirst().lowercased()
    }

    /// The capitals from `start` that belong to one word, and whether they (with a plural's `s`) are a whole one.
    private static func capitals(in letters: [UInt8], from start: Int) -> (end: Int, isWord: Bool) {
        var end = start
        while end < letters.count, isCapital(letters[end]) { end += 1 }
        guard end < letters.count, isSmall(letters[end]) else {
            // To the end, or before a digit (MD5) or a separator.
            return (end, false)
        }
        if end - start == 1 { return (end, false) }
        let isPlural =
            letters[end] == UInt8(ascii: "s") && (end + 1 == letters.count || !isSmall(letters[end + 1]))
        if isPlural, SwiftName.acronyms.contains(String(decoding: letters[start..<end], as: UTF8.self)) {
            return (end + 1, true)
        }
        // The last capital begins the next word: OSSFile.
        return (end - 1, true)
    }
}
