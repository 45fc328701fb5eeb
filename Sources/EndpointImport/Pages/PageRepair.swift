import EndpointCore
import EndpointSpec

/// Takes out of a spec what the checker refuses and what can be missed.
enum PageRepair {
    /// Takes out the next part.
    ///
    /// - Parameters:
    ///   - spec: The spec.
    ///   - diagnostic: What the checker says of it.
    /// - Returns: What was taken out, as a message calls it; nil where nothing is left to take out.
    static func next(_ spec: inout JSONObject, after diagnostic: Diagnostic) -> String? {
        // The part in which the mistake is.
        let node = SpecReader.read(Array(SpecText.file(spec).utf8), file: diagnostic.position.file).node
        let part = node?.members?.last { $0.keyPosition.line <= diagnostic.position.line }
        if let part, ["path", "method"].contains(part.key) { return nil }
        if let part, ["examples", "paging", "notes", "documentation"].contains(part.key) {
            if part.key == "examples", let examples = spec["examples"]?.array, examples.count > 1,
                let elements = part.value.elements,
                let index = elements.lastIndex(where: { $0.position.line <= diagnostic.position.line })
            {
                spec["examples"] = .array(examples.enumerated().filter { $0.offset != index }.map(\.element))
                return "an example"
            }
            spec[part.key] = nil
            return "\"\(part.key)\""
        }
        if let part, let name = field(part, at: diagnostic.position.line), var map = spec[part.key]?.object,
            let schema = map[name]?.object
        {
            // Enumerations and formats are the likeliest to be refused; then the field is any JSON.
            let simple = simplified(schema)
            var plain: JSONObject = ["type": "string"]
            for key in ["optional", "description"] { plain[key] = schema[key] }
            let next = simple != schema ? simple : part.key == "query" || part.key == "headers" ? plain : schema
            if next != schema {
                map[name] = .object(next)
                spec[part.key] = .object(map)
                return "what \"\(name)\" is made of"
            }
        }
        if spec["examples"] != nil {
            spec["examples"] = nil
            return "\"examples\""
        }
        if spec["paging"] != nil {
            spec["paging"] = nil
            return "\"paging\""
        }
        return nil
    }

    private static func field(_ part: JSONMember, at line: Int) -> String? {
        part.value.members?.last { $0.keyPosition.line <= line }?.key
    }

    /// The schema without enumerations and constraints, at all depths.
    private static func simplified(_ schema: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (key, value) in schema.members {
            switch key {
            case "enum":
                if schema["type"] == nil { result["type"] = value.object == nil ? "string" : "integer" }
            case "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "accept": break
            case "default": if schema["enum"] == nil { result[key] = value }
            case "items": result[key] = value.object.map { .object(simplified($0)) } ?? value
            case "properties":
                var map = JSONObject()
                for (name, field) in value.object?.members ?? [] {
                    map[name] = field.object.map { .object(simplified($0)) } ?? field
                }
                result[key] = .object(map)
            default: result[key] = value
            }
        }
        return result
    }
}
