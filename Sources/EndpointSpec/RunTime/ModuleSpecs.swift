import Synchronization

/// The specs of a module, read as far as something is asked for.
///
///     let specs = try ModuleSpecs(checked: text, module: "Weather", extending: nil)
///     specs.outlines                                  // reads a few members of each spec
///     specs.endpoint("forecast.getForecast")          // reads one spec and the types that it refers to
///
/// Specs that were compiled in were checked when they were built, and are not checked again.
public final class ModuleSpecs: Sendable {
    /// The specs of the module that this one extends.
    public let base: ModuleSpecs?
    /// What `service.json` says of the service; for specs that extend another service, what that one's says.
    public let settings: ServiceSettings
    /// Whether this is `{ "extends": … }`.
    public let isExtension: Bool
    /// Used under the lock alone, which a module shares with those that extend it: a session asks that of its base, too.
    private let session: CheckSession
    private let lock: Lock
    /// Guards the outlines, which are read once.
    private let known = Mutex<[EndpointOutline]?>(nil)

    private final class Lock: Sendable {
        let mutex = Mutex(())
    }

    /// Specs that were checked before.
    ///
    /// - Parameters:
    ///   - text: The specs as a module carries them: a JSON object from path to spec.
    ///   - module: The module's name.
    ///   - base: The specs of the module that these extend.
    /// - Throws: What is wrong with the text itself.
    public convenience init(
        checked text: String, module: String, extending base: ModuleSpecs?
    ) throws(InvalidSpecs) {
        let files: [SpecSource]
        do throws(Diagnostic) {
            files = try SpecSource.all(in: text, module: module)
        } catch {
            throw InvalidSpecs([error])
        }
        try self.init(module: module, extending: base) { session in session.open(files, extending: base?.session) }
    }

    /// Checks specs.
    ///
    /// - Parameters:
    ///   - files: All JSON files below the module's folder.
    ///   - module: The module's name.
    ///   - base: The specs of the module that these extend.
    /// - Throws: Everything that is wrong with the specs.
    public convenience init(
        checking files: [SpecFile], module: String, extending base: ModuleSpecs?
    ) throws(InvalidSpecs) {
        try self.init(module: module, extending: base) { session in session.check(files) { _ in base?.session } }
    }

    private init(
        module: String, extending base: ModuleSpecs?, _ take: (CheckSession) -> Void
    ) throws(InvalidSpecs) {
        let session = CheckSession(moduleName: module)
        let lock = base?.lock ?? Lock()
        let diagnostics = lock.mutex.withLock { _ in
            take(session)
            return session.report.sorted
        }
        guard diagnostics.isEmpty else { throw InvalidSpecs(diagnostics) }
        self.base = base
        settings = session.service
        isExtension = session.isExtension
        self.session = session
        self.lock = lock
    }

    /// What a list shows of the endpoints, sorted by id.
    public var outlines: [EndpointOutline] {
        known.withLock { known in
            let outlines = known ?? read { $0.outlines }
            known = outlines
            return outlines
        }
    }

    /// The endpoint with an id such as `oss.listCopyFailures`; nil if there is none.
    public func endpoint(_ id: String) -> EndpointModel? { read { $0.endpointModel(id) } }

    /// The types that the endpoints asked for so far refer to.
    public var types: TypeTable { read { $0.typeTable } }

    /// The whole module.
    public var model: ServiceModel? { read { $0.model } }

    private func read<Result: Sendable>(_ body: (CheckSession) -> Result) -> Result {
        lock.mutex.withLock { _ in body(session) }
    }
}
