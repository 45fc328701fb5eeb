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
