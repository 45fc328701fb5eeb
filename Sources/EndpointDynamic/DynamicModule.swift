import EndpointKit
import EndpointSpec

/// A service with its endpoints, read from specs at run time.
public struct DynamicModule: Sendable {
    /// The module's name, such as the target's or the folder's.
    public let name: String
    public let model: ServiceModel
    public let service: Service
    /// Sorted by id.
    public let endpoints: [DynamicEndpoint]
    private let files: [SpecFile]

    /// A module that was compiled in, from the specs that it carries.
    public init(_ module: EndpointModule) throws(InvalidSpecs) {
        var base: DynamicModule?
        if let extended = module.base.first { base = try DynamicModule(extended) }
        let text = try JSONReader.object(Array(module.specs.utf8), file: module.name)
        let files = text.map { member in
            SpecFile(
                path: member.key, displayPath: "\(module.name)/\(member.key)",
                contents: Array(member.value.compactText.utf8))
        }
        try self.init(name: module.name, files: files, extending: base, service: module.service)
    }

    /// A folder of specs: one of the files is its `service.json`.
    ///
    /// - Parameter base: The module that an extension extends.
    public init(name: String, files: [SpecFile], extending base: DynamicModule? = nil) throws(InvalidSpecs) {
        try self.init(name: name, files: files, extending: base, service: nil)
    }

    private init(
        name: String, files: [SpecFile], extending base: DynamicModule?, service: Service?
    ) throws(InvalidSpecs) {
        let result = SpecChecker.check(files, base: base?.files, moduleName: name)
        guard let model = result.model else { throw InvalidSpecs(result.diagnostics) }
        let types = TypeTable(model)
        self.name = name
        self.files = files
        self.model = model
        // An extension calls the extended service as it is, whatever was set on it in code.
        self.service = service ?? (model.isExtension ? base?.service : nil) ?? Service(model)
        endpoints = model.endpoints.map { DynamicEndpoint($0, types: types) }
    }

    /// The endpoint with an id such as `oss.listCopyFailures`.
    public func endpoint(_ id: String) -> DynamicEndpoint? {
        endpoints.first { $0.id == id }
    }

    /// The name of the service that a `service.json` extends; nil if it is a full one, or none that can be read.
    public static func extendedService(of files: [SpecFile]) -> String? {
        guard let file = files.first(where: { $0.path == "service.json" }) else { return nil }
        return JSONReader.read(file.contents, file: file.displayPath).node?["extends"]?.string
    }
}

extension JSONReader {
    /// The members of a JSON object.
    fileprivate static func object(_ text: [UInt8], file: String) throws(InvalidSpecs) -> [JSONMember] {
        let reading = read(text, file: file, limits: Limits(bytes: 256 << 20))
        guard reading.diagnostics.isEmpty, let node = reading.node else { throw InvalidSpecs(reading.diagnostics) }
        guard let members = node.members else {
            throw InvalidSpecs([Diagnostic(node.position, "the specs of a module must be an object from file to spec")])
        }
        return members
    }
}
