import EndpointCore

/// Makes examples of the samples of a page.
struct PageExamples {
    let spec: JSONObject
    let title: String
    let notes: PageNotes

    /// The examples: one for each response, the first with the request that the page shows.
    func examples(requestSample: PageRequestSample?, bodies: [PageSample], responses: [PageSample]) -> [JSONValue] {
        let arguments = self.arguments(requestSample, bodies)
        var examples: [JSONValue] = []
        var names: Set<String> = []
        let isRead = spec["responseType"]?.object?["format"] != "binary"
        for sample in isRead ? responses : [] {
            var example = JSONObject()
            var name =
                sample.caption.isEmpty || PageSection.role(of: sample.caption)?.isSample ?? false
                ? "as on the page" : sample.caption
            if !names.insert(name).inserted {
                name += " (\(examples.count + 1))"
                names.insert(name)
            }
            example["name"] = .string(name)
            if let arguments { example["request"] = .object(arguments) }
            example["response"] = Secrets.removed(from: sample.value)
            examples.append(.object(example))
        }
        if examples.isEmpty, let arguments, !arguments.isEmpty {
            examples.append(["name": "as on the page", "request": .object(arguments)])
        }
        return examples
    }

    // MARK: The request

    /// The arguments that the page shows; nil where one that is needed is not among them.
    private func arguments(_ sample: PageRequestSample?, _ bodies: [PageSample]) -> JSONObject? {
        if spec["bodyType"] != nil {
            let values = [sample?.body.flatMap { PageJSON.read($0)?.value }] + bodies.map { Optional($0.value) }
            guard let value = values.compactMap(\.self).first(where: { $0.array != nil }) else { return nil }
            return ["items": Secrets.removed(from: value)]
        }
        var shown = JSONObject()
        for (name, value) in (sample?.query ?? []) + (sample?.form ?? []) where shown[name] == nil {
            shown[name] = .string(value)
        }
        if let body = sample?.body {
            if let object = PageJSON.read(body)?.value.object {
                for member in object.members { shown[member.key] = member.value }
            } else if spec["encoding"] == "form" {
                for (name, value) in PageRequestSample.pairs(body) { shown[name] = .string(value) }
            }
        }
        if let body = bodies.compactMap(\.value.object).first {
            for member in body.members where shown[member.key] == nil { shown[member.key] = member.value }
        }
        for (name, value) in sample?.headers ?? [] {
            for key in spec["headers"]?.object?.keys ?? [] where key.lowercased() == name.lowercased() {
                shown[key] = .string(value)
            }
        }
        var arguments = JSONObject()
        for location in ["pathParameters", "query", "headers", "body"] {
            for field in spec[location]?.object?.members ?? [] {
                guard let schema = field.value.object, schema["const"] == nil else { continue }
                if let value = shown[field.key], value != .null, let typed = Self.typed(value, schema) {
                    arguments[field.key] = Secrets.removed(from: typed, name: field.key)
                } else if schema["optional"] == nil, schema["default"] == nil {
                    return nil
                }
            }
        }
        return arguments
    }

    /// The value as an argument of this type; nil where it is none.
    private static func typed(_ value: JSONValue, _ schema: JSONObject) -> JSONValue? {
        if schema["format"] == "binary" { return nil }
        if schema["join"] != nil, let text = value.string, let items = schema["items"]?.object {
            let parts = text.split(separator: ",").map { typed(.string(PageInline.trimmed($0)), items) }
            return parts.contains { $0 == nil } ? nil : .array(parts.compactMap(\.self))
        }
        switch schema["type"]?.string ?? (schema["enum"]?.object != nil ? "integer" : "") {
        case "integer":
            if let number = value.integral { return .integer(number) }
            return value.string.flatMap { Int64($0) }.map { .integer($0) }
        case "number":
            if value.integral != nil { return value }
            if case .number = value { return value }
            return value.string.flatMap { Double($0) }.map { .number($0) }
        case "string":
            if value.string != nil { return value }
            if let number = value.integral { return .string(String(number)) }
            return nil
        case "boolean":
            if case .bool = value { return value }
            return value.string.flatMap { ["true": true, "false": false][$0] }.map { .bool($0) }
        case "array": return value.array != nil ? value : nil
        default: return value
        }
    }
}
