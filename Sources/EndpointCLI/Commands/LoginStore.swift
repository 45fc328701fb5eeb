import EndpointKit
import Foundation

/// The files that hold tokens and logins, in the folder `NAME` of `$XDG_CONFIG_HOME` or of `~/.config`.
struct LoginStore: Sendable {
    /// Tokens with their time of expiry, by client ID and the service's address.
    let tokens: URL
    /// The client ID, and the secret where it is stored too, by the service's address.
    let logins: URL

    /// Nil if the environment names no home folder.
    init?(program: Program) {
        let folder: URL
        // The XDG specification says that a relative path is ignored.
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

    func tokenStore(_ console: Console) -> FileTokenStore {
        FileTokenStore(url: tokens, onWarning: { console.note($0) })
    }

    // MARK: Logins

    struct Login: Sendable, Hashable {
        var clientID: String
        var clientSecret: String?
    }

    /// The login at an address such as `api.example.com`; nil if there is none.
    func login(at address: String, _ console: Console) throws(CommandFailure) -> Login? {
        guard let entry = try allLogins(console)[address], let id = entry["clientID"]?.string else { return nil }
        return Login(clientID: id, clientSecret: entry["clientSecret"]?.string)
    }

    /// Stores a login; nil removes it.
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
            throw CommandFailure(.local, "the login cannot be stored: \(error)")
        }
    }

    private func allLogins(_ console: Console) throws(CommandFailure) -> JSONObject {
        do {
            guard let content = try PrivateFile.read(logins, { console.note($0) }) else { return [:] }
            guard content["version"] == 1, let logins = content["logins"]?.object else {
                console.note("\(logins.path) is damaged: it is ignored, and the next login replaces it")
                return [:]
            }
            return logins
        } catch {
            throw CommandFailure(.local, "the stored login cannot be read: \(error)")
        }
    }
}
