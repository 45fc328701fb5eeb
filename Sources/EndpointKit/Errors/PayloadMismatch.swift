@_spi(Generated) import EndpointCore
import Foundation

/// Explains why a payload, a header field or an element of a stream is not what the endpoint says.
struct PayloadMismatch {
    private let sensitive: Set<String>
    private let redactor: Redactor
    private let subject: String

    /// Creates an explanation.
    ///
    /// - Parameters:
    ///   - sensitive: The names of fields whose values are not shown.
    ///   - redactor: Replaces the request's secrets.
    ///   - subject: What does not match.
    init(hiding sensitive: Set<String>, redactor: Redactor, subject: String = "the response") {
        self.sensitive = sensitive
        self.redactor = redactor
        self.subject = subject
    }

    /// The error of a call.
    ///
    /// - Parameters:
    ///   - error: What reading threw.
    ///   - path: Where the value stands that was read.
    ///   - json: The whole text; nil where there is none.
    /// - Returns: The error.
    func error(_ error: any Error, below path: [Violation.Step], _ json: JSONReader?) -> APIError {
        let violation: Violation
        switch (error, json) {
        case (let error as APIError, _): return error
        case (let error as HeaderMismatch, _):
            return mismatch("header field " + explained(error.violation, in: error.fields))
        case (let error as JSONReadError, let json?): violation = json.violation(error)
        case (let error as Violation, _): violation = Violation(path + error.path, error.problem)
        case (let error as DecodingError, _):
            let inner = error.violation
            violation = Violation(path + inner.path, inner.problem)
        default: return APIError(.decoding, "\(subject) cannot be decoded", underlying: error)
        }
        return mismatch(explained(violation, in: json.map { JSONValue($0) } ?? .null))
    }

    private func mismatch(_ text: String) -> APIError {
        APIError(.decoding, "\(subject) does not match the endpoint: \(text)")
    }

    private func explained(_ violation: Violation, in value: JSONValue) -> String {
        violation.explanation(in: value, hiding: sensitive, redactor: redactor)
    }
}

extension APIError {
    /// An endpoint whose response is a stream was sent as one that has a value.
    static let isStream = APIError(
        .invalidParameter, "the response is a stream", remedy: "Read its elements with Client.stream(_:)")
}
