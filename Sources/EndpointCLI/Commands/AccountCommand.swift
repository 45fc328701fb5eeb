import EndpointDynamic
import EndpointKit
import Foundation

/// `login`, `logout` and `doctor`: the commands for an account.
struct AccountCommand: Sendable {
    enum Name: String, Sendable {
        case login, logout, doctor
    }

    let program: Program
    let tree: CommandTree
    let console: Console

    func run(_ name: Name, _ arguments: [String]) async throws(CommandFailure) -> ExitCode {
        let variables = tree.modules.flatMap(\.variableOptions).map(\.entry)
        let line = try OptionParser((Self.options(name) + variables).map(\.option)).parse(arguments)
        if line.has("help") {
            try console.print(HelpText(program: program, tree: tree, width: console.textWidth).account(name))
            return .done
        }
        let target = try target(line, for: name)
        switch name {
        case .login: return try await logIn(line, target)
        case .logout: return try await logOut(target)
        case .doctor: return try await Doctor(program: program, target: target, console: console).run(line)
        }
    }

    // MARK: Command lines

    static func options(_ name: Name) -> [GlobalOptions.Entry] {
        var names = ["base-url", "endpoints", "trust", "help"]
        if name != .logout { names.insert(contentsOf: ["timeout", "cacert"], at: 1) }
        if name == .doctor { names.insert("format", at: 0) }
        let global = names.compactMap { name in GlobalOptions.all.first { $0.option.name == name } }
            .map { entry in
                var entry = entry
                if entry.option.name == "timeout" { entry.help = "Time limit of each request." }
                if entry.option.name == "format" { entry.help = "table (default) or json." }
                return entry
            }
        guard name == .login else { return global }
        return [
            GlobalOptions.Entry(
                option: OptionDefinition(name: "client-id", form: .value), placeholder: "ID",
                help: "The client ID, or the user of a service with basic authentication. Without this option, the "
                    + "program asks for it."),
            GlobalOptions.Entry(
                option: OptionDefinition(name: "keep-secret", form: .flag),
                help: "Store the secret too, in a file that only you can read, so that the token can be renewed."),
        ] + global
    }

    /// The service that a command is for, and the address at which it is called.
    struct Target: Sendable {
        var module: ProgramModule
        var baseURL: String?
        var timeout: Duration
        /// Such as `api.example.com`.
        var address: String

        var service: Service { module.service }
    }

    private func target(_ line: ParsedLine, for name: Name) throws(CommandFailure) -> Target {
        let module = try module(Array(line.words.dropFirst()))
        if name != .doctor, let folder = module.folder, !module.isTrusted {
            throw .usage(
                "\(name): \(folder) is not trusted with a login; write --trust \(folder) in place of --endpoints")
        }
        let baseURL = try program.baseURL(line, of: module)
        return Target(
            module: module, baseURL: baseURL, timeout: try CallClient.timeout(line) ?? .seconds(30),
            address: ClientCredentialsProvider.address(service: module.service, baseURL: baseURL))
    }

    /// The named service; without a name, the only one.
    private func module(_ words: [String]) throws(CommandFailure) -> ProgramModule {
        let modules = tree.modules.filter { !$0.specs.isExtension }
        let names = modules.map { tree.selector($0) }
        if let word = words.first {
            if words.count > 1 { throw .usage("unexpected \"\(words[1])\"; name one service") }
            guard let index = names.firstIndex(of: word) else {
                throw .usage("there is no service \"\(word)\"; \(Suggestion.hint(for: word, in: names))")
            }
            return modules[index]
        }
        guard let module = modules.first, modules.count == 1 else {
            throw .usage("name a service: \(names.joined(separator: " or "))")
        }
        return module
    }

    private func store() throws(CommandFailure) -> LoginStore {
        guard let store = LoginStore(program: program) else {
            throw .usage("no folder to store a login in; set HOME or XDG_CONFIG_HOME")
        }
        return store
    }

    private func configuration(_ target: Target, _ line: ParsedLine) throws(CommandFailure) -> ClientConfiguration {
        ClientConfiguration(
            baseURL: target.baseURL, transport: try program.transport(line), timeout: target.timeout,
            clock: program.clock)
    }

    // MARK: login

    private func logIn(_ line: ParsedLine, _ target: Target) async throws(CommandFailure) -> ExitCode {
        let service = target.service
        if service.authentication == .basic { return try await storePassword(line, target) }
        guard service.clientCredentials != nil else {
            let variable = service.environment.accessToken.map { "; set \($0) to a token" } ?? ""
            throw .usage("\(service.name) has no endpoint that makes tokens\(variable)")
        }
        let store = try store()
        let former = try store.login(at: target.address, console)
        let login = try readLogin(line, service)
        console.secrets.add(login.clientSecret)
        let tokens = ClientCredentialsProvider(
            service: service, clientID: login.clientID, clientSecret: login.clientSecret ?? "",
            store: store.tokenStore(console), configuration: try configuration(target, line),
            onWarning: { console.note($0) })
        let token: AccessToken
        do throws(APIError) {
            token = try await tokens.renew()
        } catch {
            throw CommandFailure(error)
        }
        console.secrets.add(token.value)
        try await checkStored(token, tokens.credential, in: store)
        let storesSecret = line.has("keep-secret")
        try store.set(
            .init(clientID: login.clientID, clientSecret: storesSecret ? login.clientSecret : nil),
            at: target.address, console)
        let replaced = try await replace(former, by: login, target, in: store)
        let expiry = token.expiresAt.map { ", until \(Doctor.text($0))" } ?? ""
        let secret =
            storesSecret ? "the secret is stored too, so the token is renewed in time" : "the secret is not stored"
        try console.print(
            SafeText.escaped(
                "Logged in to \(target.address) as client \(login.clientID)\(expiry). The token is in "
                    + "\(store.tokens.path); \(secret).\(replaced)") + "\n")
        noteVariable(service)
        return .done
    }

    /// Stores a user and a password, which are sent with every call. No call is made to check them.
    private func storePassword(_ line: ParsedLine, _ target: Target) async throws(CommandFailure) -> ExitCode {
        let store = try store()
        let former = try store.login(at: target.address, console)
        let login = try readLogin(line, target.service)
        console.secrets.add(login.clientSecret)
        if login.clientID.contains(":") {
            throw .usage("the user \"\(login.clientID)\" has a colon, which basic authentication cannot send")
        }
        let token = AccessToken("\(login.clientID):\(login.clientSecret ?? "")")
        for secret in target.service.authentication.secrets(of: token.value) { console.secrets.add(secret) }
        let credential = ClientCredentialsProvider.credential(
            service: target.service, clientID: login.clientID, baseURL: target.baseURL)
        do {
            try await store.tokenStore(console).updateToken(for: credential) { _ async throws in token }
        } catch {
            throw CommandFailure(.local, "the password cannot be stored in \(store.tokens.path): \(error)")
        }
        try await checkStored(token, credential, in: store)
        try store.set(.init(clientID: login.clientID, clientSecret: nil), at: target.address, console)
        let replaced = try await replace(former, by: login, target, in: store)
        try console.print(
            SafeText.escaped(
                "The password of user \(login.clientID) at \(target.address) is stored in \(store.tokens.path), which only "
                    + "you can read; \(program.name) doctor checks it.\(replaced)") + "\n")
        noteVariable(target.service)
        return .done
    }

    private func checkStored(
        _ token: AccessToken, _ credential: String, in store: LoginStore
    ) async throws(CommandFailure) {
        let stored = try? await store.tokenStore(console).token(for: credential)
        guard stored?.value == token.value else {
            throw CommandFailure(.local, "the token cannot be stored in \(store.tokens.path)")
        }
    }

    /// Removes the token of the login before this one, and says so.
    private func replace(
        _ former: LoginStore.Login?, by login: LoginStore.Login, _ target: Target, in store: LoginStore
    ) async throws(CommandFailure) -> String {
        guard let former else { return "" }
        if former.clientID != login.clientID {
            let credential = ClientCredentialsProvider.credential(
                service: target.service, clientID: former.clientID, baseURL: target.baseURL)
            _ = try? await store.tokenStore(console).removeTokens { $0 == credential }
        }
        return " It replaces the login as \(target.service.loginNoun) \(former.clientID)."
    }

    private func noteVariable(_ service: Service) {
        if let variable = service.environment.accessToken, program.environmentValue(variable) != nil {
            console.note("\(variable) is set and takes precedence over the login")
        }
    }

    /// Reads ID and secret from the option and the environment, and what is missing from the terminal or standard input.
    private func readLogin(_ line: ParsedLine, _ service: Service) throws(CommandFailure) -> LoginStore.Login {
        let names = service.environment
        let isBasic = service.authentication == .basic
        let terminal = console.terminal
        var id = line.value("client-id") ?? program.environmentValue(names.clientID)
        // A secret in the environment belongs to the id there.
        let isOther = line.value("client-id").map { $0 != program.environmentValue(names.clientID) } ?? false
        var secret = isOther ? nil : program.environmentValue(names.clientSecret)
        if id == nil || secret == nil {
            if terminal.isInputTerminal {
                if id == nil { id = try ask(isBasic ? "user: " : "client ID: ", isSecret: false) }
                if secret == nil { secret = try ask(isBasic ? "password: " : "client secret: ", isSecret: true) }
            } else {
                var lines = String(decoding: terminal.readInput(1 << 20), as: UTF8.self)
                    .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)[...]
                id = id ?? lines.popFirst()
                secret = secret ?? lines.popFirst()
            }
        }
        let login = LoginStore.Login(
            clientID: (id ?? "").trimmingCharacters(in: .whitespaces),
            clientSecret: (secret ?? "").trimmingCharacters(in: .whitespaces))
        guard !login.clientID.isEmpty, login.clientSecret?.isEmpty == false else {
            let variables = [names.clientID, names.clientSecret].compactMap(\.self).joined(separator: " and ")
            throw .usage(
                "\(isBasic ? "user and password" : "client ID and secret") are needed: at the prompt, as two lines of standard input"
                    + (variables.isEmpty ? "" : ", or as \(variables)"))
        }
        return login
    }

    private func ask(_ prompt: String, isSecret: Bool) throws(CommandFailure) -> String {
        guard let text = console.terminal.ask(prompt, isSecret) else { throw CommandFailure(.interrupted, "") }
        return text
    }

    // MARK: logout

    private func logOut(_ target: Target) async throws(CommandFailure) -> ExitCode {
        let store = try store()
        let login = try store.login(at: target.address, console)
        let credential = ClientCredentialsProvider.credential(
            service: target.service, clientID: "", baseURL: target.baseURL)
        let removed: [String]
        do {
            removed = try await store.tokenStore(console).removeTokens { $0.hasSuffix(credential) }
        } catch {
            throw CommandFailure(.local, "the token cannot be removed from \(store.tokens.path): \(error)")
        }
        var clients = removed.map { String($0.dropLast(credential.count)) }
        if let login, !clients.contains(login.clientID) { clients.append(login.clientID) }
        guard !clients.isEmpty else {
            try console.print("Not logged in at \(SafeText.escaped(target.address)).\n")
            return .done
        }
        if login != nil { try store.set(nil, at: target.address, console) }
        if target.service.authentication == .basic {
            let users = clients.joined(separator: ", ")
            try console.print(
                SafeText.escaped(
                    "Logged out of \(target.address). The password of \(users) is removed from this machine.")
                    + "\n")
            return .done
        }
        let tokens =
            clients.count == 1
            ? "The token of client \(clients[0]) is removed from this machine; the service accepts it until it expires."
            : "The tokens of the clients \(clients.joined(separator: ", ")) are removed from this machine; the service "
                + "accepts them until they expire."
        try console.print(SafeText.escaped("Logged out of \(target.address). \(tokens)") + "\n")
        return .done
    }
}
