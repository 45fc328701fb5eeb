/// What a person may have meant.
package enum Nearest {
    /// `did you mean "limit"?`, or what there is.
    package static func hint(for word: String, in candidates: [String]) -> String {
        if let best = best(for: word, in: candidates) { return "did you mean \"\(best)\"?" }
        guard !candidates.isEmpty else { return "there are none" }
        let shown = candidates.prefix(12).joined(separator: ", ")
        return "there is \(shown)\(candidates.count > 12 ? ", …" : "")"
    }

    /// The candidate with the fewest slips; nil if none is close.
    package static func best(for word: String, in candidates: [String]) -> String? {
        let wanted = Array(plain(word))
        let limit = max(1, wanted.count / 3)
        let ranked = candidates.map { ($0, distance(wanted, Array(plain($0)))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
        return best.0
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().filter { $0 != "-" && $0 != "_" }
    }

    /// Insertions, deletions, replacements and swaps of neighbours.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var next = [row]
            for column in 1...right.count {
                let change = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var cost = min(change, last[column] + 1, next[column - 1] + 1)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                next.append(cost)
            }
            (beforeLast, last) = (last, next)
        }
        return last[right.count]
    }
}
