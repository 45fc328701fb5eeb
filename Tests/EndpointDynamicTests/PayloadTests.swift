import EndpointDynamic
import EndpointKit
import Testing

@Suite struct PayloadTests {
    @Test func membersComeInDeclaredOrderAndUnknownOnesFollow() async throws {
        let depot = try Depot(
            #""response": { "b": { "type": "integer" }, "a": { "type": "string" } }"#)
        #expect(try await depot.payload(#"{"z":1,"a":"x","c":[null],"b":2}"#) == #"{"b":2,"a":"x","z":1,"c":[null]}"#)
    }

    @Test func aNullOrAbsentListIsEmptyWhereTheSpecSaysSo() async throws {
        let depot = try Depot(
            """
            "response": { "total": { "type": "integer" },
                          "list": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } } }
            """)
        #expect(try await depot.payload(#"{"total":0,"list":null}"#) == #"{"total":0,"list":[]}"#)
        #expect(try await depot.payload(#"{"total":0}"#) == #"{"total":0,"list":[]}"#)
    }

    @Test func aNullPayloadReadsAsEmptyWhereTheSpecSaysSo() async throws {
        let depot = try Depot(
            """
            "nullPayload": "empty",
            "response": { "list": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } },
                          "note": { "type": "string", "optional": true } }
            """)
        #expect(try await depot.payload("null") == #"{"list":[]}"#)
    }

    @Test func aliasesGetTheDeclaredName() async throws {
        let depot = try Depot(
            #""response": { "fileID": { "type": "integer", "aliases": ["fileId", "file_id"] } }"#)
        #expect(try await depot.payload(#"{"fileId":5}"#) == #"{"fileID":5}"#)
        #expect(try await depot.payload(#"{"fileID":null,"file_id":6}"#) == #"{"fileID":6}"#)
    }

    @Test func acceptedTypesBecomeTheDeclaredOne() async throws {
        let depot = try Depot(
            """
            "response": {
              "number": { "type": "integer", "accept": ["string", "integer"] },
              "text": { "type": "string", "accept": ["string", "integer"] },
              "share": { "type": "number", "accept": ["string", "number"] },
              "on": { "type": "boolean", "wire": "integer" },
              "id": { "type": "integer", "format": "int64", "wire": "string" }
            }
            """)
        #expect(
            try await depot.payload(#"{"number":"12","text":7,"share":"1.5","on":1,"id":"9007199254740993"}"#)
                == #"{"number":12,"text":"7","share":1.5,"on":1,"id":"9007199254740993"}"#)
    }

    @Test func timesAreCheckedAndSentinelsKept() async throws {
        let depot = try Depot(
            """
            "response": { "at": { "type": "string", "format": "local-date-time" },
                          "until": { "type": "string", "format": "local-date-time",
                                     "sentinels": ["2099-12-31 08:00:00"] } }
            """)
        #expect(
            try await depot.payload(#"{"at":"2025-03-23 15:48:37 +0800 CST","until":"2099-12-31 08:00:00"}"#)
                == #"{"at":"2025-03-23 15:48:37","until":"2099-12-31 08:00:00"}"#)
        let error = await failure { _ = try await depot.payload(#"{"at":"soon","until":"2099-12-31 08:00:00"}"#) }
        #expect(error?.kind == .decoding)
        #expect(
            error?.message
                == #"the response does not match the endpoint: data.at: expected a time such as "2025-03-23 15:48:37" or "2025-03-23T07:48:37Z", found "soon""#
        )
    }

    @Test func anUnknownValueOfAnEnumerationIsKept() async throws {
        let depot = try Depot(#""response": { "status": { "type": "integer", "enum": { "running": 1 } } }"#)
        #expect(try await depot.payload(#"{"status":99}"#) == #"{"status":99}"#)
    }

    @Test(arguments: [
        (#"{"list":[{"id":1},{}]}"#, "data.list[1].id: the field is missing"),
        (#"{"list":[{"id":"x"}]}"#, #"data.list[0].id: expected an integer, found "x""#),
        (#"{"list":[{"id":null}]}"#, "data.list[0].id: expected an integer, found null"),
        (#"{"list":[{"id":1.5}]}"#, "data.list[0].id: expected an integer, found 1.5"),
        (#"{"list":[{"id":true}]}"#, "data.list[0].id: expected an integer, found true"),
        (#"{"list":{"id":1}}"#, "data.list: expected an array, found an object with id"),
        (#"{"list":[7]}"#, "data.list[0]: expected an object, found 7"),
        (#"[]"#, "data: expected an object, found an array of 0"),
        (#"null"#, "data: expected an object, found null"),
    ])
    func aWrongPayloadIsAnErrorWithPathAndValue(_ payload: String, _ message: String) async throws {
        let depot = try Depot(
            """
            "response": { "list": { "type": "array", "items": {
                "name": "Item", "properties": { "id": { "type": "integer" } } } } }
            """)
        let error = await failure { _ = try await depot.payload(payload) }
        #expect(error?.kind == .decoding)
        #expect(error?.message == "the response does not match the endpoint: \(message)")
    }

    @Test func aSensitiveValueIsNotShownInAnError() async throws {
        let depot = try Depot(#""response": { "token": { "type": "integer", "sensitive": true } }"#)
        let error = await failure { _ = try await depot.payload(#"{"token":"planted-secret"}"#) }
        #expect(error?.description.contains("planted-secret") == false)
        let what = "data.token: expected an integer, found <redacted>"
        #expect(error?.message == "the response does not match the endpoint: \(what)")
    }

    @Test func sharedTypesAreFollowed() async throws {
        let depot = try Depot(
            #""responseType": { "type": "array", "items": { "$ref": "types/Box.json" } }"#,
            types: [
                "Box": #"{"properties": {"id": {"type": "integer"}, "name": {"type": "string", "optional": true}}}"#
            ])
        #expect(
            try await depot.payload(#"[{"name":"a","id":1},{"id":2,"name":null}]"#)
                == #"[{"id":1,"name":"a"},{"id":2}]"#)
    }

    @Test func anAnswerWithoutPayloadIsNull() async throws {
        let depot = try Depot(#""response": null"#)
        #expect(try await depot.payload(#"{"what":"ever"}"#) == "null")
    }

    @Test func bytesComeAsBase64() async throws {
        let depot = try Depot(
            #""envelope": false, "responseType": { "type": "string", "format": "binary" }"#, method: "GET")
        let (client, _) = depot.client(bodies: ["hello"])
        #expect(try await client.send(depot.endpoint.endpoint(with: [:])) == ["$base64": "aGVsbG8="])
    }
}
