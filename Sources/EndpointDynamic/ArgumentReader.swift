import EndpointKit
import EndpointSpec
import Foundation

/// Brings arguments given as JSON into the form that typed calls pass on. What is merely the wrong type or out of range
/// is left to the checks that typed calls go through as well.
struct ArgumentReader {
    let types: TypeTable
    private(set) var problems: [String] = []

    init(types: TypeTable) {
        self.types = types
    }

    mutating func refuse(_ path: String, _ message: String) {
        problems.append("\(path): \(message)")
    }

    /// A value as the run time wants it: cases of an enumeration by value, exact integers as integers.
    mutating func read(_ value: JSONValue, as schema: SchemaModel, at path: String) -> JSONValue {
        let schema = types.resolved(schema)
        switch (schema.kind, value) {
        case (.enumeration(let enumeration), .string(let text)):
            let isValue = enumeration.cases.contains { $0.value.string == text }
            guard !isValue, let named = enumeration.cases.first(where: { $0.swiftName == text }) else { return value }
            return JSONValue(named.value)
        case (.integer(let width), _):
            let number: JSONValue
            if schema.wire == .string || schema.accept.contains("string"), case .string(let text) = value {
                number = Int64(text).map { .integer($0) } ?? value
            } else {
                number = value
            }
            if width == .int32, case .integer(let wide) = number, Int32(exactly: wide) == nil {
                refuse(path, "must fit 32 bits; got \(wide)")
            }
            return number
        case (.boolean, .integer(let number)) where schema.wire == .integer && (number == 0 || number == 1):
            return .bool(number == 1)
        case (.array(let items), .array(let values)):
            return .array(values.enumerated().map { read($1, as: items, at: "\(path)[\($0)]") })
        case (.object(let object), .object(let members)):
            return .object(read(members, of: object, at: path))
        default: return value
        }
    }

    private mutating func read(_ members: JSONObject, of object: ObjectModel, at path: String) -> JSONObject {
        var result = JSONObject()
        let fields = object.fields.filter { $0.constant == nil }
        for (name, value) in members.members {
            guard let field = fields.first(where: { $0.name == name }) else {
                refuse("\(path).\(name)", "no such field; \(Nearest.hint(for: name, in: fields.map(\.name)))")
                continue
            }
            if value.isNull, field.isOptional, !types.resolved(field.schema).isNullable { continue }
            result[name] = read(value, as: field.schema, at: "\(path).\(name)")
        }
        return result
    }

    // MARK: Bytes

    /// Bytes given as `{"$text": …}`, `{"$base64": …}` or `{"$file": path, "offset": 0, "length": 16}`.
    mutating func bytes(_ value: JSONValue, at path: String, filename: String?) -> BinaryContent? {
        guard let form = value.object else {
            refuse(path, "must be bytes: {\"$file\": \"path\"}, {\"$text\": \"…\"} or {\"$base64\": \"…\"}")
            return nil
        }
        var content: BinaryContent?
        switch (form["$text"], form["$base64"], form["$file"]) {
        case (.string(let text)?, nil, nil): content = .data(Data(text.utf8))
        case (nil, .string(let text)?, nil):
            guard let data = Data(base64Encoded: text) else {
                refuse(path, "$base64 must be Base64 text")
                return nil
            }
            content = .data(data)
        case (nil, nil, .string(let file)?): content = fileBytes(file, form, at: path)
        default: refuse(path, "must have exactly one of $file, $text and $base64, each with a string")
        }
        let allowed = form["$file"] == nil ? ["$text", "$base64"] : ["$file", "offset", "length"]
        for key in form.keys where !allowed.contains(key) {
            refuse("\(path).\(key)", "no such field; \(Nearest.hint(for: key, in: allowed))")
        }
        if let filename { content?.filename = filename }
        return content
    }

    private mutating func fileBytes(_ file: String, _ form: JSONObject, at path: String) -> BinaryContent? {
        let url = URL(fileURLWithPath: file)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? NSNumber
        else {
            refuse(path, "there is no file \(file) that can be read")
            return nil
        }
        let total = size.int64Value
        let offset = form["offset"].map { $0.integer ?? -1 } ?? 0
        guard (0...total).contains(offset) else {
            refuse("\(path).offset", "must be in 0…\(total), the size of \(file)")
            return nil
        }
        let length = form["length"].map { $0.integer ?? -1 } ?? total - offset
        guard (0...(total - offset)).contains(length) else {
            refuse("\(path).length", "must be in 0…\(total - offset), what \(file) has from there")
            return nil
        }
        return .file(url, offset: offset, length: length)
    }
}
