import EndpointDynamic
import EndpointKit
import EndpointSpec
import Foundation
import TestSupport

/// A module in memory, of whose examples the checker and the run time are asked for their verdicts.
struct SpecModule {
    /// An endpoint and its examples, each the text of a JSON object without line breaks.
    struct Call {
        /// Everything of the spec but `summary`, `method` and `path`.
        var rest: String
        var method = "POST"
        /// The path below the endpoint's own; nil for a whole URL from the caller.
        var path: String? = ""
        var examples: [String] = []
    }

    static let envelope =
        #""envelope": { "code": "code", "success": [0], "message": "message", "payload": "data", "traceID": "trace" }"#

    /// Further keys of `service.json`.
    var service = [SpecModule.envelope]
    /// The files of `types/`, by name.
    var types: [String: String] = [:]
    var calls: [Call] = []

    func files(withExamples: Bool = true) -> [SpecFile] {
        let head =
            [
                #""name": "Drift", "summary": "A service for tests.", "baseURL": "https://drift.example.com""#,
                #""timeZone": "+08:00", "authentication": { "scheme": "bearer" }"#,
            ] + service
        var texts = ["service.json": "{ \(head.joined(separator: ", ")) }"]
        for (name, text) in types { texts["types/\(name).json"] = text }
        for (index, call) in calls.enumerated() {
            let target = call.path.map { #""path": "/call\#(index)\#($0)""# } ?? #""url": "caller""#
            let start = #"{ "summary": "Calls.", "method": "\#(call.method)", \#(target), \#(call.rest)"#
            let isShown = withExamples && !call.examples.isEmpty
            // One example a line, so that a diagnostic's line says which.
            let end = isShown ? ",\n\"examples\": [\n\(call.examples.joined(separator: ",\n"))\n]}" : "}"
            texts["Store/call\(index).json"] = start + end
        }
        return SpecFiles(texts).files
    }

    /// What the checker says: about the specs, and about each example of each call.
    func check() -> (mistakes: [String], examples: [[[String]]]) {
        var mistakes: [String] = []
        var examples = calls.map { $0.examples.map { _ in [String]() } }
        for diagnostic in SpecChecker.check(files(), moduleName: "Drift").diagnostics {
            let file = diagnostic.position.file
            let example = diagnostic.position.line - 3
            if file.hasPrefix("Store/call"), let call = Int(file.dropFirst(10).dropLast(5)),
                examples[call].indices.contains(example)
            {
                examples[call][example].append(diagnostic.message)
            } else {
                mistakes.append(diagnostic.description)
            }
        }
        return (mistakes, examples)
    }

    /// The endpoints as untyped calls, in the order of `calls`.
    func load() throws -> (service: Service, endpoints: [DynamicEndpoint]) {
        let module = try DynamicModule(name: "Drift", files: files(withExamples: false))
        return (module.service, calls.indices.compactMap { module.endpoint(id: "store.call\($0)") })
    }
}

extension SpecModule.Call {
    /// The text of an example.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - parts: Its other members, such as `"status": 404`; nil for none.
    /// - Returns: The text.
    static func example(_ name: Int, _ parts: String?...) -> String {
        "{ " + ([#""name": "\#(name)""#] + parts.compactMap(\.self)).joined(separator: ", ") + " }"
    }
}

/// What the run time does.
enum RunTime {
    /// What becomes of arguments; nil if a request is made of them. Arguments that are not JSON are refused as well.
    static func failure(of arguments: String, _ endpoint: DynamicEndpoint, _ service: Service) -> APIError? {
        let client = Client(service: service)
        do {
            guard let given = try JSONValue(parsing: Data(arguments.utf8)).object else { return nil }
            _ = try client.request(for: endpoint.endpoint(with: given))
            return nil
        } catch {
            return error as? APIError ?? APIError(.invalidParameter, "\(error)")
        }
    }

    /// What becomes of a parameter of a typed call.
    static func failure(of parameter: Parameter, _ service: Service) -> APIError? {
        let call = Endpoint<JSONValue>(.post, "/call", body: .json([parameter]))
        do throws(APIError) {
            _ = try Client(service: service).request(for: call)
            return nil
        } catch {
            return error
        }
    }

    /// What becomes of a response; nil if it is a success.
    static func failure(
        status: Int = 200, body: String, _ endpoint: Endpoint<JSONValue>, _ service: Service
    ) async -> APIError? {
        let isJSON = (try? JSONValue(parsing: Data(body.utf8))) != nil
        let response = HTTPResponse(
            status: status, headers: body.isEmpty ? [:] : ["Content-Type": isJSON ? "application/json" : "text/html"],
            body: Data(body.utf8))
        let client = Client(
            service: service, tokens: FixedToken("t"),
            configuration: ClientConfiguration(
                transport: ClosureTransport { _ throws(TransportError) in response }, retry: .never,
                rateLimiter: NoRateLimit()))
        do throws(APIError) {
            _ = try await client.send(endpoint)
            return nil
        } catch {
            return error
        }
    }
}

extension String {
    /// The text as a JSON string.
    var quoted: String { JSONValue.string(self).text() }
}
