import EndpointCore
import EndpointSpec

/// Names the shared types of a document.
struct TypeNames {
    /// The name of each type, by its key.
    private(set) var names: [String: String] = [:]
    /// All names that a type of the client has, and those that none can have.
    private(set) var taken: NameTable

    /// Names that would clash with the cases of unions or with what the run time has.
    private static let reserved = [
        "Array", "Boolean", "ErrorResponse", "HashValue", "Integer", "Known", "Number", "Object", "Other",
        "ParameterContent", "ParameterSchema", "RawValue", "String", "Union",
    ]

    /// - Parameters:
    ///   - keys: The keys of the types.
    ///   - titles: The titles of merged types.
    ///   - others: The names of groups, of the service and of the module.
    init(_ keys: [String], titles: [String: String], besides others: [String]) {
        taken = NameTable(Array(SwiftName.takenTypes) + Self.reserved + others)
        let candidates = keys.map { Self.candidates($0, titles[$0]) }
        var levels = [Int](repeating: 0, count: keys.count)
        for _ in 0..<6 {
            var found: [String: [Int]] = [:]
            for index in keys.indices {
                found[candidates[index][levels[index]].lowercased(), default: []].append(index)
            }
            for indices in found.values where indices.count > 1 {
                for index in indices where levels[index] + 1 < candidates[index].count { levels[index] += 1 }
            }
        }
        for (index, key) in keys.enumerated() {
            let name = candidates[index][levels[index]]
            names[key] = taken.take(firstOf: [name, name + "Object"])
        }
    }

    /// The names that a schema may have, the shortest first: `Pod`, `V1Pod`, `CoreV1Pod`.
    static func candidates(_ key: String, _ title: String?) -> [String] {
        if key.contains(" | ") {
            let parts = key.split(separator: "|").map { candidates($0.trimming, nil)[0] }
            let name = parts.count == 2 ? parts.joined(separator: "Or") : "Combined" + parts[0]
            return [title.map(typeName) ?? name, name]
        }
        let pieces = key.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let pointer = pieces.count > 1 ? pieces[1].split(separator: "/").map(String.init) : []
        let generic: Set<String> = [
            "schema", "items", "content", "properties", "allOf", "oneOf", "anyOf", "components", "schemas", "paths",
        ]
        var steps = pointer.filter { !generic.contains($0) && Int($0) == nil }.map {
            DocumentStore.lastStep(of: "/" + $0)
        }
        if steps.isEmpty {
            let file = pieces[0].split(separator: "/").map(String.init)
            steps = file.dropLast() + [String((file.last ?? "Type").prefix { $0 != "." })]
        }
        var dotted = (steps.last ?? "").split(whereSeparator: { $0 == "." || $0 == ":" }).map(String.init)
        dotted = dotted.filter { !$0.isEmpty }
        let all = steps.dropLast() + dotted
        var names: [String] = []
        for count in 1...max(1, all.count) {
            let name = typeName(all.suffix(count).joined(separator: " "))
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func typeName(_ text: String) -> String {
        let name = SwiftName.upperCamel(text)
        if SwiftName.isTypeName(name) { return name == "Type" ? "Kind" : name }
        let other = SwiftName.upperCamel("type " + text)
        return SwiftName.isTypeName(other) ? other : "SharedType"
    }

    /// A name for a type that is written out where it is used.
    mutating func take(firstOf candidates: [String]) -> String { taken.take(firstOf: candidates) }
}
