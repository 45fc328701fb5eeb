import TestSupport

/// A pattern as a tree, with the plainest meaning there is: the set of positions at which a match from a position may
/// end. Written apart from the matcher, to check it.
indirect enum ReferencePattern {
    case scalar(Unicode.Scalar)
    case any
    case classOf(String, isInverted: Bool)
    case start
    case end
    case boundary(isInverted: Bool)
    case sequence([ReferencePattern])
    case choice([ReferencePattern])
    case repeated(ReferencePattern, least: Int, most: Int?)

    /// The positions at which a match that begins at a position may end.
    func ends(in text: [Unicode.Scalar], from position: Int) -> Set<Int> {
        func consumes(_ isMatch: (Unicode.Scalar) -> Bool) -> Set<Int> {
            position < text.count && isMatch(text[position]) ? [position + 1] : []
        }
        func isWord(_ index: Int) -> Bool {
            text.indices.contains(index) && (text[index] == "_" || text[index].isASCII && text[index].isLetterOrDigit)
        }
        switch self {
        case .scalar(let scalar): return consumes { $0 == scalar }
        case .any: return consumes { $0 != "\n" && $0 != "\r" }
        case .classOf(let scalars, let isInverted):
            return consumes { scalars.unicodeScalars.contains($0) != isInverted }
        case .start: return position == 0 ? [position] : []
        case .end: return position == text.count ? [position] : []
        case .boundary(let isInverted):
            return (isWord(position - 1) != isWord(position)) != isInverted ? [position] : []
        case .sequence(let parts):
            return parts.reduce([position]) { starts, part in Self.union(starts) { part.ends(in: text, from: $0) } }
        case .choice(let parts): return Self.union(parts) { $0.ends(in: text, from: position) }
        case .repeated(let part, let least, let most):
            var (ends, starts): (Set<Int>, Set<Int>) = (least == 0 ? [position] : [], [position])
            // Beyond this many repetitions nothing new is reached.
            for count in 1...max(least, 1) + text.count + 1 where count <= most ?? .max {
                starts = Self.union(starts) { part.ends(in: text, from: $0) }
                if count >= least { ends.formUnion(starts) }
            }
            return ends
        }
    }

    /// Whether the pattern matches somewhere in the text.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return (0...scalars.count).contains { !ends(in: scalars, from: $0).isEmpty }
    }

    private static func union<Element>(
        _ elements: some Sequence<Element>, _ transform: (Element) -> Set<Int>
    ) -> Set<Int> {
        elements.reduce(into: []) { $0.formUnion(transform($1)) }
    }
}

extension ReferencePattern {
    /// The pattern as text.
    var text: String {
        switch self {
        case .scalar(let scalar): return scalar == "\n" ? "\\n" : String(scalar)
        case .any: return "."
        case .classOf(let scalars, let isInverted): return "[\(isInverted ? "^" : "")\(scalars)]"
        case .start: return "^"
        case .end: return "$"
        case .boundary(let isInverted): return isInverted ? "\\B" : "\\b"
        case .sequence(let parts): return parts.map(\.text).joined()
        case .choice(let parts): return "(" + parts.map(\.text).joined(separator: "|") + ")"
        case .repeated(let part, let least, let most):
            let quantifier =
                switch (least, most) {
                case (0, nil): "*"
                case (1, nil): "+"
                case (0, 1): "?"
                case (_, nil): "{\(least),}"
                case (_, let most?): least == most ? "{\(least)}" : "{\(least),\(most)}"
                }
            return "(?:\(part.text))\(quantifier)"
        }
    }

    /// A random pattern whose groups are nested at most so deep.
    static func random(depth: Int, using generator: inout Seeded) -> ReferencePattern {
        switch Int.random(in: 0..<(depth == 0 ? 9 : 16), using: &generator) {
        case 0...3: return .scalar("aab_-\né".unicodeScalars.randomElement(using: &generator) ?? "a")
        case 4: return .any
        case 5:
            return .classOf(
                ["a", "ab", "b-", "", "é_"].randomElement(using: &generator) ?? "",
                isInverted: .random(using: &generator))
        case 6: return .start
        case 7: return .end
        case 8: return .boundary(isInverted: .random(using: &generator))
        case 9...11:
            let count = Int.random(in: 0...3, using: &generator)
            return .sequence((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
        case 12...13:
            let count = Int.random(in: 1...3, using: &generator)
            return .choice((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            let least = Int.random(in: 0...2, using: &generator)
            let most = Bool.random(using: &generator) ? nil : least + Int.random(in: 0...2, using: &generator)
            return .repeated(random(depth: depth - 1, using: &generator), least: least, most: most)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isLetterOrDigit: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}
