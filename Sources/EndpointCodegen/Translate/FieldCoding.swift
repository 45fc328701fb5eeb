import EndpointSpec

/// How a field of a payload is read and written.
enum FieldCoding: Sendable, Hashable {
    /// As `Codable` does it.
    case plain
    /// An array that may be null or absent.
    case list
    case date(DateFormatModel)
    /// A boolean as 0 or 1.
    case flag
    /// A scalar that may also come as another JSON type, and is sent as text if so declared.
    case lenient(asText: Bool)
    /// By a schema: everything whose parts need more than their own decoding.
    case schema

    init(_ schema: SchemaModel, in context: ModuleContext) {
        switch schema.kind {
        case .date(let format): self = .date(format)
        case .boolean where schema.wire == .integer && schema.accept.isEmpty: self = .flag
        case .number(isFloat: true) where schema.wire != nil || !schema.accept.isEmpty: self = .schema
        case .boolean, .integer, .number, .string, .enumeration:
            let isLenient = schema.wire != nil || !schema.accept.isEmpty
            self = isLenient ? .lenient(asText: schema.wire == .string) : .plain
        case .reference:
            let type = context.resolved(schema)
            if case .array = type.kind { self = FieldCoding(type, in: context) } else {
                self = type.isTolerant || !schema.accept.isEmpty ? .schema : .plain
            }
        case .array(let items):
            let isSpecial = schema.join != nil || Self.isSpecial(items, in: context)
            self = isSpecial ? .schema : schema.nullAsEmpty ? .list : .plain
        case .object, .any, .binary: self = .plain
        }
    }

    /// Whether the elements of an array need more than their own decoding.
    private static func isSpecial(_ schema: SchemaModel, in context: ModuleContext) -> Bool {
        schema.wrap != nil || !schema.sentinels.isEmpty || FieldCoding(schema, in: context) != .plain
    }
}

extension SchemaModel {
    /// Whether a scalar may come in another form than its own.
    var isTolerant: Bool { wire != nil || !accept.isEmpty }
}
