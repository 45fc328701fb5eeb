import EndpointCore
import EndpointSpec

/// Names the folders of the operations.
struct GroupNames {
    /// What the groups are made of.
    enum Source { case tag, path }

    let source: Source
    /// The names that types of the document have.
    let typeNames: Set<String>
    private var names: [String: String] = [:]
    private var taken: NameTable
    private var properties: Set<String>
    /// The number of words that all tags begin with.
    private let sharedWords: Int

    init(_ source: Source, _ operations: [OperationDraft], typeNames: Set<String>, besides others: [String]) {
        (self.source, self.typeNames) = (source, typeNames)
        sharedWords = Self.sharedWords(of: Set(operations.compactMap(\.tags.first)).map { Words.of($0) })
        taken = NameTable(Array(SwiftName.takenTypes) + others + ["ErrorResponse", "types"])
        properties = SwiftName.takenInClients
    }

    /// The folder of an operation.
    mutating func group(of operation: OperationDraft) -> String {
        let words = words(of: operation)
        // `/account` and `/accounts` are one group.
        let key = Words.stems(words).joined(separator: " ")
        if let known = names[key] { return known }
        let name = free(SwiftName.upperCamel(words.joined(separator: " ")))
        names[key] = name
        return name
    }

    private func words(of operation: OperationDraft) -> [String] {
        if source == .tag, let tag = operation.tags.first {
            let words = Self.withoutVersion(Array(Words.of(tag).dropFirst(sharedWords)))
            if !words.isEmpty, SwiftName.isTypeName(SwiftName.upperCamel(words.joined(separator: " "))) { return words }
        }
        if source == .tag, let identifier = operation.identifier, let slash = identifier.firstIndex(of: "/") {
            let words = Words.of(String(identifier[..<slash]))
            if SwiftName.isTypeName(SwiftName.upperCamel(words.joined(separator: " "))) { return words }
        }
        for segment in PathWords(operation.path).literals {
            let words = Words.of(segment)
            if SwiftName.isTypeName(SwiftName.upperCamel(words.joined(separator: " "))) { return words }
        }
        return ["General"]
    }

    /// How many words say the same in front of every tag, with a version at their end: `MessagingV1Service`.
    private static func sharedWords(of tags: [[String]]) -> Int {
        guard tags.count > 1, let first = tags.first else { return 0 }
        var count = first.count
        for words in tags { count = min(count, zip(words, first).prefix { $0 == $1 }.count) }
        guard tags.allSatisfy({ $0.count > count }), count > 0, Words.isVersion(first[count - 1]) else { return 0 }
        return count
    }

    private static func withoutVersion(_ words: [String]) -> [String] {
        let rest = Array(words.drop(while: Words.isVersion))
        return rest.isEmpty ? words : rest
    }

    /// A name that no type, no client and no other group has. A group is rather in the plural than a type renamed.
    private mutating func free(_ name: String) -> String {
        var candidates = typeNames.contains(name) ? [Self.plural(name), name] : [name]
        candidates += [Self.plural(name), name + "Calls"]
        for candidate in candidates
        where isUsable(candidate, avoiding: typeNames) || candidate == name && isUsable(name, avoiding: []) {
            if candidate != name, typeNames.contains(candidate) { continue }
            taken.take(candidate)
            properties.insert(SwiftName.lowerCamel(candidate))
            return candidate
        }
        let last = taken.take(firstOf: [name + "Calls"])
        properties.insert(SwiftName.lowerCamel(last))
        return last
    }

    private func isUsable(_ name: String, avoiding others: Set<String>) -> Bool {
        SwiftName.isTypeName(name) && taken.isFree(name) && !properties.contains(SwiftName.lowerCamel(name))
            && !others.contains(name) && !name.contains("_")
    }

    private static func plural(_ name: String) -> String {
        if name.hasSuffix("s") || name.last?.isNumber == true { return name }
        return name.hasSuffix("y") && !"aeiou".contains(name.dropLast().last ?? "a")
            ? name.dropLast() + "ies" : name + "s"
    }
}
