import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import Testing
import TestSupport

@Suite("Client: the pipeline")
struct ClientPipelineTests {
    struct Item: Codable, Sendable, Equatable { var id: Int }

    static let endpoint = Endpoint<Item>(.get, "/items/1", id: "item.show")

    @Test("a call sends method, URL, fixed headers and token, and returns the payload")
    func call() async throws {
        let transport = RecordingTransport(json: #"{"code":0,"message":"ok","data":{"id":1},"trace":"t1"}"#)
        let response = try await Client(transport).response(for: Self.endpoint)
        #expect(response.value == Item(id: 1))
        #expect(response.traceID == "t1")
        #expect(response.status == 200)
        #expect(response.attempts == 1)
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == .get)
        #expect(request.url.absoluteString == "https://api.depot.test/items/1")
        #expect(request.headers["X-Client"] == "tests")
        #expect(request.headers["Accept"] == "application/json")
        #expect(request.headers["Authorization"] == "Bearer planted-token")
        #expect(request.body.isEmpty)
    }

    @Test("`call` wraps the call once, `attempt` each attempt, the first middleware outermost")
    func order() async throws {
        struct Tracer: Middleware {
            let name: String
            let log: Log
            func call(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                log.add("\(name) call \(request.headers["Authorization"] == nil ? "bare" : "signed")")
                defer { log.add("\(name) called") }
                return try await next(request)
            }
            func attempt(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                log.add(
                    "\(name) attempt \(context.attempt) \(request.headers["Authorization"] == nil ? "bare" : "signed")")
                return try await next(request)
            }
        }
        let log = Log()
        let transport = RecordingTransport([
            .success(.html("busy", status: 503)), .success(.json(#"{"code":0,"data":{"id":2}}"#)),
        ])
        let clock = ManualClock(isImpatient: true)
        let client = Client(transport) {
            $0.clock = clock.clientClock
            $0.middleware = [Tracer(name: "A", log: log), Tracer(name: "B", log: log)]
        }
        #expect(try await client.send(Self.endpoint) == Item(id: 2))
        #expect(
            log.lines == [
                "A call bare", "B call bare", "A attempt 1 signed", "B attempt 1 signed", "A attempt 2 signed",
                "B attempt 2 signed", "B called", "A called",
            ])
    }

    @Test("when a parameter is refused, no middleware runs and nothing is sent")
    func validationComesFirst() async {
        let transport = RecordingTransport(json: "{}")
        let log = Log()
        struct Spy: Middleware {
            let log: Log
            func call(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                log.add("called")
                return try await next(request)
            }
        }
        let endpoint = Endpoint<Item>(
            .get, "/items", id: "item.list", query: [Parameter("limit", 101, .integer(minimum: 1, maximum: 100))])
        let client = Client(transport) { $0.middleware = [Spy(log: log)] }
        let error = await failure { () throws(APIError) in try await client.send(endpoint) }
        #expect(error?.kind == .invalidParameter)
        #expect(error?.description == "item.list: limit: must be in 1…100; got 101")
        #expect(error?.attempts == 0)
        #expect(transport.requests.isEmpty)
        #expect(log.lines.isEmpty)
    }

    @Test("a middleware may return its own response, which is handled like any other")
    func cached() async throws {
        struct Cache: Middleware {
            let text: String
            func call(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                .json(text)
            }
        }
        let transport = RecordingTransport(json: "{}")
        let good = Client(transport) { $0.middleware = [Cache(text: #"{"code":0,"data":{"id":9}}"#)] }
        let response = try await good.response(for: Self.endpoint)
        #expect(response.value == Item(id: 9))
        #expect(response.attempts == 0)
        let bad = Client(transport) { $0.middleware = [Cache(text: #"{"code":404,"message":"gone"}"#)] }
        let error = await failure { () throws(APIError) in try await bad.send(Self.endpoint) }
        #expect(error?.kind == .notFound)
        #expect(transport.requests.isEmpty)
    }

    @Test("a middleware that changes the response after the attempts changes the value")
    func replaced() async throws {
        struct Replacer: Middleware {
            func call(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                var response = try await next(request)
                response.body = Data(#"{"code":0,"data":{"id":5}}"#.utf8)
                return response
            }
        }
        let client = Client(RecordingTransport(json: #"{"code":0,"data":{"id":4}}"#)) { $0.middleware = [Replacer()] }
        #expect(try await client.send(Self.endpoint) == Item(id: 5))
    }

    @Test("an endpoint without authentication sends no token; one with authentication needs one")
    func tokens() async throws {
        let transport = RecordingTransport(json: #"{"code":0,"data":{"id":1}}"#)
        _ = try await Client(transport).send(Self.endpoint.with(\.isAuthenticated, false))
        #expect(transport.requests[0].headers["Authorization"] == nil)
        let error = await failure { () throws(APIError) in
            try await Client(transport, token: nil).send(Self.endpoint)
        }
        #expect(error?.kind == .authentication)
        #expect(transport.requests.count == 1)
    }

    @Test("a token can be the value of a header field that the service names")
    func tokenHeader() async throws {
        var service = Service.test
        service.authentication = .header("X-Token")
        let transport = RecordingTransport(json: #"{"code":0,"data":{"id":1}}"#)
        _ = try await Client(transport, service: service).send(Self.endpoint)
        #expect(transport.requests[0].headers["X-Token"] == "planted-token")
        #expect(transport.requests[0].headers["Authorization"] == nil)
    }

    @Test(
        "a token with invalid characters is refused, and is not in the message",
        arguments: ["", "plan\nted", "plan\u{0}ted"])
    func brokenToken(token: String) async {
        let transport = RecordingTransport(json: "{}")
        let error = await failure { () throws(APIError) in try await Client(transport, token: token).send(Self.endpoint)
        }
        #expect(error?.kind == .authentication)
        #expect(error?.description.contains("plan") == false)
        #expect(transport.requests.isEmpty)
    }

    @Test("white space around a token is removed")
    func trimmedToken() async throws {
        let transport = RecordingTransport(json: #"{"code":0,"data":{"id":1}}"#)
        _ = try await Client(transport, token: " planted-token\n").send(Self.endpoint)
        #expect(transport.requests[0].headers["Authorization"] == "Bearer planted-token")
    }

    @Test("a cancelled task sends nothing and throws `.cancelled`")
    func cancelled() async {
        let transport = RecordingTransport(json: "{}")
        let client = Client(transport)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await failure { () throws(APIError) in try await client.send(Self.endpoint) }
        }
        task.cancel()
        let error = await task.value
        #expect(error?.kind == .cancelled)
        #expect(error?.attempts == 0)
        #expect(transport.requests.isEmpty)
    }

    @Test("a task cancelled while it waits for a retry ends at once")
    func cancelledInRetry() async {
        let transport = RecordingTransport([.success(.html("busy", status: 503))])
        let clock = ManualClock()
        let client = Client(transport) { $0.clock = clock.clientClock }
        let task = Task { await failure { () throws(APIError) in try await client.send(Self.endpoint) } }
        await clock.waitForSleepers(1)
        task.cancel()
        let error = await task.value
        #expect(error?.kind == .cancelled)
        #expect(error?.attempts == 1)
        #expect(transport.requests.count == 1)
    }
}

/// Lines in the order in which they came, from any task.
final class Log: Sendable {
    private let stored = Mutex<[String]>([])
    var lines: [String] { stored.withLock { $0 } }
    func add(_ line: String) { stored.withLock { $0.append(line) } }
}
