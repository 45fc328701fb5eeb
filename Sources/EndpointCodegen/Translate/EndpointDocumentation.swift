import EndpointSpec

/// The documentation of an endpoint: in full on the method that calls it, a reference everywhere else.
struct EndpointDocumentation {
    let endpoint: EndpointModel
    /// `listCopyFailures(taskID:limit:page:)`
    let signature: String

    init(_ endpoint: EndpointModel, arguments: [FunctionDeclaration.Parameter]) {
        self.endpoint = endpoint
        signature = endpoint.methodName + "(" + arguments.map { $0.name.filter { $0 != "`" } + ":" }.joined() + ")"
    }

    var method: Documentation {
        Documentation(
            [Self.sentence(endpoint.summary)] + endpoint.notes.map(Self.sentence) + [facts], parameters: parameters)
    }

    var descriptor: Documentation {
        Documentation("What ``\(signature)`` sends, as a value.")
    }

    var payload: String { "The answer of ``\(signature)``." }
    var argument: String { "For ``\(signature)``." }

    /// The official title, method and path, the rate, and where it is documented.
    private var facts: String {
        var call = endpoint.path.isEmpty ? endpoint.method : "\(endpoint.method) \(endpoint.path)"
        call = "`\(call)`"
        // Without a title of its own an endpoint has its summary for one.
        if !endpoint.title.isEmpty, endpoint.title != endpoint.summary { call = "\(endpoint.title): \(call)" }
        if let rate = endpoint.rate {
            call += ", at most \(Self.text(rate.limit)) \(rate.limit == 1 ? "call" : "calls") a \(rate.per)"
        }
        return call + "." + (endpoint.documentation.map { " [Documentation](\($0))" } ?? "")
    }

    private var parameters: [Documentation.Parameter] {
        var list: [Documentation.Parameter] = []
        switch endpoint.host {
        case .service: break
        case .announced(let ids):
            list.append(.init(name: "host", text: "The host that `\(ids.joined(separator: "` or `"))` announces."))
        case .caller: list.append(.init(name: "url", text: "The whole address, from another answer."))
        }
        for field in endpoint.arguments {
            let text = [field.description.map(Self.sentence), Self.range(field.schema), deprecation(field)]
                .compactMap { $0 }.joined(separator: " ")
            if !text.isEmpty { list.append(.init(name: field.swiftName, text: text)) }
        }
        return list
    }

    private func deprecation(_ field: FieldModel) -> String? {
        field.deprecated.map { $0.isEmpty ? "Deprecated." : "Deprecated: \(Self.sentence($0))" }
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
        add(schema.minimum.map(text), schema.maximum.map(text), "")
        add(schema.minLength.map { "\($0)" }, schema.maxLength.map { "\($0)" }, "character")
        add(schema.minItems.map { "\($0)" }, schema.maxItems.map { "\($0)" }, "item")
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func text(_ number: JSONNumber) -> String {
        switch number {
        case .integer(let value): "\(value)"
        case .double(let value): text(value)
        }
    }

    private static func text(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }

    /// A text that ends like a sentence.
    static func sentence(_ text: String) -> String {
        guard let last = text.last(where: { !$0.isWhitespace }) else { return "" }
        return ".!?。！？:：".contains(last) ? text : text + "."
    }
}
