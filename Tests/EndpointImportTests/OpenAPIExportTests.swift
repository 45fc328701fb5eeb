import EndpointCore
import EndpointImport
import EndpointSpec
import Foundation
import TestSupport
import Testing

@Suite("An exported document")
struct OpenAPIExportTests {
    private static let service = """
        { "name": "Shop", "title": "商店", "summary": "A shop.", "baseURL": "https://{region}.example.com",
          "variables": { "region": { "default": "eu", "enum": ["eu", "us"] } }, "headers": { "X-Client": "a" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data" },
          "errors": [{ "code": 401, "kind": "authentication", "remedy": "Get a new token." }],
          "groups": { "Items": { "title": "商品" } } }
        """

    private func document(_ files: [String: String]) throws -> JSONValue {
        let texts = files.merging(["service.json": Self.service]) { given, _ in given }
        let result = SpecChecker.check(SpecFiles(texts).files, moduleName: "Shop")
        #expect(result.diagnostics == [])
        return .object(OpenAPIExport.document(try #require(result.model)))
    }

    private func schema(_ field: String) throws -> JSONValue? {
        let document = try document([
            "Items/get.json": """
            { "summary": "x", "method": "POST", "path": "/i", "body": { "f": \(field) }, "response": null }
            """
        ])
        return document["paths"]?["/i"]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]?[
            "properties"]?["f"]
    }

    @Test("An operation has both titles, its parameters with the values of each example, and the envelope written out")
    func operation() throws {
        let document = try document([
            "Items/list.json": """
            { "title": "列表", "summary": "Lists items.", "method": "GET", "path": "/items/{shop}",
              "rate": { "limit": 5, "per": "second" }, "destructive": true,
              "pathParameters": { "shop": { "type": "integer" } },
              "query": { "size": { "type": "integer", "default": 10, "description": "How many." },
                         "tags": { "type": "array", "optional": true, "items": { "type": "string" } } },
              "response": { "names": { "type": "array", "nullAsEmpty": true, "items": { "type": "string" } } },
              "examples": [
                { "name": "two", "request": { "shop": 1, "tags": ["a", "b"] },
                  "response": { "code": 0, "message": "", "data": { "names": ["x", "y"] } } },
                { "name": "no token", "request": { "shop": 1 }, "error": "authentication",
                  "response": { "code": 401, "message": "no", "data": null } } ] }
            """
        ])
        #expect(
            document["paths"]?["/items/{shop}"]?["get"] == [
                "operationId": "items.list", "tags": ["Items"], "summary": "列表", "description": "Lists items.",
                "parameters": [
                    ["$ref": "#/components/parameters/X-ClientHeader"],
                    [
                        "name": "shop", "in": "path", "required": true, "schema": ["type": "integer"],
                        "examples": ["two": ["value": 1], "no token": ["value": 1]],
                    ],
                    [
                        "name": "size", "in": "query", "required": true, "description": "How many.",
                        "schema": ["type": "integer", "default": 10],
                        "examples": ["two": ["value": 10], "no token": ["value": 10]],
                    ],
                    [
                        "name": "tags", "in": "query", "schema": ["type": "array", "items": ["type": "string"]],
                        "examples": ["two": ["value": ["a", "b"]]],
                    ],
                ],
                "responses": [
                    "200": [
                        "description": "Done.",
                        "content": [
                            "application/json": [
                                "schema": [
                                    "anyOf": [
                                        [
                                            "type": "object", "required": ["code", "data"],
                                            "properties": [
                                                "code": ["enum": [0], "description": "Success."],
                                                "message": ["type": "string"],
                                                "data": [
                                                    "type": "object",
                                                    "properties": [
                                                        "names": [
                                                            "type": ["array", "null"], "items": ["type": "string"],
                                                            "x-nullAsEmpty": true,
                                                        ]
                                                    ],
                                                    "title": "ListResponse",
                                                ],
                                            ],
                                        ], ["$ref": "#/components/schemas/Refusal"],
                                    ]
                                ],
                                "x-envelope": "both",
                                "examples": [
                                    "two": ["value": ["code": 0, "message": "", "data": ["names": ["x", "y"]]]],
                                    "no token": [
                                        "value": ["code": 401, "message": "no", "data": nil],
                                        "x-error": "authentication",
                                    ],
                                ],
                            ]
                        ],
                    ]
                ],
                "x-file": "Items/list.json", "x-summary": "Lists items.", "x-rate": ["limit": 5, "per": "second"],
                "x-destructive": true,
                "x-examples": ["two", "no token"],
            ])
        #expect(document["info"]?["title"] == "商店")
        #expect(document["tags"] == [["name": "Items", "description": "商品"]])
        #expect(
            document["servers"] == [
                [
                    "url": "https://{region}.example.com",
                    "variables": ["region": ["default": "eu", "enum": ["eu", "us"]]],
                ]
            ])
        #expect(
            document["components"]?["schemas"]?["Refusal"]?["properties"]?["code"] == [
                "type": "integer", "not": ["enum": [0]],
                "description": "The service's code; never one of success.\n- 401: authentication (Get a new token.)",
            ])
        #expect(document["components"]?["securitySchemes"] == ["token": ["type": "http", "scheme": "bearer"]])
    }

    @Test(
        "A value has the schema that it has on the wire, and in x-spec what the wire does not tell",
        arguments: [
            (#"{ "type": "integer", "format": "int64" }"#, #"{ "type": "integer", "format": "int64" }"#),
            (#"{ "type": ["string", "null"] }"#, #"{ "type": ["string", "null"] }"#),
            (
                #"{ "type": "integer", "wire": "string" }"#,
                #"{ "type": "string", "pattern": "^-?[0-9]+$", "x-spec": { "type": "integer", "wire": "string" } }"#
            ),
            (
                #"{ "type": "boolean", "wire": "integer", "optional": true }"#,
                #"{ "type": "integer", "enum": [0, 1], "x-spec": { "type": "boolean", "wire": "integer" } }"#
            ),
            (
                #"{ "type": "array", "join": ",", "items": { "type": "string" } }"#,
                """
                { "type": "string", "description": "One string: the elements with \\",\\" between them.",
                  "x-description": "",
                  "x-spec": { "type": "array", "items": { "type": "string" }, "join": "," } }
                """
            ),
            (
                #"{ "type": "array", "items": { "type": "integer", "wrap": "id" } }"#,
                """
                { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "integer" } },
                                              "required": ["id"], "x-wrap": "id" } }
                """
            ),
            (
                #"{ "enum": { "on": 1, "off": 2 }, "name": "Switch", "description": "A switch." }"#,
                """
                { "anyOf": [{ "type": "integer", "enum": [1, 2], "x-enum-varnames": ["on", "off"] },
                            { "type": "integer" }],
                  "description": "A switch. 1: on, 2: off.", "x-description": "A switch.",
                  "x-spec": { "type": "integer", "name": "Switch", "enum": { "on": 1, "off": 2 } } }
                """
            ),
            (
                #"{ "additionalProperties": { "type": "number" }, "sensitive": true, "swiftName": "prices" }"#,
                """
                { "type": "object", "additionalProperties": { "type": "number", "format": "double" },
                  "x-swiftName": "prices", "x-sensitive": true }
                """
            ),
            (
                #"{ "name": "Pick", "oneOf": [{ "type": "integer" }, { "type": "string" }] }"#,
                """
                { "oneOf": [{ "type": "integer" }, { "type": "string" }],
                  "x-spec": { "name": "Pick", "oneOf": [{ "type": "integer" }, { "type": "string" }] } }
                """
            ),
            (#"{ "type": "string", "const": "a" }"#, #"{ "type": "string", "const": "a" }"#),
        ])
    func wire(field: String, expected: String) throws {
        #expect(try schema(field) == JSONValue(reading: Array(expected.utf8)))
    }

    @Test("Of two endpoints with one path and method, the second has its id as a fragment of the path")
    func samePath() throws {
        func spec(_ grant: String) -> String {
            """
            { "summary": "x", "method": "POST", "path": "/token", "response": null,
              "query": { "grant": { "type": "string", "const": "\(grant)" } } }
            """
        }
        let document = try document([
            "Items/exchange.json": spec("code"), "Items/renew.json": spec("renew"),
            "Items/open.json": #"{ "summary": "x", "method": "GET", "url": "caller", "response": null }"#,
        ])
        #expect(document["paths"]?.object?.keys == ["/token", "/#items.open", "/token#items.renew"])
    }

    @Test("Equal specs give equal bytes, in whatever order the files are read")
    func determinism() throws {
        var random = Seeded(7)
        for name in ["Warehouse", "Drive"] {
            let specs = try SpecFiles(fixture: name)
            let model = try #require(SpecChecker.check(specs.files, moduleName: name).model)
            var shuffled = specs
            shuffled.files.shuffle(using: &random)
            let again = try #require(SpecChecker.check(shuffled.files, moduleName: name).model)
            #expect(OpenAPIExport.text(model) == OpenAPIExport.text(again))
        }
    }
}
