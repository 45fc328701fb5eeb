import EndpointCore
import EndpointSpec

/// A checked model as a spec says it: the keywords of the language, without those that say what is so anyway.
///
/// An export writes it where OpenAPI has no word for a fact, and a comparison of two modules compares it.
package struct SpecForm: Sendable {
    /// The named types that references mean.
    let types: TypeTable

    /// Creates the forms of the models of a module.
    package init(_ model: ServiceModel) {
        types = TypeTable(model)
    }

    // MARK: Types

    /// A type: `{"type": "integer", "minimum": 1}`.
    package func schema(_ schema: SchemaModel) -> JSONObject {
        var form = kind(schema)
        if schema.isNullable { setNullable(&form, schema) }
        let constraints = schema.constraints
        form["minLength"] = constraints.minLength.map { .integer(Int64($0)) }
        form["maxLength"] = constraints.maxLength.map { .integer(Int64($0)) }
        form["pattern"] = constraints.pattern.map { .string($0) }
        form["minimum"] = constraints.minimum?.value
        form["maximum"] = constraints.maximum?.value
        form["minItems"] = constraints.minItems.map { .integer(Int64($0)) }
        form["maxItems"] = constraints.maxItems.map { .integer(Int64($0)) }
        let encoding = schema.encoding
        form["wire"] = encoding.wire.map { .string($0.rawValue) }
        form["case"] = encoding.letterCase.map { .string($0.rawValue) }
        form["join"] = encoding.join.map { .string($0) }
        form["template"] = encoding.template.map { .string($0) }
        form["wrap"] = encoding.wrap.map { .string($0) }
        form["style"] = encoding.style.map { .string($0.rawValue) }
        form["contentType"] = encoding.contentType.map { .string($0) }
        let leniency = schema.leniency
        if !leniency.accept.isEmpty { form["accept"] = .array(leniency.accept.map { .string($0.rawValue) }) }
        if !leniency.sentinels.isEmpty { form["sentinels"] = .array(leniency.sentinels) }
        if leniency.nullAsEmpty { form["nullAsEmpty"] = true }
        return form
    }

    private func kind(_ schema: SchemaModel) -> JSONObject {
        switch schema.kind {
        case .string: return ["type": "string"]
        case .integer(let format):
            var form: JSONObject = ["type": "integer"]
            if format != .native { form["format"] = .string(format.rawValue) }
            return form
        case .number(let isFloat): return isFloat ? ["type": "number", "format": "float"] : ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .text(let format): return ["type": "string", "format": .string(format.rawValue)]
        case .date(let format):
            return ["type": format.isNumeric ? "integer" : "string", "format": .string(format.name)]
        case .binary(let filename):
            var form: JSONObject = ["type": "string", "format": "binary"]
            form["filename"] = filename.map { .string($0) }
            return form
        case .array(let items): return ["type": "array", "items": .object(self.schema(items))]
        case .map(let values): return ["type": "object", "additionalProperties": .object(self.schema(values))]
        case .object(let object):
            var form: JSONObject = ["type": "object"]
            form["name"] = name(object.name, object.owner)
            form["properties"] = .object(fields(object.fields))
            if let additional = object.additional { form["additionalProperties"] = .object(self.schema(additional)) }
            return form
        case .union(let union): return self.union(union)
        case .reference(let name): return ["$ref": .string("types/\(name).json")]
        case .enumeration(let enumeration):
            var form: JSONObject = ["type": enumeration.isString ? "string" : "integer"]
            form["name"] = name(enumeration.name, enumeration.owner)
            form["enum"] = cases(enumeration)
            return form
        case .any: return ["type": "any"]
        }
    }

    /// A name that the spec must give; one that is nested in what holds it follows from the field's.
    func name(_ name: String, _ owner: TypeOwner) -> JSONValue? {
        owner == .enclosing || owner == .type(name) ? nil : .string(name)
    }

    /// The values alone where the names of the cases follow from them.
    private func cases(_ enumeration: EnumerationModel) -> JSONValue {
        if enumeration.cases.allSatisfy({ $0.value.string.map { SwiftName.lowerCamel($0) } == $0.swiftName }) {
            return .array(enumeration.cases.map(\.value))
        }
        var names = JSONObject()
        for item in enumeration.cases { names[item.swiftName] = item.value }
        return .object(names)
    }

    private func union(_ union: UnionModel) -> JSONObject {
        var form = JSONObject()
        if case .type(union.name) = union.owner {} else { form["name"] = .string(union.name) }
        form["oneOf"] = .array(
            union.members.map { member in
                var item = schema(member.schema)
                // Its case is called like it.
                switch member.schema.kind {
                case .object(let object): item["name"] = .string(object.name)
                case .enumeration(let enumeration): item["name"] = .string(enumeration.name)
                default: break
                }
                return .object(item)
            })
        guard let tag = union.tag else { return form }
        var mapping = JSONObject()
        for member in union.members {
            let target: String? =
                switch member.schema.kind {
                case .reference(let name): "types/\(name).json"
                case .object(let object): object.name
                default: nil
                }
            if let target { for tag in member.tags { mapping[tag] = .string(target) } }
        }
        form["discriminator"] = .object(["propertyName": .string(tag), "mapping": .object(mapping)])
        return form
    }

    /// A type that may be null names null beside its own type; of a union, one of the types does.
    private func setNullable(_ form: inout JSONObject, _ schema: SchemaModel) {
        if case .union = schema.kind {
            guard var members = form["oneOf"]?.array, let last = members.indices.last, var member = members[last].object
            else { return }
            member["type"] = .array([member["type"] ?? "object", "null"])
            members[last] = .object(member)
            form["oneOf"] = .array(members)
        } else {
            let type = form["type"] ?? .string(types.resolved(schema).isEnumerationOfIntegers ? "integer" : "object")
            form["type"] = .array([type, "null"])
        }
    }

    // MARK: Fields

    /// Fields by name, in their order.
    package func fields(_ fields: [FieldModel]) -> JSONObject {
        var form = JSONObject()
        for field in fields { form[field.name] = .object(self.field(field)) }
        return form
    }

    /// A field: its type, and what is said of it.
    package func field(_ field: FieldModel) -> JSONObject {
        var form = schema(field.schema)
        if field.swiftName != SwiftName.lowerCamel(field.name) { form["swiftName"] = .string(field.swiftName) }
        if field.isOptional { form["optional"] = true }
        form["default"] = field.defaultValue
        form["const"] = field.constant
        switch field.sensitivity {
        case .none: break
        case .messages: form["sensitive"] = .string(field.sensitivity.rawValue)
        case .everywhere: form["sensitive"] = true
        }
        form["deprecated"] = field.deprecated.map { .string($0) }
        if !field.aliases.isEmpty { form["aliases"] = .array(field.aliases.map { .string($0) }) }
        form["description"] = field.description.map { .string($0) }
        return form
    }
}

extension SchemaModel {
    fileprivate var isEnumerationOfIntegers: Bool {
        if case .enumeration(let enumeration) = kind { !enumeration.isString } else { false }
    }
}
