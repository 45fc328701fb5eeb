import Books
import EndpointCLI
import EndpointDynamic
import EndpointKit
import Foundation
import Ledger
import Testing

/// The samples of "Plug points" and "Test without an account".
@Suite("Articles: plug points")
struct PlugPointTests {
    @Test("a middleware signs every attempt")
    func middleware() async throws {
        struct Signature: Middleware {
            let sign: @Sendable (HTTPRequest) -> String

            func attempt(
                _ request: HTTPRequest, context: CallContext, next: Next
            ) async throws(APIError) -> HTTPResponse {
                var request = request
                request.headers["X-Signature"] = sign(request)
                return try await next(request)
            }
        }

        let transport = ClosureTransport { request throws(TransportError) in
            HTTPResponse(status: request.headers["X-Signature"] == "GET" ? 200 : 400, body: Data(onePage.utf8))
        }
        let books = BooksClient(
            tokens: nil,
            configuration: ClientConfiguration(
                transport: transport, middleware: [Signature { $0.method.rawValue }]))
        #expect(try await books.catalog.listBooks(author: "Le Guin").count == 1)
    }

    @Test("a transport is a function of a request")
    func transport() async throws {
        struct Cache: Transport {
            let network: any Transport
            let stored: @Sendable (URL) -> Data?

            func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
                if request.method == .get, let body = stored(request.url) {
                    return HTTPResponse(status: 200, body: body, url: request.url)
                }
                return try await network.send(request)
            }
        }

        let cache = Cache(network: responding("", status: 500), stored: { _ in Data(onePage.utf8) })
        let books = BooksClient(tokens: nil, configuration: ClientConfiguration(transport: cache))
        #expect(try await books.catalog.listBooks(author: "Le Guin").count == 1)
    }

    @Test("modules are commands of one program")
    func modules() async {
        let status = await EndpointCLI.run(
            name: "library", modules: [.books, .ledger], arguments: ["library", "list", "books", "--format", "json"],
            environment: [:])
        #expect(status == 0)
    }

    /// Ends the process: compiled, never called.
    func main() async {
        exit(await EndpointCLI.run(name: "library", modules: [.books, .ledger]))
    }

    // MARK: Testing

    @Test("a test looks at what was sent")
    func recorded() async throws {
        actor Seen {
            var requests: [HTTPRequest] = []
            func add(_ request: HTTPRequest) { requests.append(request) }
        }
        let seen = Seen()
        let transport = ClosureTransport { request throws(TransportError) in
            await seen.add(request)
            return HTTPResponse(status: 200, body: Data(#"{"count": 0, "books": []}"#.utf8))
        }
        let books = BooksClient(tokens: nil, configuration: ClientConfiguration(transport: transport))

        let page = try await books.catalog.listBooks(author: "Le Guin")

        #expect(page.books.isEmpty)
        #expect(await seen.requests.first?.url.query == "author=Le%20Guin&page=1&per_page=20")
    }

    @Test("a transport responds with the examples of the specs")
    func examples() async throws {
        let transport = ExampleTransport([try DynamicModule(.books)])
        let books = BooksClient(tokens: nil, configuration: ClientConfiguration(transport: transport))
        let page = try await books.catalog.listBooks(author: "Le Guin")
        #expect(page.books.first?.year == 1969)
    }

    @Test("an endpoint is called by its ID")
    func dynamic() async throws {
        let configuration = ClientConfiguration(transport: responding(onePage))

        let module = try DynamicModule(.books)
        let client = Client(service: module.service, configuration: configuration)
        if let listBooks = module.endpoint(id: "catalog.listBooks") {
            let page = try await client.send(listBooks.endpoint(with: ["author": "Le Guin"]))
            print(page["count"]?.plainText ?? "none")
        }

        #expect(module.endpoints.map(\.id) == ["catalog.book", "catalog.listBooks"])
    }

    @Test("a request is made without being sent")
    func dryRun() throws {
        let books = BooksClient(tokens: nil)
        let request = try books.client.request(for: BooksClient.Catalog.book(isbn: "9780441478125"))
        #expect(request.url.absoluteString == "https://books.example.com/v1/books/9780441478125")
    }

    @Test("a test does not wait")
    func withoutWaiting() async throws {
        let failing = responding("", status: 503)
        var configuration = ClientConfiguration(transport: failing, rateLimiter: NoRateLimit())
        configuration.retry = .never

        let books = BooksClient(tokens: nil, configuration: configuration)
        await #expect(throws: APIError.self) { try await books.catalog.listBooks(author: "Le Guin") }
    }
}
