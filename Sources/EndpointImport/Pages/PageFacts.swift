import EndpointCore

/// What the text about a value says besides what it is: limits, known values, a constant, a default.
struct PageFacts {
    /// A limit with its unit.
    struct Limit {
        var value: Int64
        /// Whether it counts characters.
        var isLength: Bool
    }

    private let text: String
    var least: Limit?
    var greatest: Limit?
    /// Integers that are known, with what the text calls each.
    var values: [(value: Int64, label: String)] = []
    /// Texts that are known.
    var words: [String] = []
    /// The only value that is sent, as the text has it.
    var constant: String?
    /// The value where none is sent, as the text has it.
    var defaultText: String?
    /// The number that a count begins at.
    var first: Int64?

    /// Reads the text of a field.
    init(_ field: PageField) {
        text = PageInline.folded(field.text)
        if field.knownValues.count > 1 {
            let numbers = field.knownValues.compactMap { Int64($0) }
            if numbers.count == field.knownValues.count {
                values = numbers.map { ($0, "") }
            } else {
                words = field.knownValues
            }
        }
        guard !text.isEmpty || field.defaultText != nil || field.maxLength != nil else { return }
        readLimits()
        if field.maxLength != nil { greatest = field.maxLength.map { Limit(value: Int64($0), isLength: true) } }
        readConstant()
        readValues()
        readWords()
        defaultText = field.defaultText.map { PageInline.folded($0) } ?? readDefault()
    }

    /// Whether the text holds one of these words.
    func says(_ words: [String]) -> Bool { words.contains { text.contains($0) } }

    // MARK: Limits

    private var hasDigits: Bool { text.utf8.contains { $0 &- 0x30 < 10 } }

    private mutating func readLimits() {
        guard hasDigits else { return }
        greatest = Self.greatest(in: text)
        least = Self.least(in: text)
        if let match = text.firstMatch(
            of:
                /从\s*([0-9]+)\s*开始|(?:starts?|starting|begins?|beginning|counted|numbered)\s+(?:from|at|with)\s+([0-9]+)|([0-9])-based/
        ) {
            first = (match.output.1 ?? match.output.2 ?? match.output.3).flatMap { Int64($0) }
        }
        let ranges = [
            text.firstMatch(of: /(?:between|from)\s+([0-9]+)\s+(?:and|to)\s+([0-9]+)/).map {
                ($0.output.1, $0.output.2, $0.range)
            },
            text.firstMatch(
                of:
                    /(?:^|[^0-9.\-\/:a-z])[\[(]?([0-9]{1,12})\s*(?:-|~|–|—|至|到|\.\.\.?)\s*([0-9]{1,12})(?![0-9.:\-\/~]|\s*[:=]|\s*代表)/
            ).map { ($0.output.1, $0.output.2, $0.range) },
            text.firstMatch(of: /[\[]([0-9]{1,12})\s*,\s*([0-9]{1,12})[\])]/).map {
                ($0.output.1, $0.output.2, $0.range)
            },
        ]
        for range in ranges.compactMap(\.self) {
            guard let low = Int64(range.0), let high = Int64(range.1), low < high else { continue }
            let isLength = Self.isLength(text[..<range.2.lowerBound], text[range.2.upperBound...])
            least = Limit(value: low, isLength: isLength)
            greatest = Limit(value: high, isLength: isLength)
            break
        }
    }

    /// The greatest value or number that a text names.
    static func greatest(in text: String) -> Limit? {
        let atMost =
            /(?:最大不超过|最多不超过|不得超过|不能超过|不可超过|不超过|不大于|小于等于|最大[^0-9,.;:]{0,8}?|最多[^0-9,.;:]{0,8}?|至多[^0-9,.;:]{0,4}?|上限[^0-9,.;]{0,2}?|长度限制|数量限制|个数限制|<=|≤|at most|maximum(?:\s+(?:of|is|value|length|size|number|page size))*|max(?:\.|imal)?(?:\s+(?:value|length|of|is))?|up to|no more than|not exceed(?:ing)?|cannot exceed|limited to|limit of|limit:?)[\s:=]*(?:为|是)?\s*([0-9][0-9,]*)\s*(万|千)?/
        let below = /(?:小于|少于|低于|less than|fewer than|shorter than|under|<)\s*([0-9][0-9,]*)\s*(万|千)?/
        if let match = text.matches(of: atMost).first(where: { isCount(text[$0.range.upperBound...]) }),
            let value = number(match.output.1, match.output.2)
        {
            return Limit(
                value: value,
                isLength: isLength(text[..<match.range.lowerBound], text[match.range.upperBound...], text[match.range]))
        }
        for match in text.matches(of: below) {
            let before = text[..<match.range.lowerBound]
            guard !before.hasSuffix("不"), !before.hasSuffix("no "), !before.hasSuffix("not "),
                isCount(text[match.range.upperBound...]), let value = number(match.output.1, match.output.2)
            else { continue }
            return Limit(value: value - 1, isLength: isLength(before, text[match.range.upperBound...]))
        }
        return nil
    }

    private static func least(in text: String) -> Limit? {
        let atLeast =
            /(?:不小于|不少于|不低于|大于等于|至少|最小[^0-9,.;:]{0,6}?|最少[^0-9,.;:]{0,6}?|下限|>=|≥|at least|minimum(?:\s+(?:of|is|value))*|min\.?|no less than|not less than|no fewer than)[\s:=]*(?:为|是)?\s*([0-9][0-9,]*)\s*(万|千)?/
        guard let match = text.firstMatch(of: atLeast), isCount(text[match.range.upperBound...]),
            let value = number(match.output.1, match.output.2)
        else { return nil }
        return Limit(
            value: value,
            isLength: isLength(text[..<match.range.lowerBound], text[match.range.upperBound...], text[match.range]))
    }

    private static func number(_ digits: Substring, _ unit: Substring?) -> Int64? {
        guard let value = Int64(digits.filter { $0 != "," }) else { return nil }
        return unit == "万" ? value * 10_000 : unit == "千" ? value * 1_000 : value
    }

    /// Whether what follows a number makes it a size in bytes, a time or a part of another number.
    private static func isCount(_ after: Substring) -> Bool {
        after.firstMatch(
            of:
                /^\s*(?:[kmgt]i?b|[kmg](?![a-z])|兆|%|字节|bytes?|秒|分钟|小时|天后|s(?![a-z])|ms|minutes?|hours?|seconds?|位小数|\.[0-9])/
        ) == nil
    }

    /// Whether the words around a limit say that it counts characters.
    private static func isLength(_ before: Substring, _ after: Substring, _ words: Substring = "") -> Bool {
        if after.firstMatch(of: /^\s*(?:个)?\s*(?:字符|字|位|汉字|char|letter|utf|code point)/) != nil { return true }
        if after.firstMatch(of: /^\s*(?:个|条|张|项|次|页|元|items?|entries|ids?|files|elements|records)/) != nil {
            return false
        }
        let near = before.suffix(16) + words
        return near.contains("长度") || near.contains("length") || near.contains("字符") || near.contains("character")
    }

    // MARK: Values

    private mutating func readConstant() {
        guard says(["固定", "恒为", "只能", "必须", "fixed", "constant", "always", "must be"]) else { return }
        if let match = text.firstMatch(
            of:
                /(?:固定值为|固定值是|固定值|固定为|固定传入?|固定填写?|固定是|固定|恒为|只能是|只能为|必须为|必须是|必须填|fixed(?:\s+value)?(?:\s+(?:to|at|as))?|constant(?:\s+value)?|always(?:\s+(?:be|set to|send|pass|is))?)\s*[:=]?\s*["'“「]?([a-z0-9_.\-\/]+)["'”」]?(.?)/
        ) {
            var value = String(match.output.1)
            while value.hasSuffix(".") { value.removeLast() }
            let isList =
                [",", "/", "|", "或"].contains(String(match.output.2))
                && text[match.range.upperBound...].firstMatch(of: /^\s*["'“]?[a-z0-9]+["'”]?\s*(?:$|[,|或.)])/) != nil
            if !isList, !value.isEmpty { constant = value }
        } else if let match = text.firstMatch(of: /must be\s+(?:["'“]([^"'”]+)["'”]|([0-9]+))(?:$|[.,; )])/) {
            constant = (match.output.1 ?? match.output.2).map(String.init)
        }
    }

    private mutating func readValues() {
        guard values.isEmpty, hasDigits else { return }
        let labelled = PageLabels.values(in: text)
        if labelled.count >= 2 {
            values = labelled
        } else if let match = text.firstMatch(
            of:
                /(?:只能填写|只能为|只能是|可选值|可选|取值|枚举值?|枚举|支持|one of|allowed values?|possible values?|can be|either|values?)[^0-9:,.;]{0,6}?[:为是]?\s*(-?[0-9]{1,6}(?:\s*(?:,|\||\/|或|or|,\s*or)\s*-?[0-9]{1,6})+)/
        ) {
            let numbers = match.output.1.split { !$0.isNumber && $0 != "-" }.compactMap { Int64($0) }
            if Set(numbers).count == numbers.count, numbers.count >= 2 { values = numbers.map { ($0, "") } }
        }
    }

    private mutating func readWords() {
        guard values.isEmpty, words.isEmpty, text.utf8.contains(where: { $0 &- 0x61 < 26 }) else { return }
        // "排序方向: asc, desc", "one of: a, b, c", "a 或 b"; examples are not all values.
        if let match = text.firstMatch(
            of:
                /([^:\n,]{0,16}?)(?:[:为]|one of:?|either|values?:?|\()\s*((?:["'“]?[a-z][a-z0-9_\-]*["'”]?)(?:\s*(?:,|\||\/|或者?|or|,\s*or)\s*["'“]?[a-z][a-z0-9_\-]*["'”]?)+)\s*(?:$|[.)\n\]])/
        ) {
            let label = match.output.1
            let isExample = ["例", "如", "e.g", "such as", "example", "格式", "支持", "单位", "http"].contains {
                label.contains($0) || match.output.0.hasSuffix("例\($0)")
            }
            let found = Self.words(match.output.2)
            if !isExample, found.count >= 2, !found.contains("http") { words = found }
        }
        if words.isEmpty,
            let match = text.firstMatch(
                of: /(?:^|[^a-z0-9_\-.\/])([a-z][a-z0-9_]{2,})\s*(?:或者?|\bor\b)\s*([a-z][a-z0-9_]{2,})\s*(?:$|[.,;)\n])/
            ), match.output.0.contains("_") || text.count < 60, match.output.0.contains("或")
        {
            words = [String(match.output.1), String(match.output.2)]
        }
    }

    private static func words(_ list: Substring) -> [String] {
        var seen: Set<String> = []
        return list.replacing(/\s+or\s+|或者?/, with: ",").split { ",|/".contains($0) }
            .map { PageInline.trimmed($0.filter { !"\"'“”".contains($0) }) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private func readDefault() -> String? {
        guard says(["默认", "缺省", "default"]) else { return nil }
        guard
            let match = text.firstMatch(
                of: /(?:默认值?|缺省值?|defaults?(?:\s+value)?)\s*(?:为|是|to|is|:|=)?\s*[:=]?\s*["'“]?(-?[a-z0-9_.\-]+)["'”]?/)
        else { return nil }
        var value = String(match.output.1)
        while value.hasSuffix(".") { value.removeLast() }
        return value.isEmpty ? nil : value
    }
}
