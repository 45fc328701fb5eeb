import EndpointDynamic

/// Parses command lines. Options and words come in any order; after `--` everything is a word.
struct OptionParser {
    private let definitions: [String: OptionDefinition]
    /// Whether the argument after an unknown option is its value, to be skipped with it; nil refuses unknown options.
    private let skipsValueOfUnknown: ((String) -> Bool)?

    init(_ definitions: [OptionDefinition]) {
        self.definitions = Self.byName(definitions)
        skipsValueOfUnknown = nil
    }

    /// Makes a parser that skips unknown options, to find a command before its options are known.
    ///
    /// - Parameters:
    ///   - definitions: The options that are known.
    ///   - isWord: Whether an argument after an unknown option is a word of the command rather than the option's value.
    init(lenient definitions: [OptionDefinition], isWord: @escaping (String) -> Bool) {
        self.definitions = Self.byName(definitions)
        skipsValueOfUnknown = { !$0.hasPrefix("-") && !isWord($0) }
    }

    private static func byName(_ definitions: [OptionDefinition]) -> [String: OptionDefinition] {
        Dictionary(definitions.map { ($0.name, $0) }) { $0.form == .boolean ? $1 : $0 }
    }

    func parse(_ arguments: [String]) throws(CommandFailure) -> ParsedLine {
        var line = ParsedLine()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                line.words += rest
                break
            } else if argument == "-h" {
                line.options.append(.init(name: "help", value: ""))
            } else if argument.hasPrefix("--") {
                try option(argument.dropFirst(2), &rest, &line)
            } else if argument.hasPrefix("-"), argument.count > 1 {
                guard skipsValueOfUnknown == nil else { continue }
                throw .usage("unknown option \(argument); options are written --name VALUE or --name=VALUE")
            } else {
                line.words.append(argument)
            }
        }
        if skipsValueOfUnknown == nil { try checkRepeated(line) }
        return line
    }

    private func option(
        _ text: Substring, _ rest: inout ArraySlice<String>, _ line: inout ParsedLine
    ) throws(CommandFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        let value = parts.count == 2 ? String(parts[1]) : nil
        if let definition = definitions[name] {
            line.options.append(.init(name: name, value: try self.value(of: definition, given: value, &rest)))
        } else if name.hasPrefix("no-"), let definition = definitions[String(name.dropFirst(3))],
            definition.form == .boolean
        {
            guard value == nil else { throw .usage("--\(name) takes no value") }
            line.options.append(.init(name: definition.name, value: "false"))
        } else if let skipsValueOfUnknown {
            if value == nil, let next = rest.first, skipsValueOfUnknown(next) { rest.removeFirst() }
        } else {
            let known = definitions.keys.sorted().map { "--\($0)" }
            let hint = Suggestion.nearest(to: "--\(name)", in: known).map { "did you mean \($0)?" }
            throw .usage("unknown option --\(name); \(hint ?? "--help shows the options")")
        }
    }

    private func value(
        of definition: OptionDefinition, given: String?, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) -> String {
        switch definition.form {
        case .flag:
            guard given == nil else { throw .usage("--\(definition.name) takes no value") }
            return ""
        case .boolean:
            if let given { return given }
            if let next = rest.first, next == "true" || next == "false" {
                rest.removeFirst()
                return next
            }
            return "true"
        case .value:
            if let given { return given }
            guard let next = rest.first, next == "-" || !isOption(next) else {
                if skipsValueOfUnknown != nil { return "" }
                throw .usage("--\(definition.name) needs a value")
            }
            rest.removeFirst()
            return next
        }
    }

    /// Whether the text is a known option. A value may begin with a dash: `--limit -1`.
    private func isOption(_ text: String) -> Bool {
        if text == "--" || text == "-h" { return true }
        guard text.hasPrefix("--") else { return false }
        let name = String(text.dropFirst(2).prefix { $0 != "=" })
        if definitions[name] != nil { return true }
        return name.hasPrefix("no-") && definitions[String(name.dropFirst(3))]?.form == .boolean
    }

    private func checkRepeated(_ line: ParsedLine) throws(CommandFailure) {
        var seen: Set<String> = []
        for option in line.options where !seen.insert(option.name).inserted {
            guard let definition = definitions[option.name], !definition.isRepeatable, definition.form != .flag else {
                continue
            }
            throw .usage("--\(option.name) is duplicated")
        }
    }
}
