import EndpointCore
import Testing

@Suite("Media types")
struct MediaTypeTests {
    @Test(
        "a type, a subtype and parameters",
        arguments: [
            ("application/json", true), ("application/vnd.api+json", true), ("text/plain; charset=utf-8", true),
            ("text/plain;charset=\"utf-8\"", true), ("multipart/mixed ; a=b ; c=d", true), ("json", false), ("", false),
            ("application/", false), ("/json", false), ("a/b/c", false), ("text/plain; charset", false),
            ("text/plain;", false), ("text/plain\r\nX: y", false), ("text /plain", false), ("text/plain; a=b c", false),
            ("text/plain; a=\"b", false),
        ])
    func syntax(text: String, isValid: Bool) {
        #expect(MediaType.isValid(text) == isValid)
    }

    @Test("a parameter is found by its name")
    func parameters() {
        #expect(MediaType.hasParameter("boundary", in: "multipart/mixed; Boundary=x"))
        #expect(!MediaType.hasParameter("boundary", in: "multipart/mixed; charset=boundary=x"))
    }
}
