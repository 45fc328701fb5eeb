/// The words of a command line, taken apart: options with and without values, and what is left.
struct Arguments {
    /// A word that cannot be understood; the message says what to write.
    struct Misuse: Error {
        var message: String
    }

    /// By option, in the order given.
    private(set) var values: [String: [String]] = [:]
    private(set) var flags: Set<String> = []
    private(set) var paths: [String] = []

    /// - Parameters:
    ///   - options: Names of options that take a value: `output` for `--output DIR` and `--output=DIR`.
    ///   - flags: Names of options that take none.
    init(_ words: [String], options: [String], flags: [String] = []) throws(Misuse) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                paths += rest
                return
            }
            guard word.hasPrefix("--") else {
                paths.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            if flags.contains(name), parts.count == 1 {
                self.flags.insert(name)
            } else if options.contains(name) {
                guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
                    throw Misuse(message: "--\(name) needs a value")
                }
                values[name, default: []].append(value)
            } else {
                let known = (options + flags).map { "--\($0)" }.joined(separator: ", ")
                throw Misuse(message: "unknown option \(word); " + (known.isEmpty ? "there is none" : "known: \(known)"))
            }
        }
    }

    /// The value of an option that may be given once.
    func value(_ name: String) throws(Misuse) -> String? {
        guard let all = values[name] else { return nil }
        guard all.count == 1 else { throw Misuse(message: "--\(name) is given \(all.count) times") }
        return all[0]
    }

    func required(_ name: String) throws(Misuse) -> String {
        guard let value = try value(name) else { throw Misuse(message: "--\(name) is missing") }
        return value
    }

    /// The only path.
    func path(_ what: String) throws(Misuse) -> String {
        guard let path = paths.first else { throw Misuse(message: "\(what) is missing") }
        guard paths.count == 1 else { throw Misuse(message: "one \(what), not \(paths.count)") }
        return path
    }
}
