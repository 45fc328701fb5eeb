import EndpointCore

/// Reads JSON as people write it in pages: with comments, a comma too much or too few, or parts left out as `...`.
enum PageJSON {
    /// What came of reading.
    struct Reading {
        var value: JSONValue
        /// Whether the text had to be put right first.
        var isRepaired = false
        /// The comments at the ends of lines, by the key in the line.
        var comments: [String: String] = [:]
    }

    /// The value in a text; nil for what is no object and no array.
    static func read(_ text: String) -> Reading? {
        let bare = PageInline.trimmed(text)
        guard let first = bare.first, first == "{" || first == "[" else { return nil }
        if let value = try? JSONValue(reading: Array(bare.utf8)) { return Reading(value: value) }
        var repair = Repair(bare)
        let repaired = repair.text()
        guard let value = try? JSONValue(reading: Array(repaired.utf8)) else { return nil }
        return Reading(value: value, isRepaired: true, comments: repair.comments)
    }

    private struct Repair {
        private let characters: [Character]
        private var index = 0
        private var result = ""
        /// The last character that is not white space and is outside a text.
        private var last: Character = "{"
        private var hasComma = false
        private var lineBroke = false
        private var lastText = ""
        var comments: [String: String] = [:]

        init(_ text: String) { characters = Array(text) }

        mutating func text() -> String {
            while index < characters.count { step() }
            // What follows the outermost value is no part of it.
            return result
        }

        private mutating func step() {
            let character = characters[index]
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            switch character {
            case "\"", "“", "”": string()
            case "/" where next == "/": comment(2)
            case "#": comment(1)
            case "/" where next == "*":
                index += 2
                while index < characters.count, !(characters[index - 1] == "*" && characters[index] == "/") {
                    index += 1
                }
                index += 1
            case "…": index += 1
            case "." where next == ".": while index < characters.count, characters[index] == "." { index += 1 }
            case ",", "，":
                hasComma = true
                index += 1
            case "：": put(":")
            case "\n":
                lineBroke = true
                result.append("\n")
                index += 1
            case _ where character.isWhitespace: index += 1
            case "}", "]":
                hasComma = false
                put(character)
            default: put(character)
            }
        }

        private mutating func separate(before character: Character) {
            let endsValue = last == "\"" || last == "}" || last == "]" || last.isLetter || last.isNumber
            let beginsValue = character == "\"" || character == "{" || character == "["
            if hasComma, !"{[,:".contains(last) || endsValue {
                result.append(",")
            } else if lineBroke, endsValue, beginsValue {
                result.append(",")
            }
            hasComma = false
            lineBroke = false
        }

        private mutating func put(_ character: Character) {
            if character != "}", character != "]", character != ":" {
                separate(before: character)
            } else {
                lineBroke = false
            }
            result.append(character)
            last = character
            index += 1
        }

        private mutating func string() {
            separate(before: "\"")
            result.append("\"")
            lastText = ""
            let closing: Set<Character> = characters[index] == "\"" ? ["\""] : ["”", "\"", "“"]
            index += 1
            while index < characters.count, !closing.contains(characters[index]) {
                if characters[index] == "\\", index + 1 < characters.count {
                    result.append(characters[index])
                    index += 1
                }
                if characters[index] == "\n" || characters[index] == "\t" {
                    result.append(" ")
                } else {
                    result.append(characters[index])
                    lastText.append(characters[index])
                }
                index += 1
            }
            result.append("\"")
            index += 1
            last = "\""
            if key.isEmpty || isKeyAhead { key = lastText }
        }

        private var key = ""
        private var isKeyAhead: Bool {
            characters[min(index, characters.count)...].first { !$0.isWhitespace }.map { $0 == ":" || $0 == "：" }
                ?? false
        }

        private mutating func comment(_ length: Int) {
            index += length
            var text = ""
            while index < characters.count, characters[index] != "\n" {
                text.append(characters[index])
                index += 1
            }
            let trimmed = PageInline.trimmed(text)
            if !trimmed.isEmpty, !key.isEmpty, comments[key] == nil { comments[key] = trimmed }
        }
    }
}
