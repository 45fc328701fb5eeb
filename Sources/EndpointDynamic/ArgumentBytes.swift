import EndpointKit
import EndpointSpec
import Foundation

/// Bytes given as ``EncodedBytes``, or as `{"$file": path, "offset": 0, "length": 16}`.
enum ArgumentBytes {
    /// What is wrong, with where it is.
    struct Problem: Error {
        var text: String
    }

    /// The content of a parameter that is bytes, or an array of them.
    static func content(_ value: JSONValue, _ field: FieldModel) throws(Problem) -> ParameterContent {
        guard case .array = field.schema.kind else {
            var content = try read(value, at: field.argumentName)
            if case .binary(let filename?) = field.schema.kind { content.filename = filename }
            return .binary(content)
        }
        var files: [BinaryContent] = []
        for (index, item) in (value.array ?? []).enumerated() {
            files.append(try read(item, at: "\(field.argumentName)[\(index)]"))
        }
        return .binaries(files)
    }

    private static func read(_ value: JSONValue, at name: String) throws(Problem) -> BinaryContent {
        if let bytes = EncodedBytes(value) {
            return .data(Data(bytes.bytes))
        } else {
            guard let form = value.object else {
                throw Problem(
                    text:
                        "\(name): must be bytes: {\"$file\": \"path\"}, {\"$text\": \"…\"} or {\"$base64\": \"…\"}"
                )
            }
            let allowed = form["$file"] == nil ? ["$text", "$base64"] : ["$file", "offset", "length"]
            guard let unknown = form.keys.first(where: { !allowed.contains($0) }) else {
                return try bytes(form, at: name)
            }
            throw Problem(
                text: "\(name).\(unknown): no such field; \(Suggestion.hint(for: unknown, in: allowed))")
        }
    }

    private static func bytes(_ form: JSONObject, at path: String) throws(Problem) -> BinaryContent {
        guard form["$text"] == nil, form["$base64"] == nil, case .string(let file)? = form["$file"] else {
            if form.count == 1, form["$base64"]?.string != nil {
                throw Problem(text: "\(path): $base64 must be Base64 text")
            }
            throw Problem(text: "\(path): must have exactly one of $file, $text and $base64, each with a string")
        }
        let url = URL(fileURLWithPath: file)
        let total: Int64
        switch FileKind(of: url) {
        case .regular(let size): total = size
        case .pipe:
            guard case .integer(let length)? = form["length"], length >= 0, form["offset"] == nil else {
                throw Problem(
                    text: "\(path): \(file) is a pipe, whose length is not known before; write "
                        + "{\"$file\": \"\(file)\", \"length\": 16} with its length in bytes, without an offset")
            }
            return .file(url, offset: 0, length: length)
        case nil: throw Problem(text: "\(path): there is no file \(file) that can be read")
        }
        let offset = form["offset"].map { $0.integer ?? -1 } ?? 0
        guard (0...total).contains(offset) else {
            throw Problem(text: "\(path).offset: must be in 0…\(total), the size of \(file)")
        }
        let length = form["length"].map { $0.integer ?? -1 } ?? total - offset
        guard (0...(total - offset)).contains(length) else {
            throw Problem(text: "\(path).length: must be in 0…\(total - offset), what \(file) has from there")
        }
        return .file(url, offset: offset, length: length)
    }
}
