import EndpointTesting
import Foundation
import Synchronization
import Testing
import TestSupport

@testable import EndpointKit

@Suite("Waiting")
struct WaitingTests {
    // MARK: Queue and heap

    @Test("a queue has the order of an array whatever leaves, and stores no more than it ever held", arguments: 1...5)
    func queue(seed: UInt64) {
        var random = Seeded(seed)
        var queue = LinkedQueue<Int>()
        var model: [(value: Int, position: LinkedQueue<Int>.Position)] = []
        var left: [LinkedQueue<Int>.Position] = []
        var peak = 0
        for value in 0..<3000 {
            switch random.next() % 5 {
            case 0, 1: model.append((value, queue.append(value)))
            case 2 where !model.isEmpty:
                let gone = model.remove(at: Int(random.next() % UInt64(model.count)))
                #expect(queue.remove(gone.position) == gone.value)
                left.append(gone.position)
            case 3:
                #expect(queue.popFirst() == model.first?.value)
                if !model.isEmpty { left.append(model.removeFirst().position) }
            default:
                // Who has left cannot remove the one that has the slot now.
                if let old = left.last { #expect(queue.remove(old) == nil) }
            }
            peak = max(peak, model.count)
            let (count, first) = (queue.count, queue.first)
            #expect(count == model.count && first == model.first?.value)
        }
        var rest: [Int] = []
        queue.forEach { rest.append($0) }
        #expect(rest == model.map(\.value))
        let slots = queue.slotCount
        #expect(slots == peak)
        #expect(queue.removeAll() == rest)
    }

    @Test("a heap returns what is due in the order of deadlines, without what was removed", arguments: 1...5)
    func heap(seed: UInt64) {
        var random = Seeded(seed)
        let start = ContinuousClock.now
        var heap = DeadlineHeap<Int>()
        var model: [(deadline: Int, value: Int, entry: DeadlineHeap<Int>.Entry)] = []
        for value in 0..<2000 {
            // Deadlines are unique, so that their order is.
            let deadline = Int(random.next() % 1000) * 2000 + value
            model.append((deadline, value, heap.insert(value, at: start + .milliseconds(deadline))))
            if random.next() % 3 == 0 {
                let gone = model.remove(at: Int(random.next() % UInt64(model.count)))
                #expect(heap.remove(gone.entry) == gone.value)
                #expect(heap.remove(gone.entry) == nil)
            }
        }
        model.sort { $0.deadline < $1.deadline }
        let half = model[model.count / 2].deadline
        var due: [Int] = []
        while let value = heap.popFirst(until: start + .milliseconds(half)) { due.append(value) }
        #expect(due == model.filter { $0.deadline <= half }.map(\.value))
        let count = heap.count
        #expect(count == model.count - due.count)
    }

    // MARK: Alarm

    /// A provider that the client knows nothing of, as in an application.
    private struct Vault: TokenProvider {
        func token() async throws(APIError) -> AccessToken { AccessToken("vault-token") }
        func tokenWasRefused(_ token: AccessToken) async -> Bool { false }
    }

    @Test("a thousand calls with a time limit leave no entry and one sleeping task")
    func calls() async throws {
        let alarm = Alarm()
        let transport = ClosureTransport { _ throws(TransportError) in
            HTTPResponse(status: 200, body: Data(#"{"code":0}"#.utf8))
        }
        let client = Client(
            service: .test, tokens: Vault(),
            configuration: ClientConfiguration(transport: transport, clock: .system(alarm: alarm)))
        for _ in 0..<1000 { try await client.send(Endpoint<Void>(.get, "/x", response: .none)) }
        #expect(alarm.count == 0)
        #expect(alarm.sleeperCount == 1)
    }

    @Test("a sleep that is cancelled leaves at once")
    func cancelledSleep() async {
        let alarm = Alarm()
        let tasks = (0..<100).map { _ in Task { try await alarm.sleep(for: .seconds(3600)) } }
        while alarm.count < 100 { await Task.yield() }
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        #expect(alarm.count == 0)
    }

    @Test("an earlier deadline does not wait for a later one")
    func earlier() async throws {
        let alarm = Alarm()
        let late = Task { try await alarm.sleep(for: .seconds(3600)) }
        while alarm.count < 1 { await Task.yield() }
        try await alarm.sleep(for: .milliseconds(20))
        #expect(alarm.count == 1)
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(alarm.count == 0)
    }

    // MARK: Lines

    @Test("a task that is cancelled leaves the line of a lock")
    func lock() async throws {
        let lock = AsyncLock()
        try await lock.acquire()
        let tasks = (0..<3).map { _ in Task { try await lock.acquire() } }
        while lock.waiterCount < 3 { await Task.yield() }
        tasks[1].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[1].value }
        #expect(lock.waiterCount == 2)
        lock.release()
        lock.release()
        try await tasks[0].value
        try await tasks[2].value
        #expect(lock.waiterCount == 0)
    }

    @Test("a caller that is cancelled leaves the line for a token")
    func token() async {
        let transport = ClosureTransport { request throws(TransportError) in
            try? await Task.sleep(for: .seconds(3600))
            throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        }
        let tokens = ClientCredentialsProvider(
            service: .test, clientID: "id", clientSecret: "secret",
            configuration: ClientConfiguration(transport: transport, retry: .never))
        let tasks = (0..<3).map { _ in Task { try await tokens.token() } }
        while tokens.waiterCount < 3 { await Task.yield() }
        tasks[1].cancel()
        await #expect(throws: APIError.self) { try await tasks[1].value }
        #expect(tokens.waiterCount == 2)
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
        #expect(tokens.waiterCount == 0)
    }

    @Test("each call in a line of 2,000 asks the clock as often as in a line of 20")
    func linear() async throws {
        var each: [Int] = []
        for length in [20, 2000] {
            let (manual, asked) = (ManualClock(), Log.Count())
            var clock = manual.clientClock
            clock.now = {
                asked.add()
                return manual.now
            }
            let limiter = TokenBucketLimiter(clock: clock)
            let key = RateKey(credential: "me", group: "g")
            let rate = Rate(1_000_000, per: .second)
            try await limiter.acquire(key, rate: rate, timeout: .zero)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<length {
                    group.addTask { try? await limiter.acquire(key, rate: rate, timeout: .seconds(60)) }
                }
                while limiter.waiting(key) < length { await Task.yield() }
                while limiter.waiting(key) > 0 {
                    manual.advanceToNextSleeper()
                    await Task.yield()
                }
            }
            each.append(asked.value / length)
        }
        #expect(each[1] <= each[0] + 1)
    }
}

extension Log {
    /// How often something happened.
    final class Count: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }
}
