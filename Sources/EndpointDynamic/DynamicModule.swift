import EndpointKit
import EndpointSpec

/// A service with its endpoints, read from specs at run time.
public struct DynamicModule: Sendable {
    /// The module's name, such as the target's or the folder's.
    public let name: String
    package let specs: ModuleSpecs
    /// The service that the endpoints belong to.
    public let service: Service

    /// A module that was compiled in, from the specs that it carries. They were checked when they were built, and each is read
    /// when its endpoint is asked for.
    ///
    /// - Parameter module: The module.
    /// - Throws: What is wrong with the text of the specs.
    public init(_ module: EndpointModule) throws(InvalidSpecs) {
        var base: DynamicModule?
        if let extended = module.base { base = try DynamicModule(extended) }
        name = module.name
        specs = try ModuleSpecs(checked: module.specs, module: module.name, extending: base?.specs)
        service = module.service
    }

    /// A folder of specs: one of the files is its `service.json`.
    ///
    /// - Parameters:
    ///   - name: The module's name, such as the folder's.
    ///   - files: All specs of the folder.
    ///   - base: The module that an extension extends.
    /// - Throws: Everything that is wrong with the specs.
    public init(name: String, files: [SpecFile], extending base: DynamicModule? = nil) throws(InvalidSpecs) {
        self.name = name
        specs = try ModuleSpecs(checking: files, module: name, extending: base?.specs)
        // An extension calls the extended service as it is, whatever was set on it in code.
        service = (specs.isExtension ? base?.service : nil) ?? Service(specs)
    }

    /// What a list shows of the endpoints, sorted by id.
    package var outlines: [EndpointOutline] { specs.outlines }

    /// The endpoints, sorted by id. Every spec is read for it.
    public var endpoints: [DynamicEndpoint] { outlines.compactMap { endpoint(id: $0.id) } }

    /// The endpoint with an id such as `oss.listCopyFailures`.
    public func endpoint(id: String) -> DynamicEndpoint? {
        specs.endpoint(id).map { DynamicEndpoint($0, types: specs.types) }
    }

    /// The name of the service that a `service.json` extends; nil if it is a full one, or none that can be read.
    public static func extendedService(of files: [SpecFile]) -> String? {
        guard let file = files.first(where: { $0.path == "service.json" }) else { return nil }
        return SpecReader.read(file.contents, file: file.displayPath).node?["extends"]?.string
    }
}
