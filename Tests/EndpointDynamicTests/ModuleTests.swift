import EndpointDynamic
import EndpointKit
import TestSupport
import Testing

@Suite struct ModuleTests {
    private static let call = #"{"summary": "Calls.", "method": "GET", "path": "/call", "response": null}"#

    private func compiled(_ files: [String: String], name: String = "Depot", base: EndpointModule? = nil)
        -> EndpointModule
    {
        let specs = SpecFiles(files).moduleText
        if let base { return EndpointModule(name: name, specs: specs, extending: base) }
        let service = Service(name: name, baseURL: "https://set-in-code.example.com")
        return EndpointModule(name: name, service: service, specs: specs)
    }

    @Test func aCompiledModuleIsReadFromTheSpecsThatItCarries() throws {
        let module = try DynamicModule(compiled(["service.json": Depot.serviceJSON, "Store/call.json": Self.call]))
        #expect(module.endpoints.map(\.id) == ["store.call"])
        #expect(module.service.baseURL == "https://set-in-code.example.com")
    }

    @Test func anExtensionCallsTheServiceThatItExtends() throws {
        let base = compiled(["service.json": Depot.serviceJSON, "Store/call.json": Self.call])
        let more = compiled(
            ["service.json": #"{"extends": "Depot"}"#, "Store/more.json": Self.call.replacing("/call", with: "/more")],
            name: "More", base: base)
        let module = try DynamicModule(more)
        #expect(module.endpoints.map(\.id) == ["store.more"])
        #expect(module.service.baseURL == "https://set-in-code.example.com")
    }

    @Test func aServiceIsReadWithEverythingThatItDeclares() throws {
        let module = try DynamicModule(
            name: "Depot",
            files: SpecFiles([
                "service.json": """
                {
                  "name": "Depot", "baseURL": "https://depot.example.com/v1", "headers": { "B": "2", "A": "1" },
                  "timeZone": "+08:00", "authentication": { "scheme": "header", "header": "X-Key" },
                  "envelope": { "code": "status", "success": ["ok"], "payload": "result" },
                  "errors": [{ "code": "slow", "kind": "throttled", "retry": true, "remedy": "Wait." }],
                  "rateProfiles": { "free": { "*": { "limit": 5, "per": "minute" } } },
                  "environment": { "baseURL": "DEPOT_URL", "accessToken": "DEPOT_TOKEN" }
                }
                """, "Store/call.json": Self.call,
            ]).files)
        let service = module.service
        #expect(service.name == "Depot")
        #expect(service.headers == ["B": "2", "A": "1"])
        #expect(service.authentication == .header("X-Key"))
        #expect(service.envelope == Envelope(code: "status", success: ["ok"], payload: "result"))
        #expect(service.errors == [ErrorRule(code: "slow", kind: .throttled, retry: true, remedy: "Wait.")])
        #expect(service.rateProfiles == ["free": ["*": Rate(5, per: .minute)]])
        #expect(service.secondsFromGMT == 28800)
        #expect(service.environment == EnvironmentNames(baseURL: "DEPOT_URL", accessToken: "DEPOT_TOKEN"))
    }

    @Test func wrongSpecsAreReportedWithPositions() throws {
        let error = #expect(throws: InvalidSpecs.self) {
            try DynamicModule(
                name: "Depot",
                files: SpecFiles(["service.json": Depot.serviceJSON, "Store/call.json": #"{"sumary": 1}"#]).files)
        }
        #expect(error?.description.hasPrefix("Store/call.json:1:") == true)
        #expect(error?.description.contains("did you mean \"summary\"?") == true)
    }
}
