import EndpointCore
import EndpointSpec

/// JSON Schemas of values as they are on the wire, where a spec says what they mean.
///
/// Whatever the encoding hides (a list in one string, a number that is text) stands in `x-spec`, in the language of specs, and
/// in the description, for people.
struct WireSchema {
    let types: TypeTable
    let form: SpecForm

    /// The schema of a field, with what is said of it.
    func field(_ field: FieldModel) -> JSONObject {
        var schema = schema(field.schema)
        let remark = Self.remark(types.resolved(field.schema))
        let texts = [field.documentation, remark, field.deprecated].compactMap(\.self)
        if !texts.isEmpty { schema["description"] = .string(texts.joined(separator: " ")) }
        for (key, value) in [("const", field.constant), ("default", field.defaultValue)] {
            guard let value else { continue }
            let encoded = types.schema(of: field).encoded(value)
            schema[key] = encoded
            if encoded.text() != value.text() { schema["x-\(key)"] = value }
        }
        if field.deprecated != nil { schema["deprecated"] = true }
        let spec = form.field(field)
        for key in ["swiftName", "sensitive", "aliases"] { if let value = spec[key] { schema["x-\(key)"] = value } }
        if !field.aliases.isEmpty, !field.isOptional { schema["x-required"] = true }
        // The text alone, where remarks follow it.
        if schema["description"] != spec["description"] { schema["x-description"] = spec["description"] ?? "" }
        schema["x-advice"] = field.deprecated.map { .string($0) }
        return schema
    }

    /// An object with these fields.
    ///
    /// - Parameters:
    ///   - fields: The fields, in order.
    ///   - additional: What values of other names are; nil where nothing is said of them.
    /// - Returns: The schema.
    func object(_ fields: [FieldModel], additional: SchemaModel? = nil) -> JSONObject {
        var properties = JSONObject()
        for field in fields { properties[field.name] = .object(self.field(field)) }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        // A field that may come by another name is not there by this one.
        let required = fields.filter {
            !$0.isOptional && !$0.schema.leniency.nullAsEmpty && $0.aliases.isEmpty
        }
        if !required.isEmpty { schema["required"] = .array(required.map { .string($0.name) }) }
        if let additional { schema["additionalProperties"] = .object(self.schema(additional)) }
        return schema
    }

    /// The schema of a type.
    func schema(_ model: SchemaModel) -> JSONObject {
        var schema = encoded(model)
        let isHidden = hidesItsType(model)
        if isHidden {
            var inner = model
            inner.encoding.wrap = nil
            schema["x-spec"] = .object(form.schema(inner))
        }
        schema = lenient(schema, model)
        if model.leniency.nullAsEmpty {
            Self.admitNull(&schema)
            schema["x-nullAsEmpty"] = true
        } else if model.isNullable {
            Self.admitNull(&schema)
        }
        guard let wrap = model.encoding.wrap else { return schema }
        return [
            "type": "object", "properties": .object([wrap: .object(schema)]), "required": [.string(wrap)],
            "x-wrap": .string(wrap),
        ]
    }

    // MARK: Types

    /// Whether the wire does not tell the type.
    private func hidesItsType(_ model: SchemaModel) -> Bool {
        var encoding = model.encoding
        (encoding.wrap, encoding.style, encoding.contentType) = (nil, nil, nil)
        var leniency = model.leniency
        leniency.nullAsEmpty = false
        if encoding != .init() || leniency != .init() { return true }
        switch model.kind {
        case .date(let format): return format != .dateTime
        case .union, .enumeration: return true
        case .binary(let filename): return filename != nil
        default: return false
        }
    }

    private func encoded(_ model: SchemaModel) -> JSONObject {
        let encoding = model.encoding
        if encoding.join != nil || encoding.template != nil { return ["type": "string"] }
        var schema = kind(model)
        switch encoding.wire {
        case .integer: return ["type": "integer", "enum": [0, 1]]
        case .string:
            if case .integer = model.kind { return ["type": "string", "pattern": "^-?[0-9]+$"] }
            return ["type": "string"]
        case nil: break
        }
        let constraints = model.constraints
        schema["minLength"] = constraints.minLength.map { .integer(Int64($0)) }
        schema["maxLength"] = constraints.maxLength.map { .integer(Int64($0)) }
        schema["pattern"] = constraints.pattern.map { .string($0) } ?? schema["pattern"]
        schema["minimum"] = constraints.minimum?.value
        schema["maximum"] = constraints.maximum?.value
        schema["minItems"] = constraints.minItems.map { .integer(Int64($0)) }
        schema["maxItems"] = constraints.maxItems.map { .integer(Int64($0)) }
        return schema
    }

    private func kind(_ model: SchemaModel) -> JSONObject {
        switch model.kind {
        case .string: return ["type": "string"]
        case .integer(let format):
            return format == .native ? ["type": "integer"] : ["type": "integer", "format": .string(format.rawValue)]
        case .number(let isFloat): return ["type": "number", "format": isFloat ? "float" : "double"]
        case .boolean: return ["type": "boolean"]
        case .text(.byte): return ["type": "string", "format": "byte", "contentEncoding": "base64"]
        case .text(let format): return ["type": "string", "format": .string(format.rawValue)]
        case .date(.dateTime): return ["type": "string", "format": "date-time"]
        case .date(.localDateTime): return ["type": "string", "format": "local-date-time"]
        case .date(let format): return ["type": "integer", "format": .string(format.name)]
        case .binary: return ["type": "string", "format": "binary", "contentMediaType": "application/octet-stream"]
        case .array(let items): return ["type": "array", "items": .object(self.schema(items))]
        case .map(let values): return ["type": "object", "additionalProperties": .object(self.schema(values))]
        case .object(let object):
            var result = self.object(object.fields, additional: object.additional)
            result["title"] = form.name(object.name, object.owner)
            return result
        case .union(let union): return self.union(union)
        case .reference(let name): return ["$ref": .string("#/components/schemas/\(name)")]
        case .enumeration(let enumeration):
            // A value that is not listed is a value, too.
            let type: JSONValue = enumeration.isString ? "string" : "integer"
            let known: JSONObject = [
                "type": type, "enum": .array(enumeration.cases.map(\.value)),
                "x-enum-varnames": .array(enumeration.cases.map { .string($0.swiftName) }),
            ]
            return ["anyOf": [.object(known), ["type": type]]]
        case .any: return [:]
        }
    }

    /// Several types may have one value where a field tells them apart: a validator does not look at that one alone.
    private func union(_ union: UnionModel) -> JSONObject {
        let members = union.members.map { JSONValue.object(self.schema($0.schema)) }
        let isByType = types.marks(of: union).allSatisfy { if case .types? = $0 { true } else { false } }
        var schema: JSONObject = [isByType ? "oneOf" : "anyOf": .array(members)]
        guard let tag = union.tag else { return schema }
        var mapping = JSONObject()
        for member in union.members {
            guard case .reference(let name) = member.schema.kind else { continue }
            for tag in member.tags { mapping[tag] = .string("#/components/schemas/\(name)") }
        }
        var discriminator: JSONObject = ["propertyName": .string(tag)]
        if !mapping.isEmpty { discriminator["mapping"] = .object(mapping) }
        schema["discriminator"] = .object(discriminator)
        return schema
    }

    // MARK: What else a response may hold

    private func lenient(_ schema: JSONObject, _ model: SchemaModel) -> JSONObject {
        var others: [JSONValue] = []
        if !model.leniency.sentinels.isEmpty { others.append(["enum": .array(model.leniency.sentinels)]) }
        if !model.leniency.accept.isEmpty {
            others.append(["type": .array(model.leniency.accept.map { .string($0.rawValue) })])
        }
        if others.isEmpty { return schema }
        var inner = schema
        var outer = JSONObject()
        (outer["x-spec"], inner["x-spec"]) = (schema["x-spec"], nil)
        outer["anyOf"] = .array([.object(inner)] + others)
        return outer
    }

    /// The schema of a value that may be null, too.
    static func admitNull(_ schema: inout JSONObject) {
        if let type = schema["type"]?.string {
            schema["type"] = [.string(type), "null"]
            if let values = schema["enum"]?.array { schema["enum"] = .array(values + [.null]) }
        } else if let choices = schema["anyOf"]?.array, schema["discriminator"] == nil {
            schema["anyOf"] = .array(choices + [["type": "null"]])
        } else if !schema.isEmpty {
            var inner = schema
            var outer = JSONObject()
            (outer["x-spec"], inner["x-spec"]) = (schema["x-spec"], nil)
            outer["anyOf"] = [.object(inner), ["type": "null"]]
            schema = outer
        }
    }

    /// What people must know of the encoding of a value.
    private static func remark(_ model: SchemaModel) -> String? {
        var remarks: [String] = []
        if let join = model.encoding.join {
            remarks.append("One string: the elements with \(JSONValue.string(join).text()) between them.")
        }
        if let template = model.encoding.template {
            remarks.append("One string of the form \(JSONValue.string(template).text()).")
        }
        switch model.kind {
        case .date(.unixSeconds): remarks.append("Seconds since 1970-01-01T00:00:00Z.")
        case .date(.unixMilliseconds): remarks.append("Milliseconds since 1970-01-01T00:00:00Z.")
        case .date(.localDateTime): remarks.append("A time such as 2025-03-23 15:48:37, without an offset.")
        case .enumeration(let enumeration) where !enumeration.isString && model.encoding.join == nil:
            remarks.append(enumeration.cases.map { "\($0.value): \($0.swiftName)" }.joined(separator: ", ") + ".")
        default: break
        }
        let sentinels = model.leniency.sentinels.map { $0.text() }
        if !sentinels.isEmpty {
            let verb = sentinels.count == 1 ? "stands" : "stand"
            remarks.append("\(sentinels.joined(separator: ", ")) \(verb) for none.")
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: " ")
    }
}
