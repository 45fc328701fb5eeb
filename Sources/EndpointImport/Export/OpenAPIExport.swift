import EndpointCore
import EndpointSpec

/// A checked module as an OpenAPI 3.1 document.
///
/// What OpenAPI has no word for stands in `x-` fields under the keywords of the spec language, so that nothing is lost: an import
/// of the document gives specs that mean the same. Equal models give equal bytes.
package enum OpenAPIExport {
    /// The text of the document, with a line break at its end.
    ///
    /// - Parameters:
    ///   - model: The module.
    ///   - version: The version of the described service, which an OpenAPI document must state.
    /// - Returns: JSON, laid out as specs are.
    package static func text(_ model: ServiceModel, version: String = "1.0.0") -> String {
        SpecText.file(document(model, version: version))
    }

    /// The document.
    package static func document(_ model: ServiceModel, version: String = "1.0.0") -> JSONObject {
        let service = ServiceExport(model)
        var document: JSONObject = ["openapi": "3.1.0", "info": .object(service.info(version))]
        document["externalDocs"] = model.documentation.map { ["url": .string($0)] }
        document["servers"] = service.servers.map { .array([.object($0)]) }
        if service.securityScheme != nil { document["security"] = [.object([ServiceExport.scheme: []])] }
        document["tags"] = .array(service.tags)
        document["paths"] = .object(paths(model, service))
        document["components"] = .object(service.components)
        document["x-service"] = .object(service.extras)
        return document
    }

    /// The operations by path and method. Of two endpoints with one path and method, the second has its id as a fragment of the
    /// path: a fragment is never sent.
    private static func paths(_ model: ServiceModel, _ service: ServiceExport) -> JSONObject {
        var paths = JSONObject()
        // By the path without the names of its parameters, which do not tell paths apart.
        var taken: [String: String] = [:]
        for endpoint in model.endpoints {
            let method = endpoint.method.rawValue.lowercased()
            var path = endpoint.host == .caller ? "/" : endpoint.path
            let shape = Self.shape(of: path)
            let isTaken = taken[shape].map { $0 != path || paths[path]?[method] != nil } ?? false
            if endpoint.host == .caller || isTaken { path += "#\(endpoint.id)" } else { taken[shape] = path }
            var item = paths[path]?.object ?? JSONObject()
            item[method] = .object(OperationExport(endpoint, service).operation)
            paths[path] = .object(item)
        }
        return paths
    }

    private static func shape(of path: String) -> String {
        var shape = ""
        var isName = false
        for character in path {
            if character == "}" { isName = false }
            if !isName { shape.append(character) }
            if character == "{" { isName = true }
        }
        return shape
    }
}
