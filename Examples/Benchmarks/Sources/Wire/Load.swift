import EndpointKit
import Foundation
import Pan123

/// What many calls leave behind over the default transport. Each check prints a line, and throws if it fails.
struct Load {
    /// The server's base URL.
    let base: String

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Calls one after the other, 16 at once.
    func memory(_ calls: Int) async throws {
        let way = try Way.ours(base: base, total: 0, width: 16)
        // The first calls make connections and fill caches.
        try await way.work(max(10_000, calls / 10))
        let before = residentBytes()
        try await way.work(calls)
        let grown = Double(residentBytes() - before) / Double(calls)
        print("memory: \(calls) calls, \(String(format: "%.1f", grown)) bytes a call more")
        guard grown < 32 else { throw Failure(description: "memory grows with each call") }
    }

    /// Calls that the server responds to when all of them have come, each over a connection of its own.
    func concurrency(_ calls: Int) async throws {
        let before = openDescriptors()
        do {
            let transport = SystemTransport.make(maximumConnectionsPerHost: calls)
            let request = HTTPRequest(.get, try url("/together?count=\(calls)"))
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<calls {
                    group.addTask {
                        guard try await transport.send(request).status == 200 else { throw WrongResponse() }
                    }
                }
                try await group.waitForAll()
            }
            print("concurrency: \(calls) calls over \(calls) connections in \(ContinuousClock.now - start)")
        }
        try await settle("concurrency", descriptors: before + 4)
    }

    /// Calls that are cancelled while they are begun, while they wait, and while their body is received.
    func cancellation(_ calls: Int) async throws {
        let transport = SystemTransport.make(maximumConnectionsPerHost: 64)
        let never = HTTPRequest(.get, try url("/never"))
        func cancel(_ calls: Int) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<calls {
                    group.addTask {
                        let task = Task { try await transport.send(never) }
                        try await Task.sleep(for: .microseconds(number % 50 * 40))
                        task.cancel()
                        let response = try? await task.value
                        guard response == nil else { throw Failure(description: "a cancelled call succeeded") }
                    }
                    if number % 200 == 199 { try await group.waitForAll() }
                }
                try await group.waitForAll()
            }
        }
        try await cancel(calls / 10)
        let (descriptors, threads, memory) = (openDescriptors(), threadCount(), residentBytes())
        try await cancel(calls)
        try await settle("cancellation", descriptors: descriptors + 4, threads: threads + 4)
        print(
            "cancellation: \(calls) cancelled calls, descriptors \(openDescriptors() - descriptors), "
                + "threads \(threadCount() - threads), \((residentBytes() - memory) / calls) bytes a call more")
    }

    private func url(_ path: String) throws -> URL {
        guard let url = URL(string: base + path) else { throw WrongResponse() }
        return url
    }

    /// Waits until descriptors and threads are gone, which other threads see to.
    private func settle(_ what: String, descriptors: Int, threads: Int = .max) async throws {
        for _ in 0..<3000 {
            if openDescriptors() <= descriptors, threadCount() <= threads { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(
            description: "\(what): \(openDescriptors()) descriptors, \(threadCount()) threads are left")
    }
}
