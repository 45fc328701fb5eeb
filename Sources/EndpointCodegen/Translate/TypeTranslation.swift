/// Objects and enumerations of specs as Swift types.
struct TypeTranslation {
    let context: ModuleContext
    /// The group that the types stand in; nil for types of the client.
    let group: String?
    /// The file of `types/` that they stand in; nil for types of an endpoint.
    var root: String?
    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    private var scope: Scope { Scope(client: context.client, group: group) }

    // MARK: Which types

    /// The types that stand in a schema and that `owner` declares, in the order in which they are met. What is nested in
    /// another type is left to that one.
    ///
    /// `purpose` is what they are, for their documentation.
    func declarations(
        in schema: SchemaModel, ownedBy owner: (TypeOwner) -> Bool, purpose: String, known: inout Set<String>
    ) -> [Declaration] {
        switch schema.kind {
        case .array(let items), .map(let items):
            return declarations(in: items, ownedBy: owner, purpose: purpose, known: &known)
        case .object(let object):
            guard owner(object.owner), known.insert(object.name).inserted else { return [] }
            let parent = group.map { "\(context.client).\($0)" } ?? context.client
            let type = structure(object, schema, fullName: "\(parent).\(object.name)", purpose: purpose)
            return [.type(type)] + declarations(below: object, ownedBy: owner, known: &known)
        case .enumeration(let enumeration):
            guard owner(enumeration.owner), known.insert(enumeration.name).inserted else { return [] }
            return [.type(self.enumeration(enumeration, schema, purpose: purpose))]
        case .union(let union):
            guard owner(union.owner), known.insert(union.name).inserted else { return [] }
            let translation = UnionTranslation(union, scope: scope, context: context, root: root)
            let members = union.members.flatMap { member in
                declarations(in: member.schema, ownedBy: owner, purpose: "See ``\(union.name)``.", known: &known)
            }
            return [.type(translation.declaration(purpose: purpose))] + members
        default: return []
        }
    }

    private func declarations(
        below object: ObjectModel, ownedBy owner: (TypeOwner) -> Bool, known: inout Set<String>
    ) -> [Declaration] {
        var result: [Declaration] = []
        let fields = object.fields.filter { $0.constant == nil }.map(\.schema)
        for var schema in fields + (object.additional.map { [$0] } ?? []) {
            while let inner = schema.element { schema = inner }
            if case .object(let inner) = schema.kind, inner.owner == .enclosing {
                result += declarations(below: inner, ownedBy: owner, known: &known)
            } else {
                result += declarations(
                    in: schema, ownedBy: { $0 != .enclosing && owner($0) }, purpose: "See ``\(object.name)``.",
                    known: &known)
            }
        }
        return result
    }

    // MARK: Objects

    func structure(
        _ object: ObjectModel, _ schema: SchemaModel, fullName: String, purpose: String?
    ) -> TypeDeclaration {
        var fields: [PayloadField] = []
        for field in object.fields where field.constant == nil {
            fields.append(PayloadField(field, scope: scope, context: context, root: root))
        }
        let others = AdditionalField(object, scope: scope, context: context)
        let all = fields + (others.map { [$0.field] } ?? [])
        let isSent = context.usage.sent.contains(fullName)
        let isCoded = context.usage.received.contains(fullName) || !isSent
        var type = TypeDeclaration(
            documentation: Documentation(purpose), head: "public struct \(SwiftText.name(object.name))",
            conformances: (isCoded ? ["JSONCodable"] : []) + ["Sendable", "Equatable"]
                + (isSent ? ["ParameterObject"] : []))
        // Another module may have to send what this one only receives, and then reads the storage.
        let access = isSent || root == nil ? "private" : "@_spi(Generated) public private(set)"
        for field in all { type.members += properties(field, storage: access) }
        type.members.append(.function(initializer(all)))
        if isCoded {
            type.members += [.function(reader(fields, others)), .function(writer(fields, others))]
            for field in all { if let schema = field.schema { type.members.append(.property(schema)) } }
        }
        if isSent {
            type.members += Self.parameterFields(fields, others) + context.parameterSchema(of: object.name, root: root)
        }
        var known: Set<String> = []
        for field in all {
            type.members += nested(in: field, fullName: fullName, known: &known)
        }
        return type
    }

    private func nested(in field: PayloadField, fullName: String, known: inout Set<String>) -> [Declaration] {
        func declarations(_ schema: SchemaModel) -> [Declaration] {
            switch schema.kind {
            case .array(let items), .map(let items): return declarations(items)
            case .object(let object) where object.owner == .enclosing && known.insert(object.name).inserted:
                return [
                    .type(
                        structure(
                            object, schema, fullName: "\(fullName).\(object.name)",
                            purpose: "See ``\(field.model.swiftName)``."))
                ]
            case .enumeration(let enumeration)
            where enumeration.owner == .enclosing && known.insert(enumeration.name).inserted:
                return [.type(self.enumeration(enumeration, schema, purpose: "See ``\(field.model.swiftName)``."))]
            default: return []
            }
        }
        return declarations(field.model.schema)
    }

    private func properties(_ field: PayloadField, storage access: String) -> [Declaration] {
        let documentation = Documentation(field.model.documentation)
        let head = "public var \(field.name): \(field.fullType)"
        if field.storage == field.name {
            return [.property(PropertyDeclaration(documentation: documentation, head: head))]
        }
        var property = PropertyDeclaration(documentation: documentation, head: head)
        if let advice = field.model.deprecated {
            property.attributes = [Deprecation.attribute(advice)]
            property.getter = .code(field.value)
        } else {
            property.body = [
                Statement("", .code("get { \(field.value) }")),
                Statement("", .code("set { \(field.storage) = \(field.stored("newValue")) }")),
            ]
        }
        return [
            .property(PropertyDeclaration(head: "\(access) var \(field.storage): \(field.storageType)")),
            .property(property),
        ]
    }

    private func initializer(_ fields: [PayloadField]) -> FunctionDeclaration {
        FunctionDeclaration(
            head: "public init",
            parameters: fields.map { .init(name: $0.name, type: $0.fullType, defaultValue: $0.defaultValue) },
            body: Self.assignments(fields))
    }

    /// As many fields to a line as fit.
    private static func assignments(_ fields: [PayloadField]) -> [Statement] {
        var lines: [[PayloadField]] = []
        var width = 0
        for field in fields {
            width += "self.".count + field.storage.count + field.name.count + ", , ".count
            if lines.isEmpty || width > 90 {
                lines.append([])
                width = "self.".count + field.storage.count + field.name.count
            }
            lines[lines.count - 1].append(field)
        }
        return lines.map { fields in
            let (left, right) = (fields.map { "self.\($0.storage)" }, fields.map { $0.stored($0.name) })
            return Statement(
                "",
                .code(
                    fields.count == 1
                        ? "\(left[0]) = \(right[0])"
                        : "(\(left.joined(separator: ", "))) = (\(right.joined(separator: ", ")))"))
        }
    }

    private func reader(_ fields: [PayloadField], _ others: AdditionalField?) -> FunctionDeclaration {
        let body = fields.map(\.reading) + (others.map { [$0.reading] } ?? [])
        return FunctionDeclaration(
            head: "@_spi(Generated) public init", parameters: [.init(name: "json", type: "JSONReader")],
            effects: "throws", body: body.isEmpty ? [Statement("try ", .call("json.object", []))] : body)
    }

    private func writer(_ fields: [PayloadField], _ others: AdditionalField?) -> FunctionDeclaration {
        var arguments: [Expression.Argument] = [.init(nil, .array(fields.map(\.member)))]
        if let others { arguments.append(.init("others", others.writing)) }
        return FunctionDeclaration(
            head: "@_spi(Generated) public func write", parameters: [.init(name: "to json", type: "inout JSONWriter")],
            body: [Statement("", .call("json.object", arguments))])
    }

    /// What a request type says of its fields.
    private static func parameterFields(_ fields: [PayloadField], _ others: AdditionalField?) -> [Declaration] {
        let pairs = fields.map {
            Expression.Pair(key: .string($0.model.name), value: ParameterTranslation.value($0.model, $0.value))
        }
        let own = PropertyDeclaration(
            head: "public var parameterFields: KeyValuePairs<String, any ParameterValue>", getter: .dictionary(pairs))
        guard let others else { return [.property(own)] }
        let further = PropertyDeclaration(
            head: "public var additionalParameterFields: [String: any ParameterValue]",
            getter: .code(others.field.storage))
        return [.property(own), .property(further)]
    }

    /// A conformance for a type of the extended module, which does not send it itself. Both names say their module: that
    /// tells the compiler that the conformance is meant, in the same package as in another one.
    func retroactiveParameter(_ object: ObjectModel, fullName: String) -> Declaration {
        let fields = object.fields.filter { $0.constant == nil }.map { field in
            PayloadField(field, scope: scope, context: context, root: root)
        }
        let others = AdditionalField(object, scope: scope, context: context)
        return .type(
            TypeDeclaration(
                head: "extension " + (context.baseModule.map { $0 + "." } ?? "") + fullName,
                conformances: ["EndpointKit.ParameterObject"],
                members: Self.parameterFields(fields, others) + context.parameterSchema(of: object.name, root: root)))
    }

    // MARK: Enumerations

    func enumeration(_ enumeration: EnumerationModel, _ schema: SchemaModel, purpose: String?) -> TypeDeclaration {
        let raw = enumeration.isString ? "String" : "Int"
        let cases = enumeration.cases.map { known -> Declaration in
            .property(
                PropertyDeclaration(
                    head: "public static let \(SwiftText.name(known.swiftName))",
                    value: .call("Self", [.init("rawValue", literals.json(known.value))])))
        }
        let names = enumeration.cases.map {
            Expression.Pair(key: .string($0.swiftName), value: literals.json($0.value))
        }
        return TypeDeclaration(
            documentation: Documentation(purpose), head: "public struct \(SwiftText.name(enumeration.name))",
            conformances: ["OpenEnum"],
            members: cases + [
                .property(
                    PropertyDeclaration(
                        head: "public static let known: KeyValuePairs<String, \(raw)>", value: .dictionary(names))),
                .property(PropertyDeclaration(head: "public let rawValue: \(raw)")),
                .function(
                    FunctionDeclaration(
                        head: "public init", parameters: [.init(name: "rawValue", type: raw)],
                        body: [Statement("self.rawValue = ", "rawValue")])),
            ])
    }
}

/// Attributes of what should no longer be used.
enum Deprecation {
    static func attribute(_ advice: String) -> String {
        advice.isEmpty
            ? "@available(*, deprecated)" : "@available(*, deprecated, message: \(SwiftText.literal(advice)))"
    }
}

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
