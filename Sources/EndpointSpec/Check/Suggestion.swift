/// What an author may have meant.
enum Suggestion {
    /// The candidate nearest to a misspelt word; nil if none is near.
    static func nearest<C: Collection<String>>(to word: String, in candidates: C) -> String? {
        let wanted = folded(word)
        let limit = max(1, min(3, wanted.count / 3))
        var best: (text: String, distance: Int)?
        for candidate in candidates {
            let letters = folded(candidate)
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let bound = best.map { $0.distance - 1 } ?? limit
            if bound < 0 { break }
            if let distance = distance(wanted, letters, atMost: bound) { best = (candidate, distance) }
        }
        return best?.text
    }

    /// `did you mean "query"?`, or all that is allowed where nothing is near and the list is not endless.
    static func hint<C: Collection<String>>(for word: String, in candidates: C, otherwise: String = "there is none")
        -> String
    {
        if let nearest = nearest(to: word, in: candidates) { return "did you mean \"\(nearest)\"?" }
        if candidates.isEmpty { return otherwise }
        let shown = candidates.prefix(40).joined(separator: ", ")
        return "write one of: " + shown + (candidates.count > 40 ? ", …" : "")
    }

    /// Small letters without separators, so that `file_id` is next to `fileID`.
    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
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
