import EndpointCore
import EndpointSpec

/// An operation of an export as the spec that it was made of.
struct OwnOperation {
    private let node: JSONValue
    private let method: String
    private let path: String
    private let root: JSONValue

    init(_ node: JSONValue, method: String, path: String, root: JSONValue) {
        (self.node, self.method, self.path, self.root) = (node, method, path, root)
    }

    /// The file of the spec.
    var file: String { node["x-file"]?.string ?? "" }

    /// The id of the endpoint.
    var id: String { node["operationId"]?.string ?? "" }
    /// The id of the endpoint that this one is a variant of.
    var base: String? { node["x-variantOf"]?.string }

    /// The keywords of a spec that an export writes as they are.
    private static let behaviour = [
        "host", "url", "authentication", "envelope", "nullPayload", "emptyResponse", "stream", "checksum", "rate",
        "idempotent", "destructive", "errors", "paging", "batch", "partial", "polling",
    ]

    var spec: JSONObject {
        var spec = JSONObject()
        spec["title"] = node["summary"]
        spec["summary"] = node["x-summary"]
        spec["documentation"] = node["externalDocs"]?["url"]
        spec["notes"] = node["x-notes"]
        spec["deprecated"] = node["x-advice"]
        spec["swiftName"] = node["x-swiftName"]
        spec["method"] = .string(method)
        if node["x-url"] == nil { spec["path"] = .string(String(path.prefix { $0 != "#" })) }
        for key in Self.behaviour { spec[key] = node["x-\(key)"] }
        for (key, location) in [("pathParameters", "path"), ("query", "query"), ("headers", "header")] {
            let fields = parameters(in: location)
            if !fields.isEmpty { spec[key] = .object(fields) }
        }
        readBody(&spec)
        readResponse(&spec)
        let examples = OwnExamples(node, root).examples
        if !examples.isEmpty { spec["examples"] = .array(examples) }
        return spec
    }

    // MARK: The request

    private func parameters(in location: String) -> JSONObject {
        var fields = JSONObject()
        for parameter in node["parameters"]?.array ?? [] where parameter["in"]?.string == location {
            guard let name = parameter["name"]?.string, let schema = parameter["schema"] else { continue }
            var field = OwnSchema.field(
                schema, isRequired: parameter["required"] == true, description: parameter["description"] ?? "")
            if parameter["style"] == "deepObject" { field["style"] = "deepObject" }
            fields[name] = .object(field)
        }
        return fields
    }

    private func readBody(_ spec: inout JSONObject) {
        guard let body = node["requestBody"], let media = body["content"]?.object?.members.first?.value,
            let schema = media["schema"]
        else { return }
        spec["encoding"] = body["x-encoding"]
        spec["contentType"] = media["x-contentType"]
        if let name = media["x-argument"] {
            var type = OwnSchema.field(schema, isRequired: true)
            type["argument"] = name
            type["swiftName"] = nil
            spec["bodyType"] = .object(type)
        } else if let name = media["x-field"]?.string {
            spec["body"] = .object([name: .object(OwnSchema.field(schema, isRequired: true))])
        } else {
            var fields = OwnSchema.fields(schema)
            for (name, encoding) in media["encoding"]?.object?.members ?? [] where encoding["x-implied"] == nil {
                var field = fields[name]?.object ?? [:]
                for key in ["style", "contentType"] { if let value = encoding[key] { field[key] = value } }
                fields[name] = .object(field)
            }
            spec["body"] = .object(fields)
        }
    }

    // MARK: The response

    private func readResponse(_ spec: inout JSONObject) {
        let success = node["responses"]?["200"] ?? [:]
        var headers = JSONObject()
        for (name, header) in success["headers"]?.object?.members ?? [] {
            headers[name] = .object(
                OwnSchema.field(
                    header["schema"] ?? [:], isRequired: header["required"] == true,
                    description: header["description"] ?? ""))
        }
        if !headers.isEmpty { spec["responseHeaders"] = .object(headers) }
        if let failure = node["responses"]?["default"], failure["x-own"] == true,
            let schema = failure["content"]?["application/json"]?["schema"]
        {
            spec["errorResponse"] = .object(
                schema["$ref"] == nil ? OwnSchema.fields(schema) : OwnSchema.type(schema))
        }
        let content = success["content"]?.object?.members ?? []
        guard let media = content.first else { return spec["response"] = .null }
        if media.key == "application/octet-stream" {
            return spec["responseType"] = ["type": "string", "format": "binary"]
        }
        guard let payload = payload(media.value), media.key != "*/*" else { return spec["response"] = .null }
        writePayload(payload, &spec)
    }

    /// The schema of the payload in the envelope; nil where there is none.
    private func payload(_ media: JSONValue) -> JSONValue? {
        guard media["x-payload"] != "none", let schema = media["schema"] else { return nil }
        switch media["x-envelope"]?.string {
        case nil: return schema
        case "errors": return schema["anyOf"]?[0]
        default:
            let success = schema["anyOf"]?[0]
            guard let path = root["x-service"]?["envelope"]?["payload"]?.string else { return success?["allOf"]?[1] }
            return FieldPath(path).steps.reduce(success) { $0?["properties"]?[$1] }
        }
    }

    private func writePayload(_ schema: JSONValue, _ spec: inout JSONObject) {
        var form = OwnSchema.type(schema)
        if node["x-nullPayload"] != nil, let type = form["type"]?[0] { form["type"] = type }
        if form["type"] == "object", form["additionalProperties"] == nil, let fields = form["properties"] {
            spec["responseName"] = form["name"]
            spec["response"] = fields
            return
        }
        if form["properties"] != nil || form["enum"] != nil || form["oneOf"] != nil {
            spec["responseName"] = form["name"]
            form["name"] = nil
        }
        spec["responseType"] = .object(form)
    }
}
