import EndpointSpec

/// An endpoint as Swift: the method that calls it, the descriptor, what pages, waits and splits, and the types it owns.
struct EndpointTranslation {
    let endpoint: EndpointModel
    let context: ModuleContext
    let scope: Scope
    let parameters: ParameterTranslation
    let documentation: EndpointDocumentation
    let arguments: [FunctionDeclaration.Parameter]
    let literals: LiteralTranslation

    init(_ endpoint: EndpointModel, _ context: ModuleContext) {
        self.endpoint = endpoint
        self.context = context
        scope = Scope(client: context.client, group: endpoint.group.typeName)
        parameters = ParameterTranslation(context, scope: scope)
        arguments = parameters.arguments(endpoint)
        documentation = EndpointDocumentation(endpoint, arguments: arguments)
        literals = LiteralTranslation(context: context)
    }

    var file: SwiftFile {
        var members: [Declaration] = [method, descriptor]
        members += [pager, waiter, batch].compactMap { $0 }.map(Declaration.function)
        members += types
        let group = TypeDeclaration(head: "extension \(context.client).\(endpoint.group.typeName)", members: members)
        let declarations = [Declaration.type(group)] + (batchOutcome.map { [.type($0)] } ?? [])
        return SwiftFile(
            header: ["Made from \(endpoint.file): edit that, not this."],
            imports: context.imports + FoundationUse.imports(declarations), declarations: declarations)
    }

    // MARK: Names

    /// The Swift type of the payload.
    var responseType: String {
        switch endpoint.response {
        case .none: "Void"
        case .binary: "Data"
        case .payload(let schema): scope.type(of: schema) + (schema.admitsNil ? "?" : "")
        }
    }

    /// The fields of the payload.
    var payloadFields: [FieldModel] {
        if case .payload(let schema) = endpoint.response { context.fields(of: schema) } else { [] }
    }

    /// The payload's type, for names of types that are nested in it.
    var payloadScope: Scope {
        guard case .payload(let schema) = endpoint.response else { return scope }
        return scope.within(scope.type(of: schema))
    }

    var attributes: [String] { endpoint.deprecated.map { [Deprecation.attribute($0)] } ?? [] }

    /// Something of the client, where an argument may be called `client`.
    func client(_ member: String) -> String {
        arguments.contains { $0.name == "client" } ? "self.client" + member : "client" + member
    }

    /// The descriptor with this function's own arguments.
    func descriptorCall(replaced: [String: Expression] = [:]) -> Expression {
        .call(
            "Self.\(SwiftText.name(endpoint.methodName))", parameters.passing(endpoint, replaced: replaced))
    }

    // MARK: Calls

    private var method: Declaration {
        .function(
            FunctionDeclaration(
                documentation: documentation.method, attributes: attributes,
                head: "public func \(SwiftText.name(endpoint.methodName))", parameters: arguments,
                effects: "async throws(APIError)", result: responseType == "Void" ? nil : responseType,
                body: [Statement("try await ", .call(client(".send"), [.init(nil, descriptorCall())]))]))
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
        for field in endpoint.arguments {
            result += translation.declarations(
                in: field.schema, ownedBy: isOwn, purpose: documentation.argument, known: &known)
        }
        return result
    }
}

/// Whether public declarations name types of Foundation, which decides on the import: one that is not needed is a warning.
enum FoundationUse {
    static func imports(_ declarations: [Declaration]) -> [String] {
        declarations.contains(where: isUsed) ? ["public import Foundation"] : []
    }

    private static func isUsed(_ declaration: Declaration) -> Bool {
        switch declaration {
        case .type(let type): type.members.contains(where: isUsed)
        case .function(let function):
            ([function.result ?? ""] + function.parameters.map(\.type)).contains(where: namesFoundation)
        case .property(let property): namesFoundation(property.head)
        case .codingKeys: false
        }
    }

    private static func namesFoundation(_ text: String) -> Bool {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == "Date" || $0 == "Data" }
    }
}
