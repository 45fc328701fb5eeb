import Dispatch
import Synchronization

/// Turns the files of a module into a checked model, or into all that is wrong with them.
public enum SpecChecker {
    /// Checks a module's files, in any order.
    ///
    /// - Parameters:
    ///   - files: All JSON files below the module's folder.
    ///   - base: The files of the module that `service.json` extends, if it extends one. Mistakes in them are not
    ///     repeated one by one: a single diagnostic at `extends` says that there are some.
    ///   - moduleName: The module's name, as `import` takes it. No type may be called like it.
    /// - Returns: The model, or everything that is wrong.
    public static func check(_ files: [SpecFile], base: [SpecFile]? = nil, moduleName: String) -> SpecCheckResult {
        let session = CheckSession(moduleName: moduleName)
        session.check(files) { name in
            guard let base, !base.isEmpty else { return nil }
            let session = CheckSession(moduleName: name)
            session.check(base) { _ in nil }
            return session
        }
        let diagnostics = session.report.sorted
        return SpecCheckResult(model: diagnostics.isEmpty ? session.model : nil, diagnostics: diagnostics)
    }
}

/// What came of a check: a model, or what is wrong.
public struct SpecCheckResult: Sendable {
    /// Nil exactly if there are diagnostics.
    public var model: ServiceModel?
    /// All mistakes in all files, sorted by file, line and column.
    public var diagnostics: [Diagnostic]
}

/// What is known of a module's specs. A class, for its parts (types, endpoints, names) refer to each other and each is
/// settled once, when it is first asked for.
///
/// Sendable without the compiler's proof: `SpecChecker` keeps a session in one function, ``ModuleSpecs`` touches it under its
/// lock alone, and what is checked at once has a session each, beside which the others are only read.
final class CheckSession: @unchecked Sendable {
    let moduleName: String
    let report = Report()
    /// Whether the specs were checked before: then they are read as far as something is asked for, and nothing is judged that
    /// no model needs.
    private(set) var isChecked = false
    /// The session of the extended module, without mistakes.
    private(set) var base: CheckSession?

    private(set) var service = ServiceSettings()
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
    /// The unions that are yet to be looked at.
    var unions: [UnionModel] = []
    var declaredTypes: [String: DeclaredType] = [:]
    var endpointModels: [String: EndpointModel] = [:]
    /// The type of the bodies of failures, once it is settled.
    var serviceErrorResponse: SchemaModel?
    /// The named types that are settled, the extended module's among them.
    var typeTable = TypeTable()
    /// The endpoint that a file describes, by the file's path; empty until it is asked for.
    private var idsByFile: [String: String] = [:]
    /// Names of types nested in the client, with what has each.
    private(set) var clientTypes: [String: String] = [:]

    init(moduleName: String) {
        self.moduleName = moduleName
    }

    /// A session that knows what another one knows and has nothing reported yet.
    private init(partOf other: CheckSession) {
        moduleName = other.moduleName
        (base, isComplete, service, serviceNode) = (other.base, other.isComplete, other.service, other.serviceNode)
        (types, endpoints, groups, groupTitles) = (other.types, other.endpoints, other.groups, other.groupTitles)
        (typeStates, usedTypes, typeTable) = (other.typeStates, other.usedTypes, other.typeTable)
        (declaredTypes, clientTypes, endpointModels) = (other.declaredTypes, other.clientTypes, other.endpointModels)
        idsByFile = other.idsByFile
        serviceErrorResponse = other.serviceErrorResponse
    }

    /// Whether `service.json` extends another module.
    var isExtension: Bool { serviceNode?["extends"] != nil }

    /// Takes specs that were checked before.
    func open(_ files: [SpecSource], extending base: CheckSession?) {
        isChecked = true
        sort(SpecSorting(checked: files))
        self.base = base
        if let node = serviceNode { settleService(node) }
    }

    /// Checks everything, and reports what is wrong.
    ///
    /// - Parameters:
    ///   - files: All files of the module.
    ///   - extended: Returns the module that `service.json` extends, by its name; nil if there is none.
    func check(_ files: [SpecFile], extending extended: (String) -> CheckSession?) {
        sort(SpecSorting(Concurrently.map(files) { SpecSource($0) }, report: report))
        guard let node = serviceNode else { return }
        if isExtension {
            base = self.extended(node, extended)
            // Whatever refers to the base would be reported as missing.
            guard base != nil else { return }
        }
        settleService(node)
        settleClientTypes()
        for name in types.keys.sorted() { _ = typeSchema(name) }
        checkRecursion()
        _ = errorResponse
        checkUnions()
        checkGroupsAtOnce()
        let models = endpointModelsInOrder
        checkUnions()
        if !isExtension { checkServiceReferences(node, models) }
        checkMethodNames(models)
        checkSamePaths(models)
        checkUnusedTypes()
    }

    /// Checks the endpoints of each group in a session of its own, on all cores. Groups share nothing that a check of an
    /// endpoint changes: its types are told apart within its group. But a variant needs its base, so that groups with one of
    /// the two are left for later.
    private func checkGroupsAtOnce() {
        // A base that was opened settles its types when they are asked for, which several threads may not do.
        if base?.isChecked == true { return }
        settleFiles()
        var entwined: Set<String> = []
        for source in endpoints.values {
            guard let variantOf = source.node?["variantOf"] else { continue }
            entwined.insert(source.group.typeName)
            if let base = variantOf.string.flatMap({ self.source($0) }) { entwined.insert(base.group.typeName) }
        }
        let ids = Dictionary(grouping: endpoints.values) { $0.group.typeName }
            .filter { !entwined.contains($0.key) }.sorted { $0.key < $1.key }.map { $0.value.map(\.id).sorted() }
        let parts = Concurrently.map(ids, inRunsOf: 1) { ids in
            let part = CheckSession(partOf: self)
            for id in ids { _ = part.endpointModel(id) }
            return part
        }
        for part in parts {
            for diagnostic in part.report.diagnostics { report.add(diagnostic) }
            usedTypes.formUnion(part.usedTypes)
            unions += part.unions
            declaredTypes.merge(part.declaredTypes) { own, _ in own }
            endpointModels.merge(part.endpointModels) { own, _ in own }
            typeTable.merge(part.typeTable)
        }
    }

    private func settleService(_ node: JSONNode) {
        service = base?.service ?? ServiceSettings(node, report: report)
        readGroupTitles(node)
    }

    // MARK: Files

    private func sort(_ sorting: SpecSorting) {
        isComplete = sorting.isComplete
        types = sorting.types
        endpoints = sorting.endpoints
        groups = sorting.groups
        serviceNode = sorting.service
    }

    private func extended(_ node: JSONNode, _ extended: (String) -> CheckSession?) -> CheckSession? {
        guard let value = node["extends"], let name = value.string else { return nil }
        guard let session = extended(name) else {
            report.error(
                value.position,
                "the module \"\(name)\" was not found; make the target depend on it and check its name")
            return nil
        }
        if session.isExtension {
            report.error(
                value.position,
                "\"\(name)\" extends another module itself; extend that one, which has a full service.json")
            return nil
        }
        guard session.report.isEmpty else {
            let first = session.report.diagnostics.map(\.description).min() ?? ""
            report.error(
                value.position, "the specs of \"\(name)\" have mistakes (the first: \(first)); fix them there")
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
            if session.serviceNode?["errorResponse"]?["$ref"]?.string == nil,
                session.serviceNode?["errorResponse"] != nil
            {
                clientTypes[ServiceModel.errorResponseName] = "the service's \"errorResponse\""
            }
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

    /// The endpoints of this module, sorted by id. An endpoint whose files could not be read is left out.
    var endpointModelsInOrder: [EndpointModel] { endpoints.keys.sorted().compactMap { endpointModel($0) } }

    /// The whole module; nil without a service.json.
    var model: ServiceModel? {
        guard let node = serviceNode else { return nil }
        return ServiceModel(
            settings: service, isExtension: isExtension, types: namedTypes, baseTypes: base?.namedTypes ?? [],
            groups: groups.values.map { group($0) }.sorted { $0.typeName < $1.typeName },
            errorResponse: errorResponse, endpoints: endpointModelsInOrder,
            baseEndpoints: base?.endpointModelsInOrder ?? [],
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
        if idsByFile.isEmpty { settleFiles() }
        return idsByFile[file].flatMap { source($0) }
    }

    private func settleFiles() {
        for source in Array(endpoints.values) + Array(base?.endpoints.values ?? [:].values) {
            idsByFile[source.file.displayPath] = idsByFile[source.file.displayPath] ?? source.id
        }
    }
}

/// Collects the diagnostics of a check. One object for the whole check, so that each part can go on after a mistake.
final class Report {
    private(set) var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []

    var isEmpty: Bool { diagnostics.isEmpty }

    /// The diagnostics by file, line and column.
    var sorted: [Diagnostic] {
        diagnostics.sorted { ($0.position, $0.message) < ($1.position, $1.message) }
    }

    func error(_ position: SourcePosition, _ message: String) {
        add(Diagnostic(position, message))
    }

    /// Adds a diagnostic unless it is there: a variant repeats those of the endpoint it takes over.
    func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    /// What `body` reports and what was not reported before, removed from here.
    func capture(_ body: () -> Void) -> [Diagnostic] {
        let count = diagnostics.count
        body()
        let new = Array(diagnostics[count...])
        diagnostics.removeSubrange(count...)
        known.subtract(new)
        return new
    }
}

extension SourcePosition {
    /// `file:line`, for messages that name another position.
    var fileAndLine: String { "\(file):\(line)" }
}

/// Work spread over all processor cores.
public enum Concurrently {
    /// Returns what `transform` makes of each element, in the order of the elements.
    ///
    /// - Parameters:
    ///   - elements: What there is to do.
    ///   - length: How many elements are taken at once, so that the lock is rarely taken.
    ///   - transform: The work.
    /// - Returns: What came of each.
    public static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], inRunsOf length: Int = 16, _ transform: @Sendable (Element) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: elements.count))
        DispatchQueue.concurrentPerform(iterations: (elements.count + length - 1) / length) { run in
            let range = run * length..<min(elements.count, (run + 1) * length)
            let made = elements[range].map(transform)
            results.withLock { results in
                for (index, result) in zip(range, made) { results[index] = result }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
