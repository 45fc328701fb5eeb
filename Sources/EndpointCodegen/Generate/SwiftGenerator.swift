/// Turns a checked model into Swift files. Pure: the same model gives the same bytes.
public enum SwiftGenerator {
    /// The files of a module: one for each spec, and `service.swift`; sorted by name.
    ///
    /// - Parameters:
    ///   - model: The module's service and endpoints.
    ///   - module: The module that the files will be part of, as `import` takes it.
    ///   - baseModule: The module that `module` extends, if the model is an extension.
    /// - Returns: The files, with names that are unique in the module.
    public static func files(for model: ServiceModel, module: String, baseModule: String? = nil) -> [GeneratedFile] {
        let context = ModuleContext(
            model, module: module, baseModule: model.isExtension ? baseModule ?? model.name : nil)
        var files = [
            GeneratedFile(name: OutputName.service, text: Renderer.text(of: ServiceTranslation(context: context).file))
        ]
        for type in model.types {
            files.append(file(for: type.file, TypeFileTranslation(type: type, context: context).file))
        }
        files += Concurrently.map(model.endpoints) { endpoint in
            file(for: endpoint.file, EndpointTranslation(endpoint, context).file)
        }
        return files.sorted { $0.name < $1.name }
    }

    /// Every example of the module as a typed call, for a test target that checks them with EndpointTesting.
    public static func contract(for model: ServiceModel, module: String, baseModule: String? = nil) -> GeneratedFile {
        let context = ModuleContext(
            model, module: module, baseModule: model.isExtension ? baseModule ?? model.name : nil)
        return GeneratedFile(
            name: OutputName.contract(of: module), text: Renderer.text(of: ContractTranslation(context).file))
    }

    /// The Swift file that a spec becomes; nil for what is neither an endpoint nor a type.
    public static func fileName(forSpecAt path: String) -> String? { OutputName.file(forSpecAt: path) }

    private static func file(for spec: String, _ content: SwiftFile) -> GeneratedFile {
        GeneratedFile(name: OutputName.file(forSpecAt: spec) ?? spec, text: Renderer.text(of: content))
    }
}

/// A Swift file that a generator wants to exist.
public struct GeneratedFile: Sendable, Hashable {
    /// Without a folder: `oss.listCopyFailures.swift`.
    public var name: String
    /// The Swift source.
    public var text: String

    /// Makes a file.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
