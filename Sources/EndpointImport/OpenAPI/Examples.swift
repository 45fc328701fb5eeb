import EndpointCore
import EndpointSpec

/// Makes examples of the samples of a document.
struct Examples {
    private let operation: OperationDraft
    private let spec: JSONObject

    /// A longer sample says no more, and makes the spec hard to read.
    private static let limit = 4_000

    init(_ operation: OperationDraft, _ spec: JSONObject) {
        (self.operation, self.spec) = (operation, spec)
    }

    /// The examples: the request with each of the responses.
    var specs: [JSONValue] {
        let request = request
        var examples: [JSONValue] = []
        if case .json = operation.response, operation.stream == nil {
            var names = NameTable()
            for (name, value) in operation.responseSamples.prefix(2) {
                let response = Secrets.removed(from: value.json)
                if response.text().utf8.count > Self.limit { continue }
                var example: JSONObject = [
                    "name": .string(names.take(firstOf: [Prose.line(name, atMost: 60) ?? "a response"]))
                ]
                if let request { example["request"] = .object(request) }
                example["response"] = response
                examples.append(.object(example))
            }
        }
        if examples.isEmpty, let request, !request.isEmpty {
            examples.append(["name": "a request", "request": .object(request)])
        }
        return examples
    }

    /// The arguments; nil where one that is needed has no sample.
    private var request: JSONObject? {
        var request: JSONObject = [:]
        for field in operation.pathParameters + operation.query + operation.headers where field.constant == nil {
            if field.isSensitive, !field.isOptional { return nil }
            guard let sample = field.sample, !field.isOptional else {
                if field.isOptional || field.defaultValue != nil { continue }
                return nil
            }
            if request[field.name] != nil { return nil }
            request[field.name] = Secrets.removed(from: sample.json)
        }
        guard let body = spec["body"]?.object ?? spec["bodyType"]?.object else { return request }
        guard let sample = operation.bodySample?.json else {
            let isNeeded =
                spec["bodyType"] != nil
                || body.members.contains { $0.value["optional"]?.bool != true && $0.value["const"] == nil }
            return isNeeded ? nil : request
        }
        let value = Secrets.removed(from: sample)
        if value.text().utf8.count > Self.limit { return nil }
        if let type = spec["bodyType"] {
            if type["format"]?.string == "binary" { return nil }
            request[type["argument"]?.string ?? "body"] = value
            return request
        }
        for (name, value) in value.object?.members ?? [] {
            if request[name] != nil { return nil }
            if let field = body[name], field["const"] == nil { request[name] = value }
        }
        return request
    }
}
