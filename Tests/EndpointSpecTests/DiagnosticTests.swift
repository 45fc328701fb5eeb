import EndpointCore
import EndpointSpec
import Testing

@Test("a diagnostic prints in the compiler's form")
func diagnosticForm() {
    let diagnostic = Diagnostic(SourcePosition(file: "a/b.json", line: 3, column: 9), "unknown key")
    #expect(diagnostic.description == "a/b.json:3:9: error: unknown key")
}
