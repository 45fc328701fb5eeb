import EndpointKit
import Foundation

/// Where the program keeps tokens and logins: the folder `NAME` in `$XDG_CONFIG_HOME`, otherwise in `~/.config`.
struct AccountFiles: Sendable {
    /// By client's id and the service's address, with the time of expiry.
    let tokens: URL
    /// By the service's address: the client's id, and the secret of those who want it kept.
    let logins: URL

    /// Nil where there is no home.
    init?(program: Program) {
        let folder: URL
        // The XDG rules: a relative path counts as none.
        if let path = program.environmentValue("XDG_CONFIG_HOME"), path.hasPrefix("/") {
            folder = URL(fileURLWithPath: path)
        } else if let home = program.environmentValue("HOME"), home.hasPrefix("/") {
            folder = URL(fileURLWithPath: home).appendingPathComponent(".config")
        } else {
            return nil
        }
        let own = folder.appendingPathComponent(program.name)
        tokens = own.appendingPathComponent("tokens.json")
        logins = own.appendingPathComponent("logins.json")
    }

    func store(_ console: Console) -> FileTokenStore {
        FileTokenStore(url: tokens, onWarning: { console.note($0) })
    }

    // MARK: Logins

    struct Login: Sendable, Hashable {
        var clientID: String
        var clientSecret: String?
    }

    /// The login that was made at an address such as `api.example.com`.
    func login(at address: String, _ console: Console) throws(CommandFailure) -> Login? {
        guard let entry = try allLogins(console)[address], let id = entry["clientID"]?.string else { return nil }
        return Login(clientID: id, clientSecret: entry["clientSecret"]?.string)
    }

    /// Keeps a login; nil forgets it.
    func set(_ login: Login?, at address: String, _ console: Console) throws(CommandFailure) {
        var all = try allLogins(console)
        all[address] = login.map { login in
            var entry: JSONObject = ["clientID": .string(login.clientID)]
            if let secret = login.clientSecret { entry["clientSecret"] = .string(secret) }
            return .object(entry)
        }
        do {
            try PrivateFile.makeFolder(of: logins)
            try PrivateFile.write(["version": 1, "logins": .object(all)], to: logins)
        } catch {
            throw CommandFailure(.refused, "the login cannot be kept: \(error)")
        }
    }

    private func allLogins(_ console: Console) throws(CommandFailure) -> JSONObject {
        do {
            guard let content = try PrivateFile.read(logins, { console.note($0) }) else { return [:] }
            guard content["version"] == 1, let logins = content["logins"]?.object else {
                console.note("\(logins.path) is damaged: it is taken as empty, and replaced by the next login")
                return [:]
            }
            return logins
        } catch {
            throw CommandFailure(.refused, "the kept login cannot be read: \(error)")
        }
    }
}
