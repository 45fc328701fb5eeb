// Header fields of a response are text; a schema says what it stands for.

extension Schema {
    /// What a header field means, as JSON for the schema to be read by: the text as it is where it is none of the type.
    ///
    /// - Parameter lines: The values of the fields of one name, in order. Several are one list (RFC 9110, 5.3).
    /// - Returns: The value.
    public func value(ofHeader lines: [String]) -> JSONValue {
        let schema = resolved
        if case .array(let items) = schema.kind {
            let items = items.resolved
            return .array(lines.flatMap(Self.elements).map { items.value(ofText: $0) })
        }
        return schema.value(ofText: lines.joined(separator: ", "))
    }

    private func value(ofText text: String) -> JSONValue {
        switch kind {
        case .integer: JSONNumberText.integer(text).map(JSONValue.integer) ?? .string(text)
        case .number: JSONNumberText.number(text) ?? .string(text)
        case .boolean: ["true": JSONValue.bool(true), "false": .bool(false)][text.lowercased()] ?? .string(text)
        case .date(let format) where format.isNumeric:
            JSONNumberText.integer(text).map(JSONValue.integer) ?? .string(text)
        default: .string(text)
        }
    }

    /// The elements between commas that are in no quoted text (RFC 9110, 5.6.1 and 5.6.4); empty ones are none.
    private static func elements(_ line: String) -> [String] {
        var elements: [String] = []
        var element = ""
        var (isQuoted, isEscaped) = (false, false)
        func close() {
            let text = String(element[...].trimmed)
            if !text.isEmpty { elements.append(text) }
            element = ""
        }
        for character in line {
            if character == ",", !isQuoted {
                close()
                continue
            }
            if !isEscaped, character == "\"" { isQuoted.toggle() }
            isEscaped = isQuoted && !isEscaped && character == "\\"
            element.append(character)
        }
        close()
        return elements
    }
}
