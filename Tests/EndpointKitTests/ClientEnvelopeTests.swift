import EndpointKit
import EndpointTesting
import Foundation
import Testing
import TestSupport

@Suite("Client: envelopes and errors")
struct ClientEnvelopeTests {
    struct Page: Codable, Sendable, Equatable {
        var total: Int
        var list: [Int]?
    }

    static let endpoint = Endpoint<Page>(.get, "/page", id: "page.show")

    private func result<Value>(
        _ response: HTTPResponse, _ endpoint: Endpoint<Value>, service: Service = .test
    ) async -> Result<Value, APIError> {
        let client = Client(RecordingTransport([.success(response)]), service: service) { $0.retry = .never }
        do throws(APIError) {
            return .success(try await client.send(endpoint))
        } catch {
            return .failure(error)
        }
    }

    private func error<Value>(_ response: HTTPResponse, _ endpoint: Endpoint<Value>) async -> APIError? {
        if case .failure(let error) = await result(response, endpoint) { error } else { nil }
    }

    @Test("the payload of a success is decoded")
    func success() async throws {
        let value = try await result(.json(#"{"code":0,"data":{"total":1,"list":[7]}}"#), Self.endpoint).get()
        #expect(value == Page(total: 1, list: [7]))
    }

    @Test("a code that is not success is an error under HTTP 200, in one line")
    func refused() async {
        let error = await error(.json(#"{"code":8,"message":"no such\ntask","data":null,"trace":"t9"}"#), Self.endpoint)
        #expect(error?.kind == .service)
        #expect(error?.code == 8)
        #expect(error?.traceID == "t9")
        #expect(error?.status == 200)
        #expect(error?.isRetryable == false)
        #expect(error?.description == "page.show: no such task (code 8, trace id t9)")
    }

    @Test("rules set kind and remedy by code and message, and the endpoint's take precedence over the service's")
    func rules() async {
        let gone = HTTPResponse.json(#"{"code":404,"message":"gone"}"#)
        #expect(
            await error(gone, Self.endpoint)?.description
                == "page.show: gone (code 404). List the folder to see what is there")
        #expect(await error(.json(#"{"code":1,"message":"too BUSY now"}"#), Self.endpoint)?.kind == .throttled)
        #expect(await error(.json(#"{"code":1,"message":"bad name"}"#), Self.endpoint)?.kind == .service)
        let own = Self.endpoint.with(\.errors, [ErrorRule(code: 404, kind: .conflict)])
        #expect(await error(gone, own)?.kind == .conflict)
    }

    @Test("a rule on the payload makes a success an error")
    func payloadRule() async {
        let error = await error(.json(#"{"code":0,"message":"ok","data":{"isFull":true,"total":0}}"#), Self.endpoint)
        #expect(error?.kind == .quotaExceeded)
        #expect(error?.description == "page.show: the service returned isFull = true (ok) (code 0). Buy more")
        #expect(await self.error(.json(#"{"code":0,"data":{"isFull":false,"total":0}}"#), Self.endpoint) == nil)
    }

    @Test("a rule by status needs no envelope, and lets the status decide about retries unless it says so itself")
    func statusRule() async {
        func told(_ status: Int, _ rule: ErrorRule, _ body: String = "<html>x</html>") async -> APIError? {
            let response = HTTPResponse(status: status, headers: ["Content-Type": "text/html"], body: Data(body.utf8))
            return await error(response, Self.endpoint.with(\.errors, [rule]))
        }
        let gone = await told(404, ErrorRule(status: 404...404, kind: .conflict, remedy: "Look again"))
        #expect(gone?.kind == .conflict)
        #expect(gone?.description == "page.show: the server returned HTTP 404: <html>x</html> (HTTP 404). Look again")
        #expect(gone?.isRetryable == false)
        for (status, rule, isRetryable) in [
            (503, ErrorRule(status: 500...599, kind: .service), true),
            (503, ErrorRule(status: 500...599, kind: .service, retry: false), false),
            (500, ErrorRule(status: 500...599, kind: .service), false),
            (500, ErrorRule(status: 500...599, kind: .service, retry: true), true),
            (403, ErrorRule(status: 403...403, kind: .throttled), true),
        ] {
            #expect(await told(status, rule)?.isRetryable == isRetryable, "\(status) \(rule)")
        }
        let enveloped = await told(409, ErrorRule(status: 409...409, kind: .conflict), #"{"code":5,"message":"taken"}"#)
        #expect(enveloped?.description == "page.show: taken (code 5, HTTP 409)")
    }

    @Test("an empty body is a success where nothing was wanted")
    func emptyBody() async throws {
        let nothing = Endpoint<Void>(.post, "/x", response: .none)
        for status in [200, 202, 204] { try await result(HTTPResponse(status: status), nothing).get() }
        #expect(await error(HTTPResponse(status: 200), Self.endpoint)?.kind == .decoding)
    }

    @Test("a null or missing payload is an error that names it, unless it may be empty")
    func noPayload() async throws {
        let null = await error(.json(#"{"code":0,"data":null}"#), Self.endpoint)
        #expect(null?.kind == .decoding)
        #expect(null?.message.hasPrefix("the response does not match the endpoint: data") == true)
        let missing = await error(.json(#"{"code":0}"#), Self.endpoint)
        #expect(missing?.message == "the response does not match the endpoint: data: the field is missing")

        struct Empty: Codable, Sendable, Equatable { var list: [Int]? }
        let lenient = Endpoint<Empty>(.get, "/page", response: .jsonNullAsEmpty)
        #expect(try await result(.json(#"{"code":0,"data":null}"#), lenient).get() == Empty())
        #expect(try await result(.json(#"{"code":0}"#), lenient).get() == Empty())

        let optional = Endpoint<Page?>(.get, "/page")
        #expect(try await result(.json(#"{"code":0,"data":null}"#), optional).get() == nil)
    }

    @Test(
        "an endpoint without a payload accepts any payload",
        arguments: [
            #"{"code":0}"#, #"{"code":0,"data":null}"#, #"{"code":0,"data":{}}"#, #"{"code":0,"data":"done"}"#,
        ])
    func void(text: String) async throws {
        try await result(.json(text), Endpoint<Void>(.post, "/x", response: .none)).get()
    }

    @Test("an error page of a gateway is an HTTP error with an excerpt")
    func htmlPage() async {
        let page = "<html>\n<h1>502 Bad\u{1B}[31m Gateway</h1>\n</html>"
        let error = await error(.html(page, status: 502), Self.endpoint)
        #expect(error?.kind == .http)
        #expect(error?.status == 502)
        #expect(error?.isRetryable == true)
        #expect(
            error?.description
                == "page.show: the server returned HTTP 502: <html> <h1>502 Bad[31m Gateway</h1> </html> (HTTP 502)")
    }

    @Test(
        "an HTTP status with the service's envelope has the service's message",
        arguments: [
            (400, APIError.Kind.service, false), (401, .authentication, false), (404, .notFound, false),
            (429, .throttled, true), (500, .service, false), (503, .service, true),
        ])
    func statusWithEnvelope(status: Int, kind: APIError.Kind, isRetryable: Bool) async {
        let response = HTTPResponse.json(#"{"code":999,"message":"no","trace":"t"}"#, status: status)
        let error = await error(response, Self.endpoint)
        #expect(error?.kind == kind)
        #expect(error?.code == 999)
        #expect(error?.traceID == "t")
        #expect(error?.isRetryable == isRetryable)
    }

    @Test(
        "an HTTP status without an envelope decides the kind",
        arguments: [
            (400, APIError.Kind.http), (401, .authentication), (404, .notFound), (429, .throttled), (500, .http),
        ])
    func statusAlone(status: Int, kind: APIError.Kind) async {
        for body in ["", "{}", #"{"error":"x"}"#, #"{"code":0,"data":null}"#, "oops"] {
            let error = await error(.json(body, status: status), Self.endpoint)
            #expect(error?.kind == kind, "\(body)")
            #expect(error?.status == status)
        }
    }

    @Test(
        "a body that is not valid JSON is a decoding error",
        arguments: [
            ("", "the response is empty"),
            ("{\"code\":0,\"da", "the response is not valid JSON (13 bytes): {\"code\":0,\"da"),
            ("hello", "the response is not valid JSON (5 bytes): hello"),
            ("[1]", "the response does not match the endpoint: the body: expected an object, found an array of 1"),
            ("{}", "the response does not match the endpoint: code: the field is missing"),
        ])
    func broken(body: String, message: String) async {
        let error = await error(.json(body), Self.endpoint)
        #expect(error?.kind == .decoding)
        #expect(error?.message == message)
        #expect(error?.isRetryable == false)
    }

    @Test("without an envelope the response is the payload")
    func noEnvelope() async throws {
        let endpoint = Self.endpoint.with(\.envelope, .none)
        #expect(try await result(.json(#"{"total":3}"#), endpoint).get() == Page(total: 3))
        let error = await error(.json(#"{"code":8,"message":"no"}"#), endpoint)
        #expect(error?.kind == .decoding)
        let empty = Endpoint<Void>(.put, "/x", response: .none).with(\.envelope, .none)
        try await result(HTTPResponse(status: 204), empty).get()
        #expect(await self.error(HTTPResponse(status: 403), empty)?.kind == .http)
    }

    @Test("with an envelope for errors only, a success has none")
    func envelopeForErrors() async throws {
        let endpoint = Self.endpoint.with(\.envelope, .errors)
        #expect(try await result(.json(#"{"total":3}"#), endpoint).get() == Page(total: 3))
        let refused = await error(.json(#"{"code":404,"message":"gone"}"#), endpoint)
        #expect(refused?.kind == .notFound)
        let status = await error(.json(#"{"error":"bad"}"#, status: 400), endpoint)
        #expect(status?.kind == .http)
        #expect(status?.status == 400)
        let bareArray = Endpoint<[Int]>(.get, "/x").with(\.envelope, .errors)
        #expect(try await result(.json("[1,2]"), bareArray).get() == [1, 2])
        let void = Endpoint<Void>(.post, "/x", response: .none).with(\.envelope, .errors)
        try await result(HTTPResponse(status: 200), void).get()
    }

    @Test(
        "bytes are the response itself, unless the service refuses in its envelope",
        arguments: [
            EnvelopeUse.service, .errors,
        ])
    func bytes(envelope: EnvelopeUse) async throws {
        let endpoint = Endpoint<Data>(.get, "/file", response: .bytes).with(\.envelope, envelope)
        let plain = HTTPResponse(status: 200, headers: ["Content-Type": "image/png"], body: Data([1, 2, 3]))
        #expect(try await result(plain, endpoint).get() == Data([1, 2, 3]))
        let json = HTTPResponse.json(#"{"name":"a JSON file"}"#)
        #expect(try await result(json, endpoint).get() == json.body)
        #expect(await error(.json(#"{"code":404,"message":"gone"}"#), endpoint)?.kind == .notFound)
        #expect(await error(.html("no", status: 502), endpoint)?.kind == .http)
    }

    @Test("codes may be strings or booleans")
    func otherCodes() async throws {
        var service = Service.test
        service.envelope = Envelope(code: "ok", success: [true], message: "why", payload: nil)
        let response = HTTPResponse.json(#"{"ok":true,"total":5}"#)
        #expect(try await result(response, Self.endpoint, service: service).get() == Page(total: 5))
        service.envelope = Envelope(code: "status", success: ["OK"], message: "why", payload: "result")
        service.errors = [ErrorRule(code: "GONE", kind: .notFound)]
        let refusal = await result(.json(#"{"status":"GONE","why":"it left"}"#), Self.endpoint, service: service)
        guard case .failure(let error) = refusal else {
            Issue.record("no error")
            return
        }
        #expect(error.kind == .notFound)
        #expect(error.description == "page.show: it left (code GONE)")
    }

    @Test(
        "a decoding error has the JSON path and the value that was found",
        arguments: [
            (#"{"code":0,"data":{"total":"x","list":[]}}"#, "data.total: expected Int, found \"x\""),
            (
                #"{"code":0,"data":{"total":1,"list":[1,{"a":2}]}}"#,
                "data.list[1]: expected Int, found an object with a"
            ),
            (#"{"code":0,"data":{"list":[]}}"#, "data.total: the field is missing"),
            (#"{"code":0,"data":{"total":null}}"#, "data.total: expected Int, found null"),
            (#"{"code":0,"data":[1,2]}"#, "data: expected an object, found an array of 2"),
            (#"{"code":0,"data":{"total":1,"list":{"k":1}}}"#, "data.list: expected an array, found an object with k"),
            (#"{"code":{},"data":null}"#, "code: expected an integer, a string or a boolean, found an empty object"),
        ])
    func decodingErrors(body: String, message: String) async {
        #expect(
            await error(.json(body), Self.endpoint)?.message == "the response does not match the endpoint: \(message)")
    }
}
