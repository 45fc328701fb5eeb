import EndpointCore
import EndpointImport
import EndpointSpec
import Testing

@Suite("Importing an OpenAPI document")
struct OpenAPIImportTests {
    private func problem(_ text: String, _ options: OpenAPIImport.Options = .init()) -> String {
        do {
            _ = try DocumentImport.outcome(text, options)
            return ""
        } catch let error as InvalidSpecs {
            return error.diagnostics.map(\.description).joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    @Test("A document of another kind gets one line that says what to do")
    func otherDocuments() {
        #expect(
            problem("openapi: 3.0.0\n")
                == "library.json:1:1: error: the document is not JSON; convert YAML first: python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str, indent=1)' < library.json > document.json"
        )
        #expect(
            problem(#"{ "swagger": "2.0" }"#)
                == "library.json:1:14: error: this is Swagger 2.0, and OpenAPI 3.0 and 3.1 are read; convert it first, such as with swagger2openapi"
        )
        #expect(
            problem(#"{ "info": {} }"#)
                == #"library.json:1:1: error: this is not an OpenAPI 3 document: it has no "openapi": "3.…""#)
        #expect(
            problem(#"{ "openapi": "3.0.0", "paths": {} }"#)
                == "library.json:1:32: error: the document has no operation")
        #expect(problem(#"{ "openapi": "#).hasPrefix("library.json:1:"))
        var options = OpenAPIImport.Options()
        options.operations = "nothing*"
        #expect(
            problem(DocumentImport.document(#"{ "/a": { "get": { "responses": {} } } }"#), options)
                == "library.json:4:12: error: no operation matches \"nothing*\"; name an operationId or \"GET /path\", with * for any text"
        )
    }

    @Test("Operations are chosen by identifier or by method and path, and grouped by path on demand")
    func choice() throws {
        let text = DocumentImport.document(
            """
            { "/v1/books": { "get": { "operationId": "listBooks", "tags": ["Catalog"], "responses": {} } },
              "/v1/loans": { "get": { "operationId": "listLoans", "tags": ["Catalog"], "responses": {} } } }
            """)
        var options = OpenAPIImport.Options()
        options.operations = "*Loans"
        #expect(
            try DocumentImport.outcome(text, options).result.files.map(\.path) == [
                "Catalog/listLoans.json", "service.json",
            ])
        options.operations = "GET /v1/b*"
        options.grouping = .path
        #expect(
            try DocumentImport.outcome(text, options).result.files.map(\.path) == ["Books/list.json", "service.json"])
    }

    @Test("No group and no type is called like the module")
    func moduleName() throws {
        let text = DocumentImport.document(
            """
            { "/a": { "get": { "operationId": "getBook", "tags": ["Archive"], "responses": { "200": { "description": "", "content":
                { "application/json": { "schema": { "$ref": "#/components/schemas/Shelf" } } } } } } } }
            """, schemas: #"{ "Shelf": { "type": "object", "properties": { "label": { "type": "string" } } } }"#)
        var options = OpenAPIImport.Options()
        options.moduleName = "Archive"
        #expect(
            try DocumentImport.outcome(text, options).result.files.map(\.path) == [
                "Archives/getBook.json", "service.json", "types/Shelf.json",
            ])
        options.moduleName = "Shelf"
        #expect(
            try DocumentImport.outcome(text, options).result.files.map(\.path) == [
                "Archive/getBook.json", "service.json", "types/ShelfObject.json",
            ])
    }

    @Test("References lead to other files of the folder, and never out of it")
    func references() throws {
        let text = DocumentImport.document(
            """
            { "/books/{id}": { "$ref": "paths/book.json" },
              "/secret": { "get": { "responses": { "200": { "description": "", "content": { "application/json": { "schema":
                { "$ref": "../outside.json" } } } } } } },
              "/net": { "get": { "responses": { "200": { "description": "", "content": { "application/json": { "schema":
                { "$ref": "https://example.com/schema.json" } } } } } } } }
            """)
        let files = [
            "paths/book.json": """
            { "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
              "get": { "operationId": "getBook", "tags": ["Books"], "responses": { "200": { "description": "", "content":
                { "application/json": { "schema": { "$ref": "../schemas/book.json" } } } } } } }
            """,
            "schemas/book.json":
                ##"{ "type": "object", "properties": { "title": { "$ref": "#/$defs/Text" } }, "$defs": { "Text": { "type": "string" } } }"##,
            "../outside.json": #"{ "type": "string" }"#,
        ]
        let outcome = try DocumentImport.outcome(text, files: files)
        let specs = try DocumentImport.specs(of: outcome)
        #expect(specs["Books/get.json"]?["responseType"] == ["$ref": "types/Book.json"])
        #expect(specs["types/Book.json"] == ["properties": ["title": ["type": "string", "optional": true]]])
        #expect(
            outcome.result.notes.filter { $0.kind == .refused }.map(\.message) == [
                #""../outside.json" leads out of the document's folder"#,
                #""https://example.com/schema.json" leads out of the document's folder"#,
            ])
    }

    @Test("What cannot be said is any value with --loose, with its place")
    func loose() throws {
        let text = DocumentImport.document(
            """
            { "/a": { "get": { "tags": ["A"], "operationId": "getA", "responses": { "200": { "description": "", "content":
                { "application/json": { "schema": { "type": "object", "properties": { "x": { "$ref": "missing.json" } } } } } } } } },
              "/b/{m}": { "get": { "tags": ["A"], "operationId": "getB", "parameters": [{ "name": "m", "in": "path", "required": true,
                "style": "matrix", "schema": { "type": "string" } }], "responses": {} } } }
            """)
        let strict = try DocumentImport.outcome(text)
        #expect(strict.counts == .init(typed: 0, loose: 0, refused: 2))
        var options = OpenAPIImport.Options()
        options.isLoose = true
        let outcome = try DocumentImport.outcome(text, options)
        #expect(outcome.counts == .init(typed: 0, loose: 2, refused: 0))
        let specs = try DocumentImport.specs(of: outcome)
        #expect(specs["A/get.json"]?["response"] == ["x": ["type": "any", "optional": true]])
        #expect(
            outcome.result.notes.map { "\($0.kind) \($0.position.line) \($0.operation ?? "") \($0.message)" } == [
                #"loose 5 GET /a the file "missing.json" of a "$ref" cannot be read as JSON"#,
                #"loose 6 GET /b/{m} the style "matrix" of "m": written as a string"#,
            ])
    }

    @Test("The servers of a document become the base URL with its variables")
    func servers() throws {
        func service(_ servers: String) throws -> JSONValue? {
            let text =
                #"{ "openapi": "3.0.3", "info": { "title": "The Weather REST API v2" }, "servers": \#(servers), "paths": { "/now": { "get": { "responses": {} } } } }"#
            return try DocumentImport.specs(text)["service.json"]
        }
        #expect(
            try service(
                #"[{ "url": "https://{region}.example.com/v2/", "variables": { "region": { "default": "eu", "enum": ["eu", "us"] } } }]"#
            )
                == [
                    "name": "Weather", "title": "The Weather REST API v2", "baseURL": "https://{region}.example.com/v2",
                    "variables": ["region": ["default": "eu", "enum": ["eu", "us"]]], "authentication": "none",
                ])
        #expect(try service(#"[{ "url": "/v3" }]"#)?["baseURL"] == "https://api.example.com/v3")
        #expect(try service(#"[{ "url": "http://weather.example.com" }]"#)?["allowInsecureHTTP"] == true)
        #expect(
            try service(#"[{ "url": "https://a.example.com" }, { "url": "https://b.example.com" }]"#)?["baseURL"]
                == "https://a.example.com")
    }

    @Test("A call that makes tokens is found by the flow that names it")
    func clientCredentials() throws {
        let text = DocumentImport.document(
            """
            { "/token": { "post": { "operationId": "createToken", "tags": ["Session"], "security": [], "requestBody": { "content":
                { "application/x-www-form-urlencoded": { "schema": { "type": "object",
                  "required": ["grant_type", "client_id", "client_secret"], "properties": { "grant_type": { "const": "client_credentials" },
                  "client_id": { "type": "string" }, "client_secret": { "type": "string" } } } } } }, "responses": { "200": {
                  "description": "", "content": { "application/json": { "schema": { "type": "object",
                  "required": ["access_token", "expires_in"], "properties": { "access_token": { "type": "string" },
                  "expires_in": { "type": "integer" } } } } } } } } } }
            """,
            more: #""security": [{ "oauth": [] }]"#
        ).replacingOccurrences(
            "\"components\": {",
            #""components": { "securitySchemes": { "oauth": { "type": "oauth2", "flows": { "clientCredentials": { "tokenUrl": "https://library.example.com/v1/token" } } } },"#
        )
        #expect(
            try DocumentImport.specs(text)["service.json"]?["authentication"]
                == [
                    "scheme": "bearer",
                    "clientCredentials": [
                        "endpoint": "session.createToken", "clientID": "client_id", "clientSecret": "client_secret",
                        "token": "access_token", "expiresIn": "expires_in",
                    ],
                ])
    }

    @Test("Samples are examples where they agree with their schemas, and hold no secrets")
    func samples() throws {
        let text = DocumentImport.document(
            """
            { "/a": { "post": { "tags": ["A"], "operationId": "make", "requestBody": { "content": { "application/json": {
                "schema": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" },
                  "password": { "type": "string" } } }, "example": { "name": "x", "password": "hunter2" } } } },
                "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "type": "integer" },
                  "examples": { "good": { "value": 1 }, "bad": { "value": "one" } } } } } } } } }
            """)
        let outcome = try DocumentImport.outcome(text)
        let specs = try DocumentImport.specs(of: outcome)
        #expect(
            specs["A/make.json"]?["examples"]
                == [["name": "good", "request": ["name": "x", "password": "REDACTED"], "response": 1]])
        #expect(outcome.result.notes.map(\.message) == ["a sample that contradicts its schema was left out"])
    }

    @Test("Secrets in samples of parameters, texts and addresses are replaced; words are not")
    func secrets() throws {
        let text = DocumentImport.document(
            """
            { "/a": { "get": { "tags": ["A"], "operationId": "get", "parameters": [
                { "name": "api_key", "in": "query", "schema": { "type": "string" }, "example": "k-planted" },
                { "name": "secret_name", "in": "query", "required": true, "schema": { "type": "string" }, "example": "MAIN" } ],
                "responses": { "200": { "description": "", "content": { "application/json": {
                  "schema": { "type": "object", "properties": { "plan": { "type": "string" },
                    "header": { "type": "string" }, "url": { "type": "string" } } },
                  "example": { "plan": "Basic plan", "header": "Bearer planted1", "url": "https://x.test/?sig=planted" }
                } } } } } } }
            """)
        let spec = try #require(try DocumentImport.specs(of: DocumentImport.outcome(text))["A/get.json"])
        #expect(!spec.text().contains("planted"))
        #expect(spec["query"]?["api_key"]?["sensitive"] == true && spec["query"]?["secret_name"]?["sensitive"] == nil)
        let example = spec["examples"]?.array?.first
        #expect(example?["request"] == ["secret_name": "MAIN"])
        #expect(
            example?["response"]
                == [
                    "plan": "Basic plan", "header": "Bearer REDACTED", "url": "https://x.test/?sig=REDACTED",
                ])
    }

    @Test("Operations that share method and path are variants")
    func variants() throws {
        let text = DocumentImport.document(
            """
            { "/files/{id}": { "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "get": { "tags": ["Files"], "operationId": "getFile", "parameters": [{ "name": "fields", "in": "query",
                  "schema": { "type": "string" } }], "responses": {} } },
              "/files/{id}#link": { "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "get": { "tags": ["Files"], "operationId": "getFileLink", "parameters": [{ "name": "link", "in": "query", "required": true,
                  "schema": { "type": "boolean" } }], "responses": {} } } }
            """)
        let specs = try DocumentImport.specs(text)
        #expect(specs["Files/getLink.json"]?["variantOf"] == "files.get")
        #expect(specs["Files/getLink.json"]?["query"] == ["link": ["type": "boolean"], "fields": ["hidden": true]])
    }

    @Test("A report fits into 80 columns and says each thing once with its places")
    func report() {
        let place = SourcePosition(file: "a.json", line: 3, column: 7)
        let long = "the call goes to another host (https://uploads.example.com); import such operations by themselves"
        let report = ImportReport(notes: [
            ImportNote(.refused, place, operation: "GET /a", long),
            ImportNote(.refused, place, operation: "GET /b", long),
            ImportNote(.note, place, "a title"),
        ])
        #expect(
            report.text == """
                Notes
                  a title
                    a.json:3:7

                Refused
                  the call goes to another host (https://uploads.example.com); import such
                  operations by themselves
                    a.json:3:7  GET /a
                    a.json:3:7  GET /b

                """)
    }
}

extension String {
    fileprivate func replacingOccurrences(_ text: String, _ other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
