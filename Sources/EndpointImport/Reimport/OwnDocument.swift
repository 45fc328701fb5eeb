import EndpointCore
import EndpointSpec

/// A document that ``OpenAPIExport`` made, read back as the specs that it was made of.
///
/// OpenAPI's own words are read where they say all; the `x-` fields of an export say the rest. Shared types that are scalars are
/// written out, and examples leave out arguments that have their default.
struct OwnDocument {
    private let root: JSONValue

    /// Whether a document is an export, and a whole one: an extension cannot be read without what it extends.
    init?(_ root: JSONNode) {
        guard let service = root["x-service"], service["name"]?.string != nil, service["isExtension"] == nil else {
            return nil
        }
        self.root = root.json
    }

    /// The specs.
    var files: [ImportedFile] {
        var files = [ImportedFile(path: "service.json", text: SpecText.file(service))]
        let readings = operations.map { operation in
            OwnOperation(operation.node, method: operation.method, path: operation.path, root: root)
        }
        let specs = Dictionary(readings.map { ($0.id, $0.spec) }) { first, _ in first }
        for reading in readings {
            let base = reading.base.flatMap { id in specs[id].map { (id, $0) } }
            let spec = base.map { OwnVariant.spec(reading.spec, of: $0.0, $0.1) } ?? reading.spec
            files.append(ImportedFile(path: reading.file, text: SpecText.file(spec)))
        }
        for (name, schema) in root["components"]?["schemas"]?.object?.members ?? [] where schema["x-made"] == nil {
            var form = OwnSchema.type(schema)
            form["description"] = schema["description"]
            files.append(ImportedFile(path: "types/\(name).json", text: SpecText.file(form)))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The operations, with the names of their files.
    var names: [(original: String, name: String)] {
        operations.map { operation in
            let file = operation.node["x-file"]?.string ?? ""
            return (operation.node["operationId"]?.string ?? "", String(file.dropLast(".json".count)))
        }
    }

    private var operations: [(path: String, method: String, node: JSONValue)] {
        (root["paths"]?.object?.members ?? []).flatMap { path, item in
            (item.object?.members ?? []).filter { $0.value["operationId"] != nil }.map {
                (path, $0.key.uppercased(), $0.value)
            }
        }
    }

    private var service: JSONObject {
        let extras = root["x-service"]?.object ?? [:]
        var spec = JSONObject()
        spec["name"] = extras["name"]
        if let title = root["info"]?["title"], title != extras["name"] { spec["title"] = title }
        spec["summary"] = root["info"]?["description"]
        spec["documentation"] = root["externalDocs"]?["url"]
        if let server = root["servers"]?[0] {
            spec["baseURL"] = server["url"]
            spec["variables"] = server["variables"]
        }
        for (key, value) in extras.members where key != "name" { spec[key] = value }
        if let failure = root["components"]?["schemas"]?[ServiceModel.errorResponseName], failure["x-made"] != nil {
            spec["errorResponse"] = .object(OwnSchema.fields(failure))
        }
        var groups = JSONObject()
        for tag in root["tags"]?.array ?? [] {
            guard let name = tag["name"]?.string, let title = tag["description"] else { continue }
            groups[name] = ["title": title]
        }
        if !groups.isEmpty { spec["groups"] = .object(groups) }
        return spec
    }
}
