import EndpointCore

extension ModuleChanges {
    /// A line for each change, in the form of a compiler's messages, then the verdict.
    package var lines: [String] {
        changes.map { change in
            let position = change.position
            return SafeText.escaped(
                "\(position.file):\(position.line):\(position.column): \(change.level.rawValue): \(change.subject): "
                    + "\(change.what) (\(change.rule.reason))")
        } + [summary]
    }

    /// `major: 1 major, 2 minor, 0 patch`
    package var summary: String {
        guard let verdict else { return "none: nothing changed for callers" }
        let counts = ChangeLevel.allCases.reversed().map { "\(count($0)) \($0.rawValue)" }
        return "\(verdict.rawValue): \(counts.joined(separator: ", "))"
    }

    /// `{"verdict": "major", "changes": […]}`, one change a line.
    package var json: String {
        let items = changes.map { change in
            JSONValue.object([
                "level": .string(change.level.rawValue), "rule": .string(change.rule.rawValue),
                "side": .string(change.rule.side.rawValue), "subject": .string(change.subject),
                "what": .string(change.what), "reason": .string(change.rule.reason),
                "file": .string(change.position.file), "line": .integer(Int64(change.position.line)),
                "column": .integer(Int64(change.position.column)),
            ]).text()
        }
        let verdict = JSONValue.string(verdict?.rawValue ?? "none").text()
        return "{\"verdict\":\(verdict),\"changes\":[" + items.joined(separator: ",\n ") + "]}"
    }
}
