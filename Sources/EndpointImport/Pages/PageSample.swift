import EndpointCore

/// JSON that a page shows.
struct PageSample {
    var value: JSONValue
    var code: PageCode
    /// The role of the part that it stands in.
    var role: PageSection.Role
    /// The line or heading above it, where that says more than the part's heading.
    var caption: String
    /// Comments in it, by key.
    var comments: [String: String]

    /// The line of the page on which a key stands first, or the first line of the sample.
    func line(of key: String) -> Int {
        for (offset, line) in code.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains("\"\(key)\"") {
            return code.line + offset
        }
        return code.line
    }
}

/// The requests and responses that a page shows for a call.
struct PageSamples {
    private(set) var requests: [PageRequestSample] = []
    /// Bodies of requests in blocks of their own.
    private(set) var bodies: [PageSample] = []
    private(set) var responses: [PageSample] = []
    /// Blocks that should be JSON and are not, and those that had to be put right.
    private(set) var broken: [PageCode] = []
    private(set) var repaired: [PageCode] = []

    /// Sorts the blocks of a call's parts.
    ///
    /// - Parameters:
    ///   - sections: The parts.
    ///   - envelope: The service's envelope.
    ///   - parameters: The names of the parameters that tables describe.
    init(_ sections: [PageSection], envelope: Envelope?, parameters: Set<String>) {
        for section in sections {
            var caption = ""
            for block in section.blocks {
                switch block {
                case .heading(let text), .text(let text): caption = text.text
                case .table: break
                case .code(let code):
                    add(code, in: section, caption: caption, envelope, parameters)
                    caption = ""
                }
            }
        }
    }

    private mutating func add(
        _ code: PageCode, in section: PageSection, caption: String, _ envelope: Envelope?, _ parameters: Set<String>
    ) {
        var code = code
        var text = PageInline.trimmed(code.text)
        // The text of a response: its status line, its header fields, its body.
        if text.hasPrefix("HTTP/"), let body = text.firstMatch(of: /\n\s*\n/) {
            code.line += text[..<body.range.upperBound].count { $0 == "\n" }
            text = String(text[body.range.upperBound...])
            code.text = text
        }
        if let reading = PageJSON.read(text) {
            if reading.isRepaired { repaired.append(code) }
            let sample = PageSample(
                value: reading.value, code: code, role: section.role, caption: caption, comments: reading.comments)
            if isResponse(sample, in: section, caption: caption, envelope, parameters) {
                responses.append(sample)
            } else {
                bodies.append(sample)
            }
        } else if let request = PageRequestSample(code) {
            requests.append(request)
        } else if code.language.hasPrefix("json"), !text.isEmpty {
            broken.append(code)
        }
    }

    private func isResponse(
        _ sample: PageSample, in section: PageSection, caption: String, _ envelope: Envelope?, _ parameters: Set<String>
    ) -> Bool {
        if let envelope, sample.value.object?[envelope.code.steps.first ?? ""] != nil { return true }
        switch PageSection.role(of: caption) ?? section.role {
        case .responseSample, .response: return true
        case .requestSample, .request, .body, .form, .query, .path, .headers: return false
        default: break
        }
        switch section.role {
        case .responseSample, .response: return true
        case .requestSample, .request, .body, .form, .query, .path, .headers: return false
        default: break
        }
        guard let keys = sample.value.object?.keys, !keys.isEmpty else { return true }
        return !keys.allSatisfy { parameters.contains($0) }
    }
}
