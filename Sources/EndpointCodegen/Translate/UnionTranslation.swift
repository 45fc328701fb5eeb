/// A union as a Swift enumeration: a case for each type, and one for values of none of them.
struct UnionTranslation {
    private let union: UnionModel
    private let scope: Scope
    private let context: ModuleContext
    private let cases: [Case]

    private struct Case {
        var name: String
        var type: String
        /// Whether reading and writing take more than the type.
        var isReadBySchema: Bool
    }

    private let isIndirect: Bool
    /// The file of `types/` that the union stands in.
    private let root: String?

    init(_ union: UnionModel, scope: Scope, context: ModuleContext, root: String?) {
        self.root = root
        isIndirect = root.map { context.table.isIndirect(union, in: $0) } ?? false
        self.union = union
        self.scope = scope
        self.context = context
        cases = union.members.map { member in
            Case(
                name: SwiftText.name(member.swiftName), type: scope.type(of: member.schema),
                isReadBySchema: FieldCoding(member.schema, in: context) != .plain)
        }
    }

    func declaration(purpose: String?) -> TypeDeclaration {
        let fullName = scope.group.map { "\(scope.client).\($0)" } ?? scope.client
        let isSent = context.usage.sent.contains("\(fullName).\(union.name)")
        let isCoded = context.usage.received.contains("\(fullName).\(union.name)") || !isSent
        var type = TypeDeclaration(
            documentation: Documentation(purpose),
            head: "public \(isIndirect ? "indirect " : "")enum \(SwiftText.name(union.name))",
            conformances: (isCoded ? ["JSONCodable"] : []) + ["Sendable", "Equatable"]
                + (isSent ? ["ParameterValue"] : []))
        for item in cases {
            type.members.append(.property(PropertyDeclaration(head: "case \(item.name)(\(item.type))")))
        }
        type.members.append(
            .property(
                PropertyDeclaration(
                    documentation: Documentation("A value of none of these types, which is preserved."),
                    head: "case other(JSONValue)")))
        if isCoded { type.members += [.function(reader), .function(writer), .property(marks)] }
        if isSent { type.members += parameter }
        return type
    }

    /// A conformance for a union of the extended module, which does not send it itself; see
    /// ``TypeTranslation/retroactiveParameter(_:fullName:)``.
    func retroactiveParameter(fullName: String) -> Declaration {
        .type(
            TypeDeclaration(
                head: "extension " + (context.baseModule.map { $0 + "." } ?? "") + fullName,
                conformances: ["EndpointKit.ParameterValue"], members: parameter))
    }

    // MARK: Reading and writing

    private var reader: FunctionDeclaration {
        let lines = cases.enumerated().map { index, item in
            let value = item.isReadBySchema ? "json.read(Self.union, \(index))" : "json.value()"
            return Statement("", .code("case \(index): self = .\(item.name)(try \(value))"))
        }
        return FunctionDeclaration(
            head: "@_spi(Generated) public init", parameters: [.init(name: "json", type: "JSONReader")],
            effects: "throws",
            body: [Statement("", "switch Self.union.index(of: json) {")] + lines
                + [Statement("", "default: self = .other(try json.value())"), Statement("", "}")])
    }

    private var writer: FunctionDeclaration {
        let lines = cases.enumerated().map { index, item in
            let write =
                item.isReadBySchema
                ? "json.write(Self.union.encoded(value, \(index)))" : "value.write(to: &json)"
            return Statement("", .code("case .\(item.name)(let value): \(write)"))
        }
        return FunctionDeclaration(
            head: "@_spi(Generated) public func write", parameters: [.init(name: "to json", type: "inout JSONWriter")],
            body: [Statement("", "switch self {")] + lines
                + [Statement("", "case .other(let value): json.write(value)"), Statement("", "}")])
    }

    /// What tells the cases apart.
    private var marks: PropertyDeclaration {
        let schema = context.table.union(union)
        let arguments = SchemaTranslation(for: .coding, in: context).arguments(schema) { cases[$0].isReadBySchema }
        return PropertyDeclaration(head: "private static let union", value: .call("Schema.Union", arguments))
    }

    /// What a union that is sent says of itself.
    private var parameter: [Declaration] {
        let lines = (cases.map(\.name) + [UnionModel.otherName]).map {
            "case .\($0)(let value): value.parameterContent"
        }
        let content = PropertyDeclaration(
            head: "public var parameterContent: ParameterContent",
            body: (["switch self {"] + lines + ["}"]).map { Statement("", .code($0)) })
        return [.property(content)] + context.parameterSchema(of: union.name, root: root)
    }
}
