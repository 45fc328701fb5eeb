import EndpointSpec

/// A field of a struct, with everything that its declaration and its coding need.
struct PayloadField {
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

    /// The cases of `CodingKeys`: the field's own, then those of its aliases.
    var keys: [Declaration.CodingKey] {
        let own = storage == name ? model.swiftName : storage
        return [.init(name: own, wireName: model.name)]
            + model.aliases.enumerated().map { .init(name: "\(own)Alias\($0 + 1)", wireName: $1) }
    }

    /// What the memberwise initialiser takes if nothing is given.
    var defaultValue: Expression? {
        if let value = model.defaultValue, let literal = literals.typed(value, model.schema) { return literal }
        return isOptional ? "nil" : model.schema.nullAsEmpty ? "[]" : nil
    }

    /// The property wrapper that makes the compiler's own `Codable` do; empty for none.
    var wrapper: String {
        let mark = isOptional ? "?" : ""
        return switch coding {
        case .plain, .schema: ""
        case .list: "@NullAsEmpty "
        case .date(let format): "@Wire<\(context.timeForm(format))\(mark)> "
        case .flag: "@Wire<FlagForm\(mark)> "
        case .lenient(let asText): "@Wire<\(asText ? "TextForm" : "LenientForm")<\(type)>\(mark)> "
        }
    }

    /// Whether only an `init(from:)` and an `encode(to:)` that are written out will do.
    var needsOwnCoding: Bool {
        if !model.aliases.isEmpty || !model.schema.sentinels.isEmpty { return true }
        switch coding {
        case .plain, .date, .flag, .lenient(asText: false): return false
        case .list: return isOptional
        case .schema: return true
        case .lenient(asText: true):
            // An enumeration describes itself by the name of its case, not by its value.
            if case .enumeration = model.schema.kind { return true }
            return false
        }
    }

    /// Whether the compiler's `encode(to:)` would write something else than the service reads.
    var needsOwnEncoding: Bool {
        if !model.aliases.isEmpty { return true }
        switch coding {
        case .plain, .list, .lenient(asText: false): return false
        case .date, .flag, .lenient(asText: true), .schema: return true
        }
    }

    // MARK: Coding

    private var literals: LiteralTranslation { LiteralTranslation(context: context) }

    private var ownKey: String { "." + SwiftText.name(keys[0].name) }

    /// The property where a local name hides it.
    private var qualified: String {
        ["container", "decoder", "encoder"].contains(storage) ? "self." + storage : storage
    }

    var decoding: Statement {
        let key: Expression =
            model.aliases.isEmpty
            ? .code(ownKey)
            : .call(
                "container.key",
                [
                    .init(nil, .code(ownKey)),
                    .init("or", .array(keys.dropFirst().map { .code("." + SwiftText.name($0.name)) })),
                ])
        let last = Expression.Argument("forKey", key)
        let value = Expression.Argument(nil, .code(type + ".self"))
        let sentinels =
            model.schema.sentinels.isEmpty
            ? [] : [Expression.Argument("sentinels", .array(model.schema.sentinels.map(literals.json)))]
        let call: Expression
        switch coding {
        case .plain:
            call = .call("container." + (isOptional ? "decodeIfPresent" : "decode"), [value] + sentinels + [last])
        case .list: call = .call("container.list", [value, last])
        case .date(let format):
            let form = Expression.Argument(nil, .code(context.dateFormat(format)))
            call = .call("container." + (isOptional ? "dateIfPresent" : "date"), [form] + sentinels + [last])
        case .flag where sentinels.isEmpty: call = .call("container." + (isOptional ? "flagIfPresent" : "flag"), [last])
        case .flag, .lenient:
            call = .call("container." + (isOptional ? "lenientIfPresent" : "lenient"), [value] + sentinels + [last])
        case .schema:
            let form = Expression.Argument("as", schema)
            let isAbsent = isOptional || model.schema.nullAsEmpty
            let decode = Expression.call(
                "container." + (isAbsent ? "decodeIfPresent" : "decode"), [value, form] + [last])
            call = model.schema.nullAsEmpty && !isOptional ? .affixed("", decode, " ?? []") : decode
        }
        return Statement("\(qualified) = try ", call)
    }

    var encoding: Statement {
        let last = Expression.Argument("forKey", .code(ownKey))
        let value = Expression.Argument(nil, .code(qualified))
        let suffix = isOptional ? "IfPresent" : ""
        switch coding {
        case .plain, .list, .lenient(asText: false):
            return Statement("try ", .call("container.encode" + suffix, [value, last]))
        case .date(let format):
            var arguments = [value, .init(nil, .code(context.dateFormat(format)))]
            if let sentinel = model.schema.sentinels.first {
                arguments.append(.init("sentinel", literals.json(sentinel)))
            }
            return Statement("try ", .call("container.encode" + suffix, arguments + [last]))
        case .flag: return Statement("try ", .call("container.encodeFlag" + suffix, [value, last]))
        case .lenient(asText: true):
            var text = qualified
            if case .enumeration = model.schema.kind { text += isOptional ? "?.rawValue" : ".rawValue" }
            return Statement("try ", .call("container.encodeText" + suffix, [.init(nil, .code(text)), last]))
        case .schema:
            return Statement("try ", .call("container.encode" + suffix, [value, .init("as", schema), last]))
        }
    }

    private var schema: Expression { SchemaTranslation(context, for: .coding).expression(model.schema) }
}
