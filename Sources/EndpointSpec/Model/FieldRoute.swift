/// The declared fields that a path leads through.
public struct FieldRoute: Sendable {
    /// From the outermost to the one that is meant; at least one.
    public var fields: [FieldModel]

    /// The field that is meant.
    public var last: FieldModel { fields[fields.count - 1] }
    /// The path that leads through these fields and no others, whatever a response holds.
    public var path: FieldPath { FieldPath(steps: fields.map(\.name)) }
}

extension TypeTable {
    /// What a path means among declared fields.
    public enum FieldMatch: Sendable {
        case found(FieldRoute)
        /// A field of exactly this name, and one that the names between the dots lead to.
        case ambiguous
        /// There is no such field among those that are within another; none for what is not an object.
        case unknown(step: String, among: [String])
    }

    /// The fields that a path leads through.
    public func match(_ path: FieldPath, in fields: [FieldModel]) -> FieldMatch {
        let stepwise = route(path.steps[...], in: fields)
        guard let name = path.name, path.steps.count > 1, let exact = fields.first(where: { $0.name == name }) else {
            return stepwise
        }
        if case .found = stepwise { return .ambiguous }
        return .found(FieldRoute(fields: [exact]))
    }

    /// The fields that a path leads through; nil if there is no such field.
    public func route(_ path: FieldPath, in fields: [FieldModel]) -> FieldRoute? {
        if case .found(let route) = match(path, in: fields) { route } else { nil }
    }

    private func route(_ steps: ArraySlice<String>, in fields: [FieldModel]) -> FieldMatch {
        guard let step = steps.first, let field = fields.first(where: { $0.name == step }) else {
            return .unknown(step: steps.first ?? "", among: fields.map(\.name))
        }
        if steps.count == 1 { return .found(FieldRoute(fields: [field])) }
        let schema = resolved(field.schema)
        let isPlain = schema.encoding.template == nil && schema.encoding.wrap == nil
        switch route(steps.dropFirst(), in: isPlain ? self.fields(of: schema) : []) {
        case .found(let rest): return .found(FieldRoute(fields: [field] + rest.fields))
        case let other: return other
        }
    }
}
