import EndpointDynamic
import EndpointKit
import Testing

@Suite struct JobTests {
    private static let job = """
        "query": { "task": { "type": "string" } },
        "response": { "done": { "type": "boolean", "wire": "integer" }, "status": { "type": "integer" } },
        "polling": { "until": { "done": true }, "fail": { "status": [3, 4] }, "pending": [20103], "interval": 1 }
        """

    @Test func aJobIsAskedForUntilItsConditionHolds() async throws {
        let depot = try Depot(Self.job, method: "GET")
        let (client, log) = depot.client(bodies: [
            #"{"code":20103,"message":"wait"}"#, #"{"code":0,"data":{"done":0,"status":1}}"#,
            #"{"code":0,"data":{"done":1,"status":2}}"#,
        ])
        let response = try await depot.endpoint.poll(with: ["task": "t"], using: client)
        #expect(response == ["done": 1, "status": 2])
        #expect(log.requests.count == 3)
    }

    @Test func anyAnswerIsTheEndWhereOnlyCodesSayNotYet() async throws {
        let depot = try Depot(
            #""response": { "url": { "type": "string" } }, "polling": { "pending": [20103], "interval": 1 }"#,
            method: "GET")
        let (client, log) = depot.client(bodies: [
            #"{"code":20103,"message":"wait"}"#, #"{"code":20103,"message":"wait"}"#, #"{"code":0,"data":{"url":"u"}}"#,
        ])
        #expect(try await depot.endpoint.poll(with: [:], using: client) == ["url": "u"])
        #expect(log.requests.count == 3)
    }

    @Test func aFailedJobIsAnError() async throws {
        let depot = try Depot(Self.job, method: "GET")
        let (client, _) = depot.client(payloads: [#"{"done":0,"status":4}"#])
        let error = await failure { _ = try await depot.endpoint.poll(with: ["task": "t"], using: client) }
        #expect(error?.kind == .service)
    }

    private static let batch = """
        "body": { "ids": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": "integer" } } },
        "response": { "failed": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } } },
        "batch": { "over": "ids" }, "partial": { "failed": "failed" }
        """

    @Test func aLongListIsSentInPartsAndCollected() async throws {
        let depot = try Depot(Self.batch)
        let (client, log) = depot.client(payloads: [#"{"failed":[1]}"#, #"{"failed":null}"#, #"{"failed":[5]}"#])
        let result = try #require(try await depot.endpoint.batch(with: ["ids": [1, 2, 3, 4, 5]], using: client))
        #expect(log.bodies == [#"{"ids":[1,2]}"#, #"{"ids":[3,4]}"#, #"{"ids":[5]}"#])
        #expect(result.payloads == [["failed": [1, 5]]])
        #expect(result.outcome.done == [1, 2, 3, 4, 5])
        #expect(result.outcome.isComplete)
    }

    @Test func whatCannotBeJoinedIsReturnedForEachPart() async throws {
        let array = #""body": { "ids": { "type": "array", "maxItems": 2, "items": { "type": "integer" } } }"#
        let batch = #""batch": { "over": "ids" }"#
        for (response, payloads, expected) in [
            (
                #""response": { "task": { "type": "string" } }"#, [#"{"task":"a"}"#, #"{"task":"b"}"#],
                [["task": "a"], ["task": "b"]]
            ),
            (#""responseType": { "type": "string" }"#, [#""done""#, #""done""#], ["done", "done"]),
            (#""responseType": { "type": "array", "items": { "type": "integer" } }"#, ["[1]", "[2]"], [[1, 2]]),
            (
                #""response": { "n": { "type": "integer" }, "list": { "type": "array", "items": { "type": "integer" } } }"#,
                [#"{"n":1,"list":[1]}"#, #"{"n":2,"list":[2]}"#], [["n": 1, "list": [1]], ["n": 2, "list": [2]]]
            ),
            (#""response": null"#, ["null", "{}"], [nil]),
        ] as [(String, [String], [JSONValue])] {
            let depot = try Depot("\(array), \(response), \(batch)")
            let (client, _) = depot.client(payloads: payloads)
            let result = try #require(try await depot.endpoint.batch(with: ["ids": [1, 2, 3]], using: client))
            #expect(result.payloads == expected)
        }
    }

    @Test func aWrongItemAnywhereStopsABatchBeforeAnythingIsSent() async throws {
        let depot = try Depot(Self.batch)
        let (client, log) = depot.client(payloads: [#"{"failed":[]}"#])
        let error = await failure { _ = try await depot.endpoint.batch(with: ["ids": [1, 2, 3, "x"]], using: client) }
        #expect(error?.message == #"ids[1]: must be an integer; got "x""#)
        #expect(log.requests.isEmpty)
    }

    @Test func aBatchThatStopsSaysWhatWasDone() async throws {
        let depot = try Depot(Self.batch)
        let (client, _) = depot.client(bodies: [
            #"{"code":0,"data":{"failed":[]}}"#, #"{"code":7,"message":"no"}"#,
        ])
        let result = try #require(try await depot.endpoint.batch(with: ["ids": [1, 2, 3, 4, 5]], using: client))
        #expect(result.outcome.done == [1, 2])
        #expect(result.outcome.failed == [3, 4])
        #expect(result.outcome.notSent == [5])
        #expect(result.outcome.stoppedBy?.code == 7)
    }
}
