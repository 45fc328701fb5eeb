/// A Swift expression, as far as generated code needs one.
indirect enum Expression: Sendable, Hashable {
    /// A name, a number, anything that is never broken over lines: `taskID`, `.get`, `100`.
    case code(String)
    /// A string literal with this content.
    case string(String)
    case array([Expression])
    case dictionary([Pair])
    /// `callee(arguments) { trailing }`
    case call(Expression, [Argument], trailing: Closure? = nil)
    /// `base.name(arguments)`, on a line of its own where the base needs several.
    case method(Expression, String, [Argument])
    case closure(Closure)
    /// Operands with an operator between them.
    case chain([Expression], operator: String)
    /// An expression with words before and after it: `try await …`, `… as JSONValue`.
    case affixed(String, Expression, String)

    struct Pair: Sendable, Hashable {
        var key: Expression
        var value: Expression
    }

    struct Argument: Sendable, Hashable {
        var label: String?
        var value: Expression

        init(_ label: String? = nil, _ value: Expression) {
            self.label = label
            self.value = value
        }
    }

    /// `{ (parameter: Type) -> Result in body }`
    struct Closure: Sendable, Hashable {
        var parameter: String
        var parameterType: String
        var result: String
        var body: Expression
    }
}

extension Expression: ExpressibleByStringLiteral {
    /// Code, not a string literal.
    init(stringLiteral code: String) { self = .code(code) }

    static func number(_ value: some FixedWidthInteger) -> Expression { .code("\(value)") }

    static func call(_ name: String, _ arguments: [Argument], trailing: Closure? = nil) -> Expression {
        .call(.code(name), arguments, trailing: trailing)
    }

    static func closure(_ parameter: String, _ type: String, _ result: String, _ body: Expression) -> Expression {
        .closure(Closure(parameter: parameter, parameterType: type, result: result, body: body))
    }
}
