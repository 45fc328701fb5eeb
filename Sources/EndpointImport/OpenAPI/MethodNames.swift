import EndpointCore
import EndpointSpec

/// Names the operations of a group after the Swift API Design Guidelines: a verb, and no word that the group or an argument
/// says already.
struct MethodNames {
    /// The group's name.
    let group: String

    /// Names all operations of a group; each name is one operation's.
    func names(of operations: [OperationDraft]) -> [String] {
        var table = NameTable(SwiftName.takenInGroups)
        let candidates = operations.map(candidates)
        var levels = [Int](repeating: 0, count: operations.count)
        // Operations that would share a name all get a longer one, as far as there is one.
        for _ in 0..<4 {
            var counts: [String: [Int]] = [:]
            for index in operations.indices {
                counts[candidates[index][levels[index]].lowercased(), default: []].append(index)
            }
            for indices in counts.values where indices.count > 1 {
                for index in indices where levels[index] + 1 < candidates[index].count { levels[index] += 1 }
            }
        }
        return operations.indices.map { index in
            table.take(firstOf: Array(candidates[index][levels[index]...]))
        }
    }

    /// The names that an operation may have, the shortest first.
    private func candidates(_ operation: OperationDraft) -> [String] {
        let path = PathWords(operation.path)
        let words = identifierWords(operation, path)
        let full = words ?? derivedWords(operation, path)
        let short = shortened(full, operation)
        let parents = path.literals.dropLast().reversed()
        var names = [short, full]
        if let parent = parents.first {
            let suffix = ["for"] + Words.of(SwiftName.singular(parent))
            names += [short + suffix, full + suffix]
        }
        names.append(full + parents.flatMap { ["for"] + Words.of(SwiftName.singular($0)) })
        let parameters = operation.pathParameters.dropLast(
            path.endsWithParameter && operation.pathParameters.count > 1 ? 1 : 0)
        if let last = parameters.last,
            !(path.endsWithParameter && operation.pathParameters.count == 1 && path.literals.count > 1)
        {
            names.append(short + ["by"] + Words.of(last.name))
        }
        var texts: [String] = []
        for name in names.map(Self.methodName) where !texts.contains(name) { texts.append(name) }
        return texts
    }

    private static func methodName(_ words: [String]) -> String {
        let name = SwiftName.lowerCamel(words.joined(separator: " "))
        if SwiftName.isValueName(name) { return name }
        let other = SwiftName.lowerCamel("call " + words.joined(separator: " "))
        return SwiftName.isValueName(other) ? other : "call"
    }

    // MARK: From the identifier

    /// The words of `operationId` without the group's; nil where it only repeats method and path.
    private func identifierWords(_ operation: OperationDraft, _ path: PathWords) -> [String]? {
        guard let identifier = operation.identifier, !identifier.isEmpty else { return nil }
        var text = identifier
        if let slash = text.lastIndex(of: "/"), slash < text.index(before: text.endIndex) {
            text = String(text[text.index(after: slash)...])
        }
        var words = Words.of(text)
        guard !words.isEmpty, SwiftName.lowerCamel(text).utf8.contains(where: { $0 > 0x60 }) else { return nil }
        words = withoutPath(words, operation)
        if let rest = Self.rest(of: words, besides: operation, path) {
            if rest.isEmpty { return nil }
            return Self.isVerb(rest[0]) && rest.count > 1 ? rest : derivedWords(operation, path) + rest
        }
        let stems = Words.stems(words)
        let own = Words.stems(Words.of(group))
        if stems.count > own.count, Array(stems.prefix(own.count)) == own,
            !Self.isVerb(words[0]) || own.count > 1 || Self.isVerb(words[own.count])
        {
            words.removeFirst(own.count)
        }
        return words
    }

    /// What an identifier says beyond method and path, in whose order it names all steps; nil for one of another kind.
    private static func rest(of words: [String], besides operation: OperationDraft, _ path: PathWords) -> [String]? {
        guard words.first?.lowercased() == operation.method.lowercased() else { return nil }
        var rest = words.dropFirst().map(Words.stem)[...]
        for part in operation.path.split(separator: "/") {
            let isParameter = part.hasPrefix("{")
            for word in Words.of(String(part)).map(Words.stem) {
                if rest.first == word {
                    rest = rest.dropFirst()
                } else if !isParameter, !Words.isVersion(word), word != "api", word != "json" {
                    return nil
                }
            }
        }
        return Array(words.suffix(rest.count))
    }

    /// Without the path and the method that some frameworks put behind a function's name: `read_item_items__id__get`.
    private func withoutPath(_ words: [String], _ operation: OperationDraft) -> [String] {
        guard words.last?.lowercased() == operation.method.lowercased() else { return words }
        let path = operation.path.split(separator: "/").flatMap { Words.of(String($0)) }.map { $0.lowercased() }
        let tail = words.dropLast().suffix(path.count).map { $0.lowercased() }
        guard !path.isEmpty, Array(tail) == path, words.count > path.count + 1 else { return words }
        return Array(words.dropLast(path.count + 1))
    }

    private static let verbs: Set<String> = [
        "accept", "activate", "add", "append", "apply", "approve", "archive", "assign", "attach", "authorize", "batch",
        "cancel", "capture", "change", "check", "clear", "clone", "close", "commit", "complete", "confirm", "connect",
        "convert", "copy", "count", "create", "deactivate", "decline", "delete", "deny", "deploy", "detach", "disable",
        "disconnect", "download", "edit", "enable", "end", "exchange", "execute", "expire", "export", "extend", "fetch",
        "find", "finalize",
        "follow", "generate", "get", "grant", "import", "initiate", "install", "invite", "issue", "join", "leave",
        "link", "list", "lock", "log", "lookup", "login", "logout", "make", "mark", "match", "merge", "modify", "move",
        "mute", "open", "patch", "pause", "pay", "ping", "post", "preview", "process", "publish", "purge", "put",
        "query", "read", "rebuild", "receive", "redeliver", "refresh", "refund", "register", "reject", "release",
        "remove", "rename", "render", "renew", "reopen", "reorder", "replace", "report", "request", "rerun", "resend",
        "reset", "resolve", "restart", "restore", "resume", "retrieve", "retry", "return", "revoke", "rotate", "run",
        "save", "schedule", "search", "send", "set", "share", "show", "sign", "skip", "star", "start", "stop", "submit",
        "subscribe", "suspend", "sync", "terminate", "test", "transfer", "trigger", "unarchive", "unassign", "unblock",
        "unfollow", "uninstall", "unlink", "unlock", "unmute", "unpublish", "unstar", "unsubscribe", "update",
        "upgrade", "upload", "upsert", "use", "validate", "verify", "view", "void", "watch", "write",
    ]

    private static func isVerb(_ word: String) -> Bool { verbs.contains(word.lowercased()) }

    // MARK: Needless words

    /// Without the group's words behind the verb, and without what a path parameter says.
    private func shortened(_ words: [String], _ operation: OperationDraft) -> [String] {
        var words = words
        // getPetById(petID:) is get(petID:).
        if let by = words.lastIndex(where: { $0.lowercased() == "by" }), by > 0, by + 1 < words.count {
            let tail = SwiftName.lowerCamel(words[(by + 1)...].joined(separator: " ")).lowercased()
            let isArgument = operation.pathParameters.contains {
                let name = SwiftName.lowerCamel($0.name).lowercased()
                return name == tail || name.hasSuffix(tail)
            }
            if isArgument { words.removeSubrange(by...) }
        }
        let own = Words.stems(Words.of(group))
        guard words.count > own.count, Self.isVerb(words[0]) else { return words }
        func stems(_ words: [String]) -> [String] { Words.stems(words) }
        while words.count > 2, ["a", "an", "the"].contains(stems(words)[1]) { words.remove(at: 1) }
        if words.count > own.count, Array(stems(words)[1..<(1 + own.count)]) == own {
            words.removeSubrange(1..<(1 + own.count))
        }
        return words
    }

    // MARK: From method and path

    private func derivedWords(_ operation: OperationDraft, _ path: PathWords) -> [String] {
        let text = path.literals.last ?? group
        let noun = Words.of(text)
        let single = Words.of(Words.singular(SwiftName.lowerCamel(text)))
        let isPlural = Words.singular(text) != text
        let followsParameter = path.steps.dropLast().last?.hasParameter ?? false
        switch operation.method {
        case "GET":
            if path.endsWithParameter { return ["get"] + single }
            return [isPlural || Self.isList(operation.response) ? "list" : "get"] + noun
        case "POST":
            if path.endsWithParameter { return ["update"] + single }
            if let first = noun.first, Self.isVerb(first), followsParameter || !isPlural { return noun }
            return ["create"] + single
        case "PUT", "PATCH": return ["update"] + (path.endsWithParameter ? single : noun)
        case "DELETE": return ["delete"] + (path.endsWithParameter ? single : noun)
        case "HEAD": return ["check"] + noun
        default: return [operation.method.lowercased()] + noun
        }
    }

    private static func isList(_ response: OperationDraft.Response) -> Bool {
        if case .json(let type) = response, case .array = type.kind { true } else { false }
    }
}
