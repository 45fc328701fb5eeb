/// A key of the spec language.
struct Keyword: Sendable {
    var name: String
    var shape: Shape
    /// One line for editors and for people.
    var summary: String
    var isRequired = false
    /// The values of `type` that the keyword is for; nil for all.
    var types: [String]?
    /// What a text looks like, for editors; the check says more than that.
    var pattern: String?

    init(
        _ name: String, _ shape: Shape, _ summary: String, isRequired: Bool = false, types: [String]? = nil,
        pattern: String? = nil
    ) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.isRequired = isRequired
        self.types = types
        self.pattern = pattern
    }
}

/// The kinds of objects whose keys belong to the language. A value of this type only names a table, so that tables can
/// refer to each other.
enum KeywordTable: String, Sendable, CaseIterable {
    case service, extensionService
    case account, authentication, clientCredentials, envelope, environment, errorRule, group, rate
    case endpoint, example, exampleWire, host, paging, batch, partial, polling
    /// Fields that are sent, in a parameter place or within an object that is sent.
    case parameter
    case parameterItems, bodyType
    /// Fields of an answer.
    case responseField
    case responseItems, responseType
    /// A file of `types/`, its fields and items: used both ways.
    case type

    /// What such an object is, for messages: `unknown key "x" in an endpoint`.
    var title: String { definition.title }
    /// In canonical order.
    var keywords: [Keyword] { definition.keywords }

    subscript(_ name: String) -> Keyword? { definition.byName[name]?.keyword }

    /// Where a key stands in the canonical order.
    func order(of name: String) -> Int { definition.byName[name]?.index ?? .max }

    private var definition: Definition { Self.definitions[self] ?? Definition("an object", []) }

    private struct Definition: Sendable {
        var title: String
        var keywords: [Keyword]
        var byName: [String: (index: Int, keyword: Keyword)]

        init(_ title: String, _ keywords: [Keyword]) {
            self.title = title
            self.keywords = keywords
            byName = Dictionary(keywords.enumerated().map { ($1.name, ($0, $1)) }) { first, _ in first }
        }
    }

    private static let definitions: [KeywordTable: Definition] = [
        .service: Definition("service.json", ServiceKeywords.service),
        .extensionService: Definition("a service.json that extends another module", ServiceKeywords.extensionService),
        .account: Definition("\"account\"", ServiceKeywords.account),
        .authentication: Definition("\"authentication\"", ServiceKeywords.authentication),
        .clientCredentials: Definition("\"clientCredentials\"", ServiceKeywords.clientCredentials),
        .envelope: Definition("\"envelope\"", ServiceKeywords.envelope),
        .environment: Definition("\"environment\"", ServiceKeywords.environment),
        .errorRule: Definition("an error rule", ServiceKeywords.errorRule),
        .group: Definition("a group", ServiceKeywords.group),
        .rate: Definition("a rate", ServiceKeywords.rate),
        .endpoint: Definition("an endpoint", EndpointKeywords.endpoint),
        .example: Definition("an example", EndpointKeywords.example),
        .exampleWire: Definition("\"wire\" of an example", EndpointKeywords.exampleWire),
        .host: Definition("\"host\"", EndpointKeywords.host),
        .paging: Definition("\"paging\"", EndpointKeywords.paging),
        .batch: Definition("\"batch\"", EndpointKeywords.batch),
        .partial: Definition("\"partial\"", EndpointKeywords.partial),
        .polling: Definition("\"polling\"", EndpointKeywords.polling),
        .parameter: Definition("a parameter", FieldKeywords.parameter),
        .parameterItems: Definition("the items of a parameter", FieldKeywords.parameterItems),
        .bodyType: Definition("\"bodyType\"", FieldKeywords.bodyType),
        .responseField: Definition("a field of an answer", FieldKeywords.responseField),
        .responseItems: Definition("the items of an array", FieldKeywords.responseItems),
        .responseType: Definition("\"responseType\"", FieldKeywords.responseType),
        .type: Definition("a shared type", FieldKeywords.type),
    ]
}
