import EndpointSpec

/// What every translation of a module's specs needs to know.
struct ModuleContext: Sendable {
    let model: ServiceModel
    /// The generated module, as `import` takes it.
    let module: String
    /// The extended module, as `import` takes it; nil for a service of its own.
    let baseModule: String?
    /// `WeatherClient`
    let client: String
    let types: [String: NamedTypeModel]
    let usage: TypeUsage

    init(_ model: ServiceModel, module: String, baseModule: String?) {
        self.model = model
        self.module = module
        self.baseModule = baseModule
        client = model.name + "Client"
        types = Dictionary((model.types + model.baseTypes).map { ($0.name, $0) }) { first, _ in first }
        usage = TypeUsage(model, client: client, types: types)
    }

    /// What other files import: the run time, or the module that brings it along.
    var imports: [String] { ["import \(baseModule ?? "EndpointKit")"] }

    /// The schema that a reference stands for.
    func resolved(_ schema: SchemaModel) -> SchemaModel {
        if case .reference(let name) = schema.kind, let type = types[name] { return type.schema }
        return schema
    }

    /// The fields of an object, also of one that is referred to.
    func fields(of schema: SchemaModel) -> [FieldModel] {
        if case .object(let object) = resolved(schema).kind { return object.fields }
        return []
    }

    /// The time format that the run time knows a format by.
    func dateFormat(_ format: DateFormatModel) -> String {
        switch format {
        case .dateTime: ".dateTime"
        case .unixSeconds: ".unixSeconds"
        case .unixMilliseconds: ".unixMilliseconds"
        case .localDateTime: ".localDateTime(secondsFromGMT: \(model.timeZoneOffset))"
        }
    }
}

/// Where a name is written, for how much of it must be.
struct Scope: Sendable {
    let client: String
    /// The group whose extension it stands in.
    var group: String?
    /// The type, as seen from the group, that types without an owner of their own are nested in. Nil within that type.
    var enclosing: String?

    /// The same place, for what belongs to a type of the group.
    func within(_ type: String) -> Scope {
        Scope(client: client, group: group, enclosing: type)
    }

    /// A type's name as it is written here.
    func name(_ name: String, _ owner: TypeOwner) -> String {
        switch owner {
        case .enclosing: enclosing.map { "\($0).\(name)" } ?? name
        case .type: "\(client).\(name)"
        case .endpoint(_, let group): group == self.group ? name : "\(client).\(group).\(name)"
        }
    }

    /// The Swift type of a schema's values; not optional.
    func type(of schema: SchemaModel) -> String {
        switch schema.kind {
        case .string: "String"
        case .integer(.native): "Int"
        case .integer(.int32): "Int32"
        case .integer(.int64): "Int64"
        case .number(let isFloat): isFloat ? "Float" : "Double"
        case .boolean: "Bool"
        case .date: "Date"
        case .binary: "BinaryContent"
        case .array(let items): "[\(type(of: items))\(items.isNullable ? "?" : "")]"
        case .object(let object): name(object.name, object.owner)
        case .reference(let name): "\(client).\(name)"
        case .enumeration(let enumeration): name(enumeration.name, enumeration.owner)
        case .any: "JSONValue"
        }
    }
}

extension SchemaModel {
    /// Whether values may be nil in Swift, whatever the field says.
    var admitsNil: Bool { isNullable || !sentinels.isEmpty }
}

extension FieldModel {
    /// Whether the Swift property or argument is optional. A default is always sent, so that there is no nil.
    var isOptionalInSwift: Bool {
        (isOptional && defaultValue == nil && !schema.nullAsEmpty) || schema.admitsNil
    }
}
