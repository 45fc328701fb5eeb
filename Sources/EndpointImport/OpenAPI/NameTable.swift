import EndpointCore
import EndpointSpec

/// Hands out Swift names, none of them twice. Names that differ in case alone are one: file systems may not tell them apart.
struct NameTable {
    private var taken: Set<String>

    init(_ reserved: some Sequence<String> = []) {
        taken = Set(reserved.map { $0.lowercased() })
    }

    /// Whether a name is free.
    func isFree(_ name: String) -> Bool { !taken.contains(name.lowercased()) }

    /// Takes a name; false if somebody has it.
    @discardableResult
    mutating func take(_ name: String) -> Bool { taken.insert(name.lowercased()).inserted }

    /// Takes the first free name of a list, or the last of them with a number.
    mutating func take(firstOf names: [String]) -> String {
        for name in names where take(name) { return name }
        let name = names.last ?? "value"
        var number = 2
        while !take(name + "\(number)") { number += 1 }
        return name + "\(number)"
    }
}

/// Words of names, compared without regard to number: `user` is `Users`.
enum Words {
    /// The words of a name.
    static func of(_ name: String) -> [String] { NameWords.split(name) }

    /// A word in small letters and in the singular.
    static func stem(_ word: String) -> String { singular(word.lowercased()) }

    /// One of many, where the rules for fields do not know the word.
    static func singular(_ name: String) -> String {
        for (plural, singular) in [("tatuses", "tatus"), ("indices", "index"), ("eople", "erson"), ("hildren", "hild")]
        where name.hasSuffix(plural) {
            return name.dropLast(plural.count) + singular
        }
        return SwiftName.singular(name)
    }

    static func stems(_ words: [String]) -> [String] { words.map(stem) }

    /// Whether a word says a version: `v1`, `2010`, `Api20100401`.
    static func isVersion(_ word: String) -> Bool {
        var rest = Substring(word.lowercased())
        for prefix in ["api", "v"] where rest.hasPrefix(prefix) && rest.count > prefix.count {
            rest = rest.dropFirst(prefix.count)
        }
        let core = rest.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        let tail = rest.dropFirst(core.count)
        return !core.isEmpty && (tail.isEmpty || tail.hasPrefix("beta") || tail.hasPrefix("alpha"))
    }
}
