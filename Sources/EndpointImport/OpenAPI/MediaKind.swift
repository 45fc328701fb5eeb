import EndpointCore

/// What a media type is to a spec.
enum MediaKind {
    case json, form, multipart, events, lines, bytes
    /// Any: `*/*`.
    case open

    init(_ type: String) {
        let name = type.prefix { $0 != ";" }.trimming.lowercased()
        switch name {
        case "application/x-www-form-urlencoded": self = .form
        case "text/event-stream": self = .events
        case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
            "application/jsonlines", "application/json-lines", "application/stream+json", "application/x-json-stream":
            self = .lines
        case "application/json", "text/json", "application/*": self = .json
        case "*/*": self = .open
        default:
            if name.hasPrefix("multipart/") {
                self = .multipart
            } else if name.hasSuffix("+json") || name.hasPrefix("application/json") {
                self = .json
            } else {
                self = .bytes
            }
        }
    }
}

extension Substring {
    /// Without blanks at both ends.
    var trimming: String {
        var text = self
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
