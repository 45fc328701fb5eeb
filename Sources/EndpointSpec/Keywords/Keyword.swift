/// A key of the spec language. A class, so that looking one up copies nothing.
final class Keyword: Sendable {
    let name: String
    let shape: Shape
    /// One line for editors and for people.
    let summary: String
    let isRequired: Bool
    /// The values of `type` that the keyword is for; nil for all.
    let types: [String]?
    /// What a text looks like, for editors; the check says more than that.
    let pattern: String?
    /// Where the value goes in the model; nil if a check puts it there.
    let binding: Binding?

    init(
        _ name: String, _ shape: Shape, _ summary: String, isRequired: Bool = false, types: [String]? = nil,
        pattern: String? = nil, binding: Binding? = nil
    ) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.isRequired = isRequired
        self.types = types
        self.pattern = pattern
        self.binding = binding
    }
}

extension Keyword {
    /// The value of `deprecated`: what to use instead; nil if nothing is deprecated.
    static let advice: @Sendable (JSONNode) -> String? = {
        $0.string ?? ($0.boolean == true ? "This is deprecated." : nil)
    }
}

/// The kinds of objects whose keys belong to the language. A value of this type only names a table, so that tables can
/// refer to each other.
enum KeywordTable: Int, Sendable, CaseIterable {
    case service, extensionService
    case account, authentication, clientCredentials, envelope, environment, errorRule, group, rate, variable
    case endpoint, example, exampleWire, host, checksum, paging, batch, partial, polling, condition
    /// A shared type where a map of fields may stand as well.
    case reference
    case stream
    /// Fields that are sent, in a parameter location or within an object that is sent.
    case parameter
    case parameterItems, bodyType, discriminator
    /// Fields of a response.
    case responseField
    case responseItems, responseType
    /// A file of `types/`, its fields and items: used both ways.
    case type

    /// What the reference and the JSON Schemas call it.
    var name: String { "\(self)" }
    /// What such an object is, for messages: `unknown key "x" in an endpoint`.
    var title: String { definition.title }
    /// In canonical order.
    var keywords: [Keyword] { definition.keywords }
    /// Those that no such object lacks.
    var required: [Keyword] { definition.required }

    subscript(_ name: String) -> Keyword? { definition.byName[name]?.keyword }

    /// Where a key stands in the canonical order; nil for one that is unknown.
    func order(of name: String) -> Int? { definition.byName[name]?.index }

    // By number, for every key of every spec is looked up a few times.
    private var definition: Definition { Self.definitions[rawValue] }
    private static let definitions = allCases.map(\.made)

    private final class Definition: Sendable {
        let title: String
        let keywords: [Keyword]
        let required: [Keyword]
        let byName: [String: (index: Int, keyword: Keyword)]

        init(_ title: String, _ keywords: [Keyword]) {
            self.title = title
            self.keywords = keywords
            required = keywords.filter(\.isRequired)
            byName = Dictionary(keywords.enumerated().map { ($1.name, ($0, $1)) }) { first, _ in first }
        }
    }

    private var made: Definition {
        switch self {
        case .service: Definition("service.json", ServiceKeywords.service)
        case .extensionService:
            Definition("a service.json that extends another module", ServiceKeywords.extensionService)
        case .account: Definition("\"account\"", ServiceKeywords.account)
        case .authentication: Definition("\"authentication\"", ServiceKeywords.authentication)
        case .clientCredentials: Definition("\"clientCredentials\"", ServiceKeywords.clientCredentials)
        case .envelope: Definition("\"envelope\"", ServiceKeywords.envelope)
        case .environment: Definition("\"environment\"", ServiceKeywords.environment)
        case .errorRule: Definition("an error rule", ServiceKeywords.errorRule)
        case .group: Definition("a group", ServiceKeywords.group)
        case .rate: Definition("a rate", ServiceKeywords.rate)
        case .variable: Definition("a variable of the base URL", ServiceKeywords.variable)
        case .endpoint: Definition("an endpoint", EndpointKeywords.endpoint)
        case .example: Definition("an example", EndpointKeywords.example)
        case .exampleWire: Definition("\"wire\" of an example", EndpointKeywords.exampleWire)
        case .host: Definition("\"host\"", EndpointKeywords.host)
        case .checksum: Definition("\"checksum\"", EndpointKeywords.checksum)
        case .paging: Definition("\"paging\"", EndpointKeywords.paging)
        case .batch: Definition("\"batch\"", EndpointKeywords.batch)
        case .partial: Definition("\"partial\"", EndpointKeywords.partial)
        case .polling: Definition("\"polling\"", EndpointKeywords.polling)
        case .condition: Definition("a condition", EndpointKeywords.condition)
        case .stream: Definition("\"stream\"", EndpointKeywords.stream)
        case .reference: Definition("a reference", FieldKeywords.reference)
        case .parameter: Definition("a parameter", FieldKeywords.parameter)
        case .parameterItems: Definition("an inner type of a parameter", FieldKeywords.parameterItems)
        case .discriminator: Definition("\"discriminator\"", FieldKeywords.discriminator)
        case .bodyType: Definition("\"bodyType\"", FieldKeywords.bodyType)
        case .responseField: Definition("a field of a response", FieldKeywords.responseField)
        case .responseItems: Definition("an inner type of a field", FieldKeywords.responseItems)
        case .responseType: Definition("\"responseType\"", FieldKeywords.responseType)
        case .type: Definition("a shared type", FieldKeywords.type)
        }
    }
}

/// What the value of a keyword may look like. Everything that reads specs by their form comes from these: the check for
/// unknown keys and wrong kinds of values, the canonical text, and the JSON Schemas for editors.
indirect enum Shape: Sendable {
    /// Any JSON value.
    case any
    case null
    case string
    /// One of these texts.
    case word([String])
    case boolean
    case integer
    /// An integer from 0.
    case count
    case number
    case list(Shape)
    /// Names that the author chooses. `isOrdered` says that their order means something.
    case map(Shape, isOrdered: Bool)
    case keywords(KeywordTable)
    /// The first that has the value's JSON type.
    case either([Shape])

    static func scalars() -> Shape { .either([.string, .number, .boolean]) }

    /// A map of fields of one kind.
    static func fields(_ table: KeywordTable) -> Shape { .map(.keywords(table), isOrdered: true) }

    /// The first of several shapes that fits a value.
    static func first(of shapes: [Shape], fitting node: JSONNode) -> Shape? {
        for shape in shapes where shape.fits(node) { return shape }
        return nil
    }

    /// Whether a value has the JSON type that this shape wants, whatever is in it.
    func fits(_ node: JSONNode) -> Bool {
        switch (self, node.value) {
        case (.any, _), (.null, .null), (.string, .string), (.word, .string), (.boolean, .boolean): true
        case (.integer, .integer), (.count, .integer), (.number, .integer), (.number, .double), (.list, .array): true
        // A map of fields has objects alone.
        case (.keywords(.reference), .object): node["$ref"]?.string != nil
        case (.map, .object), (.keywords, .object): true
        case (.either(let shapes), _): Self.first(of: shapes, fitting: node) != nil
        default: false
        }
    }

    /// `a string`, for "… must be …".
    var kindName: String {
        switch self {
        case .any: "a value"
        case .null: "null"
        case .string: "a string"
        case .word(let words):
            words.count == 1 ? "\"\(words[0])\"" : "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .boolean: "true or false"
        case .integer, .count: "an integer"
        case .number: "a number"
        case .list(let shape): "an array, each element \(shape.kindName)"
        case .map, .keywords: "an object"
        case .either(let shapes): shapes.map(\.kindName).joined(separator: ", or ")
        }
    }
}

/// Where the value of a keyword goes in the model.
///
///     Keyword("minLength", .count, "The least number of characters.", binding: .to(\SchemaModel.constraints.minLength))
///
/// A keyword whose value goes into the model as it is needs nothing else. What relates several keywords, or needs what is
/// around them, is a check, which finds the bound values in the model.
struct Binding: Sendable {
    /// An `Assignment`; without its type, so that one table may fill several models: some keys of a field are about the
    /// field, others about its type.
    private let assignment: any Sendable

    private struct Assignment<Model>: Sendable {
        var assign: @Sendable (JSONNode, inout Model) -> Void
    }

    /// The value goes into a property as it is.
    static func to<Model, Value: KeywordValue>(_ path: WritableKeyPath<Model, Value> & Sendable) -> Binding {
        to(path) { Value($0) }
    }

    /// The value goes into a property as something else.
    ///
    /// - Parameters:
    ///   - path: The property.
    ///   - value: What goes there; nil for a value of the wrong shape, which is reported elsewhere.
    /// - Returns: The binding.
    static func to<Model, Value>(
        _ path: WritableKeyPath<Model, Value> & Sendable, reading value: @escaping @Sendable (JSONNode) -> Value?
    ) -> Binding {
        Binding(
            assignment: Assignment<Model> { node, model in
                if let value = value(node) { model[keyPath: path] = value }
            })
    }

    /// Sets the property; does nothing if it belongs to another model.
    func assign<Model>(_ node: JSONNode, to model: inout Model) {
        (assignment as? Assignment<Model>)?.assign(node, &model)
    }
}

extension KeywordTable {
    /// Fills a model with the values of all keywords that are bound to it.
    ///
    /// - Parameters:
    ///   - node: The object with the keywords.
    ///   - model: The model, with the defaults of the keywords that the object does not have.
    func bind<Model>(_ node: JSONNode, to model: inout Model) {
        for member in node.members ?? [] { self[member.key]?.binding?.assign(member.value, to: &model) }
    }
}

/// A value of a model that a JSON value gives as it is.
protocol KeywordValue: Sendable {
    /// Nil if the JSON value has another shape, which the check of the structure reports.
    init?(_ node: JSONNode)
}

extension KeywordValue where Self: RawRepresentable, RawValue == String {
    init?(_ node: JSONNode) {
        guard let text = node.string else { return nil }
        self.init(rawValue: text)
    }
}

extension String: KeywordValue {
    init?(_ node: JSONNode) {
        guard let string = node.string else { return nil }
        self = string
    }
}

extension Bool: KeywordValue {
    init?(_ node: JSONNode) {
        guard let boolean = node.boolean else { return nil }
        self = boolean
    }
}

extension Int: KeywordValue {
    init?(_ node: JSONNode) {
        guard let integer = node.integer else { return nil }
        self.init(exactly: integer)
    }
}

extension Double: KeywordValue {
    init?(_ node: JSONNode) {
        guard let double = node.double else { return nil }
        self = double
    }
}

extension JSONValue: KeywordValue {
    init?(_ node: JSONNode) { self = node.json }
}

extension Bound: KeywordValue {
    init?(_ node: JSONNode) { self.init(node.json) }
}

extension ServiceCode: KeywordValue {
    init?(_ node: JSONNode) { self.init(node.json) }
}

extension FieldPath: KeywordValue {
    init?(_ node: JSONNode) {
        guard let text = node.string else { return nil }
        self.init(text)
    }
}

extension ErrorKind: KeywordValue {}
extension HTTPMethod: KeywordValue {}
extension Rate.Unit: KeywordValue {}
extension Schema.Encoding.LetterCase: KeywordValue {}
extension Schema.Encoding.Style: KeywordValue {}
extension Schema.Encoding.Wire: KeywordValue {}
extension Schema.ScalarType: KeywordValue {}

extension Optional: KeywordValue where Wrapped: KeywordValue {
    init?(_ node: JSONNode) {
        guard let value = Wrapped(node) else { return nil }
        self = value
    }
}

extension Array: KeywordValue where Element: KeywordValue {
    /// Elements of the wrong shape are left out.
    init?(_ node: JSONNode) {
        guard let elements = node.elements else { return nil }
        self = elements.compactMap { Element($0) }
    }
}
