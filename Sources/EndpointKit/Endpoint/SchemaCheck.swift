import Foundation

/// One value that its schema refuses.
struct Violation {
    /// Where: `renameList[2].newName`.
    var path: String
    /// What is wrong and what is allowed.
    var message: String
}

extension Schema {
    /// Everything that is wrong with a value in its argument form.
    func violations(of value: JSONValue, at path: String) -> [Violation] {
        if value.isNull, isNullable || kind == .any { return [] }
        var found: [Violation] = []
        func refuse(_ message: String) { found.append(Violation(path: path, message: message)) }
        func shown(_ value: JSONValue) -> String { isSensitive ? "the value given" : value.text() }

        switch (kind, value) {
        case (.any, _), (.boolean, .bool): break
        case (.string, .string(let text)):
            let length = text.unicodeScalars.count
            if let minLength, length < minLength {
                refuse(text.isEmpty ? "must not be empty" : "must have at least \(minLength) characters")
            }
            if let maxLength, length > maxLength {
                refuse("must have at most \(maxLength) characters; got \(length)")
            }
            if let pattern, !Self.matches(text, pattern) { refuse("must match \(pattern); got \(shown(value))") }
        case (.integer, .integer(let number)):
            if let range = rangeText, !isInRange(Double(number)) { refuse("must be \(range); got \(shown(value))") }
        case (.number, .integer), (.number, .number):
            let number = value.integer.map(Double.init) ?? value.double ?? .nan
            if !number.isFinite {
                refuse("must be a finite number")
            } else if let range = rangeText, !isInRange(number) {
                refuse("must be \(range); got \(shown(value))")
            }
        case (.date(let format), _):
            if format.date(from: value) == nil, DateFormat.dateTime.date(from: value) == nil {
                refuse(
                    "must be a time such as \(format.example) or \(DateFormat.dateTime.example); got \(shown(value))")
            }
        case (.array(let items), .array(let values)):
            if let minItems, values.count < minItems {
                refuse("must have at least \(minItems) \(minItems == 1 ? "item" : "items"); got \(values.count)")
            }
            if let maxItems, values.count > maxItems {
                refuse("must have at most \(maxItems) items; got \(values.count)")
            }
            for (index, item) in values.enumerated() {
                found += inheriting(items).violations(of: item, at: "\(path)[\(index)]")
            }
        case (.object(let properties), .object(let object)):
            for property in properties where property.constant == nil {
                if let member = object[property.name] {
                    found += inheriting(property.schema).violations(of: member, at: "\(path).\(property.name)")
                } else if !property.isOptional, property.defaultValue == nil {
                    found.append(Violation(path: "\(path).\(property.name)", message: "is missing"))
                }
            }
        default: refuse("must be \(article); got \(isSensitive ? value.typeName : value.text())")
        }
        return found
    }

    /// What is inside a value that must not be shown must not be shown either.
    private func inheriting(_ inner: Schema) -> Schema {
        isSensitive ? inner.sensitive : inner
    }

    private func isInRange(_ number: Double) -> Bool {
        number >= minimum ?? -.infinity && number <= maximum ?? .infinity
    }

    /// `in 1…100`, `at least 1`, `at most 9`; nil if every number is allowed.
    var rangeText: String? {
        func text(_ number: Double) -> String {
            Int64(exactly: number).map { String($0) } ?? "\(number)"
        }
        switch (minimum, maximum) {
        case (let low?, let high?): return "in \(text(low))…\(text(high))"
        case (let low?, nil): return "at least \(text(low))"
        case (nil, let high?): return "at most \(text(high))"
        case (nil, nil): return nil
        }
    }

    var article: String {
        switch kind {
        case .any: "a value"
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a number"
        case .boolean: "true or false"
        case .date: "a time"
        case .binary: "bytes"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// Whether the pattern matches somewhere in the text, by code points and with ASCII classes as in JSON Schema: to
    /// Swift's own default `\r\n` is one character, and other scripts' digits are `\d`. A pattern that does not compile
    /// matches nothing; the spec checker refuses it long before.
    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let regex = try? Regex(pattern) else { return false }
        return text.contains(regex.matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses())
    }
}

extension JSONValue {
    fileprivate var double: Double? { if case .number(let number) = self { number } else { nil } }
}
