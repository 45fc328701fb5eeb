import EndpointCore
import EndpointSpec

/// Makes specs of API pages in Markdown.
package struct PageImport {
    /// A page.
    package struct Page: Sendable {
        /// The path, as messages show it.
        package var path: String
        package var text: String

        /// Creates a page.
        package init(path: String, text: String) {
            (self.path, self.text) = (path, text)
        }
    }

    /// Where the specs go: a module that has a service already.
    package struct Target: Sendable {
        /// The module's files.
        package var files: [SpecFile]
        /// Those of the module that it extends.
        package var base: [SpecFile]?
        /// The module's name.
        package var moduleName: String
        /// The checked service.
        package var service: ServiceModel
        /// The folder for the specs.
        package var group: String

        /// Creates a target.
        package init(files: [SpecFile], base: [SpecFile]?, moduleName: String, service: ServiceModel, group: String) {
            (self.files, self.base, self.moduleName) = (files, base, moduleName)
            (self.service, self.group) = (service, group)
        }
    }

    /// Makes the specs of pages.
    ///
    /// - Parameters:
    ///   - pages: The pages.
    ///   - target: Where they go.
    ///   - name: The name of the spec, where the pages describe one call; nil for one made of method and path.
    ///   - skipsOthers: Whether pages that describe no call are left out instead of being mistakes.
    /// - Returns: The files with notes, and what is wrong; files only where nothing is.
    package static func specs(
        of pages: [Page], in target: Target, name: String? = nil, skipsOthers: Bool = false
    ) -> (result: ImportResult, diagnostics: [Diagnostic]) {
        var importer = PageImport(target)
        for page in pages { importer.read(page, skipsOthers: skipsOthers) }
        // What one response of the service does with empty lists, the others may do as well.
        if !importer.service.hasNullLists, importer.calls.contains(where: { $0.spec.hasNullLists }),
            importer.calls.count > 1
        {
            importer.service.hasNullLists = true
            (importer.calls, importer.diagnostics, importer.notes) = ([], [], [])
            for page in pages { importer.read(page, skipsOthers: skipsOthers) }
        }
        if name != nil, importer.calls.count > 1 {
            importer.diagnostics.append(
                Diagnostic(
                    SourcePosition(
                        file: importer.calls[1].notes.file, line: importer.calls[1].spec.operation.call.line),
                    "a second call; --name is for one, so leave it out"))
        }
        guard importer.diagnostics.isEmpty else { return (ImportResult(), importer.diagnostics) }
        importer.settleNames(name)
        return (importer.result(), [])
    }

    private struct Call {
        var spec: PageSpec
        var notes: PageNotes
        var path: String
        var name = ""
    }

    private let target: Target
    private var service: PageParameters.ServiceFacts
    private var calls: [Call] = []
    private var diagnostics: [Diagnostic] = []
    private var notes: [ImportNote] = []

    private init(_ target: Target) {
        self.target = target
        let model = target.service
        var facts = PageParameters.ServiceFacts(
            headers: model.headers, authentication: model.authentication.scheme, envelope: model.envelope)
        facts.hasNullLists = Self.hasNullLists(model)
        facts.listItems = Self.listItems(model, group: target.group)
        let address = model.baseURL.flatMap { $0.firstMatch(of: /^https?:\/\/([^\/?#]+)(\/[^?#]*)?/) }
        facts.host = address.map { String($0.output.1) }
        facts.basePath = address?.output.2.map(String.init) ?? ""
        while facts.basePath.hasSuffix("/") { facts.basePath.removeLast() }
        service = facts
    }

    /// Whether a response of the module reads a null list as an empty one.
    private static func hasNullLists(_ model: ServiceModel) -> Bool {
        let table = TypeTable(model)
        var isFound = false
        for endpoint in model.endpoints + model.baseEndpoints where !isFound {
            guard case .payload(let schema) = endpoint.response else { continue }
            table.walk(schema) { isFound = isFound || $0.leniency.nullAsEmpty }
        }
        return isFound
    }

    /// What the items of lists are in requests of the group, or, if they are not in its, of the module.
    private static func listItems(_ model: ServiceModel, group: String) -> [String: PageType] {
        func items(_ endpoints: [EndpointModel]) -> [String: PageType] {
            var found: [String: Set<PageType>] = [:]
            for field in endpoints.flatMap(\.fields) {
                guard case .array(let items) = field.schema.kind else { continue }
                switch items.kind {
                case .string: found[field.name, default: []].insert(.string)
                case .integer(let format):
                    found[field.name, default: []].insert(.integer(isLong: format == .int64))
                default: break
                }
            }
            return found.compactMapValues { $0.count == 1 ? $0.first : nil }
        }
        let all = model.endpoints + model.baseEndpoints
        return items(all.filter { $0.group.typeName == group }).merging(items(all)) { own, _ in own }
    }

    // MARK: Reading

    private mutating func read(_ page: Page, skipsOthers: Bool) {
        let outline = PageOutline.operations(in: PageReader.blocks(of: page.text))
        let operations = outline.operations
        guard !operations.isEmpty else {
            let position = SourcePosition(file: page.path, line: outline.missingLine)
            let message = "this page describes no call: it lacks \(outline.missing)"
            if skipsOthers {
                notes.append(ImportNote(.note, position, "\(message); left out"))
            } else {
                diagnostics.append(Diagnostic(position, message))
            }
            return
        }
        for operation in operations {
            let notes = PageNotes(file: page.path, operation: operation.call.shown)
            let path = self.path(operation.call, notes)
            calls.append(Call(spec: PageSpec(operation, service: service, notes: notes), notes: notes, path: path))
        }
    }

    /// The path below the base URL.
    private func path(_ call: PageCallLine, _ notes: PageNotes) -> String {
        if let host = call.host, let own = service.host, host.lowercased() != own.lowercased(), !host.contains("{") {
            notes.add(
                .note, line: call.line,
                "the page names the host \(host), service.json has \(own); the call goes to the latter")
        } else if let host = call.otherHost {
            notes.add(
                .note, line: call.line,
                "the page names another host (\"\(host)\"); the spec has the service's: add \"host\" if another response announces it"
            )
        }
        guard !service.basePath.isEmpty, call.path.hasPrefix(service.basePath + "/") else { return call.path }
        return String(call.path.dropFirst(service.basePath.count))
    }

    // MARK: Names

    private mutating func settleNames(_ name: String?) {
        let prefix = target.group + "/"
        var taken = Set(
            target.files.filter { $0.path.hasPrefix(prefix) }.map {
                String($0.path.dropFirst(prefix.count)).lowercased()
            })
        for index in calls.indices {
            if let name {
                calls[index].name = name
                continue
            }
            let spec = calls[index].spec
            let base = PageNames.name(
                spec.operation.call, group: target.group, isList: spec.isList, isUpload: spec.isUpload)
            var name = base
            var number = 2
            while taken.contains(name.lowercased() + ".json") {
                name = "\(base)\(number)"
                number += 1
            }
            taken.insert(name.lowercased() + ".json")
            calls[index].name = name
        }
    }

    // MARK: Writing

    private struct Draft {
        var path: String
        var members: JSONObject
    }

    private func result() -> ImportResult {
        let hasSchema = target.files.contains { $0.path == "endpoint.schema.json" }
        var drafts = calls.map { call in
            Draft(
                path: "\(target.group)/\(call.name).json",
                members: call.spec.members(path: call.path, method: call.name, hasSchema: hasSchema))
        }
        var refused: [Int: Diagnostic] = [:]
        while true {
            let found = problems(of: drafts, without: Set(refused.keys))
            if found.isEmpty { break }
            for (index, diagnostic) in found {
                if let step = PageRepair.next(&drafts[index].members, after: diagnostic) {
                    calls[index].notes.add(
                        .note, line: calls[index].spec.operation.call.line, "\(step) left out: \(diagnostic.message)")
                } else {
                    refused[index] = diagnostic
                }
            }
        }
        var result = ImportResult(notes: notes)
        for (index, call) in calls.enumerated() {
            if let diagnostic = refused[index] {
                call.notes.add(.refused, line: call.spec.operation.call.line, diagnostic.message)
            } else {
                result.files.append(
                    ImportedFile(path: drafts[index].path, text: SpecText.file(drafts[index].members)))
            }
            result.notes += call.notes.sorted
        }
        return result
    }

    /// What the checker says of each draft, by its index: the first of what is wrong.
    private func problems(of drafts: [Draft], without refused: Set<Int>) -> [Int: Diagnostic] {
        var files = target.files
        var indices: [String: Int] = [:]
        for (index, draft) in drafts.enumerated() where !refused.contains(index) {
            indices[draft.path] = index
            files.removeAll { $0.path == draft.path }
            files.append(
                SpecFile(path: draft.path, displayPath: draft.path, contents: Array(SpecText.file(draft.members).utf8)))
        }
        var found: [Int: Diagnostic] = [:]
        for diagnostic in SpecChecker.check(files, base: target.base, moduleName: target.moduleName).diagnostics {
            guard let index = indices[diagnostic.position.file], found[index] == nil else { continue }
            found[index] = diagnostic
        }
        return found
    }
}
