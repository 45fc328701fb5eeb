/// An endpoint as Swift: the method that calls it, the descriptor, what pages, waits and splits, and the types it owns.
/// A class, as its parts are, so that handing it on copies nothing.
final class EndpointTranslation {
    let endpoint: EndpointModel
    let context: ModuleContext
    let scope: Scope
    let parameters: ParameterTranslation
    let documentation: EndpointDocumentation
    /// The fields that a caller may give, and the function's arguments, a host before them.
    let fields: [FieldModel]
    let arguments: [FunctionDeclaration.Parameter]
    let literals: LiteralTranslation

    init(_ endpoint: EndpointModel, _ context: ModuleContext) {
        self.endpoint = endpoint
        self.context = context
        scope = Scope(client: context.client, group: endpoint.group.typeName)
        parameters = ParameterTranslation(context, scope: scope)
        fields = endpoint.arguments
        arguments = parameters.arguments(endpoint.host, fields)
        documentation = EndpointDocumentation(
            endpoint, fields: fields, arguments: arguments, errorType: endpoint.errorResponse.map(scope.type))
        literals = LiteralTranslation(context: context)
    }

    var file: SwiftFile {
        var members: [Declaration] = [method, descriptor]
        members += [pager, waiter, batch].compactMap { $0 }.map(Declaration.function)
        members += types
        let group = TypeDeclaration(head: "extension \(context.client).\(endpoint.group.typeName)", members: members)
        let declarations = [Declaration.type(group)] + (batchOutcome.map { [.type($0)] } ?? [])
        return SwiftFile(
            source: endpoint.file, imports: context.imports(for: declarations), declarations: declarations)
    }

    // MARK: Names

    /// The Swift type of what the call returns: of the payload, with the header fields that are read; of an element of a stream.
    private(set) lazy var responseType =
        endpoint.responseHeaders.map { "WithHeaders<\(payloadType), \(scope.type(of: $0))>" } ?? payloadType

    /// The Swift type of the payload.
    private(set) lazy var payloadType =
        switch endpoint.response {
        case .none: "Void"
        case .binary: "Data"
        case .payload(let schema):
            scope.type(of: schema) + (schema.admitsNone || endpoint.admitsEmptyResponse ? "?" : "")
        }

    /// The fields of the payload.
    private(set) lazy var payloadFields =
        if case .payload(let schema) = endpoint.response { context.table.fields(of: schema) } else { [FieldModel]() }

    /// The payload's type, for names of types that are nested in it.
    var payloadScope: Scope {
        guard case .payload(let schema) = endpoint.response else { return scope }
        return scope.within(scope.type(of: schema))
    }

    var attributes: [String] { endpoint.deprecated.map { [Deprecation.attribute($0)] } ?? [] }

    /// The path to a field of the payload, from what the call returns.
    func inResponse(_ path: String) -> String { endpoint.responseHeaders == nil ? path : "payload.\(path)" }

    /// Something of the client, where an argument may be called `client`.
    func client(_ member: String) -> String {
        arguments.contains { $0.name == "client" } ? "self.client" + member : "client" + member
    }

    /// A name for a parameter that no argument hides, or is hidden by: `page`, or `nextPage` beside an argument `page`.
    func free(_ name: String, prefix: String, besides dropped: String? = nil) -> String {
        let taken = Set(arguments.map(\.name).filter { $0 != dropped })
        var free = name
        while taken.contains(free) { free = prefix + free.prefix(1).uppercased() + free.dropFirst() }
        return free
    }

    /// The descriptor with this function's own arguments.
    func descriptorCall(replaced: [String: Expression] = [:]) -> Expression {
        .call(
            "Self.\(SwiftText.name(endpoint.methodName))", ParameterTranslation.passing(arguments, replaced: replaced))
    }

    // MARK: Calls

    private var method: Declaration {
        if endpoint.stream != nil { return streamMethod }
        return .function(
            FunctionDeclaration(
                documentation: documentation.method, attributes: attributes,
                head: "public func \(SwiftText.name(endpoint.methodName))", parameters: arguments,
                effects: "async throws(APIError)", result: responseType == "Void" ? nil : responseType,
                body: [Statement("try await ", .call(client(".send"), [.init(nil, descriptorCall())]))]))
    }

    /// The elements of a stream come later, so that nothing is awaited here.
    private var streamMethod: Declaration {
        .function(
            FunctionDeclaration(
                documentation: documentation.method, attributes: attributes,
                head: "public func \(SwiftText.name(endpoint.methodName))", parameters: arguments,
                result: "APIStream<\(responseType)>",
                body: [Statement("", .call(client(".stream"), [.init(nil, descriptorCall())]))]))
    }

    private var descriptor: Declaration {
        .function(
            FunctionDeclaration(
                documentation: documentation.descriptor, attributes: attributes,
                head: "public static func \(SwiftText.name(endpoint.methodName))", parameters: arguments,
                result: "Endpoint<\(responseType)>",
                body: [Statement("", DescriptorTranslation(self).expression)]))
    }

    // MARK: Types

    private var types: [Declaration] {
        let translation = TypeTranslation(context: context, group: endpoint.group.typeName)
        var known: Set<String> = []
        var result: [Declaration] = []
        func isOwn(_ owner: TypeOwner) -> Bool {
            switch owner {
            case .endpoint(let id, _): id == endpoint.id
            case .enclosing: true
            case .type: false
            }
        }
        if case .payload(let schema) = endpoint.response {
            result += translation.declarations(
                in: schema, ownedBy: isOwn, purpose: documentation.payload, known: &known)
        }
        if let schema = endpoint.responseHeaders {
            result += translation.declarations(
                in: schema, ownedBy: isOwn, purpose: documentation.headers, known: &known)
        }
        if let schema = endpoint.errorResponse {
            result += translation.declarations(
                in: schema, ownedBy: isOwn, purpose: documentation.failure, known: &known)
        }
        for field in fields {
            result += translation.declarations(
                in: field.schema, ownedBy: isOwn, purpose: documentation.argument, known: &known)
        }
        return result
    }
}

/// The documentation of an endpoint: in full on the method that calls it, a reference everywhere else.
final class EndpointDocumentation {
    private let endpoint: EndpointModel
    private let fields: [FieldModel]
    /// A link to the method, such as ` ``listFiles(folder:page:)-method`` `. The static descriptor has the same signature;
    /// without the suffix DocC warns that the link is ambiguous.
    let link: String
    /// The Swift type of the body of a failure.
    private let errorType: String?

    init(
        _ endpoint: EndpointModel, fields: [FieldModel], arguments: [FunctionDeclaration.Parameter], errorType: String?
    ) {
        self.endpoint = endpoint
        self.errorType = errorType
        self.fields = fields
        let labels = arguments.map { SwiftText.bare($0.name) + ":" }.joined()
        link = "``\(endpoint.methodName)(\(labels))-method``"
    }

    var method: Documentation {
        Documentation(
            ([endpoint.summary] + endpoint.notes).map(Sentence.closed) + [facts] + errors, parameters: parameters)
    }

    var descriptor: Documentation {
        Documentation("Returns the request that \(link) sends.")
    }

    var payload: String { endpoint.stream == nil ? "The response of \(link)." : "An element of \(link)." }
    var argument: String { "An argument of \(link)." }
    var headers: String { "The header fields that \(link) returns." }
    var failure: String { "The body of a failure of \(link)." }

    private var errors: [String] {
        errorType.map { ["A failure has a body of the type ``\($0)``, which `APIError.body(as:)` reads."] } ?? []
    }

    /// The official title, method and path, the rate, and where it is documented.
    private var facts: String {
        var call = endpoint.path.isEmpty ? endpoint.method.rawValue : "\(endpoint.method) \(endpoint.path)"
        call = "`\(call)`"
        // Without a title of its own an endpoint has its summary for one.
        if !endpoint.title.isEmpty, endpoint.title != endpoint.summary { call = "\(endpoint.title): \(call)" }
        if let rate = endpoint.rate {
            call += ", at most \(Self.text(rate.limit)) \(rate.limit == 1 ? "call" : "calls") a \(rate.per)"
        }
        if endpoint.isDestructive { call += ". Destructive" }
        return call + "." + (endpoint.documentation.map { " [Documentation](\($0))" } ?? "")
    }

    private var parameters: [Documentation.Parameter] {
        var list: [Documentation.Parameter] = []
        switch endpoint.host {
        case .service: break
        case .announced(let ids):
            list.append(.init(name: "host", text: "A host that `\(ids.joined(separator: "` or `"))` announces."))
        case .caller: list.append(.init(name: "url", text: "The whole URL, from another response."))
        }
        for field in fields {
            let text = [field.documentation, Self.range(field.schema), deprecation(field)]
                .compactMap { $0 }.joined(separator: " ")
            if !text.isEmpty { list.append(.init(name: field.swiftName, text: text)) }
        }
        return list
    }

    private func deprecation(_ field: FieldModel) -> String? {
        field.deprecated.map { $0.isEmpty ? "Deprecated." : "Deprecated: \(Sentence.closed($0))" }
    }

    // MARK: Words

    /// What may be given: `1…100.`, `At most 255 characters.`
    static func range(_ schema: SchemaModel) -> String? {
        var parts: [String] = []
        func add(_ low: String?, _ high: String?, _ unit: String) {
            func of(_ number: String) -> String { unit.isEmpty ? "" : " \(unit)\(number == "1" ? "" : "s")" }
            switch (low, high) {
            case (let low?, let high?): parts.append((low == high ? low : "\(low)…\(high)") + of(high) + ".")
            case (let low?, nil): parts.append("At least \(low)\(of(low)).")
            case (nil, let high?): parts.append("At most \(high)\(of(high)).")
            case (nil, nil): break
            }
        }
        let constraints = schema.constraints
        add(constraints.minimum.map { "\($0.value)" }, constraints.maximum.map { "\($0.value)" }, "")
        add(constraints.minLength.map { "\($0)" }, constraints.maxLength.map { "\($0)" }, "character")
        add(constraints.minItems.map { "\($0)" }, constraints.maxItems.map { "\($0)" }, "item")
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func text(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }
}
