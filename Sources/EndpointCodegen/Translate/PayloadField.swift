/// A field of a struct, with everything that its declaration and its coding need.
final class PayloadField {
    let model: FieldModel
    /// The property, in backticks if need be.
    let name: String
    /// The stored property; another than `name` for a deprecated one, whose use in the struct itself would be a warning, and
    /// for one that is stored elsewhere.
    let storage: String
    /// Whether absent, null and a value are three things.
    private let hasThreeStates: Bool
    /// Whether the value is stored elsewhere, since it has the struct itself for a part.
    let isIndirect: Bool
    /// Not optional.
    let type: String
    let isOptional: Bool
    let coding: FieldCoding
    /// Whether the property holds the fields of other names.
    private let isAdditional: Bool
    private let context: ModuleContext

    /// `root` is the named type that the struct is, or is a part of.
    init(
        _ model: FieldModel, scope: Scope, context: ModuleContext, root: String? = nil, isAdditional: Bool = false
    ) {
        self.model = model
        self.isAdditional = isAdditional
        self.context = context
        name = SwiftText.name(model.swiftName)
        isIndirect = root.map { context.table.needsIndirection(model.schema, in: $0) } ?? false
        storage = model.deprecated == nil && !isIndirect ? name : "_\(model.swiftName)"
        hasThreeStates = context.hasThreeStates(model)
        let plainType = scope.type(of: model.schema)
        type = hasThreeStates ? "Nullable<\(plainType)>" : plainType
        isOptional = model.isOptionalInSwift
        coding = FieldCoding(model.schema, in: context)
    }

    var fullType: String { isOptional ? type + "?" : type }

    /// The type of the stored property.
    var storageType: String { isIndirect ? "Indirect<\(fullType)>" : fullType }

    /// The value, within the struct.
    var value: String { isIndirect ? storage + ".value" : storage }

    /// What is stored for a value.
    func stored(_ value: String) -> String { isIndirect ? "Indirect(\(value))" : value }

    /// What the memberwise initialiser takes if nothing is given.
    var defaultValue: Expression? {
        if let value = model.defaultValue, let literal = literals.typed(value, model.schema) { return literal }
        if isOptional { return "nil" }
        return model.schema.leniency.nullAsEmpty ? "[]" : isAdditional ? "[:]" : nil
    }

    // MARK: Coding

    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    /// The name of what the run time reads and writes the field by.
    fileprivate var schemaName: String { model.swiftName + "Field" }

    /// Whether reading takes more than the type of the property.
    fileprivate var isReadBySchema: Bool {
        coding == .schema || !model.aliases.isEmpty || hasThreeStates && coding != .plain
    }

    /// What the run time reads and writes the field by: `private static let size: Schema.Property = …`.
    var schema: PropertyDeclaration? {
        guard isReadBySchema, let property = context.table.properties([model]).first else { return nil }
        var form = SchemaTranslation(for: .coding, in: context).expression(property.schema)
        if property.schema.leniency.nullAsEmpty { form = .affixed("", form, ".nullAsEmptyArray") }
        var arguments: [Expression.Argument] = [.init(nil, .string(property.name)), .init(nil, form)]
        if property.isOptional { arguments.append(.init("optional", "true")) }
        if !property.aliases.isEmpty {
            arguments.append(.init("aliases", .array(property.aliases.map { .string($0) })))
        }
        return PropertyDeclaration(
            head: "private static let \(schemaName)", value: .call("Schema.Property", arguments))
    }

    /// The property where a local name hides it.
    fileprivate var qualified: String { storage == "json" ? "self." + storage : storage }

    private var qualifiedValue: String { isIndirect ? qualified + ".value" : qualified }

    /// `fileID = try json["fileId"].int64()`
    var reading: Statement {
        if isReadBySchema {
            return Statement(
                "\(qualified) = try ",
                .code(stored("json.\(hasThreeStates ? "readNullable" : "read")(Self.\(schemaName))")))
        }
        let key = SwiftText.literal(model.name)
        let isAbsent = model.isOptional || model.schema.leniency.nullAsEmpty
        var read = "json[\(key)]"
        if hasThreeStates {
            read = "json.ifGiven(\(key))?"
        } else if isAbsent || isOptional {
            read = isAbsent ? "json.ifPresent(\(key))?" : "json.orNull(\(key))?"
        }
        read += "." + reader
        if isAbsent, !isOptional { return Statement("\(qualified) = try ", .affixed("", .code(read), " ?? \(absent)")) }
        return Statement("\(qualified) = try ", .code(stored(read)))
    }

    /// The method that reads the value.
    private var reader: String {
        if case .date(let format) = coding { return "date(\(SchemaTranslation.dateFormat(format)))" }
        return switch type {
        case "String", "Bool", "Int", "Int32", "Int64", "Double", "Float": type.lowercased() + "()"
        // Without the type, an optional is what optional chaining makes of it, and null would be nil.
        case _ where hasThreeStates: "value(\(type).self)"
        default: if case .array = model.schema.kind { "list()" } else { "value()" }
        }
    }

    /// What stands for a value that is absent, where the property is not optional.
    private var absent: String {
        if let value = model.defaultValue, let literal = literals.typed(value, model.schema) {
            return ExpressionLayout().flat(literal)
        }
        return "[]"
    }

    /// The name and the value of the member: `("fileId", fileID)`.
    var member: Expression {
        var value = qualifiedValue
        if isReadBySchema {
            value = "Self.\(schemaName).encoded(\(hasThreeStates ? "nullable: " : "")\(qualifiedValue))"
        } else if case .date(let format) = coding {
            value = "DateFormat\(SchemaTranslation.dateFormat(format)).json(\(qualifiedValue))"
        } else if isOptional, !model.isOptional {
            value += ".orNull"
        }
        return .code("(\(SwiftText.literal(model.name)), \(value))")
    }
}

/// The property of a struct that holds the values of all names that are no field's: `additionalProperties: [String: Int]`.
struct AdditionalField {
    let field: PayloadField
    /// The fields' names, and their other spellings.
    private let names: [String]

    /// Nil for an object that has no other fields.
    init?(_ object: ObjectModel, scope: Scope, context: ModuleContext) {
        guard let model = object.additionalField else { return nil }
        field = PayloadField(model, scope: scope, context: context, isAdditional: true)
        names = object.fields.flatMap { [$0.name] + $0.aliases }
    }

    var reading: Statement {
        var arguments: [Expression.Argument] = [.init("than", .array(names.map { .string($0) }))]
        if field.isReadBySchema { arguments.append(.init("as", .code("Self.\(field.schemaName)"))) }
        return Statement("\(field.qualified) = try ", .call("json.others", arguments))
    }

    var writing: Expression {
        field.isReadBySchema
            ? .call("Self.\(field.schemaName).encoded", [.init("others", .code(field.qualified))])
            : .code(field.qualified)
    }
}

/// How a field of a payload is read and written.
enum FieldCoding: Sendable, Hashable {
    /// As its Swift type reads itself.
    case plain
    /// An array that may be null or absent.
    case list
    case date(DateFormat)
    /// By a schema: everything that may come in another form than the type's own.
    case schema

    init(_ schema: SchemaModel, in context: ModuleContext) {
        let isOdd =
            schema.encoding.changesResponses || !schema.leniency.accept.isEmpty || !schema.leniency.sentinels.isEmpty
        switch schema.kind {
        // An object's template is for what is sent.
        case .object: self = schema.encoding.wrap == nil && schema.leniency.sentinels.isEmpty ? .plain : .schema
        case _ where isOdd: self = .schema
        case .date(let format): self = .date(format)
        case .boolean, .integer, .number, .string, .text, .enumeration, .union, .any, .binary: self = .plain
        case .reference:
            let type = context.resolved(schema)
            if type.readsItself {
                self = type.leniency.sentinels.isEmpty ? .plain : .schema
            } else {
                self = FieldCoding(type, in: context)
            }
        case .map(let values): self = FieldCoding(values, in: context) == .plain ? .plain : .schema
        case .array(let items):
            if FieldCoding(items, in: context) != .plain {
                self = .schema
            } else {
                self = schema.leniency.nullAsEmpty ? .list : .plain
            }
        }
    }
}

extension SchemaModel {
    /// Whether the Swift type reads itself whatever the schema says, but for sentinels.
    fileprivate var readsItself: Bool {
        switch kind {
        case .object, .union: true
        default: false
        }
    }
}
