import EndpointCore
import EndpointImport
import Testing

@Suite("A document with a bit of everything")
struct VarietyTests {
    private let outcome: OpenAPIImport.Outcome
    private let specs: [String: JSONValue]

    init() throws {
        outcome = try DocumentImport.outcome(VarietyDocument.text)
        specs = try DocumentImport.specs(of: outcome)
    }

    private func expect(_ path: String, _ text: String, at location: SourceLocation = #_sourceLocation) throws {
        var spec = try #require(specs[path]?.object, sourceLocation: location)
        if !path.hasPrefix("types/") { spec["summary"] = nil }
        let wanted = try DocumentImport.json(text)
        #expect(JSONValue.object(spec) == wanted, sourceLocation: location)
    }

    @Test("Each operation has a file in its group's folder, called after the Swift API Design Guidelines")
    func names() {
        #expect(
            outcome.result.files.map(\.path) == [
                "AdminTasks/getReport.json", "AdminTasks/getSettings.json", "AdminTasks/getStatus.json",
                "AdminTasks/listAPIKeys.json", "AdminTasks/readNotes.json", "AdminTasks/revokeKey.json",
                "AdminTasks/writeNotes.json",
                "Books/addReview.json", "Books/create.json", "Books/delete.json", "Books/get.json",
                "Books/getCover.json", "Books/getHoldings.json", "Books/getMedium.json", "Books/getPrice.json",
                "Books/getThing.json", "Books/getTree.json", "Books/list.json", "Books/listGenres.json",
                "Books/listMedia.json", "Books/listReviews.json", "Books/randomBook.json", "Books/replace.json",
                "Books/search.json", "Books/update.json", "Books/updateCover.json",
                "Files/downloadScan.json", "Files/exportCSV.json", "Files/getScanText.json", "Files/listLinks.json",
                "Files/lockScan.json", "Files/replaceScan.json", "Files/uploadScan.json",
                "Fines/get.json", "Fines/list.json", "Fines/pay.json",
                "Jobs/batch.json", "Jobs/cancel.json", "Jobs/get.json", "Jobs/list.json", "Jobs/readRows.json",
                "Jobs/start.json", "Jobs/watch.json",
                "Loans/create.json", "Loans/delete.json", "Loans/extend.json", "Loans/get.json", "Loans/getItem.json",
                "Loans/list.json", "Loans/return.json",
                "People/create.json", "People/delete.json", "People/exists.json", "People/get.json",
                "People/getContact.json", "People/list.json", "People/listLoans.json", "People/setContact.json",
                "Session/create.json", "Session/delete.json", "Session/me.json",
                "service.json",
                "types/Audio.json", "types/Book.json", "types/BoxOrShelf.json", "types/Contact.json", "types/Film.json",
                "types/Fine.json", "types/Genre.json", "types/Job.json", "types/Key.json", "types/Loan.json",
                "types/Medium.json", "types/Person.json", "types/Problem.json", "types/Review.json",
            ])
        #expect(outcome.counts == .init(typed: 61, loose: 0, refused: 2))
    }

    @Test("What all operations share is in service.json")
    func service() throws {
        #expect(
            specs["service.json"]
                == [
                    "name": "Library", "title": "Library API", "baseURL": "https://library.example.com/v1",
                    "authentication": "bearer", "errorResponse": ["$ref": "types/Problem.json"],
                ])
    }

    @Test("Parameters keep their style, and a body of one use is arguments")
    func requests() throws {
        try expect(
            "Books/search.json",
            """
            { "method": "GET", "path": "/books/search",
              "query": {
                "q": { "type": "string", "minLength": 1 },
                "tags": { "type": "array", "items": { "type": "string" }, "join": ",", "optional": true },
                "filter": { "properties": { "year": { "type": "integer", "optional": true },
                  "language": { "type": "string", "optional": true } }, "style": "deepObject", "optional": true },
                "ids": { "type": "array", "items": { "type": "integer", "format": "int64" }, "optional": true } },
              "responseType": { "type": "array", "items": { "$ref": "types/Book.json" } } }
            """)
        try expect(
            "Loans/create.json",
            """
            { "method": "POST", "path": "/loans", "headers": { "Idempotency-Key": { "type": "string" } },
              "body": {
                "isbn": { "type": "string", "pattern": "^[0-9]{13}$" }, "kind": { "type": "string", "const": "home" },
                "days": { "type": "integer", "minimum": 1, "maximum": 28, "optional": true },
                "reader": { "properties": { "id": { "type": "integer" },
                  "branch": { "type": "string", "optional": true } }, "optional": true } },
              "responseType": { "$ref": "types/Loan.json" }, "idempotent": true }
            """)
        try expect(
            "Books/replace.json",
            """
            { "method": "PUT", "path": "/books/{id}", "pathParameters": { "id": { "type": "string" } },
              "bodyType": { "argument": "book", "$ref": "types/Book.json" }, "responseType": { "$ref": "types/Book.json" } }
            """)
    }

    @Test("Forms, multipart bodies and bytes are what they are")
    func bodies() throws {
        try expect(
            "Fines/pay.json",
            """
            { "method": "POST", "path": "/fines/{id}/pay", "pathParameters": { "id": { "type": "string" } },
              "encoding": "form",
              "body": {
                "amount": { "type": "integer", "optional": true },
                "card": { "properties": { "number": { "type": "string", "optional": true }, "expires": { "properties":
                  { "year": { "type": "integer", "optional": true } }, "optional": true } }, "style": "deepObject",
                  "optional": true },
                "metadata": { "additionalProperties": { "type": "string" }, "style": "deepObject", "optional": true },
                "expand[]": { "type": "array", "items": { "type": "string" }, "optional": true } },
              "responseType": { "$ref": "types/Fine.json" } }
            """)
        try expect(
            "Files/uploadScan.json",
            """
            { "method": "POST", "path": "/uploads", "encoding": "multipart",
              "body": {
                "file": { "type": "string", "format": "binary", "contentType": "application/pdf" },
                "pages": { "type": "array", "items": { "type": "string", "format": "binary" }, "optional": true },
                "about": { "properties": { "title": { "type": "string", "optional": true } }, "optional": true } },
              "response": { "id": { "type": "string", "format": "uuid", "optional": true },
                "size": { "type": "integer", "format": "int64", "optional": true } } }
            """)
        try expect(
            "Books/updateCover.json",
            """
            { "method": "PUT", "path": "/books/{id}/cover", "pathParameters": { "id": { "type": "string" } },
              "encoding": "binary", "contentType": "image/png",
              "bodyType": { "argument": "content", "type": "string", "format": "binary" }, "response": null }
            """)
    }

    @Test("Streams, empty responses and header fields are what they are")
    func responses() throws {
        #expect(specs["Jobs/watch.json"]?["stream"] == "events")
        #expect(specs["Jobs/readRows.json"]?["stream"] == "lines")
        #expect(specs["Books/randomBook.json"]?["emptyResponse"] == true)
        #expect(specs["Files/lockScan.json"]?["responseHeaders"] == ["ETag": ["type": "string", "optional": true]])
        #expect(specs["Files/exportCSV.json"]?["query"] == ["format": ["type": "string", "const": "csv"]])
    }

    @Test("Unions are told apart by a discriminator or a field, and are one object where nothing tells")
    func unions() throws {
        try expect(
            "types/Medium.json",
            """
            { "oneOf": [{ "$ref": "types/Audio.json" }, { "$ref": "types/Film.json" }], "discriminator":
              { "propertyName": "kind", "mapping": { "audio": "types/Audio.json", "film": "types/Film.json" } } }
            """)
        try expect(
            "types/Contact.json",
            """
            { "oneOf": [{ "name": "ContactEmail", "properties": { "email": { "type": "string" } } },
              { "name": "ContactPhone", "properties": { "phone": { "type": "string" } } }] }
            """)
        try expect(
            "types/BoxOrShelf.json",
            """
            { "properties": { "label": { "type": "string", "optional": true },
              "width": { "type": "number", "optional": true }, "weight": { "type": "number", "optional": true } } }
            """)
    }

    @Test("Null is said in all the ways that documents have, and a read-only field need not be sent")
    func types() throws {
        try expect(
            "types/Person.json",
            """
            { "properties": { "name": { "type": "string" },
              "favourites": { "type": "array", "items": { "$ref": "types/Book.json" }, "optional": true },
              "born": { "type": ["string", "null"], "format": "date", "optional": true } } }
            """)
        #expect(specs["types/Book.json"]?["properties"]?["id"]?["optional"] == true)
        #expect(specs["types/Key.json"] == ["properties": ["name": ["type": "string", "optional": true]]])
        #expect(
            specs["AdminTasks/getSettings.json"]?["response"] == [
                "id": ["type": "integer"], "theme": ["type": "string"],
            ])
    }

    @Test("An operation with another authentication takes its key as an argument, or none")
    func authentication() {
        #expect(specs["AdminTasks/getStatus.json"]?["authentication"] == "none")
        #expect(specs["AdminTasks/listAPIKeys.json"]?["authentication"] == "none")
        #expect(specs["AdminTasks/listAPIKeys.json"]?["headers"]?["X-Key"]?["sensitive"] == true)
    }

    @Test("Every style of paging, polling and idempotence are proposed where the shape is plain")
    func proposals() {
        let proposed = outcome.result.notes.filter { $0.kind == .proposed }.map {
            "\($0.operation ?? ""): \($0.message)"
        }
        #expect(
            proposed == [
                #"GET /books: paging of the style "page" by "page""#,
                #"GET /books/{id}/reviews: paging of the style "next" by "Link""#,
                #"GET /people: paging of the style "cursor" by "next_cursor""#,
                #"GET /loans: paging of the style "offset" by "offset""#,
                "POST /loans: idempotent, since each request has a key",
                #"GET /fines: paging of the style "lastItem" by "id""#,
                #"GET /links: paging of the style "next" by "@odata.nextLink""#,
                "GET /jobs/{id}: polling until the state says that it is done",
            ])
        #expect(
            specs["Fines/list.json"]?["paging"]
                == [
                    "style": "lastItem", "cursor": "starting_after", "field": "id", "size": "limit", "items": "data",
                    "name": "all",
                ])
        #expect(specs["Jobs/get.json"]?["polling"]?["fail"] == ["status": "failed"])
    }

    @Test("What cannot be said is refused with its place and its reason")
    func refusals() {
        let refused = outcome.result.notes.filter { $0.kind == .refused }.map { "\($0.operation ?? ""): \($0.message)" }
        #expect(
            refused == [
                "GET /admin/elsewhere: the call goes to another host (https://other.example.com); import such operations by themselves, with --operations",
                "GET /admin/lookup: a GET request with a body",
            ])
    }

    @Test("Equal documents give equal bytes")
    func determinism() throws {
        let again = try DocumentImport.outcome(VarietyDocument.text)
        #expect(again.result.files == outcome.result.files)
        #expect(again.result.notes == outcome.result.notes)
    }
}
