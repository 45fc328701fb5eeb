/// The examples of a module's endpoints as typed calls, for tests to compare with what the specs say.
struct ContractTranslation {
    private let context: ModuleContext
    private let scope: Scope

    init(_ context: ModuleContext) {
        self.context = context
        scope = Scope(client: context.client)
    }

    var file: SwiftFile {
        let endpoints = context.model.endpoints.filter { !$0.examples.isEmpty }
        let current = endpoints.filter { $0.deprecated == nil }.map { function($0) }
        let deprecated = endpoints.filter { $0.deprecated != nil }.map { function($0, attributes: [Self.deprecated]) }
        let others =
            deprecated.isEmpty
            ? [] : [Statement("try await ", .call("check.verifyAll", [.init(nil, "Deprecated.self")]))]
        let all = FunctionDeclaration(
            documentation: Documentation("Checks every example of every endpoint, and throws what differs."),
            head: "static func checkAll", parameters: [Self.check], effects: "async throws",
            body: current.map(call) + others + [Statement("try await ", .call("check.finish", []))])
        return SwiftFile(
            source: "the examples of \(context.model.name)",
            imports: ["import EndpointKit", "import EndpointTesting", "import Foundation", "import \(context.module)"],
            declarations: [
                .type(
                    TypeDeclaration(
                        documentation: Documentation("The examples of \(context.model.name) as typed calls."),
                        head: "enum \(context.module)Contract",
                        members: [.function(all)] + current.map { .function($0.declaration) }
                            + (deprecated.isEmpty ? [] : [.type(calls(deprecated))])))
            ])
    }

    /// The calls of deprecated endpoints. A call of what is deprecated is a warning, unless it is made where all is deprecated
    /// or through a protocol.
    private func calls(_ functions: [Function]) -> TypeDeclaration {
        let all = FunctionDeclaration(
            attributes: [Self.deprecated], head: "static func checkAll", parameters: [Self.check],
            effects: "async throws", body: functions.map(call))
        return TypeDeclaration(
            head: "private enum Deprecated", conformances: ["ContractCalls"],
            members: [.function(all)] + functions.map { .function($0.declaration) })
    }

    /// The calls of one endpoint.
    private typealias Function = (name: String, declaration: FunctionDeclaration)

    private static let check = FunctionDeclaration.Parameter(name: "_ check", type: "ContractCheck")
    private static let deprecated = "@available(*, deprecated)"

    /// A call of a function below.
    private func call(_ function: Function) -> Statement {
        Statement("try await ", .call(function.name, [.init(nil, "check")]))
    }

    private func function(_ endpoint: EndpointModel, attributes: [String] = []) -> Function {
        let name = SwiftText.name(endpoint.group.propertyName + "_" + endpoint.methodName)
        let body = endpoint.examples.enumerated().map { index, example in
            Statement(
                "try await ",
                .call(
                    "check.verify",
                    [
                        .init("example", .number(index)), .init("of", .string(endpoint.file)),
                        .init(nil, call(endpoint, example)),
                    ] + failure(endpoint, example)))
        }
        return (
            name,
            FunctionDeclaration(
                attributes: attributes, head: "private static func \(name)", parameters: [Self.check],
                effects: "async throws", body: body)
        )
    }

    /// The type of the body of a failure.
    private func failure(_ endpoint: EndpointModel, _ example: ExampleModel) -> [Expression.Argument] {
        // What a rule on the payload makes an error has the body of a success.
        guard let error = example.error, let schema = endpoint.errorResponse,
            !endpoint.errors.contains(where: { $0.payload != nil && $0.kind.rawValue == error })
        else { return [] }
        let scope = Scope(client: context.client)
        return [.init("failure", .code(scope.type(of: schema) + ".self"))]
    }

    private func call(_ endpoint: EndpointModel, _ example: ExampleModel) -> Expression {
        func given(_ name: String) -> JSONValue? { example.request?[name] }
        var arguments: [Expression.Argument] = []
        switch endpoint.host {
        case .service: break
        case .announced: arguments.append(.init("host", given("host").map(json) ?? .string("")))
        case .caller: arguments.append(.init("url", given("url").map(json) ?? .string("")))
        }
        for field in endpoint.arguments {
            guard let value = given(field.argumentName) else { continue }
            arguments.append(.init(SwiftText.name(field.swiftName), self.value(value, of: field)))
        }
        return .call("\(context.client).\(endpoint.group.typeName).\(SwiftText.name(endpoint.methodName))", arguments)
    }

    // MARK: Values

    private func json(_ node: JSONValue) -> Expression { LiteralTranslation(context: context).json(node) }

    private func value(_ node: JSONValue, of field: FieldModel) -> Expression {
        guard context.hasThreeStates(field) else { return value(node, field.schema) }
        return node.isNull ? ".null" : .call(".value", [.init(nil, value(node, field.schema))])
    }

    /// An expression of the schema's Swift type.
    private func value(_ node: JSONValue, _ schema: SchemaModel) -> Expression {
        if node.isNull { return "nil" }
        let resolved = context.resolved(schema)
        switch (resolved.kind, node) {
        case (.boolean, .integer(let number)): return .code("\(number != 0)")
        case (.integer, .string(let text)), (.number, .string(let text)): return .code(text)
        case (.date(let format), _):
            return .call(
                "ContractCheck.date", [.init(nil, json(node)), .init(nil, .code(SchemaTranslation.dateFormat(format)))])
        case (.text, _): return .call("ContractCheck.value", [.init(nil, json(node))])
        case (.binary, .object(let members)):
            return .call("ContractCheck.bytes", members.members.map { .init(label(of: $0.key), json($0.value)) })
        case (.array(let items), .array(let elements)): return .array(elements.map { value($0, items) })
        case (.union, _):
            let type = scope.type(of: schema)
            guard let member = context.table.member(of: schema, for: node) else {
                return .call("\(type).other", [.init(nil, json(node))])
            }
            return .call("\(type).\(SwiftText.name(member.swiftName))", [.init(nil, value(node, member.schema))])
        case (.map(let values), .object(let members)): return dictionary(members.members, values)
        case (.object(let object), .object(let members)):
            var arguments: [Expression.Argument] = object.fields.compactMap { field in
                guard field.constant == nil, let value = node[field.name] else { return nil }
                return .init(SwiftText.name(field.swiftName), self.value(value, of: field))
            }
            let others = members.members.filter { member in !object.fields.contains { $0.name == member.key } }
            if let values = object.additional, !others.isEmpty {
                arguments.append(.init(ObjectModel.additionalName, dictionary(others, values)))
            }
            return .call(scope.type(of: schema), arguments)
        default: return LiteralTranslation(context: context).typed(node, schema) ?? json(node)
        }
    }

    private func dictionary(_ members: [(key: String, value: JSONValue)], _ values: SchemaModel) -> Expression {
        .dictionary(members.map { .init(key: .string($0.key), value: value($0.value, values)) })
    }

    /// `$base64` → `base64`.
    private func label(of key: String) -> String { key.hasPrefix("$") ? String(key.dropFirst()) : key }
}
