import EndpointKit
import Testing

/// A response, what an endpoint says of it, and the kind of error that it becomes.
struct VerdictRow: Sendable, CustomTestStringConvertible {
    /// What services say of their responses.
    enum Service: String, Sendable {
        case wrapped, stringCodes, flat, bare

        var keys: [String] {
            switch self {
            case .wrapped: [SpecModule.envelope, #""errors": [{ "code": 77, "kind": "pending" }]"#]
            case .stringCodes:
                [#""envelope": { "code": "status", "success": ["ok", true], "message": "text", "payload": "result" }"#]
            case .flat: [#""envelope": { "code": "code", "success": [0], "message": "message" }"#]
            case .bare: []
            }
        }
    }

    var service = Service.wrapped
    /// What the endpoint says: its payload, `envelope`, `errors`.
    var rest: String
    var status: Int
    /// The bytes of the response.
    var body: String
    /// Nil for a success.
    var kind: ErrorKind?
    var reason: String

    var testDescription: String { "\(status) \(body) \(service.rawValue) \(rest)" }

    /// The body as examples write it: JSON itself, other bytes as text.
    var written: String {
        let isBytes = rest.contains("binary") && kind == nil
        let isJSON = (try? JSONValue(parsing: .init(body.utf8))) != nil
        return isJSON && !isBytes ? body : #"{ "$text": \#(body.quoted) }"#
    }
}

extension VerdictRow {
    private static let fields = #""response": { "n": { "type": "integer" } }"#
    private static let none = #""response": null"#
    private static let list = #""responseType": { "type": "array", "items": { "type": "integer" } }"#
    private static let bytes = #""responseType": { "type": "string", "format": "binary" }"#
    private static let full =
        #""response": { "isFull": { "type": "boolean" }, "count": { "type": "number", "optional": true } }"#
    private static let html = "<html>no</html>"

    private static func rows(_ rest: String, _ list: [(Int, String, ErrorKind?, String)]) -> [VerdictRow] {
        rows(.wrapped, rest, list)
    }

    private static func rows(
        _ service: Service, _ rest: String, _ rows: [(Int, String, ErrorKind?, String)]
    ) -> [VerdictRow] {
        rows.map { VerdictRow(service: service, rest: rest, status: $0.0, body: $0.1, kind: $0.2, reason: $0.3) }
    }

    static let all =
        wrapped + codes + rules + statuses + errorsOnly + bare + bytesOrNothing

    private static let wrapped = rows(
        fields,
        [
            (200, #"{ "code": 0, "data": { "n": 1 } }"#, nil, "the code is a success"),
            (201, #"{ "code": 0, "data": { "n": 1 } }"#, nil, "RFC 9110, 15.3: 2xx is a success"),
            (200, #"{ "code": 0, "data": { "n": "1" } }"#, .decoding, "the payload is not as declared"),
            (200, #"{ "code": 0, "data": null }"#, .decoding, "a payload is required"),
            (200, #"{ "code": 0 }"#, .decoding, "a payload is required"),
            (200, #"{ "code": 1 }"#, .service, "no rule knows the code"),
            (200, #"{ "code": 77, "message": "wait" }"#, .pending, "the service's rule"),
            (200, #"{ "data": { "n": 1 } }"#, .decoding, "no code"), (200, "[]", .decoding, "no envelope"),
            (200, html, .decoding, "not JSON"), (200, "", .decoding, "not JSON"),
            (204, "", .decoding, "a payload is required"),
            (404, "", .notFound, "RFC 9110, 15.5.5"), (404, html, .notFound, "RFC 9110, 15.5.5"),
            (404, "{}", .notFound, "RFC 9110, 15.5.5"), (404, #"{ "code": 1 }"#, .notFound, "no rule knows the code"),
            (404, #"{ "code": 77 }"#, .pending, "a rule takes precedence over the status"),
            (404, #"{ "code": 0, "data": { "n": 1 } }"#, .notFound, "a success is 2xx as well"),
            (401, html, .authentication, "RFC 9110, 15.5.2"), (429, html, .throttled, "RFC 6585, 4"),
            (401, #"{ "code": 1 }"#, .authentication, "RFC 9110, 15.5.2"),
            (500, html, .http, "the status says nothing more"),
            (500, #"{ "code": 1 }"#, .service, "the service refused"),
            (500, #"{ "code": 0, "data": { "n": 1 } }"#, .http, "a success is 2xx as well"),
            (403, "", .http, "the status says nothing more"), (304, "", .http, "not 2xx"),
            (302, html, .http, "not 2xx"),
        ])

    private static let codes =
        rows(
            fields,
            [
                (200, #"{ "code": 0.0, "data": { "n": 1 } }"#, nil, "JSON Schema, Core 4.2.3: 0.0 is 0"),
                (200, #"{ "code": 7.7e1 }"#, .pending, "JSON Schema, Core 4.2.3: 7.7e1 is 77"),
                (200, #"{ "code": 1.5 }"#, .decoding, "not a code"),
                (200, #"{ "code": null }"#, .decoding, "not a code"),
                (200, #"{ "code": {} }"#, .decoding, "not a code"),
                (500, #"{ "code": null }"#, .http, "without a code the status decides"),
                (200, #"{ "code": "0" }"#, .service, "JSON Schema, Core 4.2.2: a string is not a number"),
                (200, #"{ "code": false }"#, .service, "JSON Schema, Core 4.2.2: a boolean is not a number"),
            ])
        + rows(
            .stringCodes, fields,
            [
                (200, #"{ "status": "ok", "result": { "n": 1 } }"#, nil, "the code is a success"),
                (200, #"{ "status": true, "result": { "n": 1 } }"#, nil, "the code is a success"),
                (200, #"{ "status": "OK", "result": { "n": 1 } }"#, .service, "case counts"),
                (200, #"{ "status": 1, "result": { "n": 1 } }"#, .service, "JSON Schema, Core 4.2.2"),
                (200, #"{ "status": "gone", "text": "x" }"#, .service, "no rule knows the code"),
            ])
        + rows(
            .flat, fields,
            [
                (200, #"{ "code": 0, "n": 1 }"#, nil, "the payload stands beside the code"),
                (200, #"{ "code": 0 }"#, .decoding, "a field is missing"),
                (200, #"{ "code": 3, "n": 1 }"#, .service, ""),
            ])

    private static let rules =
        rows(
            #""errors": [{ "code": 5, "kind": "conflict" }, { "code": 77, "kind": "quotaExceeded" }, { "contains": "BUSY", "kind": "throttled" }], "#
                + fields,
            [
                (200, #"{ "code": 5 }"#, .conflict, "the endpoint's rule"),
                (404, #"{ "code": 5 }"#, .conflict, "a rule takes precedence over the status"),
                (200, #"{ "code": 77 }"#, .quotaExceeded, "the endpoint's rules take precedence over the service's"),
                (200, #"{ "code": 9, "message": "is busy" }"#, .throttled, "compared without case"),
                (200, #"{ "code": 9 }"#, .service, "no message"),
                (200, #"{ "code": 9, "message": ["busy"] }"#, .service, "no message"),
                (
                    200, #"{ "code": 0, "message": "busy", "data": { "n": 1 } }"#, nil,
                    "a success has no error's message"
                ),
            ])
        + payloadRules(.wrapped, "") { #"{ "code": 0, "data": \#($0) }"# }
        + payloadRules(.flat, "") { #"{ "code": 0, \#($0.dropFirst())"# }
        + payloadRules(.wrapped, #""envelope": "errors", "#) { $0 }
        + payloadRules(.wrapped, #""envelope": "errors", "#) { #"{ "code": 0, \#($0.dropFirst())"# }
        + payloadRules(.wrapped, #""envelope": false, "#) { $0 } + payloadRules(.bare, "") { $0 }

    /// Rules on the payload hold wherever it is: one that is not followed would hide a failure.
    private static func payloadRules(
        _ service: Service, _ keys: String, _ wrap: (String) -> String
    ) -> [VerdictRow] {
        rows(
            service,
            keys
                + #""errors": [{ "payload": { "isFull": true }, "kind": "quotaExceeded" }, { "payload": { "count": 2 }, "kind": "conflict" }], "#
                + full,
            [
                (200, wrap(#"{ "isFull": true }"#), .quotaExceeded, "the payload is an error"),
                (200, wrap(#"{ "isFull": false }"#), nil, "another value"),
                (200, wrap(#"{ "isFull": false, "count": 2.0 }"#), .conflict, "JSON Schema, Core 4.2.2: 2.0 is 2"),
                (200, wrap(#"{ "isFull": 1 }"#), .decoding, "JSON Schema, Core 4.2.2: 1 is not true"),
            ])
    }

    private static let statusRules =
        #""errors": [{ "status": 404, "kind": "conflict" }, { "status": 202, "kind": "pending" }, { "status": "5xx", "kind": "quotaExceeded" }], "#

    /// Rules by status need no envelope.
    private static let statuses =
        rows(
            .bare, statusRules + fields,
            [
                (404, html, .conflict, "the endpoint's rule"), (404, #"{ "n": 1 }"#, .conflict, "whatever the body is"),
                (404, "", .conflict, "whatever the body is"), (202, #"{ "n": 1 }"#, .pending, "the endpoint's rule"),
                (200, #"{ "n": 1 }"#, nil, "no rule is for 200"), (500, html, .quotaExceeded, "a class"),
                (599, "", .quotaExceeded, "a class"), (403, html, .http, "no rule"),
                (401, "", .authentication, "no rule"),
            ])
        + rows(
            #""envelope": false, "# + statusRules + fields,
            [(404, html, .conflict, "the endpoint's rule"), (200, html, .decoding, "not JSON")])
        + rows(
            statusRules + fields,
            [
                (404, html, .conflict, "without the envelope"), (404, #"{ "code": 1 }"#, .conflict, "with a refusal"),
                (404, #"{ "code": 77 }"#, .conflict, "the endpoint's rules take precedence"),
                (404, #"{ "code": 0, "data": { "n": 1 } }"#, .conflict, "with a success"),
                (202, #"{ "code": 0, "data": { "n": 1 } }"#, .pending, "with a success"),
                (500, html, .quotaExceeded, "a class"), (400, #"{ "code": 77 }"#, .pending, "the service's rule"),
            ])
        + rows(
            #""errors": [{ "status": 404, "code": 5, "kind": "conflict" }, { "status": "4xx", "contains": "busy", "kind": "throttled" }], "#
                + fields,
            [
                (404, #"{ "code": 5 }"#, .conflict, "both hold"), (400, #"{ "code": 5 }"#, .service, "another status"),
                (404, #"{ "code": 6 }"#, .notFound, "another code"), (404, html, .notFound, "no code"),
                (400, #"{ "code": 6, "message": "busy" }"#, .throttled, "both hold"),
                (200, #"{ "code": 6, "message": "busy" }"#, .service, "another status"),
                (400, #"{ "code": 0, "message": "busy", "data": { "n": 1 } }"#, .http, "not a refusal"),
            ])

    private static let errorsOnly =
        rows(
            #""envelope": "errors", "# + fields,
            [
                (200, #"{ "n": 1 }"#, nil, "a success is the payload alone"),
                (200, #"{ "code": 0, "n": 1 }"#, nil, "a payload may have a field of the code's name"),
                (200, #"{ "code": 5, "message": "no" }"#, .service, "a failure has the envelope"),
                (200, #"{ "code": 77 }"#, .pending, "the service's rule"),
                (200, #"{ "code": null, "n": 1 }"#, .decoding, "not a code"),
                (200, #"{ "n": "1" }"#, .decoding, "the payload is not as declared"),
                (200, "[]", .decoding, "no object"),
                (200, html, .decoding, "not JSON"), (404, #"{ "n": 1 }"#, .notFound, "RFC 9110, 15.5.5"),
                (500, #"{ "code": 5 }"#, .service, "a failure has the envelope"),
                (500, html, .http, "the status alone"),
                (500, #"{ "code": 0, "n": 1 }"#, .http, "a success is 2xx as well"),
            ])
        + rows(
            #""envelope": "errors", "# + list,
            [(200, "[1]", nil, "a success is the payload alone"), (200, #"{ "code": 5 }"#, .service, "a failure")])
        + rows(
            #""envelope": "errors", "# + none,
            [
                (200, html, nil, "what is not read need not be JSON"), (200, "", nil, "the same"),
                (204, "", nil, "RFC 9110, 15.3.5"), (404, html, .notFound, "RFC 9110, 15.5.5"),
                (200, #"{ "code": 5 }"#, .service, "a failure has the envelope"),
                (200, #"{ "x": 1 }"#, nil, "a success"),
            ])

    private static let bare =
        rows(
            #""envelope": false, "# + fields,
            [
                (200, #"{ "code": 1, "n": 1 }"#, nil, "there is no envelope"),
                (404, #"{ "code": 77 }"#, .notFound, "there is no envelope"), (500, "{}", .http, "the status alone"),
                (200, html, .decoding, "not JSON"), (200, #"{ "n": null }"#, .decoding, "6.1.1"),
            ])
        + rows(
            .bare, fields,
            [(200, #"{ "n": 1 }"#, nil, "a payload"), (401, "{}", .authentication, "RFC 9110, 15.5.2")])

    private static let bytesOrNothing =
        rows(
            none,
            [
                (200, #"{ "code": 0, "data": null }"#, nil, "a success"), (200, #"{ "code": 0 }"#, nil, "a success"),
                (200, #"{ "code": 0, "data": [1] }"#, nil, "the payload is not read"),
                (200, html, .decoding, "without a code nobody knows whether it was done"),
                (200, "", nil, "nothing was wanted, and nothing came"), (202, "", nil, "the same"),
                (200, " ", .decoding, "not JSON"),
                (204, "", nil, "RFC 9110, 15.3.5: there is no content that could hold an envelope"),
                (200, #"{ "code": 1 }"#, .service, "no rule knows the code"), (404, "", .notFound, "RFC 9110, 15.5.5"),
            ])
        + rows(
            #""envelope": false, "# + none,
            [(200, html, nil, "not read"), (204, "", nil, "RFC 9110, 15.3.5"), (500, "", .http, "the status alone")])
        + rows(
            bytes,
            [
                (200, html, nil, "bytes"), (200, "", nil, "no bytes"),
                (200, #"{ "x": 1 }"#, nil, "bytes that are JSON"),
                (200, "[1]", nil, "bytes that are JSON"), (200, #"{ "code": 0 }"#, nil, "not a refusal"),
                (200, #"{ "code": 1.5 }"#, nil, "not a code"),
                (200, #"{ "code": 77, "message": "wait" }"#, .pending, "a refusal in the envelope"),
                (200, #"{ "code": 5 }"#, .service, "a refusal in the envelope"),
                (404, html, .notFound, "RFC 9110, 15.5.5"),
                (500, #"{ "code": 5 }"#, .service, "a refusal in the envelope"), (500, html, .http, "the status alone"),
            ])
        + rows(#""envelope": false, "# + bytes, [(200, #"{ "code": 5 }"#, nil, "there is no envelope")])
        + rows(
            #""nullPayload": "empty", "response": { "n": { "type": "integer", "optional": true } }"#,
            [
                (200, #"{ "code": 0, "data": null }"#, nil, "nullPayload"),
                (200, #"{ "code": 0 }"#, nil, "nullPayload"),
                (200, #"{ "code": 0, "data": [] }"#, .decoding, "not an object"),
            ])
}
