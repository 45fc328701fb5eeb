import EndpointKit
import Testing

/// A value, and whether it may be sent or come; with the reason.
struct ValueRow: Sendable {
    /// JSON text; empty for a value that is absent.
    var value: String
    var isAccepted: Bool
    var reason: String

    static func accepts(_ value: String, _ reason: String) -> ValueRow {
        ValueRow(value: value, isAccepted: true, reason: reason)
    }

    static func refuses(_ value: String, _ reason: String) -> ValueRow {
        ValueRow(value: value, isAccepted: false, reason: reason)
    }
}

/// A schema and the verdicts on some values of it.
struct ValueTable: Sendable, CustomTestStringConvertible {
    /// Where the value is.
    enum Location: String, Sendable {
        case path, query, header, body, wholeBody, form, part, bytes
        /// A field of the payload, and the payload itself.
        case response, wholeResponse
    }

    var title: String
    var location: Location
    /// The schema as text of a spec.
    var schema: String
    /// The same schema as people write it in code, for what is sent.
    var typed: Schema?
    var rows: [ValueRow]

    init(
        _ title: String, _ location: Location = .body, _ schema: String, _ typed: Schema? = nil, _ rows: [ValueRow]
    ) {
        self.title = title
        self.location = location
        self.schema = "{ \(schema) }"
        self.typed = typed
        self.rows = rows
    }

    var testDescription: String { "\(title) (\(location.rawValue))" }

    /// Whether the values are those of responses.
    var isResponse: Bool { location == .response || location == .wholeResponse }

    /// The endpoint with an example a row.
    var call: SpecModule.Call {
        var call = SpecModule.Call(rest: "")
        switch location {
        case .path:
            call.rest = #""pathParameters": { "x": \#(schema) }, "response": null"#
            call.path = "/{x}"
        case .query: call.rest = #""query": { "x": \#(schema) }, "response": null"#
        case .header: call.rest = #""headers": { "x": \#(schema) }, "response": null"#
        case .body: call.rest = #""body": { "x": \#(schema) }, "response": null"#
        case .wholeBody: call.rest = #""bodyType": \#(schema), "response": null"#
        case .form: call.rest = #""encoding": "form", "body": { "x": \#(schema) }, "response": null"#
        case .part: call.rest = #""encoding": "multipart", "body": { "x": \#(schema) }, "response": null"#
        case .bytes: call.rest = #""encoding": "binary", "body": { "x": \#(schema) }, "response": null"#
        case .response: call.rest = #""response": { "x": \#(schema) }"#
        case .wholeResponse: call.rest = #""responseType": \#(schema)"#
        }
        call.examples = rows.enumerated().map { index, row in
            let key = isResponse ? "response" : "request"
            return SpecModule.Call.example(index, "\"\(key)\": \(text(of: row))")
        }
        return call
    }

    /// The arguments, or the body of the response, that have the row's value.
    func text(of row: ValueRow) -> String {
        let name = location == .wholeBody ? "body" : "x"
        let fields = row.value.isEmpty ? "{}" : "{ \"\(name)\": \(row.value) }"
        switch location {
        case .response: return #"{ "code": 0, "message": "", "data": \#(fields), "trace": "" }"#
        case .wholeResponse:
            let member = row.value.isEmpty ? "" : #", "data": \#(row.value)"#
            return #"{ "code": 0, "message": ""\#(member) }"#
        default: return fields
        }
    }
}
