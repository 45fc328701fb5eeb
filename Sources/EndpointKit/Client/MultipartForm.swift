import Foundation

/// A `multipart/form-data` body (RFC 7578). The bytes of files are read while they are sent.
struct MultipartForm {
    let boundary: String
    let body: HTTPBody

    init(_ parameters: [Parameter], boundary: String = "endpoint-\(UUID().uuidString)") {
        self.boundary = boundary
        var chunks: [HTTPBody.Chunk] = []
        var text = ""
        func flush() {
            if !text.isEmpty { chunks.append(.data(Data(text.utf8))) }
            text = ""
        }
        func begin(_ name: String, filename: String? = nil, type: String?) {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name.escapedForHeader)\""
            if let filename { text += "; filename=\"\(filename.escapedForHeader)\"" }
            if let type { text += "\r\nContent-Type: \(type)" }
            text += "\r\n\r\n"
        }
        for parameter in parameters {
            for content in parameter.content.files {
                begin(
                    parameter.name, filename: content.filename ?? parameter.name,
                    type: parameter.partType ?? BodyEncoding.binary.contentType)
                flush()
                chunks += content.body.chunks
                text += "\r\n"
            }
            for value in parameter.partValues {
                begin(
                    parameter.name,
                    type: parameter.partType ?? (value.isStructure ? BodyEncoding.json.contentType : nil))
                text += "\(value.plainText)\r\n"
            }
        }
        text += "--\(boundary)--\r\n"
        flush()
        body = HTTPBody(chunks: chunks)
    }
}

extension Parameter {
    /// The media type of the parameter's parts, if its schema says one.
    package var partType: String? {
        let schema = schema.resolved
        if let type = schema.encoding.contentType { return type }
        if case .array(let items) = schema.kind { return items.resolved.encoding.contentType }
        return nil
    }

    /// The values that are a part each: the elements of an array, without those that are null.
    package var partValues: [JSONValue] {
        guard let value = wireValue else { return [] }
        return (value.array ?? [value]).filter { !$0.isNull }
    }
}

extension JSONValue {
    /// Whether the value is an object or an array, which a part has as JSON.
    package var isStructure: Bool { object != nil || array != nil }
}

extension String {
    /// The text with quotes and line breaks escaped as the HTML standard requires in a part's header.
    fileprivate var escapedForHeader: String {
        replacingOccurrences(of: "\"", with: "%22").replacingOccurrences(of: "\r", with: "%0D")
            .replacingOccurrences(of: "\n", with: "%0A")
    }
}
