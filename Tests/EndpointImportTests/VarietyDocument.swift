/// A document of one's own with a bit of everything: 64 operations of a library.
enum VarietyDocument {
    static let text = DocumentImport.document(
        "{ \(catalog), \(people), \(loans), \(files), \(jobs), \(admin) }", schemas: schemas, more: security)

    private static let security = #"""
        "security": [{ "token": [] }],
        "tags": [{ "name": "Books" }, { "name": "People" }]
        """#

    private static func success(_ schema: String) -> String {
        ##""responses": { "200": { "description": "", "content": { "application/json": { "schema": \##(schema) } } }, "default": { "$ref": "#/components/responses/Failure" } }"##
    }

    private static let nothing = #""responses": { "204": { "description": "" } }"#
    private static let book = ##"{ "$ref": "#/components/schemas/Book" }"##
    private static let id = #"{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }"#
    private static let page =
        #"{ "name": "page", "in": "query", "schema": { "type": "integer", "default": 1 } }, { "name": "per_page", "in": "query", "schema": { "type": "integer", "default": 20 } }"#

    private static func operation(
        _ method: String, _ identifier: String, _ tag: String, _ response: String, _ rest: String = ""
    ) -> String {
        #""\#(method)": { "operationId": "\#(identifier)", "summary": "\#(identifier).", "tags": ["\#(tag)"], \#(rest.isEmpty ? "" : rest + ",") \#(response) }"#
    }

    private static func json(_ schema: String, required: Bool = true) -> String {
        #""requestBody": { "required": \#(required), "content": { "application/json": { "schema": \#(schema) } } }"#
    }

    private static let catalog = """
        "/books": {
          \(operation("get", "listBooks", "Books", success(##"{ "type": "object", "required": ["total", "books"], "properties": { "total": { "type": "integer" }, "books": { "type": "array", "items": { "$ref": "#/components/schemas/Book" } } } }"##), "\"parameters\": [\(page)]")),
          \(operation("post", "createBook", "Books", success(book), json(##"{ "$ref": "#/components/schemas/NewBook" }"##)))
        },
        "/books/{id}": {
          "parameters": [\(id)],
          \(operation("get", "getBookById", "Books", success(book))),
          \(operation("put", "replaceBook", "Books", success(book), json(book))),
          \(operation("patch", "updateBook", "Books", success(book), #""requestBody": { "content": { "application/merge-patch+json": { "schema": { "type": "object", "properties": { "title": { "type": "string" }, "note": { "type": ["string", "null"] } } } } } }"#)),
          \(operation("delete", "deleteBook", "Books", nothing))
        },
        "/books/{id}/cover": {
          "parameters": [\(id)],
          \(operation("get", "getBookCover", "Books", #""responses": { "200": { "description": "", "content": { "image/png": { "schema": { "type": "string", "format": "binary" } } } } }"#)),
          \(operation("put", "putBookCover", "Books", nothing, #""requestBody": { "content": { "image/png": { "schema": { "type": "string", "format": "binary" } } } }"#))
        },
        "/books/{id}/reviews": { "parameters": [\(id)],
          \(operation("get", "listBookReviews", "Books", ##""responses": { "200": { "description": "", "headers": { "Link": { "schema": { "type": "string" } } }, "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Review" } } } } } }"##)),
          \(operation("post", "addBookReview", "Books", success(##"{ "$ref": "#/components/schemas/Review" }"##), json(##"{ "$ref": "#/components/schemas/Review" }"##)))
        },
        "/books/search": {
          \(operation("get", "search_books_search_get", "Books", success(##"{ "type": "array", "items": { "$ref": "#/components/schemas/Book" } }"##), #""parameters": [{ "name": "q", "in": "query", "required": true, "schema": { "type": "string", "minLength": 1 } }, { "name": "tags", "in": "query", "explode": false, "schema": { "type": "array", "items": { "type": "string" } } }, { "name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": { "type": "object", "properties": { "year": { "type": "integer" }, "language": { "type": "string" } } } }, { "name": "ids", "in": "query", "schema": { "type": "array", "items": { "type": "integer", "format": "int64" } } }]"#))
        },
        "/books/{id}/price": { "parameters": [\(id)],
          \(operation("get", "getBookPrice", "Books", success(##"{ "oneOf": [{ "type": "number" }, { "type": "string" }] }"##)))
        },
        "/books/{id}/holdings": { "parameters": [\(id)],
          \(operation("get", "getHoldings", "Books", success(##"{ "type": "object", "additionalProperties": { "type": "integer" } }"##)))
        },
        "/books/random": { \(operation("get", "randomBook", "Books", ##""responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Book" } } } }, "204": { "description": "" } }"##)) },
        "/genres": { \(operation("get", "listGenres", "Books", success(#"{ "type": "array", "items": { "type": "string", "enum": ["fiction", "non-fiction", "sci-fi"] } }"#))) },
        "/genres/tree": { \(operation("get", "getGenreTree", "Books", success(##"{ "$ref": "#/components/schemas/Genre" }"##))) },
        "/media": { \(operation("get", "listMedia", "Books", success(##"{ "type": "array", "items": { "$ref": "#/components/schemas/Medium" } }"##))) },
        "/media/{id}": { "parameters": [\(id)], \(operation("get", "getMedium", "Books", success(##"{ "$ref": "#/components/schemas/Medium" }"##))) },
        "/things/{id}": { "parameters": [\(id)], \(operation("get", "getThing", "Books", success(##"{ "anyOf": [{ "$ref": "#/components/schemas/Shelf" }, { "$ref": "#/components/schemas/Box" }] }"##))) }
        """

    private static let people = """
        "/people": {
          \(operation("get", "people/list", "People", success(##"{ "type": "object", "required": ["items"], "properties": { "items": { "type": "array", "items": { "$ref": "#/components/schemas/Person" } }, "next_cursor": { "type": ["string", "null"] } } }"##), #""parameters": [{ "name": "cursor", "in": "query", "schema": { "type": "string" } }]"#)),
          \(operation("post", "people/create", "People", success(##"{ "$ref": "#/components/schemas/Person" }"##), json(##"{ "$ref": "#/components/schemas/Person" }"##)))
        },
        "/people/{person_id}": {
          "parameters": [{ "name": "person_id", "in": "path", "required": true, "schema": { "type": "integer", "format": "int64" } }],
          \(operation("get", "people/get", "People", success(##"{ "$ref": "#/components/schemas/Person" }"##))),
          \(operation("delete", "people/delete", "People", nothing)),
          \(operation("head", "people/exists", "People", #""responses": { "200": { "description": "" } }"#))
        },
        "/people/{person_id}/loans": { "parameters": [{ "name": "person_id", "in": "path", "required": true, "schema": { "type": "integer", "format": "int64" } }],
          \(operation("get", "people/list-loans", "People", success(##"{ "type": "array", "items": { "$ref": "#/components/schemas/Loan" } }"##)))
        },
        "/people/{person_id}/contact": { "parameters": [{ "name": "person_id", "in": "path", "required": true, "schema": { "type": "integer", "format": "int64" } }],
          \(operation("get", "people/get-contact", "People", success(##"{ "$ref": "#/components/schemas/Contact" }"##))),
          \(operation("put", "people/set-contact", "People", nothing, json(##"{ "$ref": "#/components/schemas/Contact" }"##)))
        },
        "/session": {
          \(operation("post", "createSession", "Session", success(#"{ "type": "object", "required": ["access_token"], "properties": { "access_token": { "type": "string" }, "expires_in": { "type": "integer" } } }"#), ##""security": [], "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "required": ["grant_type", "client_id", "client_secret"], "properties": { "grant_type": { "type": "string", "enum": ["client_credentials"] }, "client_id": { "type": "string" }, "client_secret": { "type": "string", "format": "password" }, "scope": { "type": "array", "items": { "type": "string" } } } } } } }"##)),
          \(operation("delete", "deleteSession", "Session", nothing))
        },
        "/me": { \(operation("get", "me", "Session", success(##"{ "$ref": "#/components/schemas/Person" }"##))) }
        """

    private static let loans = """
        "/loans": {
          \(operation("get", "listLoans", "Loans", success(##"{ "type": "object", "required": ["total_count", "entries"], "properties": { "total_count": { "type": "integer" }, "entries": { "type": "array", "items": { "$ref": "#/components/schemas/Loan" } } } }"##), #""parameters": [{ "name": "offset", "in": "query", "schema": { "type": "integer" } }, { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } }, { "name": "state", "in": "query", "schema": { "type": "string", "enum": ["open", "+1", "-1"] } }]"#)),
          \(operation("post", "createLoan", "Loans", success(##"{ "$ref": "#/components/schemas/Loan" }"##), #""parameters": [{ "name": "Idempotency-Key", "in": "header", "required": true, "schema": { "type": "string" } }],"# + json(#"{ "type": "object", "required": ["isbn", "kind"], "properties": { "isbn": { "type": "string", "pattern": "^[0-9]{13}$" }, "kind": { "const": "home" }, "days": { "type": "integer", "minimum": 1, "exclusiveMaximum": 29 }, "reader": { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" }, "branch": { "type": "string" } } } } }"#)))
        },
        "/loans/{id}": { "parameters": [\(id)],
          \(operation("get", "getLoan", "Loans", success(##"{ "$ref": "#/components/schemas/Loan" }"##))),
          \(operation("delete", "deleteLoan", "Loans", nothing))
        },
        "/loans/{id}/extend": { "parameters": [\(id)], \(operation("post", "post_loans_id_extend", "Loans", success(##"{ "$ref": "#/components/schemas/Loan" }"##))) },
        "/loans/{id}/return": { "parameters": [\(id)], \(operation("post", "returnLoan", "Loans", nothing)) },
        "/loans/{id}/items/{item}": { "parameters": [\(id), { "name": "item", "in": "path", "required": true, "schema": { "type": "array", "items": { "type": "integer" } } }], \(operation("get", "getLoanItems", "Loans", success(#"{ "type": "array", "items": {} }"#))) },
        "/fines": { \(operation("get", "listFines", "Fines", success(##"{ "type": "object", "required": ["has_more", "data"], "properties": { "has_more": { "type": "boolean" }, "data": { "type": "array", "items": { "$ref": "#/components/schemas/Fine" } } } }"##), #""parameters": [{ "name": "starting_after", "in": "query", "schema": { "type": "string" } }, { "name": "limit", "in": "query", "schema": { "type": "integer", "default": 10 } }]"#)) },
        "/fines/{id}": { "parameters": [\(id)], \(operation("get", "getFine", "Fines", success(##"{ "$ref": "#/components/schemas/Fine" }"##))) },
        "/fines/{id}/pay": { "parameters": [\(id)], \(operation("post", "payFine", "Fines", success(##"{ "$ref": "#/components/schemas/Fine" }"##), ##""requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": { "amount": { "type": "integer" }, "card": { "type": "object", "properties": { "number": { "type": "string" }, "expires": { "type": "object", "properties": { "year": { "type": "integer" } } } } }, "metadata": { "type": "object", "additionalProperties": { "type": "string" } }, "expand": { "type": "array", "items": { "type": "string" } } } }, "encoding": { "card": { "style": "deepObject", "explode": true }, "expand": { "style": "deepObject", "explode": true } } } } }"##)) }
        """

    private static let files = """
        "/uploads": { \(operation("post", "uploadScan", "Files", success(#"{ "type": "object", "properties": { "id": { "type": "string", "format": "uuid" }, "size": { "type": "integer", "format": "int64" } } }"#), #""requestBody": { "content": { "multipart/form-data": { "schema": { "type": "object", "required": ["file"], "properties": { "file": { "type": "string", "format": "binary" }, "pages": { "type": "array", "items": { "type": "string", "format": "binary" } }, "about": { "type": "object", "properties": { "title": { "type": "string" } } } } }, "encoding": { "file": { "contentType": "application/pdf" } } } } }"#)) },
        "/uploads/{id}/bytes": { "parameters": [\(id)],
          \(operation("get", "downloadScan", "Files", #""responses": { "200": { "description": "", "content": { "application/octet-stream": {} } } }"#)),
          \(operation("put", "replaceScan", "Files", nothing, #""requestBody": { "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } } }"#))
        },
        "/uploads/{id}/text": { "parameters": [\(id)], \(operation("get", "getScanText", "Files", #""responses": { "200": { "description": "", "content": { "text/plain": { "schema": { "type": "string" } } } } }"#)) },
        "/uploads/{id}/lock": { "parameters": [\(id)], \(operation("put", "lockScan", "Files", #""responses": { "201": { "description": "", "headers": { "ETag": { "schema": { "type": "string" } } } } }"#)) },
        "/exports?format=csv": { \(operation("get", "exportCSV", "Files", #""responses": { "200": { "description": "", "content": { "text/csv": {} } } }"#)) },
        "/links": { \(operation("get", "listLinks", "Files", success(##"{ "type": "object", "required": ["value"], "properties": { "value": { "type": "array", "items": { "type": "string" } }, "@odata.nextLink": { "type": "string" } } }"##))) }
        """

    private static let jobs = """
        "/jobs": {
          \(operation("post", "startJob", "Jobs", success(##"{ "$ref": "#/components/schemas/Job" }"##), json(##"{ "type": "object", "additionalProperties": true }"##))),
          \(operation("get", "listJobs", "Jobs", success(##"{ "type": "array", "items": { "$ref": "#/components/schemas/Job" } }"##)))
        },
        "/jobs/{id}": { "parameters": [\(id)], \(operation("get", "getJob", "Jobs", success(##"{ "$ref": "#/components/schemas/Job" }"##))) },
        "/jobs/{id}/log": { "parameters": [\(id)], \(operation("get", "watchJob", "Jobs", #""responses": { "200": { "description": "", "content": { "text/event-stream": { "schema": { "type": "object", "required": ["line"], "properties": { "line": { "type": "string" } } } } } } }"#)) },
        "/jobs/{id}/rows": { "parameters": [\(id)], \(operation("get", "readRows", "Jobs", #""responses": { "200": { "description": "", "content": { "application/x-ndjson": { "schema": { "type": "object", "required": ["n"], "properties": { "n": { "type": "integer" } } } } } } }"#)) },
        "/jobs/{id}/cancel": { "parameters": [\(id)], \(operation("post", "cancelJob", "Jobs", nothing)) },
        "/jobs/batch": { \(operation("post", "batchJobs", "Jobs", success(#"{ "type": "array", "items": { "type": "string" } }"#), json(#"{ "type": "array", "maxItems": 10, "items": { "type": "string" } }"#))) }
        """

    private static let admin = """
        "/v2/status": { \(operation("get", "get_v2_status", "Admin tasks", success(#"{ "type": "string" }"#), #""security": [{}]"#)) },
        "/admin/keys": { \(operation("get", "listAPIKeys", "Admin tasks", success(##"{ "type": "array", "items": { "$ref": "#/components/schemas/Key" } }"##), #""security": [{ "key": [] }]"#)) },
        "/admin/keys/{id}": { "parameters": [\(id)], \(operation("delete", "revokeKey", "Admin tasks", nothing, #""deprecated": true"#)) },
        "/admin/reports/{year}/{month}": { "parameters": [{ "name": "year", "in": "path", "required": true, "schema": { "type": "integer" } }], \(operation("get", "getReport", "Admin tasks", success(#"{ "type": "object", "properties": { "readers": { "type": "integer" } } }"#))) },
        "/admin/notes": {
          \(operation("get", "readNotes", "Admin tasks", success(##"{ "$ref": "#/components/schemas/Note" }"##))),
          \(operation("put", "writeNotes", "Admin tasks", nothing, json(##"{ "$ref": "#/components/schemas/Note" }"##)))
        },
        "/admin/elsewhere": { \(operation("get", "elsewhere", "Admin tasks", nothing, #""servers": [{ "url": "https://other.example.com" }]"#)) },
        "/admin/lookup": { \(operation("get", "lookup", "Admin tasks", nothing, json("{ \"type\": \"object\", \"properties\": { \"a\": { \"type\": \"string\" } } }"))) },
        "/admin/settings": { \(operation("get", "getSettings", "Admin tasks", success(##"{ "allOf": [{ "$ref": "#/components/schemas/Base" }, { "type": "object", "required": ["theme"], "properties": { "theme": { "type": "string" } } }] }"##))) }
        """

    private static let schemas = ##"""
        {
          "Book": { "type": "object", "required": ["isbn", "title"], "properties": {
            "isbn": { "type": "string" }, "title": { "type": "string" },
            "id": { "type": "integer", "format": "int64", "readOnly": true }, "author": { "$ref": "#/components/schemas/Person" },
            "published": { "type": "string", "format": "date" }, "_links": { "type": "object", "additionalProperties": { "type": "string", "format": "uri" } } } },
          "NewBook": { "type": "object", "required": ["isbn"], "properties": { "isbn": { "type": "string" }, "type": { "type": "string", "enum": ["paper", "audio"] } } },
          "Person": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "favourites": { "type": "array", "items": { "$ref": "#/components/schemas/Book" } }, "born": { "oneOf": [{ "type": "null" }, { "type": "string", "format": "date" }] } } },
          "Review": { "type": "object", "required": ["stars"], "properties": { "stars": { "type": "integer", "minimum": 1, "maximum": 5 }, "text": { "type": ["string", "null"] } } },
          "Genre": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "children": { "type": "array", "items": { "$ref": "#/components/schemas/Genre" } } } },
          "Medium": { "oneOf": [{ "$ref": "#/components/schemas/Audio" }, { "$ref": "#/components/schemas/Film" }], "discriminator": { "propertyName": "kind", "mapping": { "audio": "#/components/schemas/Audio", "film": "Film" } } },
          "Audio": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "seconds": { "type": "integer" } } },
          "Film": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "format": { "type": "string" } } },
          "Shelf": { "type": "object", "properties": { "label": { "type": "string" }, "width": { "type": "number" } } },
          "Box": { "type": "object", "properties": { "label": { "type": "string" }, "weight": { "type": "number" } } },
          "Contact": { "anyOf": [{ "type": "object", "required": ["email"], "properties": { "email": { "type": "string" } } }, { "type": "object", "required": ["phone"], "properties": { "phone": { "type": "string" } } }] },
          "Loan": { "type": "object", "required": ["id", "state"], "properties": { "id": { "type": "string" }, "state": { "type": "string", "enum": ["open", "returned", "lost"] }, "due": { "type": "string", "format": "date-time" } } },
          "Fine": { "type": "object", "required": ["id", "amount"], "properties": { "id": { "type": "string" }, "amount": { "type": "integer" } } },
          "Job": { "type": "object", "required": ["status"], "properties": { "status": { "type": "string", "enum": ["queued", "running", "done", "failed"] }, "progress": { "type": "number" } } },
          "Key": { "type": "object", "properties": { "secret": { "type": "string", "writeOnly": true }, "name": { "type": "string" } } },
          "Note": { "type": "string" },
          "Base": { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } },
          "Problem": { "type": "object", "properties": { "message": { "type": "string" } } }
        },
        "responses": { "Failure": { "description": "", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } } },
        "securitySchemes": { "token": { "type": "http", "scheme": "bearer" }, "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }
        """##
}
