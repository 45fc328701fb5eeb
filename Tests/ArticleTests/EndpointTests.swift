import Books
import EndpointKit
import Foundation
import Testing

/// The samples of "Add an endpoint" and "Describe another API".
@Suite("Articles: endpoints")
struct EndpointTests {
    private let configuration = ClientConfiguration(transport: responding(onePage))

    @Test("a generated client calls an API that needs no token")
    func client() async throws {
        let books = BooksClient(tokens: nil, configuration: configuration)

        let page = try await books.catalog.listBooks(author: "Le Guin", perPage: 50)
        print("\(page.count) books")
        for try await book in books.catalog.allBooks(author: "Le Guin") {
            print(book.title, book.year ?? "undated", book.format)
        }

        #expect(page.books.map(\.format) == [.paper])
    }

    @Test("a client without a token is made in one line")
    func withoutToken() {
        let books = BooksClient(tokens: nil)
        #expect(books.client.service.authentication == .none)
    }

    @Test("an argument out of range is refused before anything is sent")
    func checked() async {
        let books = BooksClient(tokens: nil, configuration: configuration)
        do {
            _ = try await books.catalog.listBooks(author: "", perPage: 51)
            Issue.record("the call was sent")
        } catch {
            #expect(error.kind == .invalidParameter)
            #expect(error.attempts == 0)
        }
    }

    @Test("a response comes with its status, header fields and body")
    func response() async throws {
        let transport = responding(onePage, headers: ["ETag": "\"a1\""])
        let books = BooksClient(tokens: nil, configuration: ClientConfiguration(transport: transport))

        let response = try await books.response(for: BooksClient.Catalog.listBooks(author: "Le Guin"))
        print(response.value.count, response.status, response.headers["ETag"] ?? "none")
        print(response.body.count, response.attempts, response.traceID ?? "none")

        #expect(response.headers["ETag"] == "\"a1\"")
        #expect(response.attempts == 1)
    }

    @Test("an error without an envelope carries the status and the start of the body")
    func bareError() async {
        let transport = responding(#"{"error": {"message": "not in the catalog"}}"#, status: 404)
        let books = BooksClient(tokens: nil, configuration: ClientConfiguration(transport: transport))

        do {
            let book = try await books.catalog.book(isbn: "9780441478125")
            print(book.title)
        } catch {
            switch error.kind {
            case .notFound: print("no such book")
            case .throttled: print("again in", error.retryAfter ?? .seconds(1))
            default: print(error)
            }
        }

        await #expect {
            _ = try await books.catalog.book(isbn: "9780441478125")
        } throws: { error in
            let error = error as? APIError
            return error?.kind == .notFound && error?.status == 404
                && error?.description.contains("not in the catalog") == true
        }
    }

    // MARK: By hand

    @Test("an endpoint by hand is a value")
    func byHand() async throws {
        let service = Service(name: "Books", baseURL: "https://books.example.com/v1", authentication: .none)
        let client = Client(service: service, configuration: configuration)

        struct Shelf: Decodable, Sendable {
            struct Book: Decodable, Sendable {
                var isbn: String
                var title: String
            }
            var count: Int
            var books: [Book]
        }

        let byAuthor = Endpoint<Shelf>(.get, "/books", query: ["author": "Le Guin", "per_page": 50])
        let shelf = try await client.send(byAuthor)

        #expect(shelf.books.first?.title == "The Left Hand of Darkness")
    }

    @Test("a parameter by hand is checked when it has a schema")
    func checkedByHand() async throws {
        let client = Client(service: BooksClient.service, configuration: configuration)

        let endpoint = Endpoint<JSONValue>(
            .get, "/books",
            query: [
                Parameter("author", "Le Guin", .string(minLength: 1)),
                Parameter("per_page", 51, .integer(minimum: 1, maximum: 50)),
            ])

        await #expect(throws: APIError.self) { try await client.send(endpoint) }
    }

    @Test("a body by hand is JSON, a form of parts, or bytes")
    func bodies() throws {
        let client = Client(service: BooksClient.service)
        let picture = Data([0x89, 0x50])

        let json = Endpoint<JSONValue>(
            .put, "/books/{isbn}", pathParameters: ["isbn": "9780441478125"], body: .json(["title": "The Dispossessed"])
        )
        let multipart = Endpoint<Void>(
            .post, "/covers", body: .multipart(["isbn": "9780441478125", "cover": picture]), response: .none)
        let bytes = Endpoint<Void>(
            .put, "/covers/1", headers: ["Content-Type": "image/png"], body: .binary(Parameter("cover", picture)),
            response: .none)

        #expect(try client.request(for: json).url.path == "/v1/books/9780441478125")
        let form = try client.request(for: multipart)
        #expect(form.headers["Content-Type"]?.hasPrefix("multipart/form-data") == true)
        #expect(try client.request(for: bytes).body.length == 2)
    }

    @Test("settings are changed with a key path")
    func settings() {
        let endpoint = Endpoint<JSONValue>(.post, "/reports", body: .json(["year": 1969]))
            .with(\.isIdempotent, true)
            .with(\.timeout, .seconds(20))
            .with(\.rate, Rate(2, per: .second))
        #expect(endpoint.isIdempotent)
        #expect(endpoint.timeout == .seconds(20))
        #expect(endpoint.rate?.limit == 2)
    }

    @Test("pages by hand are one sequence")
    func pagesByHand() async throws {
        let client = Client(service: BooksClient.service, configuration: configuration)

        struct Shelf: Decodable, Sendable {
            var count: Int
            var books: [JSONValue]
        }

        let books = Pager<JSONValue>.pages(client, size: 20, items: \Shelf.books, total: \Shelf.count) { page in
            Endpoint<Shelf>(.get, "/books", query: ["author": "Le Guin", "page": page, "per_page": 20])
        }
        for try await book in books {
            print(book["title"]?.string ?? "untitled")
        }

        #expect(try await books.collect().count == 1)
    }

    @Test("a job by hand is polled until it is done")
    func pollByHand() async throws {
        let transport = responding(#"{"state": "done", "file": "report.csv"}"#)
        let client = Client(service: BooksClient.service, configuration: ClientConfiguration(transport: transport))

        struct Report: Decodable, Sendable {
            var state: String
            var file: String?
        }

        let status = Endpoint<Report>(.get, "/reports/{id}", pathParameters: ["id": 7])
        let report = try await client.poll(
            status, interval: .seconds(1), timeout: .seconds(60), until: { $0.state == "done" },
            failed: { $0.state == "failed" })

        #expect(report.file == "report.csv")
    }
}
