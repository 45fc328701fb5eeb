import EndpointCore
import EndpointSpec

/// A schema of an export as the type, or the field, that it was made of.
enum OwnSchema {
    /// The type in the language of specs.
    static func type(_ schema: JSONValue) -> JSONObject {
        if let form = schema["x-spec"]?.object { return form }
        if let wrap = schema["x-wrap"]?.string {
            var form = type(schema["properties"]?[wrap] ?? [:])
            form["wrap"] = .string(wrap)
            return form
        }
        if let reference = schema["$ref"]?.string { return ["$ref": .string(file(reference))] }
        if let choices = schema["anyOf"]?.array, let first = choices.first { return nullable(type(first)) }
        var form = plain(schema)
        for key in ["minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems"] {
            form[key] = schema[key]
        }
        if schema["x-nullAsEmpty"] == true {
            form["nullAsEmpty"] = true
        } else if schema["type"]?.array?.contains("null") == true {
            form = nullable(form)
        }
        return form
    }

    /// `types/NAME.json` for the component of a name.
    private static func file(_ reference: String) -> String {
        "types/\(reference.split(separator: "/").last ?? "").json"
    }

    private static func nullable(_ form: JSONObject) -> JSONObject {
        var form = form
        form["type"] = [form["type"] ?? "object", "null"]
        return form
    }

    private static func plain(_ schema: JSONValue) -> JSONObject {
        switch schema["type"]?.string ?? schema["type"]?[0]?.string {
        case let name? where ["string", "integer", "number", "boolean"].contains(name):
            var form: JSONObject = ["type": .string(name)]
            if schema["format"] != "double" { form["format"] = schema["format"] }
            return form
        case "array": return ["type": "array", "items": .object(type(schema["items"] ?? [:]))]
        case "object":
            var form: JSONObject = ["type": "object"]
            form["name"] = schema["title"]
            if schema["properties"] != nil { form["properties"] = .object(fields(schema)) }
            form["additionalProperties"] = schema["additionalProperties"].map { .object(type($0)) }
            return form
        default: return ["type": "any"]
        }
    }

    /// The fields of an object.
    static func fields(_ schema: JSONValue) -> JSONObject {
        let required = schema["required"]?.array ?? []
        var fields = JSONObject()
        for (name, property) in schema["properties"]?.object?.members ?? [] {
            fields[name] = .object(field(property, isRequired: required.contains(.string(name))))
        }
        return fields
    }

    /// A field of an object, or a parameter.
    static func field(_ schema: JSONValue, isRequired: Bool, description: JSONValue? = nil) -> JSONObject {
        var form = type(schema)
        form["swiftName"] = schema["x-swiftName"]
        if !isRequired, schema["x-required"] == nil, form["nullAsEmpty"] == nil { form["optional"] = true }
        for key in ["default", "const"] { form[key] = schema["x-\(key)"] ?? schema[key] }
        form["sensitive"] = schema["x-sensitive"]
        form["deprecated"] = schema["x-advice"]
        form["aliases"] = schema["x-aliases"]
        let text = schema["x-description"] ?? description ?? schema["description"]
        if let text, text != "" { form["description"] = text }
        return form
    }
}
