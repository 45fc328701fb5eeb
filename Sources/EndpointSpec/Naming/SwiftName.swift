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
        let words = NameWords.split(name)
        return words.enumerated().map { $0 == 0 ? $1.lowercased() : capitalised($1) }.joined()
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
        guard let first = text.utf8.first, !first.isDigit, text != "_" else { return false }
        return text.utf8.allSatisfy {
            $0.isDigit || $0 == 0x5F || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
    }

    /// Whether the text can be the name of a Swift type: an identifier that begins with a capital.
    static func isTypeName(_ text: String) -> Bool { isIdentifier(text) && text.first?.isUppercase == true }

    /// Whether the text can be the name of a Swift method, field or argument.
    static func isValueName(_ text: String) -> Bool { isIdentifier(text) && text.first?.isUppercase == false }

    private static func capitalised(_ word: String) -> String {
        let upper = word.uppercased()
        if acronyms.contains(upper) { return upper }
        if upper.hasSuffix("S"), acronyms.contains(String(upper.dropLast())) { return upper.dropLast() + "s" }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}
