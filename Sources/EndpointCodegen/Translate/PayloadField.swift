/// A field of a struct, with everything that its declaration and its coding need.
final class PayloadField {
    let model: FieldModel
    /// The property, in backticks if need be.
    let name: String
    /// The stored property; another than `name` for a deprecated one, whose use in the struct itself would be a warning.
    let storage: String
    /// Not optional.
    let type: String
    let isOptional: Bool
    let coding: FieldCoding
    private let context: ModuleContext

    init(_ model: FieldModel, scope: Scope, context: ModuleContext) {
        self.model = model
        self.context = context
        name = SwiftText.name(model.swiftName)
        storage = model.deprecated == nil ? name : "_\(model.swiftName)"
        type = scope.type(of: model.schema)
        isOptional = model.isOptionalInSwift
        coding = FieldCoding(model.schema, in: context)
    }

    var fullType: String { isOptional ? type + "?" : type }

    /// What the memberwise initialiser takes if nothing is given.
    var defaultValue: Expression? {
        if let value = model.defaultValue, let literal = literals.typed(value, model.schema) { return literal }
        return isOptional ? "nil" : model.schema.leniency.nullAsEmpty ? "[]" : nil
    }

    // MARK: Coding

    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    /// Whether reading takes more than the type of the property.
    private var isReadBySchema: Bool { coding == .schema || !model.aliases.isEmpty }

    /// What the run time reads and writes the field by: `private static let size: Schema.Property = …`.
    var schema: PropertyDeclaration? {
        guard isReadBySchema, let property = context.table.properties([model]).first else { return nil }
        var form = SchemaTranslation(for: .coding).expression(property.schema)
        if property.schema.leniency.nullAsEmpty { form = .affixed("", form, ".nullAsEmptyArray") }
        var arguments: [Expression.Argument] = [.init(nil, .string(property.name)), .init(nil, form)]
        if property.isOptional { arguments.append(.init("optional", "true")) }
        if !property.aliases.isEmpty {
            arguments.append(.init("aliases", .array(property.aliases.map { .string($0) })))
        }
        return PropertyDeclaration(
            head: "private static let \(name)Field", value: .call("Schema.Property", arguments))
    }

    /// The property where a local name hides it.
    private var qualified: String { storage == "json" ? "self." + storage : storage }

    /// `fileID = try json["fileId"].int64()`
    var reading: Statement {
        if isReadBySchema {
            return Statement("\(qualified) = try ", .call("json.read", [.init(nil, .code("Self.\(name)Field"))]))
        }
        let key = SwiftText.literal(model.name)
        let isAbsent = model.isOptional || model.schema.leniency.nullAsEmpty
        var read = "json[\(key)]"
        if isAbsent || isOptional { read = isAbsent ? "json.ifPresent(\(key))?" : "json.orNull(\(key))?" }
        read += "." + reader
        if isAbsent, !isOptional { return Statement("\(qualified) = try ", .affixed("", .code(read), " ?? \(absent)")) }
        return Statement("\(qualified) = try ", .code(read))
    }

    /// The method that reads the value.
    private var reader: String {
        if case .date(let format) = coding { return "date(\(SchemaTranslation.dateFormat(format)))" }
        return switch type {
        case "String", "Bool", "Int", "Int32", "Int64", "Double", "Float": type.lowercased() + "()"
        case _ where type.hasPrefix("["): "list()"
        default: "value()"
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
        var value = qualified
        if isReadBySchema {
            value = "Self.\(name)Field.encoded(\(qualified))"
        } else if case .date(let format) = coding {
            value = "DateFormat\(SchemaTranslation.dateFormat(format)).json(\(qualified))"
        } else if isOptional, !model.isOptional {
            value += ".orNull"
        }
        return .code("(\(SwiftText.literal(model.name)), \(value))")
    }
}
