/// What one check knows while it runs. A class, for its parts (types, endpoints, names) refer to each other and each is
/// settled once, when it is first asked for.
final class CheckSession {
    let moduleName: String
    let report: Report
    /// The session of the extended module, without mistakes.
    private(set) var base: CheckSession?

    var service = ServiceSettings()
    private(set) var serviceNode: JSONNode?
    private(set) var types: [String: TypeSource] = [:]
    private(set) var endpoints: [String: EndpointSource] = [:]
    private(set) var groups: [String: GroupModel] = [:]
    /// By folder, as service.json says.
    private var groupTitles: [String: String] = [:]
    /// Whether every file could be read: what is missing otherwise may stand in the file that could not.
    private(set) var isComplete = true

    var typeStates: [String: TypeState] = [:]
    var usedTypes: Set<String> = []
    var declaredTypes: [String: DeclaredType] = [:]
    var endpointModels: [String: EndpointModel] = [:]
    let patterns = PatternCache()
    /// Names of types nested in the client, with what has each.
    private(set) var clientTypes: [String: String] = [:]

    init(moduleName: String, report: Report) {
        self.moduleName = moduleName
        self.report = report
    }

    /// Checks everything. The model is of use only if nothing was reported.
    func run(_ files: [SpecFile], base: [SpecFile]?) -> ServiceModel? {
        sort(files)
        guard let node = serviceNode else { return nil }
        let isExtension = node["extends"] != nil
        if isExtension {
            self.base = extendedSession(node, base)
            // Whatever refers to the base would be reported as missing.
            guard let base = self.base else { return nil }
            service = base.service
        } else {
            service = ServiceSettings(node, report: report)
        }
        readGroupTitles(node)
        settleClientTypes()
        for name in types.keys.sorted() { _ = typeSchema(name) }
        checkRecursion()
        let models = endpoints.values.map(\.id).sorted().compactMap { endpointModel($0) }
        if !isExtension { checkServiceReferences(node, models) }
        checkMethodNames(models)
        checkSamePaths(models)
        checkUnusedTypes()
        return model(of: node, isExtension: isExtension, endpoints: models)
    }

    // MARK: Files

    private func sort(_ files: [SpecFile]) {
        let sorting = SpecSorting(files, report: report)
        isComplete = sorting.isComplete
        types = sorting.types
        endpoints = sorting.endpoints
        groups = sorting.groups
        serviceNode = sorting.service
    }

    private func extendedSession(_ node: JSONNode, _ files: [SpecFile]?) -> CheckSession? {
        guard let value = node["extends"], let name = value.string else { return nil }
        guard let files, !files.isEmpty else {
            report.error(
                value.position,
                "the module \"\(name)\" was not found; make the target depend on it and check its name")
            return nil
        }
        let session = CheckSession(moduleName: name, report: Report())
        _ = session.run(files, base: nil)
        if let nodeOfBase = session.serviceNode, nodeOfBase["extends"] != nil {
            report.error(
                value.position,
                "\"\(name)\" extends another module itself; extend that one, which has a full service.json")
            return nil
        }
        guard session.report.isEmpty else {
            let first = session.report.diagnostics.map(\.description).min() ?? ""
            report.error(
                value.position, "the specs of \"\(name)\" have mistakes (the first: \(first)); mend them there")
            return nil
        }
        return session
    }

    private func readGroupTitles(_ node: JSONNode) {
        for member in node["groups"]?.members ?? [] {
            groupTitles[member.key] = member.value["title"]?.string
            guard isComplete, groups[member.key] == nil else { continue }
            report.error(
                member.keyPosition,
                "there is no group \"\(member.key)\"; \(Suggestion.hint(for: member.key, in: groups.keys.sorted()))")
        }
    }

    private func settleClientTypes() {
        for session in [base, self].compactMap({ $0 }) {
            for (name, type) in session.types { clientTypes[name] = type.file.displayPath }
            for group in session.groups.values { clientTypes[group.typeName] = "the group \(group.typeName)" }
        }
        for (name, type) in types.sorted(by: { $0.key < $1.key }) {
            let position = SourcePosition(file: type.file.displayPath)
            if let other = base?.types[name] {
                report.error(
                    position, "the extended module has a type \"\(name)\" (\(other.file.displayPath)); rename this file"
                )
            } else if let group = groups.values.first(where: { $0.typeName == name }) {
                report.error(
                    position, "the type \"\(name)\" is called like the group \(group.typeName); rename the file")
            }
            if SwiftName.isTypeName(name) { checkTypeName(name, at: position, remedy: "rename the file") }
        }
        let firstFiles = Dictionary(endpoints.values.map { ($0.group.typeName, $0.file.displayPath) }) { min($0, $1) }
        for group in groups.values.sorted(by: { $0.typeName < $1.typeName }) {
            let file = firstFiles[group.typeName] ?? ""
            guard SwiftName.isTypeName(group.typeName) else { continue }
            checkTypeName(group.typeName, at: SourcePosition(file: file), remedy: "rename the folder")
        }
    }

    // MARK: Model

    private func model(of node: JSONNode, isExtension: Bool, endpoints: [EndpointModel]) -> ServiceModel {
        ServiceModel(
            name: service.name, title: service.title, summary: service.summary, documentation: service.documentation,
            isExtension: isExtension, baseURL: service.baseURL, headers: service.headers,
            authentication: service.authentication, envelope: service.envelope, errors: service.errors,
            rateProfiles: service.rateProfiles, timeZoneOffset: service.timeZoneOffset,
            environment: service.environment, account: service.account, types: namedTypes,
            baseTypes: base?.namedTypes ?? [],
            groups: groups.values.map { group($0) }.sorted { $0.typeName < $1.typeName }, endpoints: endpoints,
            baseEndpoints: base.map { base in base.endpointModels.values.sorted { $0.id < $1.id } } ?? [],
            canonicalText: CanonicalText.text(of: node, as: .keywords(isExtension ? .extensionService : .service)),
            position: node.position)
    }

    /// The group as a model has it: with its title, and marked where the extended module has it, too.
    func group(_ group: GroupModel) -> GroupModel {
        var group = group
        group.isInBase = base?.groups[group.typeName] != nil
        group.title = groupTitles[group.typeName] ?? base?.groupTitles[group.typeName]
        return group
    }

    // MARK: Looking things up

    /// An endpoint of this module or of the extended one.
    func source(_ id: String) -> EndpointSource? { endpoints[id] ?? base?.endpoints[id] }

    /// The ids that a spec may refer to.
    var allIDs: [String] { (Array(endpoints.keys) + Array(base?.endpoints.keys ?? [:].keys)).sorted() }

    /// The endpoint that a file of this module or of the extended one describes.
    func source(inFile file: String) -> EndpointSource? {
        sourcesByFile[file].flatMap { source($0) }
    }

    private lazy var sourcesByFile: [String: String] = {
        let all = Array(endpoints.values) + Array(base?.endpoints.values ?? [:].values)
        return Dictionary(all.map { ($0.file.displayPath, $0.id) }) { first, _ in first }
    }()
}
