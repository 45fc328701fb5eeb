/// What the value of a keyword may look like. Everything that reads specs by their form comes from these: the check for
/// unknown keys and wrong kinds of values, the canonical text, and the JSON Schemas for editors.
indirect enum Shape: Sendable {
    /// Any JSON value.
    case any
    case null
    case string
    /// One of these texts.
    case word([String])
    case boolean
    case integer
    case number
    case list(Shape)
    /// Names that the author chooses. `isOrdered` says that their order means something.
    case map(Shape, isOrdered: Bool)
    case keywords(KeywordTable)
    /// The first that has the value's JSON type.
    case either([Shape])

    static func scalars() -> Shape { .either([.string, .number, .boolean]) }

    /// A map of fields of one kind.
    static func fields(_ table: KeywordTable) -> Shape { .map(.keywords(table), isOrdered: true) }

    /// Whether a value has the JSON type that this shape wants, whatever is in it.
    func fits(_ node: JSONNode) -> Bool {
        switch (self, node.value) {
        case (.any, _), (.null, .null), (.string, .string), (.word, .string), (.boolean, .boolean): true
        case (.integer, .integer), (.number, .integer), (.number, .double), (.list, .array): true
        case (.map, .object), (.keywords, .object): true
        case (.either(let shapes), _): shapes.contains { $0.fits(node) }
        default: false
        }
    }

    /// `a string`, for "… must be …".
    var kindName: String {
        switch self {
        case .any: "a value"
        case .null: "null"
        case .string: "a string"
        case .word(let words):
            words.count == 1 ? "\"\(words[0])\"" : "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .boolean: "true or false"
        case .integer: "an integer"
        case .number: "a number"
        case .list(let shape): "an array, each element \(shape.kindName)"
        case .map, .keywords: "an object"
        case .either(let shapes): shapes.map(\.kindName).joined(separator: ", or ")
        }
    }
}
