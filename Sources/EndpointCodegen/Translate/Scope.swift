/// What every translation of a module's specs needs to know. A class, for each part of each endpoint holds it, and a copy of
/// a struct retains all that is in it.
final class ModuleContext: Sendable {
    let model: ServiceModel
    /// The generated module, as `import` takes it.
    let module: String
    /// The extended module, as `import` takes it; nil for a service of its own.
    let baseModule: String?
    /// `WeatherClient`
    let client: String
    let table: TypeTable
    let usage: TypeUsage

    init(_ model: ServiceModel, module: String, baseModule: String?) {
        self.model = model
        self.module = module
        self.baseModule = baseModule
        client = model.name + "Client"
        table = TypeTable(model)
        usage = TypeUsage(model, client: client, table: table)
    }

    /// What a named type that is sent and holds itself says of itself, so that schemas can refer to it: its schema.
    ///
    /// - Parameters:
    ///   - name: The Swift type.
    ///   - root: The file of `types/` that it stands in.
    /// - Returns: The property, if the type is the file's own and holds itself.
    func parameterSchema(of name: String, root: String?) -> [Declaration] {
        guard name == root, table.isRecursive(name), let model = table[name] else { return [] }
        let schema = SchemaTranslation(for: .sending, in: self).expression(table.schema(of: model))
        return [
            .property(
                PropertyDeclaration(
                    head: "@_spi(Generated) public static let \(SchemaTranslation.named): Schema", value: schema))
        ]
    }

    /// Whether absent, null and a value are three things in Swift: where a field that is sent may be either.
    func hasThreeStates(_ field: FieldModel) -> Bool {
        guard field.isOptional, field.schema.isNullable, field.defaultValue == nil, field.constant == nil else {
            return false
        }
        if case .any = field.schema.kind { return false }
        return usage.sentFields.contains(field.position)
    }

    /// The schema that a reference stands for.
    func resolved(_ schema: SchemaModel) -> SchemaModel { table.resolved(schema) }
}

/// Where a name is written, for how much of it must be.
struct Scope: Sendable {
    let client: String
    /// The group whose extension it stands in.
    var group: String?
    /// The type, as seen from the group, that types without an owner of their own are nested in. Nil within that type.
    var enclosing: String?

    /// The same scope, for what belongs to a type of the group.
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
        case .text(let format): Self.type(of: format)
        case .date: "Date"
        case .binary: "BinaryContent"
        case .array(let items): "[\(element(items))]"
        case .map(let values): "[String: \(element(values))]"
        case .object(let object): name(object.name, object.owner)
        case .union(let union): name(union.name, union.owner)
        case .reference(let name): "\(client).\(name)"
        case .enumeration(let enumeration): name(enumeration.name, enumeration.owner)
        case .any: "JSONValue"
        }
    }

    private static func type(of format: TextFormat) -> String {
        switch format {
        case .date: "CalendarDate"
        // A type of a spec may be called like these.
        case .uuid: "Foundation.UUID"
        case .uri: "Foundation.URL"
        case .byte: "Data"
        }
    }

    /// The Swift type of an array's items, or of a map's values.
    private func element(_ schema: SchemaModel) -> String { type(of: schema) + (schema.admitsNone ? "?" : "") }
}

extension FieldModel {
    /// Whether the Swift property or argument is optional. A default is always sent, so that there is no nil.
    var isOptionalInSwift: Bool {
        (isOptional && defaultValue == nil && !schema.leniency.nullAsEmpty) || schema.admitsNone
    }
}

/// Which types are sent and which are received: the first must be parameters, the second must decode.
struct TypeUsage: Sendable {
    private(set) var sent: Set<String> = []
    private(set) var received: Set<String> = []
    /// What is sent by the endpoints of the extended module, which has made it a parameter already.
    private(set) var sentByBase: Set<String> = []
    /// Where the fields stand that are sent, of types that know of it: the extended module's own types do not know what an
    /// extension sends.
    private(set) var sentFields: Set<SourcePosition> = []

    init(_ model: ServiceModel, client: String, table: TypeTable) {
        var walk = Walk(client: client, table: table)
        for endpoint in model.baseEndpoints { walk.collectSent(endpoint) }
        sentByBase = walk.names
        sentFields = walk.positions
        var base = walk
        for type in model.baseTypes { base.collect(type.schema, enclosing: client) }
        for endpoint in model.baseEndpoints {
            if case .payload(let schema) = endpoint.response { base.collect(schema, enclosing: client) }
        }
        for endpoint in model.endpoints { walk.collectSent(endpoint) }
        sent = walk.names
        sentFields.formUnion(walk.positions.subtracting(base.positions))
        walk.names = []
        for endpoint in model.endpoints + model.baseEndpoints {
            if case .payload(let schema) = endpoint.response { walk.collect(schema, enclosing: client) }
            if let schema = endpoint.errorResponse { walk.collect(schema, enclosing: client) }
            if let schema = endpoint.responseHeaders { walk.collect(schema, enclosing: client) }
        }
        received = walk.names
    }

    private struct Walk {
        let client: String
        let table: TypeTable
        var names: Set<String> = []
        var positions: Set<SourcePosition> = []

        mutating func collectSent(_ endpoint: EndpointModel) {
            for field in endpoint.arguments {
                positions.insert(field.position)
                collect(field.schema, enclosing: "\(client).\(endpoint.group.typeName)")
            }
        }

        mutating func collect(_ schema: SchemaModel, enclosing: String) {
            switch schema.kind {
            case .array(let items), .map(let items): collect(items, enclosing: enclosing)
            case .object(let object):
                let name = Scope(client: client, enclosing: enclosing).name(object.name, object.owner)
                guard names.insert(name).inserted else { return }
                for field in object.fields { positions.insert(field.position) }
                for inner in schema.children { collect(inner, enclosing: name) }
            case .union(let union):
                let name = Scope(client: client, enclosing: enclosing).name(union.name, union.owner)
                guard names.insert(name).inserted else { return }
                for inner in schema.children { collect(inner, enclosing: name) }
            case .reference(let name):
                if let type = table[name] { collect(type, enclosing: client) }
            default: break
            }
        }
    }
}

extension ModuleContext {
    /// The imports of a file with these declarations.
    ///
    /// An import is `public` exactly if public declarations name something of the module: with
    /// `InternalImportsByDefault` it must be, and one that need not be is a warning. What only function bodies use has no
    /// access level written: `internal` would contradict an unmarked import elsewhere in the target.
    func imports(for declarations: [Declaration]) -> [String] {
        var names = PublicNames()
        for declaration in declarations { names.add(declaration) }
        var imports = ["@_spi(Generated) \(names.areOfRunTime ? "public " : "")import EndpointKit"]
        if let baseModule { imports.append("@_spi(Generated) public import \(baseModule)") }
        if names.areOfFoundation { imports.append("public import Foundation") }
        return imports
    }
}

/// Whose types public declarations name, by the words of what users see of them: heads, conformances, types of parameters and
/// results.
private struct PublicNames {
    private(set) var areOfRunTime = false
    private(set) var areOfFoundation = false

    private static let foundation: Set<String> = ["Data", "Date", "Foundation"]
    private static let runTime: Set<String> = [
        "APIError", "APIStream", "BatchOutcome", "BinaryContent", "CalendarDate", "Endpoint", "JSONCodable",
        "JSONValue", "Nullable", "OpenEnum", "Pager", "ParameterContent", "ParameterObject", "ParameterValue",
        "WithHeaders",
    ]

    mutating func add(_ declaration: Declaration) {
        switch declaration {
        case .type(let type):
            add(type.head)
            for conformance in type.conformances { add(conformance) }
            for member in type.members { add(member) }
        case .function(let function):
            if let effects = function.effects { add(effects) }
            if let result = function.result { add(result) }
            for parameter in function.parameters { add(parameter.type) }
        case .property(let property): add(property.head)
        }
    }

    /// By bytes: a character costs a grapheme break and a table each, and what is looked for is ASCII. A byte beyond ASCII is
    /// part of a word.
    private mutating func add(_ text: String) {
        if areOfRunTime, areOfFoundation { return }
        var text = text
        text.withUTF8 { text in
            guard let bytes = text.baseAddress else { return }
            let count = text.count
            var (start, end) = (0, 0)
            while end <= count {
                if end == count || !SwiftText.isWordByte(bytes[end]) {
                    // All names that are looked for have four letters or more and begin with a capital.
                    if start + 4 <= end, bytes[start] >= 0x41, bytes[start] <= 0x5A {
                        add(word: UnsafeBufferPointer(start: bytes + start, count: end - start))
                    }
                    start = end + 1
                }
                end += 1
            }
        }
    }

    private mutating func add(word text: UnsafeBufferPointer<UInt8>) {
        let word = String(decoding: text, as: UTF8.self)
        if !areOfRunTime, Self.runTime.contains(word) { areOfRunTime = true }
        if !areOfFoundation, Self.foundation.contains(word) { areOfFoundation = true }
    }
}
