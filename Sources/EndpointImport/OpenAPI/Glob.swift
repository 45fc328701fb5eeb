/// A pattern with `*` for any text and `?` for any character.
struct Glob {
    private let pattern: [Character]

    init(_ text: String) { pattern = Array(text) }

    /// Whether the whole text matches. In time proportional to the product of both lengths.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (index, place) = (0, 0)
        var (star, mark) = (-1, 0)
        while index < text.count {
            if place < pattern.count, pattern[place] == "*" {
                (star, mark) = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[index] {
                (index, place) = (index + 1, place + 1)
            } else if star >= 0 {
                mark += 1
                (place, index) = (star + 1, mark)
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == "*" { place += 1 }
        return place == pattern.count
    }
}
