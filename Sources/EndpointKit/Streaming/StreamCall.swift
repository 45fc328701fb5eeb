@_spi(Generated) import EndpointCore
import Foundation

/// The call that opens a stream.
final class StreamCall: Sendable {
    let client: Client
    /// The call, with a body that is left to be read. A stream has no envelope.
    let endpoint: Endpoint<Data>
    let format: StreamFormat
    /// Makes the request.
    let request: @Sendable () throws(APIError) -> HTTPRequest

    init(
        client: Client, endpoint: Endpoint<Data>, format: StreamFormat,
        request: @escaping @Sendable () throws(APIError) -> HTTPRequest
    ) {
        self.client = client
        self.endpoint = endpoint.with(\.envelope, .none)
        self.format = format
        self.request = request
    }

    /// Whether the stream may be opened again after its end: a call that is not idempotent would be repeated.
    var reconnects: Bool { if case .events = format { endpoint.isIdempotent } else { false } }

    /// Opens the stream behind an event.
    func open(after id: String) async throws(APIError) -> HTTPStreamedResponse {
        var request = try request()
        // HTML, 9.2.4. An id with a line break would be a field of its own.
        if !id.isEmpty, HeaderField.isValue(id) { request.headers["Last-Event-ID"] = id }
        let response = try await client.stream(endpoint, sending: request)
        if case .events = format, response.status != 204, let type = response.headers["Content-Type"],
            !type.lowercased().hasPrefix("text/event-stream")
        {
            throw described(
                APIError(.decoding, "the response is no stream of events but \(type)"), response)
        }
        return response
    }

    /// An element as its endpoint reads it.
    func element<Element>(
        _ payload: ResponseDecoding<Element>.Payload, _ value: StreamedValue, _ number: Int
    ) throws(APIError) -> Element {
        let result: Result<Element, APIError> = value.bytes.withUnsafeBytes { bytes in
            let redactor = Redactor(endpoint.sensitiveValues)
            let subject = "element \(number) of the stream"
            let tape: JSONTape
            do throws(JSONSyntaxError) {
                tape = try JSONTape(bytes)
            } catch {
                let response = HTTPResponse(status: 200, body: Data(value.bytes))
                let seen =
                    response.excerpt(hiding: endpoint.sensitiveFields, redactor: redactor).map { ": \($0)" } ?? ""
                return .failure(APIError(.decoding, "\(subject) is not valid JSON\(seen)"))
            }
            return tape.read(bytes) { json in
                do {
                    return .success(try payload.read(json, in: Data(value.bytes), [:]))
                } catch {
                    let mismatch = PayloadMismatch(
                        hiding: endpoint.sensitiveFields, redactor: redactor, subject: subject)
                    return .failure(mismatch.error(error, below: [], json))
                }
            }
        }
        return try result.get()
    }

    /// An error with what is known of the call, and of the response that it is about.
    func described(_ error: APIError, _ response: HTTPStreamedResponse?) -> APIError {
        var error = client.described(error, endpoint.id, Redactor(endpoint.sensitiveValues))
        if let response { (error.status, error.headers) = (response.status, response.headers) }
        return error
    }
}
