import EndpointKit
import Foundation
import Synchronization

/// A service behind a bad network, in the process: it throttles, cuts, expires and lies, as a seed says.
///
/// One lie is left out, because no client could see through it: to do what is asked for and then to say that it was
/// throttled.
final class ChaoticService: Transport {
    static let secret = "\(Ledger.secretMark)client-secret"

    private let clock: VirtualClock
    private let ledger: Ledger
    private let seed: UInt64
    private let sabotage: Sabotage?
    private let state = Mutex((valid: Set<String>(), made: 0, tokenRequests: 0))

    init(clock: VirtualClock, ledger: Ledger, seed: UInt64, sabotage: Sabotage?) {
        self.clock = clock
        self.ledger = ledger
        self.seed = seed
        self.sabotage = sabotage
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        clock.touch()
        defer { clock.touch() }
        guard request.url.path != "/token" else { return try await token(request) }
        guard let call = Call(request) else { return page(400, "<html>no such call</html>") }
        let number = ledger.requested(call.number)
        if sabotage == .hangs, call.number == 100 {
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
        var random = SeededRandom(seed: seed, UInt64(call.number), UInt64(number))
        let authorization = request.headers["Authorization"] ?? ""
        try await pass(.milliseconds(50 * Int.random(in: 0...20, using: &random)), request)
        guard isValid(authorization) else {
            return random.percent(50) ? envelope(401, "token expired: \(authorization)") : page(401, authorization)
        }
        let fate = Fate.random(using: &random)
        if fate.isExecuted { ledger.executed(call) }
        if fate.expiresToken { expire(authorization) }
        defer { if fate.isResponse { ledger.responded(call.number) } }
        switch fate {
        case .success: return envelope(0, "ok", data: #"{"call":\#(call.number)}"#)
        case .unreachable: throw broken(.cannotConnect, isUnsent: true)
        case .cutBefore: throw broken(.connectionLost)
        case .cutAfter: throw broken(.connectionLost, isUnsent: sabotage == .repeats)
        case .stall, .stallAfter:
            try await pass(min(.seconds(30), request.timeout ?? .seconds(30)), request)
            throw broken(.timeout)
        case .throttled:
            let page = page(429, "slow down, \(authorization)", retryAfter: retryAfter(using: &random))
            return random.percent(50) ? page : envelope(429, "slow down", retryAfter: retryAfter(using: &random))
        case .busy: return envelope(1, "busy, queued")
        case .gateway, .gatewayAfter:
            return page(
                [502, 503, 504].randomElement(using: &random) ?? 502, "<html>\(authorization) \(call.password)</html>")
        case .expired: return envelope(401, "expired")
        case .refused: return envelope(7, "no: \(call.password) \(authorization)")
        case .truncated: return HTTPResponse(status: 200, body: Data(#"{"code":0,"data":{"call":\#(call.number)"#.utf8))
        case .wrongType: return envelope(0, "ok", data: #"{"call":"\#(call.password)"}"#)
        case .noPayload: return envelope(0, "ok")
        case .empty: return HTTPResponse(status: 200)
        case .redirect:
            throw broken(.redirectRefused(status: 302, location: "https://elsewhere.test/\(call.password)"))
        }
    }

    // MARK: Tokens

    private func token(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        ledger.tokenRequest(1)
        defer { ledger.tokenRequest(-1) }
        let number = state.withLock { state in
            state.tokenRequests += 1
            return state.tokenRequests
        }
        var random = SeededRandom(seed: seed, .max, UInt64(number))
        try await pass(.milliseconds(50 * Int.random(in: 0...10, using: &random)), request)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4: throw broken(.cannotConnect, isUnsent: true)
        case 4..<8: return page(503, "<html>\(Self.secret)</html>")
        case 8..<12: return envelope(429, "slow down")
        case 12..<14: return envelope(7, "wrong secret \(Self.secret)")
        default: break
        }
        let token = state.withLock { state in
            state.made += 1
            let token = "\(Ledger.secretMark)token-\(state.made)-\(seed)"
            state.valid.insert(token)
            return token
        }
        ledger.madeToken()
        let lifetimes: [Int] = [-60, 30, 900, 7200, 10_000_000]
        let lifetime = lifetimes.randomElement(using: &random) ?? 900
        let expiry = clock.date.addingTimeInterval(Double(lifetime)).formatted(.iso8601)
        let shown = random.percent(10) ? "soon" : expiry
        let data = #"{"accessToken":"\#(token)","expiresAt":"\#(shown)"}"#
        let response = envelope(0, "ok", data: data)
        guard random.percent(5) else { return response }
        return HTTPResponse(status: 200, body: response.body.dropLast(30))
    }

    private func isValid(_ authorization: String) -> Bool {
        let token = String(authorization.dropFirst("Bearer ".count))
        return state.withLock { $0.valid.contains(token) }
    }

    private func expire(_ authorization: String) {
        let token = String(authorization.dropFirst("Bearer ".count))
        _ = state.withLock { $0.valid.remove(token) }
    }

    // MARK: Responses

    private func envelope(_ code: Int, _ message: String, data: String = "null", retryAfter: String? = nil)
        -> HTTPResponse
    {
        var response = HTTPResponse(
            status: 200, headers: ["Content-Type": "application/json"],
            body: Data(#"{"code":\#(code),"message":"\#(message)","data":\#(data)}"#.utf8))
        response.headers["Retry-After"] = retryAfter
        return response
    }

    private func page(_ status: Int, _ text: String, retryAfter: String? = nil) -> HTTPResponse {
        var response = HTTPResponse(status: status, headers: ["Content-Type": "text/html"], body: Data(text.utf8))
        response.headers["Retry-After"] = retryAfter
        return response
    }

    private func retryAfter(using random: inout SeededRandom) -> String? {
        [nil, "0", "3", "30", "99999999999999999999", "-5", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"]
            .randomElement(using: &random) ?? nil
    }

    private func broken(_ kind: TransportError.Kind, isUnsent: Bool = false) -> TransportError {
        TransportError(kind, mayHaveBeenSent: !isUnsent, message: "the network broke")
    }

    /// Time on the wire; ends with the request's own timeout, or its cancellation.
    private func pass(_ duration: Duration, _ request: HTTPRequest) async throws(TransportError) {
        let timeout = request.timeout ?? .seconds(60)
        do {
            try await clock.sleep(min(duration, timeout))
        } catch {
            throw broken(.cancelled)
        }
        if duration > timeout { throw broken(.timeout) }
    }
}

extension Call {
    /// Reads the call out of a request.
    fileprivate init?(_ request: HTTPRequest) {
        guard let kind = Kind(rawValue: String(request.url.path.dropFirst())) else { return nil }
        let number: Int?
        if kind == .read {
            let items = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.queryItems
            number = items?.first { $0.name == "call" }?.value.flatMap { Int($0) }
        } else if case .data(let body)? = request.body.chunks.first {
            number = (try? JSONDecoder().decode(Confirmation.self, from: body))?.call
        } else {
            number = nil
        }
        guard let number else { return nil }
        self.init(number: number, kind: kind)
    }
}
