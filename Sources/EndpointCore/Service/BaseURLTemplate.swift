/// A variable in a base URL: `region` of `https://{region}.example.com`.
public struct BaseURLVariable: Sendable, Hashable {
    /// The name in braces.
    public var name: String
    /// The value where none is given.
    public var defaultValue: String
    /// The only values allowed; empty for every value that fits where the variable stands.
    public var values: [String]

    /// Creates a variable.
    public init(_ name: String, default defaultValue: String, values: [String] = []) {
        self.name = name
        self.defaultValue = defaultValue
        self.values = values
    }
}

/// A base URL in which `{name}` stands for the value of a variable.
///
/// A value cannot change what the template says around it: no value leads to another host than one the template has.
public struct BaseURLTemplate: Sendable {
    /// What is wrong with a value, or with a name.
    public struct Problem: Error, Sendable, Hashable {
        /// The variable.
        public var name: String
        /// What is wrong, after the name: `must be one of eu, us; got "x"`.
        public var message: String
    }

    /// Where a variable stands, which decides what its values may be.
    enum Part {
        /// In the host, beside other text.
        case label
        /// The whole host.
        case host
        case port
        case path
    }

    private let text: String
    private let variables: [BaseURLVariable]

    /// Creates a template.
    public init(_ text: String, _ variables: [BaseURLVariable]) {
        self.text = text
        self.variables = variables
    }

    /// The base URL with these values, and with the defaults of the other variables.
    public func filled(_ values: [String: String] = [:]) throws(Problem) -> String {
        for name in values.keys.sorted() where !variables.contains(where: { $0.name == name }) {
            let hint = Suggestion.hint(for: name, in: variables.map(\.name), otherwise: "there are no variables")
            throw Problem(name: name, message: "is not a variable of the base URL; \(hint)")
        }
        if variables.isEmpty { return text }
        var object = JSONObject()
        for variable in variables {
            let value = values[variable.name] ?? variable.defaultValue
            if let message = problem(with: value, of: variable) { throw Problem(name: variable.name, message: message) }
            object[variable.name] = .string(value)
        }
        return Template.fill(text, with: object)
    }

    /// What is wrong with a value of a variable, after the variable's name; nil if nothing is.
    public func problem(with value: String, of variable: BaseURLVariable) -> String? {
        if !variable.values.isEmpty, !variable.values.contains(value) {
            return "must be one of \(variable.values.joined(separator: ", ")); got \(JSONValue.string(value).text())"
        }
        let rule: String? =
            switch part(of: variable.name) {
            case .label: Self.isLabel(value) ? nil : "must be letters, digits and \"-\", since it is part of the host"
            case .host:
                value.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { Self.isLabel(String($0)) }
                    ? nil : "must be a host such as api.example.com"
            case .port:
                value.everyByte(\.isDigitByte) && 1...0xFFFF ~= Int(value) ?? 0 ? nil : "must be a port from 1 to 65535"
            case .path:
                PathSegment.isValid(value)
                    && value.everyByte({ $0.isDigitByte || $0.isLetterByte || "-._~".utf8.contains($0) })
                    ? nil : "must be letters, digits, \"-\", \".\", \"_\" and \"~\", since it is a part of the path"
            }
        return rule.map { "\($0); got \(JSONValue.string(value).text())" }
    }

    private static func isLabel(_ text: String) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return !text.isEmpty && text.utf8.count <= 63 && text.utf8.first != hyphen && text.utf8.last != hyphen
            && text.everyByte { $0.isDigitByte || $0.isLetterByte || $0 == hyphen }
    }

    private func part(of name: String) -> Part {
        guard let scheme = text.firstRange(of: "://") else { return .path }
        let authority = String(text[scheme.upperBound...].prefix { $0 != "/" })
        let placeholder = "{\(name)}"
        guard authority.contains(placeholder) else { return .path }
        let host = authority.prefix { $0 != ":" }
        if host == placeholder { return .host }
        return host.contains(placeholder) ? .label : .port
    }
}
