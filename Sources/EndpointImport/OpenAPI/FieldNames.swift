import EndpointCore
import EndpointSpec

/// The Swift names of fields and of cases, where those that come from the wire are none.
enum FieldNames {
    /// The names of fields of one object; nil where the one from the wire name is good.
    static func swiftNames(_ names: [String], _ given: [String?] = [], taken: Set<String> = []) -> [String?] {
        var table = Set(taken)
        let plain = names.map { SwiftName.lowerCamel($0) }
        return names.indices.map { index in
            let wanted = given.indices.contains(index) ? given[index] : nil
            let name = wanted ?? plain[index]
            if isField(name), table.insert(name).inserted { return name == plain[index] ? nil : name }
            for candidate in [spelled(names[index]), name + "Value", name + "Field"] {
                let text = SwiftName.lowerCamel(candidate)
                if isField(text), table.insert(text).inserted { return text }
            }
            let stem = isField(name) ? name : "field"
            var number = 2
            while !table.insert("\(stem)\(number)").inserted { number += 1 }
            return "\(stem)\(number)"
        }
    }

    private static func isField(_ name: String) -> Bool {
        SwiftName.isValueName(name) && !SwiftName.takenInTypes.contains(name)
    }

    /// An enumeration's values: as they are, or with names for all cases where one has none of its own.
    static func cases(_ values: [JSONValue]) -> JSONValue {
        let plain = values.map { $0.string.map { SwiftName.lowerCamel($0) } ?? "" }
        let isPlain =
            plain.allSatisfy { SwiftName.isIdentifier($0) && !SwiftName.takenInEnumerations.contains($0) }
            && Set(plain).count == plain.count
        if isPlain { return .array(values) }
        var cases: JSONObject = [:]
        for (value, name) in zip(values, plain) {
            let text = value.plainText
            let signed =
                value.integral.map { $0 < 0 ? "minus \(-max($0, -Int64.max))" : "value \($0)" } ?? spelled(text)
            for candidate in [name, signed, "value " + signed, "value"] {
                let name = SwiftName.lowerCamel(candidate)
                if SwiftName.isIdentifier(name), !SwiftName.takenInEnumerations.contains(name), cases[name] == nil {
                    cases[name] = value
                    break
                }
            }
            if !cases.members.contains(where: { $0.value == value }) {
                var number = 2
                while cases["value\(number)"] != nil { number += 1 }
                cases["value\(number)"] = value
            }
        }
        return .object(cases)
    }

    private static let marks: [Character: String] = [
        "+": "plus", "-": "minus", "*": "star", "<": "less", ">": "greater", "=": "equal", "!": "not", "%": "percent",
        "&": "and", "|": "or", "#": "number", "@": "at", "$": "dollar", "~": "about", "?": "question", "/": "slash",
        ".": "dot", ",": "comma", ":": "colon", "_": "underscore",
    ]

    /// The text with its marks as words: `+1` is `plus 1`, `-created` is `minus created`.
    static func spelled(_ text: String) -> String {
        if text.isEmpty { return "empty" }
        var words = ""
        for character in text {
            if let word = marks[character] { words += " \(word) " } else { words.append(character) }
        }
        let name = SwiftName.lowerCamel(words)
        return name.utf8.first.map { $0.isDigitByte } ?? true ? "value \(words)" : words
    }
}
