import EndpointCore
import EndpointSpec

/// The examples of an endpoint as they are on the wire, by their names.
struct ExampleExport {
    private let endpoint: EndpointModel
    private let types: TypeTable
    private let examples: [(key: String, example: ExampleModel)]

    init(_ endpoint: EndpointModel, _ types: TypeTable) {
        self.endpoint = endpoint
        self.types = types
        var keys: Set<String> = []
        examples = endpoint.examples.map { example in
            var key = example.name
            var number = 2
            while !keys.insert(key).inserted {
                key = "\(example.name) \(number)"
                number += 1
            }
            return (key, example)
        }
    }

    // MARK: Requests

    /// The first address that an example gives.
    func address(_ argument: String) -> String {
        examples.lazy.compactMap { $0.example.request?[argument]?.string }.first ?? "https://example.com"
    }

    /// The address that each example gives.
    func addresses(_ argument: String) -> JSONObject {
        var addresses = JSONObject()
        for (key, example) in examples { addresses[key] = example.request?[argument] }
        return addresses
    }

    /// The values of a parameter; none for one that an example leaves out.
    func values(of field: FieldModel) -> JSONObject {
        var values = JSONObject()
        for (key, example) in examples {
            guard let request = example.request, let value = value(of: field, in: request) else { continue }
            values[key] = ["value": value]
        }
        return values
    }

    /// The bodies.
    var bodies: JSONObject {
        var bodies = JSONObject()
        for (key, example) in examples {
            guard let request = example.request, let body = body(request) else { continue }
            bodies[key] = Self.base64(body).map { ["externalValue": .string($0)] } ?? ["value": body]
        }
        return bodies
    }

    /// The address that holds bytes which are not text; nil for any other value.
    private static func base64(_ value: JSONValue) -> String? {
        value["$base64"]?.string.map { "data:application/octet-stream;base64,\($0)" }
    }

    private func body(_ request: JSONValue) -> JSONValue? {
        switch endpoint.body {
        case .none: return nil
        case .value(let field, _): return value(of: field, in: request)
        case .fields(let fields, .binary): return fields.first.flatMap { value(of: $0, in: request) }
        case .fields(let fields, _):
            var body = JSONObject()
            for field in fields { body[field.name] = value(of: field, in: request) }
            return .object(body)
        }
    }

    /// What is sent for an argument; nil where it is left out.
    private func value(of field: FieldModel, in request: JSONValue) -> JSONValue? {
        guard let value = field.constant ?? request[field.argumentName] ?? field.defaultValue else { return nil }
        if value.isNull, !field.schema.isNullable { return nil }
        return Self.withoutBytes(types.schema(of: field).encoded(value))
    }

    private static func hasBytes(_ value: JSONValue) -> Bool {
        EncodedBytes(value) != nil || (value.array ?? []).contains(where: hasBytes)
            || (value.object?.members ?? []).contains { hasBytes($0.value) }
    }

    /// Bytes that are text as this text.
    private static func withoutBytes(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            if object.count == 1, let text = object["$text"] { return text }
            var copy = JSONObject()
            for (key, member) in object.members { copy[key] = withoutBytes(member) }
            return .object(copy)
        case .array(let items): return .array(items.map(withoutBytes))
        default: return value
        }
    }

    /// The names, in the order written.
    var names: [JSONValue] { examples.map { .string($0.key) } }

    /// The arguments of examples that are something else on the wire.
    var requests: JSONObject {
        var requests = JSONObject()
        for (key, example) in examples {
            guard let request = example.request else { continue }
            let isPlain = endpoint.arguments.allSatisfy { field in
                guard let value = request[field.argumentName] else { return true }
                return !field.isNameShared && types.schema(of: field).encoded(value).text() == value.text()
                    && !Self.hasBytes(value)
            }
            if !isPlain { requests[key] = request }
        }
        return requests
    }

    // MARK: Responses

    /// The responses with a status that is meant: JSON, and bytes.
    func responses(_ isMeant: (Int) -> Bool) -> (json: JSONObject, bytes: JSONObject) {
        var (json, bytes) = (JSONObject(), JSONObject())
        for (key, example) in examples {
            guard let response = example.response, isMeant(example.status) else { continue }
            // The bytes of a stream are more than its elements.
            var value: JSONObject = ["value": endpoint.stream == nil ? Self.withoutBytes(response) : response]
            if example.status != 200 { value["x-status"] = .integer(Int64(example.status)) }
            value["x-headers"] = example.responseHeaders.map { .object($0) }
            value["x-error"] = example.error.map { .string($0) }
            if case .binary = endpoint.response, EncodedBytes(response) != nil {
                bytes[key] = .object(value)
            } else {
                json[key] = .object(value)
            }
        }
        return (json, bytes)
    }
}
