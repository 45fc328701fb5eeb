import EndpointKit
import Synchronization

/// What really happened to each call, as the service saw it, and what came out of it.
final class Ledger: Sendable {
    struct Entry {
        var requests = 0
        /// How often the service did what was asked for.
        var executions = 0
        /// Whether the service did it and its response, whatever it said, went back whole.
        var gotResponse = false
    }

    struct Totals {
        var calls = 0
        var succeeded = 0
        var failures: [String: Int] = [:]
        var requests = 0
        var executions = 0
        var tokens = 0
        var cancelled = 0
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var totals = Totals()
        var violations: [String] = []
        var tokenRequestsInFlight = 0
    }

    private let state = Mutex(State())

    var totals: Totals { state.withLock { $0.totals } }
    var violations: [String] { state.withLock { $0.violations } }

    func violation(_ text: String) { state.withLock { $0.violations.append(text) } }

    // MARK: The service's side

    /// A request came in; returns its number for this call, from 1.
    func requested(_ call: Int) -> Int {
        state.withLock { state in
            state.totals.requests += 1
            state.entries[call, default: Entry()].requests += 1
            return state.entries[call]?.requests ?? 0
        }
    }

    func executed(_ call: Call) {
        state.withLock { state in
            var entry = state.entries[call.number, default: Entry()]
            entry.executions += 1
            state.totals.executions += 1
            if !call.kind.isIdempotent, entry.executions > 1 {
                let when = entry.gotResponse ? "after a response" : "after a doubtful failure"
                state.violations.append("call \(call.number) (\(call.kind)): executed again \(when)")
            }
            state.entries[call.number] = entry
        }
    }

    func responded(_ call: Int) {
        state.withLock { state in
            if state.entries[call, default: Entry()].executions > 0 { state.entries[call]?.gotResponse = true }
        }
    }

    func tokenRequest(_ change: Int) {
        state.withLock { state in
            state.tokenRequestsInFlight += change
            if state.tokenRequestsInFlight > 1 { state.violations.append("two requests for tokens at once") }
        }
    }

    func madeToken() { state.withLock { $0.totals.tokens += 1 } }

    // MARK: The caller's side

    /// How every secret begins.
    static let secretMark = "planted-"

    /// Nothing that a program might print may hold a secret.
    func shown(_ text: String) {
        guard text.contains(Self.secretMark) else { return }
        violation("a secret was shown: \(text.prefix(300))")
    }

    func ended(_ call: Call, _ outcome: Result<Int, APIError>, after elapsed: Duration, limits: Limits) {
        state.withLock { state in
            let entry = state.entries[call.number, default: Entry()]
            state.totals.calls += 1
            // An error of the call that makes tokens counts that call's requests.
            var attempts: Int?
            switch outcome {
            case .success(let count):
                attempts = count
                state.totals.succeeded += 1
                if entry.executions == 0 {
                    state.violations.append("call \(call.number) (\(call.kind)): succeeded without being executed")
                }
            case .failure(let error):
                if error.endpointID == call.endpoint.id { attempts = error.attempts }
                state.totals.failures[error.kind.rawValue, default: 0] += 1
            }
            if entry.requests > limits.requests {
                state.violations.append(
                    "call \(call.number) (\(call.kind)): \(entry.requests) requests, at most \(limits.requests) allowed"
                )
            }
            if let attempts, attempts != entry.requests {
                state.violations.append(
                    "call \(call.number) (\(call.kind)): says \(attempts) attempts, the service saw \(entry.requests)")
            }
            if elapsed > limits.time {
                state.violations.append(
                    "call \(call.number) (\(call.kind)): took \(elapsed), allowed \(limits.time): \(outcome)")
            }
        }
    }
}

/// What no call may exceed.
struct Limits: Sendable {
    var requests: Int
    var time: Duration
}

/// One call of the run.
struct Call: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case read
        case create
        case replace

        var isIdempotent: Bool { self != .create }
    }

    var number: Int
    var kind: Kind

    struct Confirmation: Decodable, Sendable {
        var call: Int
    }

    /// A password travels with it that must never be shown.
    var password: String { "\(Ledger.secretMark)password-\(number)" }

    var endpoint: Endpoint<Confirmation> {
        let parameters: Parameters = ["call": number, "password": password]
        var endpoint = Endpoint<Confirmation>(
            kind == .read ? .get : .post, "/\(kind)", id: "chaos.\(kind)", query: kind == .read ? parameters : [],
            body: kind == .read ? .none : .json(parameters))
        endpoint.isIdempotent = kind.isIdempotent
        endpoint.sensitiveFields = ["password"]
        endpoint.rate = Rate(20, per: .second)
        return endpoint
    }
}
