/// Turns the files of a module into a checked model, or into all that is wrong with them.
public enum SpecChecker {
    /// Checks a module's files, in any order.
    ///
    /// - Parameters:
    ///   - files: All JSON files below the module's folder.
    ///   - base: The files of the module that `service.json` extends, if it extends one. Mistakes in them are not
    ///     repeated one by one: a single diagnostic at `extends` says that there are some.
    ///   - moduleName: The module's name, as `import` takes it. No type may be called like it.
    public static func check(_ files: [SpecFile], base: [SpecFile]? = nil, moduleName: String) -> SpecCheckResult {
        let session = CheckSession(moduleName: moduleName, report: Report())
        let model = session.run(files, base: base)
        if session.report.isEmpty, let model { return SpecCheckResult(model: model, diagnostics: []) }
        return SpecCheckResult(model: nil, diagnostics: session.report.diagnostics.sorted(by: isBefore))
    }

    private static func isBefore(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        (left.position, left.message) < (right.position, right.message)
    }
}
