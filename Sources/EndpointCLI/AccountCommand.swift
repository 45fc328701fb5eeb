import EndpointDynamic
import EndpointKit
import Foundation

/// `login`, `logout` and `doctor`: what concerns the caller's account rather than an endpoint.
struct AccountCommand: Sendable {
    enum Name: String, Sendable {
        case login, logout, doctor
    }

    let program: Program
    let tree: CommandTree
    let console: Console

    func run(_ name: Name, _ arguments: [String]) async throws(CommandFailure) -> ExitCode {
        let options = Self.options(name)
        let line = try OptionParser(options.map(\.option)).parse(arguments)
        if line.has("help") {
            try console.print(HelpText(program: program, tree: tree, width: console.textWidth).account(name))
            return .done
        }
        let place = try place(line)
        switch name {
        case .login: return try await logIn(line, place)
        case .logout: return try await logOut(place)
        case .doctor: return try await Doctor(program: program, place: place, console: console).run(line)
        }
    }

    // MARK: Command lines

    static func options(_ name: Name) -> [StandingOptions.Entry] {
        var names = ["base-url", "endpoints", "help"]
        if name != .logout { names.insert("timeout", at: 1) }
        if name == .doctor { names.insert("format", at: 0) }
        let standing = names.compactMap { name in StandingOptions.all.first { $0.option.name == name } }
            .map { entry in
                var entry = entry
                if entry.option.name == "timeout" { entry.help = "How long each request may take." }
                if entry.option.name == "format" { entry.help = "table (default) or json." }
                return entry
            }
        guard name == .login else { return standing }
        return [
            StandingOptions.Entry(
                option: OptionDefinition(name: "client-id", form: .value), placeholder: "ID",
                help: "The client's id; asked for otherwise."),
            StandingOptions.Entry(
                option: OptionDefinition(name: "keep-secret", form: .flag),
                help: "Keep the secret too, in a file for your eyes only, so that the token can be renewed."),
        ] + standing
    }

    /// A service at an address.
    struct Place: Sendable {
        var module: DynamicModule
        var baseURL: String?
        var timeout: Duration
        /// Such as `api.example.com`.
        var address: String

        var service: Service { module.service }
    }

    private func place(_ line: ParsedLine) throws(CommandFailure) -> Place {
        let module = try module(Array(line.words.dropFirst()))
        let baseURL = line.value("base-url") ?? program.environmentValue(module.service.environment.baseURL)
        return Place(
            module: module, baseURL: baseURL, timeout: try CallClient.timeout(line) ?? .seconds(30),
            address: ClientCredentialsProvider.address(service: module.service, baseURL: baseURL))
    }

    /// The service that is named; without a name the only one that there is.
    private func module(_ words: [String]) throws(CommandFailure) -> DynamicModule {
        let modules = tree.modules.filter { !$0.model.isExtension }
        let names = modules.map { tree.selector($0) }
        if let word = words.first {
            if words.count > 1 { throw .usage("unexpected \"\(words[1])\"; name one service") }
            guard let index = names.firstIndex(of: word) else {
                throw .usage("there is no service \"\(word)\"; \(Nearest.hint(for: word, in: names))")
            }
            return modules[index]
        }
        guard let module = modules.first, modules.count == 1 else {
            throw .usage("name a service: \(names.joined(separator: " or "))")
        }
        return module
    }

    private func files() throws(CommandFailure) -> AccountFiles {
        guard let files = AccountFiles(program: program) else {
            throw .usage("there is no folder to keep a login in; set HOME or XDG_CONFIG_HOME")
        }
        return files
    }

    private func configuration(_ place: Place) -> ClientConfiguration {
        ClientConfiguration(
            baseURL: place.baseURL, transport: program.transport, timeout: place.timeout, clock: program.clock)
    }

    // MARK: login

    private func logIn(_ line: ParsedLine, _ place: Place) async throws(CommandFailure) -> ExitCode {
        let service = place.service
        guard service.clientCredentials != nil else {
            let variable = service.environment.accessToken.map { "; set \($0) to a token" } ?? ""
            throw .usage("\(service.name) has no call that makes tokens\(variable)")
        }
        let files = try files()
        let login = try readLogin(line, service)
        console.secrets.add(login.clientSecret)
        let tokens = ClientCredentialsProvider(
            service: service, clientID: login.clientID, clientSecret: login.clientSecret ?? "",
            store: files.store(console), configuration: configuration(place), onWarning: { console.note($0) })
        let token: AccessToken
        do throws(APIError) {
            token = try await tokens.renew()
        } catch {
            throw CommandFailure(error)
        }
        console.secrets.add(token.value)
        guard let kept = try? await files.store(console).token(for: tokens.credential), kept.value == token.value else {
            throw CommandFailure(.refused, "the token cannot be kept in \(files.tokens.path)")
        }
        let keepsSecret = line.has("keep-secret")
        try files.set(
            .init(clientID: login.clientID, clientSecret: keepsSecret ? login.clientSecret : nil),
            at: place.address, console)
        let expiry = token.expiresAt.map { ", until \(Doctor.text($0))" } ?? ""
        let secret =
            keepsSecret ? "the secret is kept too, so the token is renewed in time" : "the secret is not kept"
        try console.print(
            SafeText.escaped(
                "Logged in to \(place.address) as client \(login.clientID)\(expiry). The token is in "
                    + "\(files.tokens.path); \(secret).") + "\n")
        if let variable = service.environment.accessToken, program.environmentValue(variable) != nil {
            console.note("\(variable) is set and goes before the login")
        }
        return .done
    }

    /// Id and secret: from the option and the environment, and what is missing from the terminal or standard input.
    private func readLogin(_ line: ParsedLine, _ service: Service) throws(CommandFailure) -> AccountFiles.Login {
        let names = service.environment
        let terminal = console.terminal
        var id = line.value("client-id") ?? program.environmentValue(names.clientID)
        // A secret in the environment belongs to the id there.
        let isOther = line.value("client-id").map { $0 != program.environmentValue(names.clientID) } ?? false
        var secret = isOther ? nil : program.environmentValue(names.clientSecret)
        if id == nil || secret == nil {
            if terminal.isInputTerminal {
                if id == nil { id = try ask("client id: ", isSecret: false) }
                if secret == nil { secret = try ask("client secret: ", isSecret: true) }
            } else {
                var lines = String(decoding: terminal.readInput(), as: UTF8.self)
                    .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)[...]
                id = id ?? lines.popFirst()
                secret = secret ?? lines.popFirst()
            }
        }
        let login = AccountFiles.Login(
            clientID: (id ?? "").trimmingCharacters(in: .whitespaces),
            clientSecret: (secret ?? "").trimmingCharacters(in: .whitespaces))
        guard !login.clientID.isEmpty, login.clientSecret?.isEmpty == false else {
            let variables = [names.clientID, names.clientSecret].compactMap(\.self).joined(separator: " and ")
            throw .usage(
                "id and secret are needed: at the prompt, as two lines of standard input"
                    + (variables.isEmpty ? "" : ", or as \(variables)"))
        }
        return login
    }

    private func ask(_ prompt: String, isSecret: Bool) throws(CommandFailure) -> String {
        guard let text = console.terminal.ask(prompt, isSecret) else { throw CommandFailure(.interrupted, "") }
        return text
    }

    // MARK: logout

    private func logOut(_ place: Place) async throws(CommandFailure) -> ExitCode {
        let files = try files()
        guard let login = try files.login(at: place.address, console) else {
            try console.print("There is no login at \(SafeText.escaped(place.address)).\n")
            return .done
        }
        let credential = ClientCredentialsProvider.credential(
            service: place.service, clientID: login.clientID, baseURL: place.baseURL)
        do {
            try await files.store(console).update(credential) { _ in nil }
        } catch {
            throw CommandFailure(.refused, "the token cannot be taken out of \(files.tokens.path): \(error)")
        }
        try files.set(nil, at: place.address, console)
        try console.print(
            SafeText.escaped(
                "Logged out of \(place.address). The token of client \(login.clientID) is forgotten here; the service "
                    + "honours it until it expires.") + "\n")
        return .done
    }
}
