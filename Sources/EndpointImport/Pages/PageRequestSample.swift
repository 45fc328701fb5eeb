import EndpointCore

/// A request that a page shows: a command line of curl, or the text of a request.
struct PageRequestSample {
    var method: String
    /// The address, with its query.
    var address: String
    var headers: [(name: String, value: String)] = []
    /// The body, as written.
    var body: String?
    /// The parts of a form.
    var form: [(name: String, value: String)] = []
    var line: Int

    /// The values in the address's query, decoded.
    var query: [(name: String, value: String)] {
        guard let mark = address.firstIndex(of: "?") else { return [] }
        return Self.pairs(String(address[address.index(after: mark)...]))
    }

    /// Whether a header field is sent.
    func hasHeader(_ name: String) -> Bool { headers.contains { $0.name.lowercased() == name.lowercased() } }

    /// The request in a block; nil for a block that shows none.
    init?(_ code: PageCode) {
        let text = PageInline.trimmed(code.text)
        line = code.line
        if let curl = text.firstRange(of: "curl "), text[..<curl.lowerBound].count < 40 {
            let sample = Self.curl(String(text[curl.upperBound...]))
            guard let address = sample.address else { return nil }
            (self.address, method) = (address, sample.method)
            (headers, body, form) = (sample.headers, sample.body, sample.form)
        } else if let match = text.firstMatch(of: /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\S+)[^\n]*/) {
            (method, address) = (String(match.output.1), String(match.output.2))
            readMessage(String(text[match.range.upperBound...]))
        } else if text.firstMatch(of: /^https?:\/\/\S+$/) != nil {
            (method, address) = ("", text)
        } else if let url = text.firstMatch(of: /["'](https?:\/\/[^"'\s]+|\/[A-Za-z][^"'\s]*\/[^"'\s]*)["']/),
            let verb = text.firstMatch(of: /["'.](GET|POST|PUT|PATCH|DELETE|get|post|put|patch|delete)["'(]/)
        {
            (method, address) = (String(verb.output.1).uppercased(), String(url.output.1))
        } else {
            return nil
        }
    }

    /// The header fields and the body below the first line.
    private mutating func readMessage(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        while let line = lines.first, let colon = line.firstIndex(of: ":"), !line.hasPrefix("{") {
            headers.append((PageInline.trimmed(line[..<colon]), PageInline.trimmed(line[line.index(after: colon)...])))
            lines = lines.dropFirst()
        }
        let rest = PageInline.trimmed(lines.joined(separator: "\n"))
        if !rest.isEmpty { body = rest }
    }

    // MARK: curl

    private struct Curl {
        var method = ""
        var address: String?
        var headers: [(name: String, value: String)] = []
        var body: String?
        var form: [(name: String, value: String)] = []
        var sendsQuery = false
    }

    private static func curl(_ text: String) -> Curl {
        var result = Curl()
        var words = Self.words(text)[...]
        while let word = words.popFirst() {
            var (name, value) = (word, String?.none)
            if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
                (name, value) = (String(word[..<equals]), String(word[word.index(after: equals)...]))
            } else if word.hasPrefix("-X"), word.count > 2 {
                (name, value) = ("-X", String(word.dropFirst(2)))
            }
            func next() -> String { value ?? words.popFirst() ?? "" }
            switch name {
            case "--request", "-X": result.method = next().uppercased()
            case "--url": result.address = next()
            case "--header", "-H":
                let field = next()
                if let colon = field.firstIndex(of: ":") {
                    result.headers.append(
                        (PageInline.trimmed(field[..<colon]), PageInline.trimmed(field[field.index(after: colon)...])))
                }
            case "--data", "-d", "--data-raw", "--data-binary", "--data-ascii", "--json":
                let data = next()
                result.body = result.body.map { $0 + "&" + data } ?? data
            case "--data-urlencode":
                let data = next()
                result.form += [pair(data)]
            case "--form", "-F", "--form-string": result.form.append(pair(next()))
            case "--get", "-G": result.sendsQuery = true
            case "--user", "-u", "--output", "-o", "--max-time", "-m", "--cookie", "-b", "--proxy", "-A",
                "--user-agent":
                _ = next()
            default:
                if !word.hasPrefix("-"), result.address == nil, word.contains("/") || word.contains(".") {
                    result.address = word
                }
            }
        }
        if result.sendsQuery, let body = result.body, let address = result.address {
            result.address = address + (address.contains("?") ? "&" : "?") + body
            result.body = nil
        }
        if result.method.isEmpty {
            result.method = result.body == nil && result.form.isEmpty ? "GET" : "POST"
        }
        return result
    }

    /// The words of a command line, as a shell splits them.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                isEscaped = false
                if character == "\n" { continue }
                word =
                    (word ?? "") + (quote == "\"" && character != "\"" && character != "\\" ? "\\" : "")
                    + String(character)
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    private static func pair(_ text: String) -> (name: String, value: String) {
        guard let equals = text.firstIndex(of: "=") else { return (text, "") }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    /// The pairs of a query or a form, decoded.
    static func pairs(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { part in
            let (name, value) = pair(String(part))
            return (PercentText.decoded(name, isForm: true), PercentText.decoded(value, isForm: true))
        }
    }
}
