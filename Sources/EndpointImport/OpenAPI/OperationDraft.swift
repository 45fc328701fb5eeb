import EndpointCore
import EndpointSpec

/// An operation on its way from a document to a spec.
struct OperationDraft {
    /// How the body is written, with its type.
    enum Body {
        case none
        case json(TypeDraft)
        case form(TypeDraft)
        case multipart(TypeDraft)
        case binary
        /// The fields of a form or of a multipart body, settled.
        case fields([FieldDraft], BodyEncoding)
    }

    /// What a success holds.
    enum Response {
        case none
        case bytes
        case json(TypeDraft)
    }

    /// As the document names it: `GET /files/{id}`.
    var title: String
    var method: String
    /// With the names of the path parameters in braces.
    var path: String
    var position: SourcePosition
    /// Where the path begins in the document; the operation's own members.
    var node: JSONNode
    var identifier: String?
    var tags: [String] = []
    var summary: String?
    var notes: [String] = []
    var documentation: String?
    var isDeprecated = false

    var pathParameters: [FieldDraft] = []
    var query: [FieldDraft] = []
    var headers: [FieldDraft] = []
    var body = Body.none
    /// The media type, where it is another than the encoding's.
    var contentType: String?
    /// How the parts of a form or of a multipart body are written, from the document.
    var partEncodings: JSONNode?
    var response = Response.none
    var stream: StreamDraft?
    var admitsEmptyResponse = false
    var responseHeaders: [FieldDraft] = []
    /// Whether a success has the header field `Link`.
    var hasLink = false
    /// The types of the JSON bodies of failures.
    var failures: [TypeDraft] = []
    /// Where the call goes, where that is not the service's own address.
    var server: String?
    var isAuthenticated = true
    /// The sample of a success, and of the body.
    var responseSamples: [(name: String, value: JSONNode)] = []
    var bodySample: JSONNode?

    /// What cannot be said, with the place.
    var problems: [(position: SourcePosition, message: String)] = []
    /// What is written as something looser.
    var loosened: [(position: SourcePosition, message: String)] = []

    /// The folder and the file.
    var group = ""
    var name = ""
    /// Keywords that the document does not state.
    var proposals: JSONObject = [:]

    /// The types that are sent.
    var sentTypes: [TypeDraft] {
        var types = (pathParameters + query + headers).map(\.type)
        switch body {
        case .json(let type), .form(let type), .multipart(let type): types.append(type)
        case .fields(let fields, _): types += fields.map(\.type)
        case .none, .binary: break
        }
        return types
    }

    /// The types that are received.
    var receivedTypes: [TypeDraft] {
        var types = failures + responseHeaders.map(\.type)
        if case .json(let type) = response { types.append(type) }
        return types
    }
}

/// How a stream's elements follow one another.
struct StreamDraft {
    var format: String
    /// The data of the event that ends the stream.
    var end: String?
}
