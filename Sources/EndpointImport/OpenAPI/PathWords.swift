import EndpointCore
import EndpointSpec

/// The steps of a path.
struct PathWords {
    /// The steps that are no parameters, without versions and `api` at the front, and without `.json` at the end.
    let literals: [String]
    /// Those, each with whether a parameter follows.
    let steps: [(text: String, hasParameter: Bool)]
    /// Whether the last step is a parameter.
    let endsWithParameter: Bool

    init(_ path: String) {
        var parts = path.split(separator: "/").map(String.init)
        if let last = parts.last, last.hasSuffix(".json") { parts[parts.count - 1] = String(last.dropLast(5)) }
        while let first = parts.first, Words.isVersion(first) || ["api", "apis", "rest"].contains(first.lowercased()) {
            parts.removeFirst()
        }
        var steps: [(text: String, hasParameter: Bool)] = []
        for part in parts {
            let isParameter = part.hasPrefix("{") && part.hasSuffix("}")
            if isParameter {
                if !steps.isEmpty { steps[steps.count - 1].hasParameter = true }
            } else {
                // A part like `{id}:cancel` or `{id}.json`: what follows the parameter.
                var text = part
                if let end = part.lastIndex(of: "}") { text = String(part[part.index(after: end)...]) }
                let bare = text.filter { $0 != "{" && $0 != "}" }
                if bare != "json", !bare.isEmpty { steps.append((bare, false)) }
            }
        }
        self.steps = steps
        literals = steps.map(\.text)
        endsWithParameter = parts.last.map { $0.hasPrefix("{") && $0.hasSuffix("}") } ?? false
    }
}
