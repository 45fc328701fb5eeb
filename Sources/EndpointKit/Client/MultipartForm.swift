import Foundation

/// A `multipart/form-data` body (RFC 7578). The bytes of files are read while they are sent.
struct MultipartForm {
    private let boundary: String
    let body: HTTPBody

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    init(_ parameters: [Parameter], boundary: String = "endpoint-\(UUID().uuidString)") {
        self.boundary = boundary
        var chunks: [HTTPBody.Chunk] = []
        var text = ""
        func flush() {
            if !text.isEmpty { chunks.append(.data(Data(text.utf8))) }
            text = ""
        }
        for parameter in parameters {
            if case .binary(let content) = parameter.content {
                let filename = content.filename ?? parameter.name
                text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(parameter.name.escapedForHeader)\"; "
                text += "filename=\"\(filename.escapedForHeader)\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                flush()
                chunks += content.body.chunks
                text += "\r\n"
            } else if let value = parameter.wireValue, !value.isNull {
                text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(parameter.name.escapedForHeader)\""
                text += "\r\n\r\n\(value.plainText)\r\n"
            }
        }
        text += "--\(boundary)--\r\n"
        flush()
        body = HTTPBody(chunks: chunks)
    }
}

extension String {
    /// The text with quotes and line breaks escaped as the HTML standard requires in a part's header.
    fileprivate var escapedForHeader: String {
        replacingOccurrences(of: "\"", with: "%22").replacingOccurrences(of: "\r", with: "%0D")
            .replacingOccurrences(of: "\n", with: "%0A")
    }
}
