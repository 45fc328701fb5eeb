import EndpointCore
import EndpointSpec

/// Puts the files of a module together: from operations as they were read to specs that the checker accepts.
struct ModuleAssembly {
    let options: OpenAPIImport.Options
    let store: DocumentStore
    let schemas: SchemaReader
    let notes: ImportNotes

    func outcome(of operations: inout [OperationDraft]) -> OpenAPIImport.Outcome {
        let total = operations.count
        let service = ServiceReader(store: store, schemas: schemas, notes: notes)
        let name = service.name()
        let address = Addresses(service.address(), operations).applied(to: &operations)
        let schemes = service.authentication(operations)
        for index in operations.indices { service.apply(schemes, to: &operations[index]) }

        let settling = TypeSettling(Directions(schemas.shared).adjusted(&operations), schemas.keys, notes)
        settling.settleAll()
        let placement = Placement(settling: settling, notes: notes)
        for index in operations.indices { placement.place(&operations[index]) }

        let unsayable = Unsayable(settling)
        operations = operations.filter { operation in
            let problems =
                operation.problems + (options.isLoose ? [] : operation.loosened + unsayable.reasons(of: operation))
            guard let first = problems.first else { return true }
            notes.add(.refused, first.position, operation: operation.title, first.message)
            return false
        }
        for operation in operations {
            for (position, message) in operation.loosened {
                notes.add(.loose, position, operation: operation.title, message)
            }
        }
        let failure = commonFailure(operations, settling)
        let types = typeNames(&operations, settling, failure, name)
        let proposals = Proposals(settling: settling, notes: notes)
        var keywords: JSONObject = ["name": .string(name)]
        addTexts(to: &keywords)
        for (key, value) in address.members { keywords[key] = value }
        keywords["authentication"] = schemes.first?.keyword ?? "none"
        if schemes.first == .bearer, let base = keywords["baseURL"]?.string,
            let credentials = service.clientCredentials(operations, base, settling)
        {
            keywords["authentication"] = ["scheme": "bearer", "clientCredentials": .object(credentials)]
        }

        let renderer = TypeRenderer(settling, types)
        let specs = SpecRenderer(types: renderer, settling: settling, uses: schemas.uses, failure: failure)
        var files: [ModuleFile] = []
        var pagers: [String: NameTable] = [:]
        for operation in operations {
            pagers[operation.group, default: NameTable(SwiftName.takenInGroups)].take(operation.name)
        }
        for var operation in operations {
            proposals.propose(&operation, names: &pagers[operation.group, default: NameTable()])
            var spec = specs.spec(of: operation)
            for (position, message) in renderer.takeLoose() {
                notes.add(.loose, position, operation: operation.title, message)
            }
            let examples = Examples(operation, spec).specs
            if !examples.isEmpty { spec["examples"] = .array(examples) }
            files.append(
                ModuleFile(
                    path: "\(operation.group)/\(operation.name).json", spec: spec, operation: operation,
                    position: operation.position))
        }
        if let failure {
            keywords["errorResponse"] = [
                "$ref": .string(
                    renderer.render(TypeDraft(.reference(failure), store.root.position), TypePlace(owner: ""))["$ref"]?
                        .string ?? "")
            ]
        }
        files = SamePaths(notes).applied(to: files)
        files.append(ModuleFile(path: "service.json", spec: keywords))
        addTypes(renderer, to: &files)
        var loose: Set<String> = []
        for operation in operations where !(operation.loosened + unsayable.reasons(of: operation)).isEmpty {
            loose.insert(operation.title)
        }
        var check = ModuleCheck(
            files: files, moduleName: options.moduleName ?? name, isLoose: options.isLoose, notes: notes,
            looseOperations: loose)
        let checked = check.checked()
        noteProposals(check.files)
        let written = check.files.compactMap(\.operation)
        let looseCount = written.filter { check.looseOperations.contains($0.title) }.count
        let counts = OpenAPIImport.Counts(
            typed: written.count - looseCount, loose: looseCount, refused: total - written.count)
        return OpenAPIImport.Outcome(
            result: ImportResult(files: checked.sorted { $0.path < $1.path }, notes: notes.all), counts: counts,
            names: written.map { ($0.identifier ?? $0.title, "\($0.group)/\($0.name)") })
    }

    /// Says what was written that the document does not state, as far as the checker accepted it.
    private func noteProposals(_ files: [ModuleFile]) {
        for file in files {
            guard let operation = file.operation else { continue }
            if let paging = file.spec["paging"]?.object {
                let style = paging["style"]?.string ?? ""
                let name = paging["name"]?.string ?? "all" + SwiftName.upperCamel(String(operation.name.dropFirst(4)))
                let where_ =
                    (paging["field"] ?? paging["header"] ?? paging["cursor"] ?? paging["offset"] ?? paging["page"])?
                    .string
                notes.add(
                    .proposed, operation.position, operation: operation.title,
                    "paging of the style \"\(style)\"\(where_.map { " by \"\($0)\"" } ?? "")")
                _ = name
            }
            if file.spec["polling"] != nil {
                notes.add(
                    .proposed, operation.position, operation: operation.title,
                    "polling until the state says that it is done")
            }
            if file.spec["idempotent"] != nil {
                notes.add(
                    .proposed, operation.position, operation: operation.title,
                    "idempotent, since each request has a key")
            }
        }
    }

    // MARK: Parts

    private func addTexts(to keywords: inout JSONObject) {
        let info = store.root["info"]
        if let title = Prose.line(info?["title"]?.string ?? "", atMost: 100) { keywords["title"] = .string(title) }
        if let text = Prose.summary(info?["summary"]?.string ?? info?["description"]?.string) {
            keywords["summary"] = .string(text)
        }
        if let address = store.root["externalDocs"]?["url"]?.string, WebAddress.isAbsolute(address),
            !address.utf8.contains(where: { $0 <= 0x20 })
        {
            keywords["documentation"] = .string(address)
        }
    }

    /// The type that most operations' failures have.
    private func commonFailure(_ operations: [OperationDraft], _ settling: TypeSettling) -> String? {
        var counts: [String: Int] = [:]
        for operation in operations {
            if let key = SpecRenderer.failure(of: operation, settling) { counts[key, default: 0] += 1 }
        }
        return counts.filter { $0.value > 1 }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Names groups, operations and types.
    private func typeNames(
        _ operations: inout [OperationDraft], _ settling: TypeSettling, _ failure: String?, _ service: String
    ) -> TypeNames {
        let keys = settling.keys.filter { key in
            switch settling.shared[key]?.kind {
            case .object, .enumeration, .union: true
            default: false
            }
        }
        let reserved = [service, service + "Client"] + (options.moduleName.map { [$0] } ?? [])
        let plain = Set(keys.map { TypeNames.candidates($0, nil)[0] })
        var groups = GroupNames(
            options.grouping == .tag ? .tag : .path, operations, typeNames: plain, besides: reserved)
        for index in operations.indices { operations[index].group = groups.group(of: operations[index]) }
        var members: [String: [Int]] = [:]
        for index in operations.indices { members[operations[index].group, default: []].append(index) }
        for (group, indices) in members {
            let names = MethodNames(group: group).names(of: indices.map { operations[$0] })
            for (index, name) in zip(indices, names) { operations[index].name = name }
        }
        var titles: [String: String] = [:]
        for key in keys { titles[key] = settling.shared[key]?.title }
        let others = Array(members.keys) + reserved
        return TypeNames(keys, titles: titles, besides: others)
    }

    /// The files of all types that something refers to.
    private func addTypes(_ renderer: TypeRenderer, to files: inout [ModuleFile]) {
        var done: Set<String> = []
        while true {
            let next = renderer.used.subtracting(done).sorted()
            if next.isEmpty { return }
            for key in next {
                done.insert(key)
                guard let spec = renderer.file(of: key) else { continue }
                for (position, message) in renderer.takeLoose() { notes.add(.loose, position, message) }
                files.append(
                    ModuleFile(
                        path: renderer.path(of: key), spec: spec, position: renderer.settling.shared[key]?.position))
            }
        }
    }
}

/// A file on its way into the result.
struct ModuleFile {
    var path: String
    var spec: JSONObject
    /// The operation that it describes; nil for other files.
    var operation: OperationDraft?
    /// Where what it describes stands in the document.
    var position: SourcePosition?
}
