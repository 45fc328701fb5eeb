/// The file of the service: the client, its groups, and the module's value with the specs in it.
struct ServiceTranslation {
    let context: ModuleContext
    private var model: ServiceModel { context.model }
    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    var file: SwiftFile {
        var declarations: [Declaration] = model.isExtension ? [] : [client] + (settings.map { [$0] } ?? [])
        if let groups { declarations.append(groups) }
        if let errorResponse { declarations.append(errorResponse) }
        declarations.append(module)
        let conformances = retroactiveParameters
        declarations += conformances
        return SwiftFile(
            source: "service.json", imports: imports(conformances), declarations: declarations,
            text: .init(name: "embeddedSpecs", lines: specs))
    }

    /// The types of a service's own are made of what generated code calls, and conformances read what types store.
    private func imports(_ conformances: [Declaration]) -> [String] {
        let module = context.baseModule ?? "EndpointKit"
        let needsSPI = errorResponse != nil || !conformances.isEmpty
        return (conformances.isEmpty ? [] : ["@_spi(Generated) public import EndpointKit"])
            + ["\(needsSPI ? "@_spi(Generated) " : "")@_exported public import \(module)"]
            + (errorResponse.map { context.imports(for: [$0]).filter { $0.hasSuffix("import Foundation") } } ?? [])
    }

    // MARK: Client

    private var client: Declaration {
        .type(
            TypeDeclaration(
                documentation: Documentation(
                    [
                        Sentence.closed(model.summary ?? "A client for \(model.title ?? model.name)"),
                        model.summary == nil ? "" : model.title.map(Sentence.closed) ?? "",
                        model.documentation.map { "[Documentation](\($0))" } ?? "",
                    ]),
                head: "public struct \(context.client)", conformances: ["ServiceClient"],
                members: [
                    .property(
                        PropertyDeclaration(
                            documentation: Documentation("What all calls share."),
                            head: "public static let service: Service", value: service)),
                    .property(PropertyDeclaration(head: "public let client: Client")),
                    clientInitializer,
                ] + variableInitializers))
    }

    private var clientInitializer: Declaration {
        .function(
            FunctionDeclaration(
                head: "public init", parameters: [.init(name: "client", type: "Client")],
                body: [Statement("self.client = ", "client")]))
    }

    private var service: Expression {
        var arguments: [Expression.Argument] = [
            .init("name", .string(model.name)), .init("baseURL", .string(model.baseURL ?? "")),
        ]
        if !model.variables.isEmpty { arguments.append(.init("variables", .array(model.variables.map(variable)))) }
        if model.allowsInsecureHTTP { arguments.append(.init("allowsInsecureHTTP", "true")) }
        if !model.headers.isEmpty {
            let pairs = model.headers.map { Expression.Pair(key: .string($0.name), value: .string($0.value)) }
            arguments.append(.init("headers", .dictionary(pairs)))
        }
        switch model.authentication.scheme {
        case .none: arguments.append(.init("authentication", ".none"))
        case .bearer: break
        case .basic: arguments.append(.init("authentication", ".basic"))
        case .header(let name): arguments.append(.init("authentication", .call(".header", [.init(nil, .string(name))])))
        case .query(let name): arguments.append(.init("authentication", .call(".query", [.init(nil, .string(name))])))
        }
        if let credentials { arguments.append(.init("clientCredentials", credentials)) }
        if let envelope { arguments.append(.init("envelope", envelope)) }
        if !model.errors.isEmpty { arguments.append(.init("errors", "errorRules")) }
        if !model.rateProfiles.isEmpty { arguments.append(.init("rateProfiles", "rateProfiles")) }
        if model.timeZoneOffset != 0 { arguments.append(.init("secondsFromGMT", .number(model.timeZoneOffset))) }
        if let environment { arguments.append(.init("environment", environment)) }
        return .call("Service", arguments)
    }

    private var credentials: Expression? {
        guard let credentials = model.authentication.clientCredentials,
            let endpoint = model.endpoints.first(where: { $0.id == credentials.endpointID })
        else { return nil }
        // Id and secret are set when the call is sent; it has no other arguments.
        let secrets = endpoint.arguments.filter {
            [credentials.clientID, credentials.clientSecret].contains($0.name)
        }
        let call = Expression.call(
            "\(context.client).\(endpoint.group.typeName).\(SwiftText.name(endpoint.methodName))",
            secrets.map { .init(SwiftText.name($0.swiftName), .string("")) })
        var arguments: [Expression.Argument] = [
            .init(nil, call), .init("clientID", .string(credentials.clientID)),
            .init("clientSecret", .string(credentials.clientSecret)),
            .init("token", .string(credentials.token)),
        ]
        if let field = credentials.expiresAt { arguments.append(.init("expiresAt", .string(field))) }
        if let field = credentials.expiresIn { arguments.append(.init("expiresIn", .string(field))) }
        if credentials.margin != TokenTimes.defaultMargin {
            arguments.append(.init("margin", literals.seconds(Double(credentials.margin))))
        }
        return .call("ClientCredentials", arguments)
    }

    private var envelope: Expression? {
        guard let envelope = model.envelope else { return nil }
        var arguments: [Expression.Argument] = [
            .init("code", .string(envelope.code.text)), .init("success", .array(envelope.success.map(literals.code))),
        ]
        for (label, name) in [
            ("message", envelope.message), ("payload", envelope.payload), ("traceID", envelope.traceID),
        ] {
            if let name { arguments.append(.init(label, .string(name.text))) }
        }
        return .call("Envelope", arguments)
    }

    private var environment: Expression? {
        let names = model.environment
        let arguments = [
            ("baseURL", names.baseURL), ("accessToken", names.accessToken), ("clientID", names.clientID),
            ("clientSecret", names.clientSecret),
        ].compactMap { label, name in name.map { Expression.Argument(label, .string($0)) } }
        return arguments.isEmpty ? nil : .call("EnvironmentNames", arguments)
    }

    /// Long lists of the service, each with its type written out: the compiler is slow to find it.
    private var settings: Declaration? {
        var members: [Declaration] = []
        if !model.errors.isEmpty {
            members.append(
                .property(
                    PropertyDeclaration(
                        head: "private static let errorRules: [ErrorRule]",
                        value: .array(model.errors.map(literals.errorRule)))))
        }
        if !model.rateProfiles.isEmpty {
            let profiles = model.rateProfiles.map { profile in
                Expression.Pair(
                    key: .string(profile.name),
                    value: .dictionary(
                        profile.limits.map { .init(key: .string($0.key), value: literals.rate($0.rate)) }))
            }
            members.append(
                .property(
                    PropertyDeclaration(
                        head: "private static let rateProfiles: [String: [String: Rate]]",
                        value: .dictionary(profiles))))
        }
        if members.isEmpty { return nil }
        return .type(TypeDeclaration(head: "extension \(context.client)", members: members))
    }

    /// The type of the bodies of failures, where it is not a shared one.
    private var errorResponse: Declaration? {
        guard !model.isExtension, let schema = model.errorResponse, case .object(let object) = schema.kind,
            object.owner == .type(ServiceModel.errorResponseName)
        else { return nil }
        var known: Set<String> = []
        let types = TypeTranslation(context: context, group: nil).declarations(
            in: schema, ownedBy: { $0 == object.owner || $0 == .enclosing },
            purpose: "The body of a failure.", known: &known)
        return .type(TypeDeclaration(head: "extension \(context.client)", members: types))
    }

    // MARK: Groups

    private var groups: Declaration? {
        let groups = model.groups.filter { !$0.isInBase }
        if groups.isEmpty { return nil }
        var counts: [String: Int] = [:]
        for endpoint in model.endpoints { counts[endpoint.group.typeName, default: 0] += 1 }
        return .type(
            TypeDeclaration(
                head: "extension \(context.client)",
                members: groups.flatMap { group -> [Declaration] in
                    [
                        .property(
                            PropertyDeclaration(
                                documentation: Documentation("The endpoints of ``\(group.typeName)``."),
                                head: "public var \(SwiftText.name(group.propertyName)): \(group.typeName)",
                                getter: .call(group.typeName, [.init("client", "client")]))),
                        .type(
                            TypeDeclaration(
                                documentation: Documentation(summary(group, counts[group.typeName] ?? 0)),
                                head: "public struct \(group.typeName)", conformances: ["Sendable"],
                                members: [
                                    .property(PropertyDeclaration(head: "public let client: Client")),
                                    clientInitializer,
                                ])),
                    ]
                }))
    }

    private func summary(_ group: GroupModel, _ count: Int) -> String {
        let title = group.title.map { "\($0): " } ?? ""
        return "\(title)\(count) \(count == 1 ? "endpoint" : "endpoints") of \(model.title ?? model.name)."
    }

    // MARK: Module

    private var module: Declaration {
        var arguments: [Expression.Argument] = [
            .init("name", .string(context.module))
        ]
        if context.baseModule == nil { arguments.append(.init("service", .code("\(context.client).service"))) }
        arguments.append(.init("specs", "embeddedSpecs"))
        if let base = context.baseModule {
            arguments.append(.init("extending", .code(".\(SwiftText.name(SwiftName.lowerCamel(base)))")))
        }
        let name = SwiftText.name(SwiftName.lowerCamel(context.module))
        return .type(
            TypeDeclaration(
                head: "extension EndpointModule",
                members: [
                    .property(
                        PropertyDeclaration(
                            documentation: Documentation("The endpoints of ``\(context.client)``, as a value."),
                            head: "public static let \(name): EndpointModule", value: .call("EndpointModule", arguments)
                        ))
                ]))
    }

    /// All specs as one JSON object, one spec a line.
    private var specs: [String] {
        var texts = [("service.json", model.canonicalText)]
        texts += model.types.map { ($0.file, $0.canonicalText) } + model.endpoints.map { ($0.file, $0.canonicalText) }
        texts.sort { $0.0 < $1.0 }
        return texts.enumerated().map { index, entry in
            let text = JSONWriter.quoted(entry.0) + ":" + entry.1
            return (index == 0 ? "{" : "") + text + (index == texts.count - 1 ? "}" : ",")
        }
    }

    /// Types of the extended module that are sent here for the first time.
    private var retroactiveParameters: [Declaration] {
        var known = context.usage.sentByBase
        return context.model.baseTypes.flatMap {
            retroactive($0.schema, root: $0.name, enclosing: context.client, known: &known)
        }
    }

    /// The object of a schema and those in it.
    private func retroactive(
        _ schema: SchemaModel, root: String, enclosing: String, known: inout Set<String>
    ) -> [Declaration] {
        switch schema.kind {
        case .array(let items), .map(let items):
            return retroactive(items, root: root, enclosing: enclosing, known: &known)
        case .object(let object):
            let name = Scope(client: context.client, enclosing: enclosing).name(object.name, object.owner)
            guard context.usage.sent.contains(name), known.insert(name).inserted else { return [] }
            let translation = TypeTranslation(context: context, group: nil, root: root)
            return [translation.retroactiveParameter(object, fullName: name)]
                + schema.children.flatMap { retroactive($0, root: root, enclosing: name, known: &known) }
        case .union(let union):
            let scope = Scope(client: context.client, enclosing: enclosing)
            let name = scope.name(union.name, union.owner)
            guard context.usage.sent.contains(name), known.insert(name).inserted else { return [] }
            let translation = UnionTranslation(
                union, scope: Scope(client: context.client), context: context, root: root)
            return [translation.retroactiveParameter(fullName: name)]
                + schema.children.flatMap { retroactive($0, root: root, enclosing: name, known: &known) }
        default: return []
        }
    }
}

/// A file of `types/` as Swift: a type of the client, or nothing where it stands for a scalar.
struct TypeFileTranslation {
    let type: NamedTypeModel
    let context: ModuleContext

    var file: SwiftFile {
        let translation = TypeTranslation(context: context, group: nil, root: type.name)
        var known: Set<String> = []
        func isOwn(_ owner: TypeOwner) -> Bool {
            switch owner {
            case .type(let name): name == type.name
            case .enclosing: true
            case .endpoint: false
            }
        }
        let purpose = Sentence.closed(type.summary ?? "A type that several endpoints share")
        let types = translation.declarations(in: type.schema, ownedBy: isOwn, purpose: purpose, known: &known)
        guard !types.isEmpty else {
            return SwiftFile(
                source: type.file, note: "It has no Swift type of its own: it is written out where it is used.")
        }
        let declarations = [Declaration.type(TypeDeclaration(head: "extension \(context.client)", members: types))]
        return SwiftFile(
            source: type.file, imports: context.imports(for: declarations), declarations: declarations)
    }
}

/// The variables of a base URL as values of the service and as arguments of the client.
extension ServiceTranslation {
    func variable(_ model: VariableModel) -> Expression {
        var arguments: [Expression.Argument] = [
            .init(nil, .string(model.variable.name)), .init("default", .string(model.variable.defaultValue)),
        ]
        if !model.variable.values.isEmpty {
            arguments.append(.init("values", .array(model.variable.values.map { .string($0) })))
        }
        return .call("BaseURLVariable", arguments)
    }

    /// Initialisers with the variables of the base URL. The first variable has no default: without any, the client is made as one
    /// of a service without variables is.
    var variableInitializers: [Declaration] {
        let variables = context.model.variables
        guard let first = variables.first else { return [] }
        let names = variables.map { SwiftText.name($0.swiftName) }
        let parameters = zip(names, variables).map { name, model in
            FunctionDeclaration.Parameter(
                name: name, type: "String",
                defaultValue: model.swiftName == first.swiftName ? nil : .string(model.variable.defaultValue))
        }
        let values = Expression.Argument(
            "variables",
            .dictionary(
                zip(names, variables).map { name, model in .init(key: .string(model.variable.name), value: .code(name))
                }))
        let documentation = variables.map { model in
            var text = [model.description.map(Sentence.closed)]
            if !model.variable.values.isEmpty {
                text.append("One of `\(model.variable.values.joined(separator: "`, `"))`.")
            }
            text.append("The service's own is `\(model.variable.defaultValue)`.")
            return Documentation.Parameter(name: model.swiftName, text: text.compactMap(\.self).joined(separator: " "))
        }
        func initializer(
            _ summary: String, _ others: [FunctionDeclaration.Parameter], _ call: [Expression.Argument]
        ) -> Declaration {
            .function(
                FunctionDeclaration(
                    documentation: Documentation([summary], parameters: documentation), head: "public init",
                    parameters: parameters + others, body: [Statement("", .call("self.init", [values] + call))]))
        }
        let configuration = FunctionDeclaration.Parameter(
            name: "configuration", type: "ClientConfiguration", defaultValue: .call("ClientConfiguration", []))
        func passed(_ names: String...) -> [Expression.Argument] { names.map { .init($0, .code($0)) } }
        let secrets: [FunctionDeclaration.Parameter] = [
            .init(name: "clientID", type: "String"), .init(name: "clientSecret", type: "String"),
            .init(name: "store", type: "any TokenStore", defaultValue: .call("MemoryTokenStore", [])),
        ]
        var initializers = [
            initializer(
                "Creates a client from a source of tokens.",
                [.init(name: "tokens", type: "(any TokenProvider)?"), configuration], passed("tokens", "configuration")),
            initializer(
                "Creates a client from a token.", [.init(name: "token", type: "String"), configuration],
                [.init("tokens", .call("FixedToken", [.init(nil, "token")])), .init("configuration", "configuration")]),
        ]
        if context.model.authentication.clientCredentials != nil {
            initializers.append(
                initializer(
                    "Creates a client that exchanges an id and a secret for tokens, and renews them.",
                    secrets + [configuration], passed("clientID", "clientSecret", "store", "configuration")))
        }
        return initializers
    }
}
