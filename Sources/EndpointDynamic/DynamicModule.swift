import EndpointKit
import EndpointSpec

/// A service with its endpoints, read from specs at run time.
public struct DynamicModule: Sendable {
    /// The module's name, such as the target's or the folder's.
    public let name: String
    package let model: ServiceModel
    /// The service that the endpoints belong to.
    public let service: Service
    /// The endpoints, sorted by id.
    public let endpoints: [DynamicEndpoint]
    private let sources: [SpecSource]

    /// A module that was compiled in, from the specs that it carries.
    ///
    /// - Parameter module: The module.
    /// - Throws: What is wrong with the specs.
    public init(_ module: EndpointModule) throws(InvalidSpecs) {
        var base: DynamicModule?
        if let extended = module.base { base = try DynamicModule(extended) }
        let sources: [SpecSource]
        do throws(Diagnostic) {
            sources = try SpecSource.all(in: module.specs, module: module.name)
        } catch {
            throw InvalidSpecs([error])
        }
        try self.init(name: module.name, sources: sources, extending: base, service: module.service)
    }

    /// A folder of specs: one of the files is its `service.json`.
    ///
    /// - Parameters:
    ///   - name: The module's name, such as the folder's.
    ///   - files: All specs of the folder.
    ///   - base: The module that an extension extends.
    /// - Throws: What is wrong with the specs.
    public init(name: String, files: [SpecFile], extending base: DynamicModule? = nil) throws(InvalidSpecs) {
        try self.init(name: name, sources: files.map { SpecSource($0) }, extending: base, service: nil)
    }

    private init(
        name: String, sources: [SpecSource], extending base: DynamicModule?, service: Service?
    ) throws(InvalidSpecs) {
        let result = SpecChecker.check(sources, base: base?.sources, moduleName: name)
        guard let model = result.model else { throw InvalidSpecs(result.diagnostics) }
        let types = TypeTable(model)
        self.name = name
        self.sources = sources
        self.model = model
        // An extension calls the extended service as it is, whatever was set on it in code.
        self.service = service ?? (model.isExtension ? base?.service : nil) ?? Service(model)
        endpoints = model.endpoints.map { DynamicEndpoint($0, types: types) }
    }

    /// The endpoint with an id such as `oss.listCopyFailures`.
    public func endpoint(id: String) -> DynamicEndpoint? {
        endpoints.first { $0.id == id }
    }

    /// The name of the service that a `service.json` extends; nil if it is a full one, or none that can be read.
    public static func extendedService(of files: [SpecFile]) -> String? {
        guard let file = files.first(where: { $0.path == "service.json" }) else { return nil }
        return SpecReader.read(file.contents, file: file.displayPath).node?["extends"]?.string
    }
}
