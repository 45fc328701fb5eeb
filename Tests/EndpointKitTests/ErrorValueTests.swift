import EndpointKit
import Testing

@Suite("Errors as values")
struct ErrorValueTests {
    @Test("a copy of an error changes alone")
    func callError() {
        let first = APIError(.notFound, "no such task", remedy: "List the tasks")
        var second = first
        second.message = "no such file"
        second.status = 404
        var third = second
        third.headers["Retry-After"] = "1"
        #expect([first.message, second.message, third.message] == ["no such task", "no such file", "no such file"])
        #expect([first.status, second.status, third.status] == [nil, 404, 404])
        #expect(second.headers["Retry-After"] == nil)
        #expect(third.headers["Retry-After"] == "1")
        #expect(third.kind == .notFound && third.remedy == "List the tasks")
    }

    @Test("a copy of a transport's error changes alone")
    func transportError() {
        let first = TransportError(.timeout, mayHaveBeenSent: true, message: "no response")
        var second = first
        second.mayHaveBeenSent = false
        #expect(first.mayHaveBeenSent)
        #expect(!second.mayHaveBeenSent)
        #expect(second.message == "no response")
    }
}
