import EndpointCore
import EndpointSpec

/// Compares two versions of an endpoint.
struct EndpointDiff {
    private let module: ModuleDiff
    private let old: EndpointModel
    private let new: EndpointModel
    private let list: ChangeList

    init(_ module: ModuleDiff, _ old: EndpointModel, _ new: EndpointModel) {
        self.module = module
        self.old = old
        self.new = new
        list = module.list(old.id, old.position.file, new.position.file)
    }

    var changes: [Change] {
        if old.id == new.id {
            list.compare(
                old.methodName, new.methodName, .methodRenamed, "the Swift method", new.position, key: "swiftName",
                { $0 })
        }
        compareRequestLine()
        compareArguments()
        compareBody()
        compareResponse()
        BehaviourDiff(
            old: (old, SpecForm(module.old)), new: (new, SpecForm(module.new)), list: list
        ).compare()
        compareTexts()
        return list.changes
    }

    // MARK: The request

    private func compareRequestLine() {
        let position = new.position
        list.compare(old.method, new.method, .httpMethodChanged, "the HTTP method", position, key: "method", \.rawValue)
        switch (old.host, new.host) {
        case (.announced(let before), .announced(let after)):
            if before != after {
                list.add(.announcementChanged, "the endpoints that announce the host changed", position, key: "host")
            }
        default:
            if old.host != new.host {
                list.add(
                    .hostChanged, "where the call goes changed", position,
                    key: new.host == .caller || old.host == .caller ? "url" : "host")
            }
        }
        if old.host != .caller, new.host != .caller {
            list.compare(old.path, new.path, .pathChanged, "the path", position, key: "path", { $0 })
            if old.isAuthenticated != new.isAuthenticated {
                list.add(
                    .tokenChanged, new.isAuthenticated ? "the call takes a token" : "the call takes no token", position,
                    key: "authentication")
            }
        }
    }

    /// Every argument of the call, with where it goes.
    private static func locations(_ endpoint: EndpointModel) -> [(name: String, fields: [FieldModel])] {
        [("the path", endpoint.pathParameters), ("the query", endpoint.query), ("the header", endpoint.headers)]
            + (endpoint.hasFields ? [("the body", endpoint.body.fields)] : [])
    }

    private func compareArguments() {
        var (before, after) = (Self.locations(old), Self.locations(new))
        // An argument that goes elsewhere is one change, not two.
        for source in before.indices {
            for field in before[source].fields {
                guard
                    !(after.first { $0.name == before[source].name }?.fields.contains { $0.name == field.name } ?? false),
                    let target = after.indices.first(where: { index in
                        after[index].fields.contains { $0.name == field.name }
                            && !(before.first { $0.name == after[index].name }?.fields.contains {
                                $0.name == field.name
                            }
                                ?? false)
                    }), let moved = after[target].fields.first(where: { $0.name == field.name })
                else { continue }
                list.add(
                    .argumentMoved,
                    "the argument \(ChangeList.quoted(field.name)) moved from \(before[source].name) to \(after[target].name)",
                    moved.position)
                before[source].fields.removeAll { $0.name == field.name }
                after[target].fields.removeAll { $0.name == field.name }
            }
        }
        let fields = FieldDiff(SchemaDiff(module, list, .sent), areArguments: true)
        let names = (before + after).map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        for name in names {
            fields.compare(
                before.first { $0.name == name }?.fields ?? [], after.first { $0.name == name }?.fields ?? [])
        }
    }

    private func compareBody() {
        let position = new.body.fields.first?.position ?? new.position
        switch (old.body, new.body) {
        case (.value(let before, _), .value(let after, _)):
            list.compare(
                before.swiftName, after.swiftName, .argumentRenamed, "the Swift name of the body", position, { $0 })
            SchemaDiff(module, list, .sent).compare(before.schema, after.schema, "the body")
            list.compare(
                before.description ?? "", after.description ?? "", .textChanged, "the description of the body",
                position, ChangeList.quoted)
        case (.value, _): list.add(.argumentRemoved, "the body is no longer one value", position)
        case (_, .value): list.add(.requiredArgumentAdded, "the body is one value", position)
        default: break
        }
        if let before = old.body.encoding, let after = new.body.encoding {
            list.compare(
                before, after, .bodyEncodingChanged, "the encoding of the body", position, key: "encoding", \.rawValue)
        } else if (old.body.encoding == nil) != (new.body.encoding == nil), old.body.fields.isEmpty,
            new.body.fields.isEmpty
        {
            list.add(.bodyEncodingChanged, "whether there is a body changed", position, key: "body")
        }
        let types = (old, new)
        list.compare(
            types.0.contentType.map { .string($0) }, types.1.contentType.map { .string($0) }, .mediaTypeChanged,
            "the media type of the body", position, key: "contentType")
    }

    // MARK: The response

    private func compareResponse() {
        let position = new.position
        if old.envelope != new.envelope, old.host != .caller, new.host != .caller {
            list.add(.envelopeChanged, "whether responses have the envelope changed", position, key: "envelope")
        }
        let schemas = SchemaDiff(module, list, .received)
        switch (old.response, new.response) {
        case (.none, .none), (.binary, .binary): break
        case (.payload(let before), .payload(let after)): schemas.compare(before, after, "the payload")
        default:
            var rule = ChangeRule.responseChanged
            if case .none = old.response { rule = .payloadAdded }
            list.add(
                rule, "the payload changed from \(Self.noun(old.response)) to \(Self.noun(new.response))", position,
                key: "response")
        }
        switch (old.responseHeaders, new.responseHeaders) {
        case (let before?, let after?): schemas.compare(before, after, "the header fields")
        case (nil, nil): break
        case (nil, _):
            list.add(
                .responseHeadersChanged, "header fields of the response are returned", position, key: "responseHeaders")
        case (_, nil):
            list.add(
                .responseHeadersChanged, "header fields of the response are not returned", position,
                key: "responseHeaders")
        }
        compareErrorResponse(schemas)
        if old.stream != new.stream {
            list.add(.streamChanged, "how the response is streamed changed", position, key: "stream")
        }
        if old.admitsEmptyResponse != new.admitsEmptyResponse {
            list.add(.emptyResponseChanged, "whether the response may be empty changed", position, key: "emptyResponse")
        }
        if old.nullPayloadAsEmpty != new.nullPayloadAsEmpty {
            list.add(
                new.nullPayloadAsEmpty ? .lenientReadingAdded : .lenientReadingRemoved,
                "a null payload \(new.nullPayloadAsEmpty ? "reads" : "no longer reads") as an empty one", position,
                key: "nullPayload")
        }
    }

    private static func noun(_ response: ResponseModel) -> String {
        switch response {
        case .none: "none"
        case .binary: "bytes"
        case .payload: "a value"
        }
    }

    /// The service's own is compared once, with the service.
    private func compareErrorResponse(_ schemas: SchemaDiff) {
        func isService(_ schema: SchemaModel?, _ service: SchemaModel?) -> Bool {
            schema?.position == service?.position
        }
        if isService(old.errorResponse, module.old.errorResponse),
            isService(new.errorResponse, module.new.errorResponse)
        {
            return
        }
        switch (old.errorResponse, new.errorResponse) {
        case (let before?, let after?): schemas.compare(before, after, "the body of a failure")
        case (nil, nil): break
        case (nil, _): list.add(.fieldAdded, "the body of a failure is described", new.position, key: "errorResponse")
        case (_, nil):
            list.add(
                .errorResponseChanged, "the body of a failure is no longer described", new.position,
                key: "errorResponse")
        }
    }

    // MARK: Texts

    private func compareTexts() {
        let position = new.position
        func text(_ key: String, _ what: String, _ old: String?, _ new: String?) {
            list.compare(old ?? "", new ?? "", .textChanged, what, position, key: key, ChangeList.quoted)
        }
        text("title", "the title", old.title, new.title)
        text("summary", "the summary", old.summary, new.summary)
        text("documentation", "the address of the documentation", old.documentation, new.documentation)
        text("notes", "the notes", old.notes.joined(separator: " "), new.notes.joined(separator: " "))
        FieldDiff(SchemaDiff(module, list, .sent)).compareDeprecation(
            old.deprecated, new.deprecated, "the endpoint", position, key: "deprecated")
        if !Self.isSame(old.examples, new.examples) {
            list.add(.exampleChanged, "the examples changed", new.examples.first?.position ?? position)
        }
    }

    private static func isSame(_ old: [ExampleModel], _ new: [ExampleModel]) -> Bool {
        func texts(_ examples: [ExampleModel]) -> [JSONValue] {
            examples.map { example in
                let headers = example.responseHeaders.map { JSONValue.object($0) }
                return [
                    .string(example.name), example.request ?? .bool(false), example.response ?? .bool(false),
                    .integer(Int64(example.status)), headers ?? .null, .string(example.error ?? ""),
                    example.wire ?? .null,
                ]
            }
        }
        return texts(old) == texts(new)
    }
}

extension EndpointModel {
    /// Whether the body has fields of its own.
    fileprivate var hasFields: Bool { if case .fields = body { true } else { false } }
}
