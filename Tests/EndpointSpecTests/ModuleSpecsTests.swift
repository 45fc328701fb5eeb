import EndpointCore
import EndpointSpec
import TestSupport
import Testing

@Suite("The specs of a module that was compiled in")
struct ModuleSpecsTests {
    /// What a model says, without what only a check or a position shows.
    private func text(_ model: EndpointModel, of module: String) -> String {
        var model = model
        model.canonicalText = ""
        return "\(model)".replacing("\"\(module)/", with: "\"").replacing(" \(module)/", with: " ")
    }

    private func checked(_ name: String, base: SpecFiles? = nil) throws -> ServiceModel {
        let result = SpecChecker.check(try SpecFiles(fixture: name).files, base: base?.files, moduleName: name)
        return try #require(result.model, "\(result.diagnostics)")
    }

    @Test("an endpoint that is read alone is the one that a check of the whole module makes", arguments: [1, 2, 3])
    func alone(seed: UInt64) throws {
        var random = Seeded(seed)
        for name in ["Drive", "Warehouse"] {
            let specs = try ModuleSpecs(
                checked: SpecFiles(fixture: name).moduleText, module: name, extending: nil)
            for model in try checked(name).endpoints.shuffled(using: &random) {
                let alone = try #require(specs.endpoint(model.id))
                #expect(text(alone, of: name) == text(model, of: name))
            }
        }
    }

    @Test("an extension reads what it needs of the module that it extends")
    func extended() throws {
        let files = try SpecFiles(fixture: "Warehouse")
        let base = try ModuleSpecs(checked: files.moduleText, module: "Warehouse", extending: nil)
        let office = try ModuleSpecs(
            checked: SpecFiles(fixture: "WarehouseOffice").moduleText, module: "WarehouseOffice", extending: base)
        let model = try checked("WarehouseOffice", base: files)
        #expect(office.isExtension)
        #expect(office.settings.name == model.name)
        #expect(office.outlines.map(\.id) == model.endpoints.map(\.id))
        for expected in model.endpoints {
            let alone = try #require(office.endpoint(expected.id))
            #expect(alone.arguments.map(\.swiftName) == expected.arguments.map(\.swiftName))
            #expect(
                office.types.sensitiveFields(of: alone) == TypeTable(model).sensitiveFields(of: expected))
            if case .payload(let schema) = expected.response {
                #expect(office.types.schema(of: schema) == TypeTable(model).schema(of: schema))
            }
        }
    }

    @Test("an outline says what the model says, of variants too")
    func outlines() throws {
        for name in ["Drive", "Warehouse"] {
            let specs = try ModuleSpecs(
                checked: SpecFiles(fixture: name).moduleText, module: name, extending: nil)
            let model = try checked(name)
            #expect(specs.outlines.map(\.id) == model.endpoints.map(\.id))
            for (outline, model) in zip(specs.outlines, model.endpoints) {
                #expect(outline.methodName == model.methodName)
                #expect(outline.method == model.method)
                #expect(outline.path == model.path)
                #expect(outline.title == model.title)
                #expect(outline.summary == model.summary)
                #expect(outline.notes == model.notes)
                #expect(outline.group == model.group)
            }
        }
    }

    @Test("what was compiled in is not checked: a mistake in one spec touches neither the others nor a list")
    func unchecked() throws {
        let text = """
            {"service.json": {"name": "Shop", "baseURL": "https://shop.example.com"},
             "Items/get.json": {"summary": "Gets.", "method": "GET", "path": "/get", "response": null, "unknown": 1},
             "Items/put.json": {"summary": "Puts.", "method": "PUT", "path": "/put", "response": null}}
            """
        let specs = try ModuleSpecs(checked: text, module: "Shop", extending: nil)
        #expect(specs.outlines.map(\.id) == ["items.get", "items.put"])
        #expect(specs.endpoint("items.get")?.path == "/get")
        #expect(specs.endpoint("items.none") == nil)
        let error = #expect(throws: InvalidSpecs.self) {
            try ModuleSpecs(checked: "[1]", module: "Shop", extending: nil)
        }
        #expect(error?.description == "Shop:1:1: error: the specs of a module must be an object from file to spec")
    }

    @Test("many tasks may ask at once")
    func concurrently() async throws {
        let specs = try ModuleSpecs(
            checked: SpecFiles(fixture: "Warehouse").moduleText, module: "Warehouse", extending: nil)
        let ids = try checked("Warehouse").endpoints.map(\.id)
        let found = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { ids.filter { specs.endpoint($0) != nil }.count } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: ids.count, count: 8))
    }
}
