/// A checked endpoint.
public struct EndpointModel: Sendable {
    /// `oss.listCopyFailures`
    public var id: String
    /// The folder that the spec is in.
    public var group: GroupModel
    /// The Swift method: `listCopyFailures`.
    public var methodName: String
    /// Relative to the module's folder: `OSS/listCopyFailures.json`.
    public var file: String
    /// Where the spec begins.
    public var position: SourcePosition
    /// The official title, in the service's language.
    public var title = ""
    /// One sentence in English.
    public var summary = ""
    /// The address of the official page.
    public var documentation: String?
    /// Further lines of documentation.
    public var notes: [String] = []
    /// What to do instead, where the endpoint is deprecated.
    public var deprecated: String?
    /// The HTTP method; a finished model always has one.
    public var method = HTTPMethod(rawValue: "")
    /// `/api/v1/x/{id}`; empty where `host` is `.caller`.
    public var path = ""
    /// The parameters in the path, in the order written.
    public var pathParameters: [FieldModel] = []
    /// The parameters of the query, in the order written.
    public var query: [FieldModel] = []
    /// The parameters that are header fields, in the order written.
    public var headers: [FieldModel] = []
    /// What the request carries.
    public var body = BodyModel.none
    /// The media type of the body; nil for that of its encoding.
    public var contentType: String?
    /// What the payload of a response is.
    public var response = ResponseModel.none
    /// `"emptyResponse": true`: a response without content is a success, too.
    public var admitsEmptyResponse = false
    /// How the elements follow one another where the response is a stream of them; nil where it is not.
    public var stream: StreamFormat?
    /// The header fields of a success that are read, as an object; nil where none is.
    public var responseHeaders: SchemaModel?
    /// What the JSON body of a failure is: the endpoint's own, or the service's; nil where neither says.
    public var errorResponse: SchemaModel?
    /// Whether responses come in the service's envelope.
    public var envelope = EnvelopeUse.service
    /// `"nullPayload": "empty"`: a null payload reads as one without any field.
    public var nullPayloadAsEmpty = false
    /// The header field of a response with the MD5 of the file that its bytes are; nil where there is none.
    public var md5Header: String?
    /// `"authentication": "none"`
    public var isAuthenticated = true
    /// Where the request goes.
    public var host = HostModel.service
    /// This endpoint's own rate; nil where a profile of the service decides.
    public var rate: Rate?
    /// Whether a request may be repeated after a failure.
    public var isIdempotent = false
    /// Whether a terminal program asks before it sends a request.
    public var isDestructive = false
    /// This endpoint's own rules; they take precedence over the service's.
    public var errors: [ErrorRule] = []
    /// How pages follow one another; nil where there is one response.
    public var paging: PagingModel?
    /// How a long array is split over requests; nil where it is not.
    public var batch: BatchModel?
    /// The field of the payload (wire name) that lists what failed though the call succeeded.
    public var partialFailures: String?
    /// What is waited for; nil where nothing is.
    public var polling: PollingModel?
    /// The id of the endpoint this one is a variant of.
    public var variantOf: String?
    /// The examples of the spec, in the order written.
    public var examples: [ExampleModel] = []
    /// The spec in canonical compact form.
    public var canonicalText = ""

    /// All fields that a caller may give, in the order of the Swift arguments: path, query, headers, body; constants left out.
    public var arguments: [FieldModel] {
        fields.filter { $0.constant == nil }
    }

    /// All fields of the request: path, query, headers, body.
    public var fields: [FieldModel] {
        pathParameters + query + headers + body.fields
    }
}

/// The body of a request.
public enum BodyModel: Sendable {
    /// The request has no body.
    case none
    /// An object of fields, in the order written.
    case fields([FieldModel], BodyEncoding)
    /// The whole body is one value; the field's name is the argument's, and is not on the wire.
    case value(FieldModel, BodyEncoding)

    /// How the body is written; nil for none.
    public var encoding: BodyEncoding? {
        switch self {
        case .none: nil
        case .fields(_, let encoding), .value(_, let encoding): encoding
        }
    }

    /// The fields that a caller gives values for.
    public var fields: [FieldModel] {
        get {
            switch self {
            case .none: []
            case .fields(let fields, _): fields
            case .value(let field, _): [field]
            }
        }
        set {
            switch self {
            case .none: break
            case .fields(_, let encoding): self = .fields(newValue, encoding)
            case .value(_, let encoding): self = newValue.first.map { .value($0, encoding) } ?? .none
            }
        }
    }
}

/// The payload of a response.
public enum ResponseModel: Sendable {
    /// `"response": null`: whatever the payload is, it is not read.
    case none
    /// An object (named after the method unless `responseName` says otherwise), or a `responseType`.
    case payload(SchemaModel)
    /// `"responseType": {"type": "string", "format": "binary"}`: the bytes of the response.
    case binary
}

/// Where a request goes.
public enum HostModel: Sendable, Hashable {
    /// The service's base URL.
    case service
    /// A host that another endpoint's response announces: an argument `host`. It gets the token.
    case announced([String])
    /// A whole URL from another response: an argument `url`. No token, no fixed headers, no envelope.
    case caller
}

/// How the pages of a list follow one another.
public struct PagingModel: Sendable {
    /// What asks for the next page, and what says that there is none.
    public enum Style: Sendable {
        /// Pages counted from `first`; ends by `total`, or at a page shorter than `size`.
        case page(parameter: String, first: Int64, total: FieldPath?, untilShortPage: Bool)
        /// Pages by the number of items before them, from `first`; ends by `total`, without it at a page shorter than `size`.
        case offset(parameter: String, first: Int64, total: FieldPath?)
        /// A cursor from the last response goes into the next request. `end` is the value that says that there is no further page.
        case cursor(parameter: String, field: FieldPath, end: JSONValue)
        /// The URL of the next page, in a field or, with nil, in the header field `Link`; ends where there is none.
        case next(field: FieldPath?)
        /// A field of the last item goes into the next request; ends at a page shorter than `size`.
        case lastItem(parameter: String, field: FieldPath)
    }

    /// The way of paging.
    public var style: Style
    /// The parameter with the page size (wire name).
    public var size: String?
    /// The field of the payload with the items; nil where the payload is the list.
    public var items: FieldPath?
    /// Items that meet any of these are left out, after the page is judged.
    public var hide: [FieldCondition] = []
    /// The generated method: `allCopyFailures`.
    public var name = ""
    /// Where `paging` stands.
    public var position: SourcePosition
}

/// How a long array is split over requests.
public struct BatchModel: Sendable {
    /// The array parameter that is split by its `maxItems` (wire name).
    public var over = ""
    /// Fields of the payload whose arrays are joined (wire names).
    public var collect: [String] = []
    /// The generated method: the endpoint's method in `renameFiles` gives `renameAllFiles`-like names only by `batch.name`;
    /// default: method name + `InBatches`.
    public var name: String
    /// Where `batch` stands.
    public var position: SourcePosition
}

/// What is waited for by repeated requests.
public struct PollingModel: Sendable {
    /// Done when a payload meets all of these.
    public var until: [FieldCondition] = []
    /// Failed when a payload meets any of these.
    public var fail: [FieldCondition] = []
    /// Service codes that mean "not yet".
    public var pending: [ServiceCode] = []
    /// Seconds between two poll attempts.
    public var interval = PollingTimes.defaultInterval
    /// Seconds after which the wait gives up, unless the caller says otherwise.
    public var timeout = PollingTimes.defaultTimeout
    /// The generated method: `waitForCopyTask`; default `waitFor` + the method's name in upper camel case.
    public var name: String
    /// Where `polling` stands.
    public var position: SourcePosition
}

extension StreamFormat {
    /// The value of `stream`: the name of a format, or an object with it; nil for any other.
    init?(_ node: JSONNode) {
        guard let name = node.string ?? node["format"]?.string else { return nil }
        self.init(name, end: node["end"]?.string)
    }
}

extension FieldCondition {
    /// Conditions by field, sorted: a value, a list of values that count, or `{"not": …}`.
    static let all: @Sendable (JSONNode) -> [FieldCondition]? = { node in
        node.members?.map {
            FieldCondition(FieldPath($0.key), values(of: $0.value).map(\.json), isNegated: $0.value["not"] != nil)
        }
        .sorted { $0.field.text < $1.field.text }
    }

    /// The values that a condition names.
    static func values(of node: JSONNode) -> [JSONNode] {
        let values = node["not"] ?? node
        return values.elements ?? [values]
    }
}

/// A request with its response. The keys of objects in it are sorted, for their order means nothing.
public struct ExampleModel: Sendable {
    /// What the example shows; empty where the spec names it not.
    public var name = ""
    /// Arguments by `FieldModel.argumentName`; for `bodyType` by the argument's name; `host` and `url` by these names.
    public var request: JSONValue?
    /// The response's body; nil where the example shows only a request.
    public var response: JSONValue?
    /// The HTTP status of the response.
    public var status = 200
    /// Header fields of the response.
    public var responseHeaders: JSONObject?
    /// `"error": "throttled"`: the kind that the response must become.
    public var error: String?
    /// The exact request: `{"method", "path", "query", "headers", "body"}`, each part optional.
    public var wire: JSONValue?
    /// Where the example stands.
    public var position: SourcePosition
}

/// The declared fields that a path leads through.
public struct FieldRoute: Sendable {
    /// From the outermost to the one that is meant; at least one.
    public var fields: [FieldModel]

    /// The field that is meant.
    public var last: FieldModel { fields[fields.count - 1] }
    /// The path that leads through these fields and no others, whatever a response holds.
    public var path: FieldPath { FieldPath(steps: fields.map(\.name)) }
}

extension TypeTable {
    /// What a path means among declared fields.
    public enum FieldMatch: Sendable {
        case found(FieldRoute)
        /// A field of exactly this name, and one that the names between the dots lead to.
        case ambiguous
        /// There is no such field among those that are within another; none for what is not an object.
        case unknown(step: String, among: [String])
    }

    /// The fields that a path leads through.
    public func match(_ path: FieldPath, in fields: [FieldModel]) -> FieldMatch {
        let stepwise = route(path.steps[...], in: fields)
        guard let name = path.name, path.steps.count > 1, let exact = fields.first(where: { $0.name == name }) else {
            return stepwise
        }
        if case .found = stepwise { return .ambiguous }
        return .found(FieldRoute(fields: [exact]))
    }

    /// The fields that a path leads through; nil if there is no such field.
    public func route(_ path: FieldPath, in fields: [FieldModel]) -> FieldRoute? {
        if case .found(let route) = match(path, in: fields) { route } else { nil }
    }

    private func route(_ steps: ArraySlice<String>, in fields: [FieldModel]) -> FieldMatch {
        guard let step = steps.first, let field = fields.first(where: { $0.name == step }) else {
            return .unknown(step: steps.first ?? "", among: fields.map(\.name))
        }
        if steps.count == 1 { return .found(FieldRoute(fields: [field])) }
        let schema = resolved(field.schema)
        let isPlain = schema.encoding.template == nil && schema.encoding.wrap == nil
        switch route(steps.dropFirst(), in: isPlain ? self.fields(of: schema) : []) {
        case .found(let rest): return .found(FieldRoute(fields: [field] + rest.fields))
        case let other: return other
        }
    }
}
