import EndpointCore

/// Finds numbers with what each stands for: `0-未知 1-音频`, `1：待转码；3：转码失败`, `1 = on, 2 = off`.
enum PageLabels {
    private static let units = [
        "个", "条", "元", "天", "秒", "位", "张", "分", "小时", "字", "年", "月", "日", "级", "层", "次", "倍", "页", "种", "项", "组", "万",
        "千", "百", "g", "m", "k", "开始", "以", "之", "到", "至", "为", "时", "items", "characters", "chars", "bytes", "seconds",
        "days", "files", "per", "and", "or", "to", "the", "of", "in",
    ]
    private static let separators: [String] = [
        "代表", "表示", "means", "stands for", "for", "是", "为", ":", "=", "-", "–", "—", ")", "→", "->",
    ]

    /// The values with their labels, in the order of the text (folded); at most one of each value.
    static func values(in text: String) -> [(value: Int64, label: String)] {
        let characters = Array(text)
        var found: [(value: Int64, label: String)] = []
        var index = 0
        while index < characters.count {
            guard let end = number(in: characters, at: index) else {
                index += 1
                continue
            }
            let digits = String(characters[index..<end])
            if let (label, next) = label(in: characters, after: end), let value = Int64(digits),
                !found.contains(where: { $0.value == value })
            {
                found.append((value, label))
                index = next
            } else {
                index = end
            }
        }
        return found.count <= 64 ? found : []
    }

    /// The end of a number that begins here and is not a part of a word or of another number.
    private static func number(in characters: [Character], at start: Int) -> Int? {
        var end = start
        if characters[start] == "-" { end += 1 }
        let first = end
        while end < characters.count, characters[end].isASCII, characters[end].isNumber { end += 1 }
        guard end > first, end - first <= 6 else { return nil }
        if start > 0 {
            let before = characters[start - 1]
            if before.isASCII, before.isLetter || before.isNumber || "._$#-/".contains(before) { return nil }
            if before == "第" { return nil }
        }
        if end < characters.count, characters[end].isASCII, characters[end].isLetter { return nil }
        return end
    }

    /// What the number stands for, and where the text goes on.
    private static func label(in characters: [Character], after end: Int) -> (String, Int)? {
        var index = end
        func skipSpaces() { while index < characters.count, characters[index] == " " { index += 1 } }
        skipSpaces()
        var isSeparated = false
        for separator in separators {
            let word = Array(separator)
            if index + word.count <= characters.count, Array(characters[index..<(index + word.count)]) == word {
                index += word.count
                isSeparated = true
                break
            }
        }
        skipSpaces()
        while index < characters.count, "\"'“".contains(characters[index]) { index += 1 }
        guard index < characters.count, characters[index].isLetter else { return nil }
        let start = index
        while index < characters.count, !",;.\n()[]|!?\"'”".contains(characters[index]) {
            // The next number begins the next value.
            if index > start, characters[index].isASCII, characters[index].isNumber,
                number(in: characters, at: index) != nil
            {
                break
            }
            index += 1
        }
        let text = PageInline.trimmed(String(characters[start..<index]))
        if !isSeparated {
            if units.contains(where: { text == $0 || text.hasPrefix($0) && !$0.allSatisfy(\.isASCII) }) { return nil }
            if text.split(separator: " ").first.map({ units.contains(String($0)) }) ?? true { return nil }
            if text.count > 16 { return nil }
        }
        return text.isEmpty ? nil : (text, index)
    }

    /// The cases of an enumeration: named by the labels where each has a name, else after the values.
    static func cases(_ values: [(value: Int64, label: String)]) -> JSONObject {
        func object(_ names: [String]) -> JSONObject? {
            guard Set(names).count == values.count else { return nil }
            var object = JSONObject()
            for (name, value) in zip(names, values) { object[name] = .integer(value.value) }
            return object
        }
        let known = values.compactMap { PageWords.labels[PageInline.trimmed($0.label)] }
        if known.count == values.count, let object = object(known) { return object }
        let english = values.compactMap { name($0.label) }
        if english.count == values.count, let object = object(english) { return object }
        return object(values.map { $0.value < 0 ? "minus\(-$0.value)" : "value\($0.value)" }) ?? JSONObject()
    }

    /// A label of a few words in Latin letters, as the name of a case.
    private static func name(_ label: String) -> String? {
        let words = label.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        guard (1...4).contains(words.count), label.allSatisfy({ $0.isASCII }), label.first?.isLetter ?? false else {
            return nil
        }
        return PageNames.lowerCamel(words.map(String.init))
    }
}
