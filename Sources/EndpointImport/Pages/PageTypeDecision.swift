import EndpointCore

/// Settles what a value is where a table and samples may say different things.
struct PageTypeDecision {
    /// What it is; nil where nothing says it.
    var type: PageType?
    /// JSON types that samples have instead, which a response may hold as well.
    var accept: [String] = []
    /// How table and sample contradict each other; nil where they do not.
    var contradiction: String?

    /// Decides.
    ///
    /// - Parameters:
    ///   - field: What the table says.
    ///   - values: What samples have, without null.
    ///   - isRequest: Whether the value is sent.
    init(_ field: PageField, _ values: [JSONValue], isRequest: Bool) {
        let saysFraction = PageWords.fractionWords.contains { PageInline.folded(field.text).contains($0) }
        let observed = Self.observed(values)
        type = field.type
        if type == .number { type = saysFraction || observed == .fraction ? .fraction : .integer(isLong: false) }
        if type == nil, !field.children.isEmpty { type = Self.holder(observed) }
        guard let observed else { return }
        guard let said = type else {
            type = observed
            return
        }
        settle(said, observed, values, isRequest: isRequest)
    }

    private static func holder(_ observed: PageType?) -> PageType {
        if let observed, observed.isList { .array(.object) } else { .object }
    }

    private mutating func settle(_ said: PageType, _ observed: PageType, _ values: [JSONValue], isRequest: Bool) {
        switch (said, observed) {
        case (.any, _), (.binary, _), (_, .any): break
        case (.integer, .integer), (.fraction, .integer), (.fraction, .fraction), (.string, .string),
            (.boolean, .boolean),
            (.object, .object):
            break
        case (.array(let items), .array(let seen)):
            if items == nil || items == .object && seen != nil && seen != .object { type = .array(seen) }
            if items == .number || items == .integer(isLong: false) || items == .integer(isLong: true), seen == .string
            {
                contradiction = Self.text("a list of numbers", "strings")
                if !Self.areIntegers(values.flatMap { $0.array ?? [] }) { type = observed }
            }
        case (.integer, .fraction):
            contradiction = Self.text("a whole number", "a fraction")
            type = .fraction
        case (.integer, .string), (.fraction, .string):
            contradiction = Self.text("a number", "a string")
            if Self.areIntegers(values), !isRequest { accept = ["string"] } else { type = .string }
        case (.string, .integer), (.string, .fraction):
            contradiction = Self.text("a string", "a number")
            if isRequest { type = observed } else { accept = [observed == .fraction ? "number" : "integer"] }
        case (.boolean, .integer):
            contradiction = Self.text("a boolean", "a number")
            if !isRequest { accept = ["integer"] }
        default:
            contradiction = Self.text(said.noun, observed.noun)
            type = observed
        }
    }

    private static func text(_ said: String, _ seen: String) -> String {
        "the table says \(said), the sample has \(seen)"
    }

    private static func areIntegers(_ values: [JSONValue]) -> Bool {
        values.allSatisfy { $0.string.map { Int64($0) != nil } ?? ($0.integral != nil) }
    }

    /// The type that all values have; nil for none, `any` where they differ.
    private static func observed(_ values: [JSONValue]) -> PageType? {
        let types = values.map { value -> PageType in
            switch value {
            case .null: .any
            case .bool: .boolean
            case .integer: .integer(isLong: false)
            case .number, .decimal: value.integral == nil ? .fraction : .integer(isLong: false)
            case .string: .string
            case .array: .array(nil)
            case .object: .object
            }
        }
        guard let first = types.first else { return nil }
        if types.allSatisfy({ $0 == first }) {
            guard first == .array(nil) else { return first }
            return .array(observed(values.flatMap { $0.array ?? [] }.filter { $0 != .null }))
        }
        if types.allSatisfy({ $0 == .fraction || $0 == .integer(isLong: false) }) { return .fraction }
        return .any
    }
}

extension PageType {
    /// What a message calls it.
    var noun: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .number, .fraction: "a number"
        case .boolean: "a boolean"
        case .array: "a list"
        case .object: "an object"
        case .binary: "a file"
        case .any: "values of several types"
        }
    }
}
