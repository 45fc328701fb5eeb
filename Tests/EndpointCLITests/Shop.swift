import EndpointCLI
import EndpointKit
import EndpointTesting
import Foundation
import Synchronization
import TestSupport

/// A small service with every kind of command, and a way to run command lines against it in this process.
struct Shop {
    static let token = "planted-token-7f3a"

    static let specs: [String: String] = [
        "service.json": """
        {
          "name": "Shop", "title": "小店", "summary": "A shop for tests.", "baseURL": "https://shop.example.com",
          "headers": { "Platform": "shop" }, "timeZone": "+08:00", "authentication": { "scheme": "bearer" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data", "traceID": "trace" },
          "errors": [
            { "code": 401, "kind": "authentication", "remedy": "Get a new token." },
            { "code": 429, "kind": "throttled" }, { "code": 5113, "kind": "quotaExceeded" }
          ],
          "environment": { "baseURL": "SHOP_URL", "accessToken": "SHOP_TOKEN" }
        }
        """,
        "Goods/listGoods.json": """
        {
          "title": "获取商品列表", "summary": "Lists the goods.", "documentation": "https://docs.example.com/goods",
          "method": "GET", "path": "/goods",
          "query": {
            "shelfID": { "type": "string", "minLength": 1, "description": "The shelf." },
            "limit": { "type": "integer", "minimum": 1, "maximum": 100, "default": 100, "description": "A page." },
            "page": { "type": "integer", "minimum": 1, "default": 1 }
          },
          "response": {
            "total": { "type": "integer" },
            "list": { "type": "array", "nullAsEmpty": true, "items": { "name": "Good", "properties": {
              "goodId": { "type": "integer", "format": "int64" }, "name": { "type": "string" },
              "kind": { "type": "integer", "enum": { "food": 0, "tool": 1 }, "optional": true } } } }
          },
          "paging": { "style": "page", "page": "page", "size": "limit", "items": "list", "total": "total" },
          "examples": [{ "name": "nothing", "request": { "shelfID": "s 1" },
                         "response": { "code": 0, "message": "ok", "data": { "total": 0, "list": null }, "trace": "" } }]
        }
        """,
        "Goods/changeGood.json": """
        {
          "title": "修改商品", "summary": "Changes a good.", "method": "POST", "path": "/goods/{goodID}",
          "pathParameters": { "goodID": { "type": "integer" } },
          "body": {
            "name": { "type": "string", "optional": true }, "sold": { "type": "boolean", "optional": true },
            "price": { "type": "number", "optional": true },
            "mode": { "type": "integer", "enum": { "fast": 0, "verySlow": 1 }, "optional": true },
            "tags": { "type": "array", "optional": true, "items": { "type": "string" } },
            "sizes": { "type": "array", "optional": true, "items": { "type": "integer" } },
            "box": { "name": "Box", "optional": true, "properties": { "w": { "type": "integer" } } },
            "format": { "type": "string", "optional": true, "description": "Has the name of a global option." },
            "pin": { "type": "string", "optional": true, "sensitive": true }
          },
          "response": { "goodId": { "type": "integer" }, "secret": { "type": "string", "sensitive": true, "optional": true } }
        }
        """,
        "Goods/dropGoods.json": """
        {
          "summary": "Drops goods.", "title": "删除商品", "method": "POST", "path": "/drop",
          "body": { "ids": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": "integer" } } },
          "nullPayload": "empty",
          "response": { "failed": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } } },
          "batch": { "over": "ids" }, "partial": { "failed": "failed" }
        }
        """,
        "Orders/orderStatus.json": """
        {
          "summary": "Returns the status of an order.", "title": "订单状态", "method": "GET", "path": "/order",
          "query": { "orderID": { "type": "string" } },
          "response": { "status": { "type": "integer", "enum": { "running": 1, "finished": 2, "failed": 3 } } },
          "polling": { "until": { "status": 2 }, "fail": { "status": 3 }, "interval": 1 }
        }
        """,
        "Orders/sendPhoto.json": """
        {
          "summary": "Sends a photo.", "title": "上传图片", "method": "POST", "path": "/photo", "encoding": "multipart",
          "body": { "no": { "type": "integer" },
                    "photo": { "type": "string", "format": "binary", "filename": "photo" } },
          "response": null
        }
        """,
        "Orders/fetchPhoto.json": """
        {
          "summary": "Fetches a photo.", "title": "下载图片", "method": "GET", "url": "caller",
          "responseType": { "type": "string", "format": "binary" }, "checksum": { "md5": "X-Photo-MD5" }
        }
        """,
    ]

    static var module: EndpointModule {
        let service = Service(
            name: "Shop", baseURL: "https://shop.example.com", headers: ["Platform": "shop"],
            envelope: Envelope(code: "code", success: [0], message: "message", payload: "data", traceID: "trace"),
            errors: [
                ErrorRule(code: 401, kind: .authentication, remedy: "Get a new token."),
                ErrorRule(code: 429, kind: .throttled), ErrorRule(code: 5113, kind: .quotaExceeded),
            ], secondsFromGMT: 28800,
            environment: EnvironmentNames(baseURL: "SHOP_URL", accessToken: "SHOP_TOKEN"))
        return EndpointModule(name: "Shop", service: service, specs: SpecFiles(specs).moduleText)
    }

    /// The result of a command line.
    struct Result: Sendable {
        var status: Int32
        var output: String
        var error: String
        var requests: [HTTPRequest]

        /// `GET /goods?limit=1`
        var targets: [String] {
            requests.map { "\($0.method) \($0.url.absoluteString.dropFirst("https://shop.example.com".count))" }
        }
        var bodies: [String] {
            requests.map { request in
                request.body.chunks.map { chunk in
                    if case .data(let data) = chunk { String(decoding: data, as: UTF8.self) } else { "<file>" }
                }.joined()
            }
        }
    }

    var environment = ["SHOP_TOKEN": Shop.token]
    /// The payloads of the responses, in order; the last is repeated.
    var payloads: [String] = ["{}"]
    /// Whole responses, instead of payloads.
    var responses: [HTTPResponse] = []
    var input = ""
    var isOutputTerminal = false
    var isErrorTerminal = false
    var width = 80
    var hasSimulator = true
    /// How many bytes are read from standard output before it is closed.
    var closesAfter = Int.max
    /// How a write fails after that.
    var outputFailure = OutputFailure.closed
    var modules: [EndpointModule] = [Shop.module]
    /// Whether requests go over sockets instead.
    var usesNetwork = false

    func run(_ arguments: String...) async -> Result { await run(arguments) }

    func run(_ arguments: [String]) async -> Result {
        let transport = RecordingTransport(
            (responses.isEmpty ? payloads.map(Self.envelope) : responses).map(Self.result))
        let out = Sink(limit: closesAfter, failure: outputFailure)
        let err = Sink(limit: .max)
        let input = Data(input.utf8)
        let stopped = ClientClock(now: { .zero }, date: { Date(timeIntervalSince1970: 0) }, sleep: { _ in })
        let simulator: @Sendable () -> any Transport = { transport }
        let terminal = Terminal(
            writeOutput: { data throws(OutputFailure) in try out.write(data) }, writeError: { try? err.write($0) },
            readInput: { input.prefix($0) },
            isOutputTerminal: isOutputTerminal, isErrorTerminal: isErrorTerminal, width: width)
        let program = Program(
            name: "shop", version: "1.2", modules: modules, offline: hasSimulator ? simulator : nil,
            transport: usesNetwork ? nil : transport, clock: usesNetwork ? .continuous : stopped,
            environment: environment, terminal: terminal)
        let status = await program.run(arguments)
        return Result(status: status, output: out.text, error: err.text, requests: transport.requests)
    }

    static func envelope(_ payload: String) -> HTTPResponse {
        response(#"{"code":0,"message":"ok","data":\#(payload),"trace":"tr-1"}"#)
    }

    static func refusal(_ code: Int, _ message: String) -> HTTPResponse {
        response(#"{"code":\#(code),"message":"\#(message)","data":null,"trace":"tr-9"}"#)
    }

    /// A response with status 0 stands for a connection that is refused.
    private static func result(_ response: HTTPResponse) -> Swift.Result<HTTPResponse, TransportError> {
        guard response.status == 0 else { return .success(response) }
        return .failure(TransportError(.cannotConnect, mayHaveBeenSent: false, message: "connection refused"))
    }

    static func response(_ body: String, status: Int = 200, type: String = "application/json") -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": type], body: Data(body.utf8))
    }
}

/// Collects what is written. The lock guards the text.
private final class Sink: Sendable {
    private let data = Mutex(Data())
    private let limit: Int
    private let failure: OutputFailure

    init(limit: Int, failure: OutputFailure = .closed) {
        self.limit = limit
        self.failure = failure
    }

    var text: String { data.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ more: Data) throws(OutputFailure) {
        let isOpen = data.withLock { data in
            guard data.count < limit else { return false }
            data += more
            return true
        }
        if !isOpen { throw failure }
    }
}
