import EndpointCore
import EndpointSpec

/// Reads what all operations share: where they go, and how they are authenticated.
struct ServiceReader {
    let store: DocumentStore
    let schemas: SchemaReader
    let notes: ImportNotes

    /// Whether any operation says what it requires.
    private let hasAnyRequirement: Bool

    init(store: DocumentStore, schemas: SchemaReader, notes: ImportNotes) {
        (self.store, self.schemas, self.notes) = (store, schemas, notes)
        hasAnyRequirement = (store.root["paths"]?.members ?? []).contains { path in
            (path.value.members ?? []).contains { $0.value["security"] != nil }
        }
    }

    private var root: JSONNode { store.root }
    private var info: JSONNode? { root["info"] }

    // MARK: Names

    /// The service's name: the title without words that every title has.
    func name() -> String {
        let title = info?["title"]?.string ?? ""
        let needless: Set<String> = [
            "api", "apis", "rest", "openapi", "swagger", "the", "public", "specification", "reference", "documentation",
            "http", "web", "endpoints",
        ]
        func isVersion(_ word: String) -> Bool {
            let word = word.lowercased()
            return word.first == "v" && word.dropFirst().allSatisfy(\.isNumber) || word.allSatisfy(\.isNumber)
        }
        let words = NameWords.split(title)
        let own = words.filter { !needless.contains($0.lowercased()) && !isVersion($0) }
        let name = SwiftName.upperCamel((own.isEmpty ? words : own).prefix(3).joined(separator: " "))
        if SwiftName.isTypeName(name), !SwiftName.takenTypes.contains(name) { return name }
        let fallback = SwiftName.isTypeName("The" + name) ? "The" + name : "Imported"
        notes.add(
            .note, info?["title"]?.position ?? root.position,
            "no Swift name can be made from the title; the service is called \"\(fallback)\"")
        return fallback
    }

    // MARK: Servers

    /// The address of a server, its variables filled in with their defaults.
    static func address(of server: JSONNode) -> String {
        var text = server["url"]?.string ?? ""
        for member in server["variables"]?.members ?? [] {
            text = text.replacing("{\(member.key)}", with: member.value["default"]?.json.plainText ?? "")
        }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// Where the service is: the keywords of `service.json`, and the address that paths are counted from.
    struct Address {
        var keywords: JSONObject
        var base: String
    }

    /// The first server; other ones are noted.
    func address() -> Address {
        let servers = root["servers"]?.elements ?? []
        let position = root["servers"]?.position ?? root.position
        guard
            let first = servers.first(where: { Self.isWeb(Self.address(of: $0), secure: true) })
                ?? servers.first(where: { Self.isWeb(Self.address(of: $0), secure: false) })
        else {
            let path = servers.first.map { Self.address(of: $0) } ?? ""
            let base = "https://api.example.com" + (path.hasPrefix("/") ? path : "")
            notes.add(
                .note, position,
                "the document names no address; \"baseURL\" is \"\(base)\" until somebody writes the real one")
            return Address(keywords: ["baseURL": .string(base)], base: base)
        }
        let base = Self.address(of: first)
        for server in servers where server.position != first.position {
            let address = Self.address(of: server)
            if address != base { notes.add(.note, server.position, "another server, which is not used: \(address)") }
        }
        var keywords: JSONObject = ["baseURL": .string(base)]
        if let members = first["variables"]?.members, !members.isEmpty {
            var text = first["url"]?.string ?? ""
            while text.hasSuffix("/") { text.removeLast() }
            if let variables = variables(members, in: text) {
                keywords = ["baseURL": .string(text), "variables": .object(variables)]
            } else {
                notes.add(.note, position, "the variables of the address are written with their defaults")
            }
        }
        if base.hasPrefix("http://"), !isLoopback(base) {
            keywords["allowInsecureHTTP"] = true
            notes.add(.note, first.position, "the address is not encrypted; \"allowInsecureHTTP\" was written")
        }
        return Address(keywords: keywords, base: base)
    }

    private static func isWeb(_ text: String, secure: Bool) -> Bool {
        WebAddress.isBase(text) && text.hasPrefix(secure ? "https://" : "http://")
    }

    private func isLoopback(_ text: String) -> Bool {
        Loopback.contains(String(text.dropFirst(7).prefix { !":/".contains($0) }))
    }

    /// The variables as a spec has them; nil where one of them cannot be one.
    private func variables(_ members: [JSONMember], in text: String) -> JSONObject? {
        guard let names = Template.placeholders(in: text), Set(names) == Set(members.map(\.key)) else { return nil }
        var variables: JSONObject = [:]
        for member in members {
            guard let value = member.value["default"]?.json.plainText, !value.isEmpty else { return nil }
            var variable: JSONObject = ["default": .string(value)]
            let values = member.value["enum"]?.elements?.map { JSONValue.string($0.json.plainText) } ?? []
            if values.count > 1, values.contains(.string(value)) { variable["enum"] = .array(values) }
            if let text = Prose.field(member.value["description"]?.string) { variable["description"] = .string(text) }
            variables[member.key] = .object(variable)
        }
        // Each value must be able to stand where it goes, which the checker knows.
        let file = SpecText.file(["name": "Service", "baseURL": .string(text), "variables": .object(variables)])
        let source = SpecFile(path: "service.json", displayPath: "service.json", contents: Array(file.utf8))
        return SpecChecker.check([source], moduleName: "Service").diagnostics.isEmpty ? variables : nil
    }

    // MARK: Authentication

    /// How one security scheme sends what it has.
    enum Scheme: Equatable {
        case bearer, basic
        case header(String)
        case query(String)

        /// The value of `authentication` in `service.json`.
        var keyword: JSONValue {
            switch self {
            case .bearer: "bearer"
            case .basic: "basic"
            case .header(let name): ["scheme": "header", "header": .string(name)]
            case .query(let name): ["scheme": "query", "name": .string(name)]
            }
        }
    }

    /// The scheme of this name; nil where a spec has none like it.
    func scheme(_ name: String) -> Scheme? {
        guard let node = root["components"]?["securitySchemes"]?[name].map({ schemas.target($0) }) else { return nil }
        switch (node["type"]?.string, node["in"]?.string) {
        case ("http", _): return node["scheme"]?.string?.lowercased() == "basic" ? .basic : .bearer
        case ("oauth2", _), ("openIdConnect", _): return .bearer
        case ("apiKey", "header"):
            let header = node["name"]?.string ?? ""
            return HeaderField.isToken(header) && !HeaderField.isReserved(header) ? .header(header) : nil
        case ("apiKey", "query"): return node["name"]?.string.map { .query($0) }
        case ("apiKey", "cookie"): return .header("Cookie")
        default: return nil
        }
    }

    /// The call that makes tokens, where the document has it as an operation: RFC 6749, 4.4.
    ///
    /// - Parameters:
    ///   - operations: The operations, named and with their paths counted from the base URL.
    ///   - base: The base URL.
    ///   - settling: The types.
    /// - Returns: The value of `clientCredentials`.
    func clientCredentials(_ operations: [OperationDraft], _ base: String, _ settling: TypeSettling) -> JSONObject? {
        let addresses = (root["components"]?["securitySchemes"]?.members ?? []).compactMap { member in
            schemas.target(member.value)["flows"]?["clientCredentials"]?["tokenUrl"]?.string
        }
        for address in addresses {
            let operation = operations.first { operation in
                let own = base + operation.path
                return operation.method == "POST"
                    && (address == own || (address.hasPrefix("/") && own.hasSuffix(address)))
            }
            guard let operation, case .json(let type) = operation.response,
                case .object(let payload) = settling.resolved(type).kind,
                payload.fields.contains(where: { $0.name == "access_token" }),
                payload.fields.contains(where: { $0.name == "expires_in" })
            else { continue }
            return [
                "endpoint": .string("\(SwiftName.lowerCamel(operation.group)).\(operation.name)"),
                "clientID": "client_id", "clientSecret": "client_secret", "token": "access_token",
                "expiresIn": "expires_in",
            ]
        }
        return nil
    }

    /// The schemes of the first requirement whose schemes can all be said; empty where nothing is required.
    func requirement(_ security: JSONNode?) -> [Scheme]? {
        guard let list = security?.elements else { return nil }
        if list.isEmpty { return [] }
        let known = list.compactMap { requirement -> [Scheme]? in
            let schemes = (requirement.members ?? []).map { scheme($0.key) }
            if schemes.contains(nil) { return nil }
            return schemes.compactMap(\.self).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        // A token rather than a name and a password.
        if known.first == [.basic], known.contains([.bearer]) { return [.bearer] }
        // `{}` among others: authentication is possible and not required.
        return known.first { !$0.isEmpty } ?? known.first
    }

    /// What the service's calls need: the document's own requirement, or the one that most operations have.
    func authentication(_ operations: [OperationDraft]) -> [Scheme] {
        if let own = requirement(root["security"]), !own.isEmpty { return own }
        var counts: [(schemes: [Scheme], count: Int)] = []
        for operation in operations {
            guard let schemes = requirement(operation.node["security"]), !schemes.isEmpty else { continue }
            if let index = counts.firstIndex(where: { $0.schemes == schemes }) {
                counts[index].count += 1
            } else {
                counts.append((schemes, 1))
            }
        }
        if let most = counts.max(by: { $0.count < $1.count }) { return most.schemes }
        // Schemes that nothing refers to are still what the service knows.
        guard root["security"] == nil, let only = root["components"]?["securitySchemes"]?.members, only.count == 1
        else {
            return []
        }
        notes.add(
            .note, only[0].keyPosition,
            "no operation requires the only security scheme \"\(only[0].key)\"; all of them use it")
        return scheme(only[0].key).map { [$0] } ?? []
    }

    /// Gives an operation what it needs beside or instead of the service's own authentication.
    func apply(_ own: [Scheme], to operation: inout OperationDraft) {
        let security = operation.node["security"]
        guard let required = requirement(security) ?? (security == nil ? requirement(root["security"]) : nil) else {
            if security != nil {
                notes.add(
                    .note, security?.position ?? operation.position, operation: operation.title,
                    "the security scheme cannot be said; the service's own is used")
            }
            let inherits = root["security"] == nil && security == nil && hasAnyRequirement
            if inherits { operation.isAuthenticated = false }
            for scheme in own.dropFirst() where operation.isAuthenticated { add(scheme, to: &operation) }
            return
        }
        guard let first = required.first else {
            operation.isAuthenticated = own.isEmpty
            return
        }
        if first == own.first {
            for scheme in required.dropFirst() { add(scheme, to: &operation) }
            return
        }
        let alternatives =
            security?.elements?.compactMap { node in
                (node.members ?? []).map { scheme($0.key) }
            } ?? []
        if alternatives.contains(where: { $0.first == own.first }) { return }
        operation.isAuthenticated = own.isEmpty
        for scheme in required { add(scheme, to: &operation) }
    }

    /// A scheme as a parameter.
    private func add(_ scheme: Scheme, to operation: inout OperationDraft) {
        var name = "Authorization"
        var description: String
        switch scheme {
        case .bearer: description = "Bearer, a space and a token."
        case .basic: description = "Basic, a space and user:password in Base64."
        case .header(let header): (name, description) = (header, "A key of the service.")
        case .query(let parameter):
            if operation.query.contains(where: { $0.name == parameter }) { return }
            var field = FieldDraft(
                parameter, TypeDraft(.string(format: nil), operation.position), isOptional: false, operation.position)
            (field.isSensitive, field.description) = (true, "A key of the service.")
            return operation.query.append(field)
        }
        if let index = operation.headers.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) {
            operation.headers[index].isSensitive = true
            return
        }
        var field = FieldDraft(
            name, TypeDraft(.string(format: nil), operation.position), isOptional: false, operation.position)
        (field.isSensitive, field.description) = (true, description)
        operation.headers.append(field)
    }
}
