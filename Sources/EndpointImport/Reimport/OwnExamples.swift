import EndpointCore
import EndpointSpec

/// The examples of an operation of an export.
struct OwnExamples {
    private let node: JSONValue
    private let root: JSONValue

    init(_ node: JSONValue, _ root: JSONValue) {
        (self.node, self.root) = (node, root)
    }

    var examples: [JSONValue] {
        (node["x-examples"]?.array ?? []).compactMap { name in
            guard let key = name.string else { return nil }
            var example: JSONObject = ["name": name]
            example["request"] = node["x-requests"]?[key] ?? request(key)
            readResponse(key, &example)
            // A response without content.
            if example["request"] == nil, example["response"] == nil { example["response"] = "" }
            return .object(example)
        }
    }

    /// The arguments; nil where the example gives none.
    private func request(_ key: String) -> JSONValue? {
        var request = JSONObject()
        var isGiven = node["parameters"] == nil && node["requestBody"] == nil
        for (name, variable) in node["servers"]?[0]?["variables"]?.object?.members ?? [] {
            request[name] = variable["x-examples"]?[key]
        }
        for parameter in node["parameters"]?.array ?? [] where parameter["schema"]?["const"] == nil {
            guard let name = parameter["name"]?.string else { continue }
            let value = parameter["examples"]?[key]?["value"]
            isGiven = isGiven || value != nil
            request[name] = value == parameter["schema"]?["default"] ? nil : value
        }
        if let media = node["requestBody"]?["content"]?.object?.members.first?.value,
            let body = media["examples"]?[key]?["value"]
        {
            if let name = (media["x-argument"] ?? media["x-field"])?.string {
                request[name] = body
            } else {
                let properties = media["schema"]?["properties"]
                for (name, value) in body.object?.members ?? [] {
                    let schema = properties?[name]
                    // What is filled in is no argument.
                    if schema?["const"] == nil, schema?["default"] != value { request[name] = value }
                }
            }
        }
        let body = node["requestBody"]?["content"]?.object?.members.first?.value["examples"]?[key]
        isGiven = isGiven || body != nil || !request.isEmpty
        return isGiven ? .object(request) : nil
    }

    private func readResponse(_ key: String, _ example: inout JSONObject) {
        for (_, response) in node["responses"]?.object?.members ?? [] {
            for (type, media) in response["content"]?.object?.members ?? [] {
                guard let found = media["examples"]?[key], let value = found["value"] else { continue }
                let isBytes = type == "application/octet-stream" && value.string != nil
                example["response"] = isBytes ? ["$text": value] : value
                example["status"] = found["x-status"]
                example["responseHeaders"] = found["x-headers"]
                example["error"] = found["x-error"]
                return
            }
        }
    }
}
