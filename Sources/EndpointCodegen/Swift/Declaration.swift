/// A Swift declaration, as far as generated code needs one.
indirect enum Declaration: Sendable {
    case type(TypeDeclaration)
    case function(FunctionDeclaration)
    case property(PropertyDeclaration)
    /// `enum CodingKeys`
    case codingKeys([CodingKey])

    struct CodingKey: Sendable, Hashable {
        var name: String
        var wireName: String
    }
}

/// A type, or an extension of one.
struct TypeDeclaration: Sendable {
    var documentation = Documentation()
    var attributes: [String] = []
    /// `public struct CopyFailure`, `extension PanClient.OSS`.
    var head: String
    var conformances: [String] = []
    /// `where …`, for an extension.
    var condition: String?
    var members: [Declaration] = []
}

/// A function or an initialiser.
struct FunctionDeclaration: Sendable {
    var documentation = Documentation()
    var attributes: [String] = []
    /// `public func send`, `public init`.
    var head: String
    var parameters: [Parameter] = []
    /// `async throws(APIError)`
    var effects: String?
    var result: String?
    var body: [Statement]

    struct Parameter: Sendable, Hashable {
        /// The label, with the name where that is another: `from decoder`.
        var name: String
        var type: String
        var defaultValue: Expression?
    }
}

struct PropertyDeclaration: Sendable {
    var documentation = Documentation()
    var attributes: [String] = []
    /// `public var total: Int`
    var head: String
    var value: Expression?
    /// The body of a computed property.
    var getter: Expression?
}

/// `lead value`: `return x`, `let y = x`, `try await x`.
struct Statement: Sendable, Hashable {
    var lead: String
    var value: Expression

    init(_ lead: String = "", _ value: Expression) {
        self.lead = lead
        self.value = value
    }
}

/// What stands in `///` lines: paragraphs, then the list of parameters.
struct Documentation: Sendable, Hashable {
    var paragraphs: [String] = []
    var parameters: [Parameter] = []

    struct Parameter: Sendable, Hashable {
        var name: String
        var text: String
    }

    init(_ paragraphs: String?..., parameters: [Parameter] = []) {
        self.init(paragraphs.compactMap { $0 }, parameters: parameters)
    }

    init(_ paragraphs: [String], parameters: [Parameter] = []) {
        self.paragraphs = paragraphs.filter { !$0.isEmpty }
        self.parameters = parameters
    }
}

/// A whole file.
struct SwiftFile: Sendable {
    /// Lines of a comment at the top.
    var header: [String]
    /// `import EndpointKit`
    var imports: [String] = []
    var declarations: [Declaration] = []
    /// A constant of the file with long text, written as it is.
    var text: TextConstant?

    /// `private var name: String { """…""" }`
    ///
    /// Computed, because what a constant is set to counts as the file's interface: a word in a spec would have every
    /// file of the module compiled anew.
    struct TextConstant: Sendable, Hashable {
        var name: String
        var lines: [String]
    }
}
