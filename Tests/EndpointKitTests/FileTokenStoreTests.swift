import EndpointKit
import Foundation
import Synchronization
import Testing
import TestSupport

@Suite("FileTokenStore")
struct FileTokenStoreTests {
    /// A folder of its own for each test.
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
    private var file: URL { folder.appendingPathComponent("inner/token.json") }

    private func withStore(_ work: (FileTokenStore, Log) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let log = Log()
        try await work(FileTokenStore(url: file, onWarning: { log.add($0) }), log)
    }

    private func mode(_ url: URL) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    @Test("tokens are stored by credential, in a file and a folder that only the owner can access")
    func keeps() async throws {
        try await withStore { store, log in
            #expect(try await store.token(for: "a") == nil)
            let token = AccessToken(
                "t\"1/中", expiresAt: Date(timeIntervalSince1970: 1_800_000_000.25),
                issuedAt: Date(timeIntervalSince1970: 1_700_000_000))
            try await store.updateToken(for: "a") { old in
                #expect(old == nil)
                return token
            }
            try await store.updateToken(for: "b") { _ in AccessToken("t2") }
            let other = FileTokenStore(url: file)
            #expect(try await other.token(for: "a") == token)
            #expect(try await other.token(for: "b") == AccessToken("t2"))
            #expect(try mode(file) == 0o600)
            #expect(try mode(file.deletingLastPathComponent()) == 0o700)
            try await store.updateToken(for: "a") { _ in nil }
            #expect(try await other.token(for: "a") == nil)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path).sorted()
                    == ["token.json", "token.json.lock"])
            #expect(log.lines.isEmpty)
        }
    }

    @Test(
        "an invalid token file is treated as empty, with a warning, and is replaced",
        arguments: [
            "", "{", "[]", "junk\u{0}", #"{"version":2,"tokens":{"a":{"token":"x"}}}"#, #"{"version":1}"#,
        ])
    func damaged(content: String) async throws {
        try await withStore { store, log in
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            #expect(try await store.token(for: "a") == nil)
            #expect(
                log.lines == [
                    "\(store.url.path) is damaged: it is treated as empty, and replaced when the next token is stored"
                ])
            try await store.updateToken(for: "a") { _ in AccessToken("new") }
            #expect(try await store.token(for: "a")?.value == "new")
        }
    }

    @Test("an invalid entry does not affect the others")
    func oddEntry() async throws {
        try await withStore { store, log in
            try await store.updateToken(for: "a") { _ in AccessToken("x") }
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacingOccurrences(of: "\"tokens\": {", with: "\"tokens\": {\"b\": 5, ").utf8).write(
                to: file)
            #expect(try await store.token(for: "a")?.value == "x")
            #expect(try await store.token(for: "b") == nil)
            #expect(log.lines.allSatisfy { !$0.contains("damaged") })
        }
    }

    @Test("a file that others can read is used with a warning, and has mode 0600 when it is replaced")
    func readable() async throws {
        try await withStore { store, log in
            try await store.updateToken(for: "a") { _ in AccessToken("x") }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
            #expect(try await store.token(for: "a")?.value == "x")
            #expect(log.lines == ["\(store.url.path) can be read by others: its mode is 644, not 600"])
            try await store.updateToken(for: "a") { _ in AccessToken("y") }
            #expect(try mode(file) == 0o600)
        }
    }

    @Test("a FIFO, a folder or a device as the file is an error, and is not waited for")
    func notAFile() async throws {
        try await withStore { store, log in
            let inner = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            #expect(mkfifo(file.path, 0o600) == 0)
            try FileManager.default.createDirectory(
                at: inner.appendingPathComponent("folder"), withIntermediateDirectories: true)
            for store in [store, FileTokenStore(url: inner.appendingPathComponent("folder"))] {
                for change in [false, true] {
                    var message = ""
                    do {
                        if change {
                            try await store.updateToken(for: "a") { _ in AccessToken("x") }
                        } else {
                            _ = try await store.token(for: "a")
                        }
                    } catch {
                        message = "\(error)"
                    }
                    #expect(message == "\(store.url.path) is not a regular file")
                }
            }
            #expect(log.lines.isEmpty)
        }
    }

    @Test("what a process that was killed left behind is removed, and what another one writes is not")
    func sweep() async throws {
        try await withStore { store, _ in
            let inner = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            let names = [
                "token.json.\(UUID().uuidString).tmp", "token.json.\(UUID().uuidString).tmp", "token.json.backup.tmp",
                "other.json.\(UUID().uuidString).tmp",
            ]
            for name in names { try Data("x".utf8).write(to: inner.appendingPathComponent(name)) }
            // A process that is alive holds the lock of its file.
            let descriptor = open(inner.appendingPathComponent(names[1]).path, O_RDONLY)
            defer { close(descriptor) }
            #expect(flock(descriptor, LOCK_EX) == 0)
            try await store.updateToken(for: "a") { _ in AccessToken("x") }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: inner.path).sorted()
                    == (["token.json", "token.json.lock"] + names.dropFirst()).sorted())
        }
    }

    @Test("a change that throws changes nothing and frees the lock")
    func throwing() async throws {
        struct Stop: Error {}
        try await withStore { store, _ in
            try await store.updateToken(for: "a") { _ in AccessToken("x") }
            await #expect(throws: Stop.self) { try await store.updateToken(for: "a") { _ in throw Stop() } }
            #expect(try await store.updateToken(for: "a") { old in old }?.value == "x")
        }
    }

    @Test("who waits too long for the lock of another gives up, and names the file")
    func lockTimeout() async throws {
        try await withStore { store, _ in
            let gate = Gate()
            let holder = Task {
                try await store.updateToken(for: "a") { _ in
                    await gate.wait()
                    return AccessToken("x")
                }
            }
            while !FileManager.default.fileExists(atPath: file.path + ".lock") { await Task.yield() }
            let other = FileTokenStore(url: file, lockTimeout: .milliseconds(50))
            var message = ""
            do {
                try await other.updateToken(for: "a") { _ in AccessToken("y") }
            } catch {
                message = "\(error)"
            }
            #expect(
                message == "timed out after 0.05 s waiting for \(store.url.path).lock, which another process has locked"
            )
            gate.open()
            let held = try await holder.value
            #expect(held?.value == "x")
        }
    }

    @Test("eight stores on one file, as in eight processes, make one token for each expiry")
    func oneMint() async throws {
        try await withStore { _, log in
            let issuer = ClientCredentialsProviderTests.Issuer()
            let providers = (0..<8).map { _ in
                ClientCredentialsProvider(
                    service: .test, clientID: "c", clientSecret: "s3cret", store: FileTokenStore(url: file),
                    configuration: ClientConfiguration(transport: issuer.transport, clock: issuer.clock.clientClock),
                    onWarning: { log.add($0) })
            }
            for expiry in 1...3 {
                let values = await withTaskGroup(of: String.self) { group in
                    for provider in providers {
                        for _ in 0..<5 { group.addTask { (try? await provider.token().value) ?? "none" } }
                    }
                    return await group.reduce(into: Set<String>()) { $0.insert($1) }
                }
                #expect(values == ["token-\(expiry)"])
                #expect(issuer.made == expiry)
                issuer.clock.advance(by: .seconds(4000))
            }
            #expect(log.lines.isEmpty)
        }
    }

    #if os(Linux) || os(macOS)
        @Test("a lock that another process holds is waited for, and is free when that process ends")
        func otherProcess() async throws {
            try await withStore { store, _ in
                try await store.updateToken(for: "a") { _ in AccessToken("x") }
                // `flock` of util-linux, where it is installed, takes the same kind of lock.
                let tool = "/usr/bin/flock"
                guard FileManager.default.isExecutableFile(atPath: tool) else { return }
                let held = folder.appendingPathComponent("held").path
                let process = Process()
                process.executableURL = URL(fileURLWithPath: tool)
                process.arguments = [file.path + ".lock", "sh", "-c", "touch '\(held)'; sleep 0.3"]
                try process.run()
                while !FileManager.default.fileExists(atPath: held) { await Task.yield() }
                let changed = try await store.updateToken(for: "a") { old in
                    #expect(!process.isRunning)
                    return AccessToken("\(old?.value ?? "") then y")
                }
                #expect(changed?.value == "x then y")
                process.waitUntilExit()
            }
        }
    #endif
}
