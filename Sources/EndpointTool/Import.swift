import EndpointCodegen

extension Tool {
    /// `import openapi` and `import page`: writes specs made of a document.
    func importDocument(_ words: [String]) throws {
        switch words.first {
        case "openapi": try importOpenAPI(Array(words.dropFirst()))
        case "page": try importPages(Array(words.dropFirst()))
        default:
            throw Arguments.Misuse(message: "import openapi DOCUMENT --output DIR, or import page FILE… --output DIR")
        }
    }
}
