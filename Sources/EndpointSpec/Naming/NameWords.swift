/// Splits a name into its words: at what is no letter or digit, and where capitals say that a word begins. Digits belong
/// to the word before them.
enum NameWords {
    static func split(_ name: String) -> [String] {
        let letters = Array(name)
        // A name without any small letter has words only at its separators: CREATED_AT.
        let isShouted = !letters.contains { $0.isLowercase }
        var words: [String] = []
        var word = ""
        func close() {
            if !word.isEmpty { words.append(isShouted ? shouted(word) : word) }
            word = ""
        }
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if !letter.isASCII || !(letter.isLetter || letter.isNumber) {
                close()
                index += 1
            } else if letter.isUppercase {
                if word.last.map({ !$0.isUppercase }) ?? false { close() }
                let run = capitals(in: letters, from: index)
                word += String(letters[index..<run.end])
                if run.isWord { close() }
                index = run.end
            } else {
                word.append(letter)
                index += 1
            }
        }
        close()
        return words
    }

    private static func shouted(_ word: String) -> String {
        SwiftName.acronyms.contains(word) ? word : word.prefix(1) + word.dropFirst().lowercased()
    }

    /// The capitals from `start` that belong to one word, and whether they (with a plural's `s`) are a whole one.
    private static func capitals(in letters: [Character], from start: Int) -> (end: Int, isWord: Bool) {
        var end = start
        while end < letters.count, letters[end].isUppercase { end += 1 }
        guard end < letters.count, letters[end].isLowercase else {
            // To the end, or before a digit (MD5) or a separator.
            return (end, false)
        }
        if end - start == 1 { return (end, false) }
        let isPlural = letters[end] == "s" && (end + 1 == letters.count || !letters[end + 1].isLowercase)
        if isPlural, SwiftName.acronyms.contains(String(letters[start..<end])) { return (end + 1, true) }
        // The last capital begins the next word: OSSFile.
        return (end - 1, true)
    }
}
