/// A checked endpoint.
public struct EndpointModel: Sendable {
    /// `oss.listCopyFailures`
    public var id: String
    public var group: GroupModel
    /// The Swift method: `listCopyFailures`.
    public var methodName: String
    /// The official title, in the service's language.
    public var title: String
    /// One sentence in English.
    public var summary: String
    public var documentation: String?
    /// Further lines of documentation.
    public var notes: [String]
    public var deprecated: String?
    /// Upper case.
    public var method: String
    /// `/api/v1/x/{id}`; empty where `host` is `.caller`.
    public var path: String
    public var pathParameters: [FieldModel]
    public var query: [FieldModel]
    public var headers: [FieldModel]
    public var body: BodyModel
    public var response: ResponseModel
    public var envelope: EnvelopeUse
    /// `"nullPayload": "empty"`: a null payload reads as one without any field.
    public var nullPayloadAsEmpty: Bool
    /// `"authentication": "none"`
    public var isAuthenticated: Bool
    public var host: HostModel
    public var rate: RateModel?
    public var isIdempotent: Bool
    /// This endpoint's own rules; they go before the service's.
    public var errors: [ErrorRuleModel]
    public var paging: PagingModel?
    public var batch: BatchModel?
    /// The field of the payload (wire name) that lists what failed though the call succeeded.
    public var partialFailures: String?
    public var polling: PollingModel?
    /// The id of the endpoint this one is a variant of.
    public var variantOf: String?
    public var examples: [ExampleModel]
    /// The spec in canonical compact form.
    public var canonicalText: String
    /// Relative to the module's folder: `OSS/listCopyFailures.json`.
    public var file: String
    public var position: SourcePosition

    /// All fields that a caller may give, in the order of the Swift arguments: path, query, headers, body; constants left out.
    public var arguments: [FieldModel] {
        (pathParameters + query + headers + body.fields).filter { $0.constant == nil }
    }
}

public enum BodyModel: Sendable {
    case none
    case json([FieldModel])
    /// `bodyType`: the whole body is one value; the field's name is the argument's, and does not stand on the wire.
    case jsonValue(FieldModel)
    case multipart([FieldModel])
    /// The whole body is bytes; the field's name is the argument's.
    case binary(FieldModel)

    /// The fields that a caller gives values for.
    public var fields: [FieldModel] {
        switch self {
        case .none: []
        case .json(let fields), .multipart(let fields): fields
        case .jsonValue(let field), .binary(let field): [field]
        }
    }
}

public enum ResponseModel: Sendable {
    /// `"response": null`: whatever the payload is, it is not read.
    case none
    /// An object (named after the method unless `responseName` says otherwise), or a `responseType`.
    case payload(SchemaModel)
    /// `"responseType": {"type": "string", "format": "binary"}`: the bytes of the answer.
    case binary
}

public enum EnvelopeUse: Sendable, Hashable {
    /// The service's, if it has one.
    case service
    /// `"envelope": false`
    case none
    /// `"envelope": "errors"`: a bare success, a wrapped failure.
    case errors
}

public enum HostModel: Sendable, Hashable {
    case service
    /// A host that another endpoint's answer announces: an argument `host`. It gets the token.
    case announced([String])
    /// A whole URL from another answer: an argument `url`. No token, no fixed headers, no envelope.
    case caller
}

public struct PagingModel: Sendable {
    public enum Style: Sendable {
        /// Pages counted from `first`; ends by `total`, or at a page shorter than `size`.
        case page(parameter: String, first: Int64, total: String?, untilShortPage: Bool)
        /// A mark from the last answer goes into the next request. `end` is the value that says there is no more.
        case cursor(parameter: String, field: String, end: JSONNode)
    }

    public var style: Style
    /// The parameter with the page size (wire name).
    public var size: String?
    /// The field of the payload with the items (wire name).
    public var items: String
    /// Items whose field has this (decoded) value are left out, after the page is judged.
    public var hide: [(field: String, value: JSONNode)]
    /// The generated method: `allCopyFailures`.
    public var name: String
    public var position: SourcePosition
}

public struct BatchModel: Sendable {
    /// The array parameter that is split by its `maxItems` (wire name).
    public var over: String
    /// Fields of the payload whose arrays are joined (wire names).
    public var collect: [String]
    /// The generated method: the endpoint's method in `renameFiles` gives `renameAllFiles`-like names only by `batch.name`;
    /// default: method name + `InBatches`.
    public var name: String
    public var position: SourcePosition
}

public struct PollingModel: Sendable {
    /// Every field must have one of its (decoded) values: done.
    public var until: [(field: String, values: [JSONNode])]
    /// Any field has one of its values: failed.
    public var fail: [(field: String, values: [JSONNode])]
    /// Service codes that mean "not yet".
    public var pending: [SpecCode]
    /// Seconds between two questions.
    public var interval: Double
    /// Seconds after which the wait gives up, unless the caller says otherwise; default 600.
    public var timeout: Double
    /// The generated method: `waitForCopyTask`; default `waitFor` + the method's name in upper camel case.
    public var name: String
    public var position: SourcePosition
}

/// A request with its answer. The keys of objects in it are sorted, for their order means nothing.
public struct ExampleModel: Sendable {
    public var name: String
    /// Arguments by wire name; for `bodyType` by the argument's name; `host` and `url` by these names.
    public var request: JSONNode?
    /// The answer's body; nil where the example shows only a request.
    public var response: JSONNode?
    public var status: Int
    /// `"error": "throttled"`: the kind that the answer must become.
    public var error: String?
    /// The exact request: `{"method", "path", "query", "headers", "body"}`, each part optional.
    public var wire: JSONNode?
    public var position: SourcePosition
}
