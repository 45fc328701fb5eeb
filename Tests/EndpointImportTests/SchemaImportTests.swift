import EndpointCore
import EndpointImport
import Testing

@Suite("Schemas of a document as types of specs")
struct SchemaImportTests {
    /// The spec of a payload with this schema.
    private func response(_ schema: String, _ schemas: String = "{}") throws -> JSONValue? {
        let operation = """
            { "operationId": "getBook", "tags": ["Books"], "responses": { "200": { "description": "", "content":
              { "application/json": { "schema": \(schema) } } } } }
            """
        let endpoint = try DocumentImport.endpoint(operation, schemas: schemas)
        return endpoint["responseType"] ?? endpoint["response"]
    }

    @Test(
        "A scalar keeps its format and its limits",
        arguments: [
            (#"{ "type": "string", "format": "date-time" }"#, #"{ "type": "string", "format": "date-time" }"#),
            (#"{ "type": "string", "format": "hostname", "maxLength": 9 }"#, #"{ "type": "string", "maxLength": 9 }"#),
            (#"{ "type": "string", "pattern": "(?=a)b" }"#, #"{ "type": "string" }"#),
            (#"{ "type": "integer", "format": "uint32" }"#, #"{ "type": "integer", "format": "int64" }"#),
            (#"{ "type": "integer", "format": "unix-time" }"#, #"{ "type": "integer", "format": "unix-seconds" }"#),
            (#"{ "type": "integer", "minimum": 0.5, "maximum": 1e30 }"#, #"{ "type": "integer", "minimum": 1 }"#),
            (#"{ "type": "number", "format": "float" }"#, #"{ "type": "number", "format": "float" }"#),
            (#"{ "type": "string", "contentEncoding": "base64" }"#, #"{ "type": "string", "format": "byte" }"#),
            (#"{ "type": "string", "nullable": true }"#, #"{ "type": ["string", "null"] }"#),
            (#"{ "type": ["null", "boolean"] }"#, #"{ "type": ["boolean", "null"] }"#),
            ("{}", #"{ "type": "any" }"#),
            ("true", #"{ "type": "any" }"#),
        ])
    func scalars(_ schema: String, _ spec: String) throws {
        #expect(try response(schema) == DocumentImport.json(spec))
    }

    @Test(
        "Alternatives are as plain as they can be",
        arguments: [
            (#"{ "oneOf": [{ "type": "string" }, { "type": "null" }] }"#, #"{ "type": ["string", "null"] }"#),
            (#"{ "anyOf": [{ "type": "string" }, { "enum": ["a"] }] }"#, #"{ "enum": ["a"] }"#),
            (#"{ "anyOf": [{ "type": "integer" }, { "type": "number" }] }"#, #"{ "type": "number" }"#),
            (#"{ "type": ["string", "integer"] }"#, #"{ "oneOf": [{ "type": "string" }, { "type": "integer" }] }"#),
            (
                #"{ "oneOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "array", "items": { "type": "integer" } }] }"#,
                #"{ "type": "array", "items": { "name": "ListResponseItem", "oneOf": [{ "type": "string" }, { "type": "integer" }] } }"#
            ),
            (#"{ "oneOf": [{ "oneOf": [{ "type": "boolean" }] }, { "type": "boolean" }] }"#, #"{ "type": "boolean" }"#),
            (#"{ "oneOf": [{}, { "type": "string" }] }"#, #"{ "type": "any" }"#),
        ])
    func alternatives(_ schema: String, _ spec: String) throws {
        #expect(try response(schema) == DocumentImport.json(spec))
    }

    @Test("Cases and fields that make no Swift name get one")
    func names() throws {
        #expect(
            try response(#"{ "enum": ["+1", "-1", "1080p", "", "self"] }"#)
                == ["enum": ["plus1": "+1", "minus1": "-1", "value1080p": "1080p", "empty": "", "valueSelf": "self"]])
        #expect(try response(#"{ "enum": [1, -2] }"#) == ["enum": ["value1": 1, "minus2": -2]])
        let fields = try response(
            #"{ "type": "object", "properties": { "2fa": { "type": "boolean" }, "a_b": { "type": "string" }, "aB": { "type": "string" }, "init": { "type": "string" } } }"#
        )
        #expect(
            fields?.object?.members.map { "\($0.key) \($0.value["swiftName"]?.string ?? "-")" } == [
                "2fa value2fa", "a_b -", "aB aBValue", "init initValue",
            ])
    }

    @Test("The parts of allOf are one object, and a property of several parts has all that they say")
    func allOf() throws {
        let schemas = ##"""
            { "Pet": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "age": { "type": "integer" } } },
              "Dog": { "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "properties": { "kind": { "enum": ["dog"] }, "barks": { "type": "boolean" } } }] } }
            """##
        let endpoint = try DocumentImport.specs(
            DocumentImport.document(
                ##"{ "/dog": { "get": { "tags": ["Pets"], "operationId": "getDog", "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Dog" } } } } } } } }"##,
                schemas: schemas))
        #expect(
            endpoint["types/Dog.json"]
                == [
                    "properties": [
                        "kind": ["enum": ["dog"]], "age": ["type": "integer", "optional": true],
                        "barks": ["type": "boolean", "optional": true],
                    ]
                ])
    }

    @Test("Objects are told apart by a field with values of its own, without a discriminator")
    func inferredDiscriminator() throws {
        let schemas = """
            { "A": { "type": "object", "required": ["type"], "properties": { "type": { "const": "a" }, "x": { "type": "string" } } },
              "B": { "type": "object", "required": ["type"], "properties": { "type": { "const": "b" }, "x": { "type": "string" } } } }
            """
        #expect(
            try response(
                ##"{ "anyOf": [{ "$ref": "#/components/schemas/A" }, { "$ref": "#/components/schemas/B" }] }"##, schemas
            )
                == [
                    "oneOf": [["$ref": "types/A.json"], ["$ref": "types/B.json"]],
                    "discriminator": ["propertyName": "type", "mapping": ["a": "types/A.json", "b": "types/B.json"]],
                ])
    }

    @Test("Names that Swift or the run time has are given to no type")
    func takenNames() throws {
        let schemas = ##"""
            { "Error": { "type": "object", "properties": { "inner": { "$ref": "#/components/schemas/io.k8s.Pod" } } },
              "io.k8s.Pod": { "type": "object", "properties": { "name": { "type": "string" } } } }
            """##
        let specs = try DocumentImport.specs(
            DocumentImport.document(
                ##"{ "/e": { "get": { "tags": ["E"], "operationId": "getE", "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } } } } } }"##,
                schemas: schemas))
        #expect(specs.keys.filter { $0.hasPrefix("types/") }.sorted() == ["types/ErrorObject.json", "types/Pod.json"])
    }
}
