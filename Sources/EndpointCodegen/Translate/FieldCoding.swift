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
