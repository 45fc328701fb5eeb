import EndpointKit
import Foundation

/// Writes the events of a client to standard error, for `--verbose`.
struct ConsoleObserver: ClientObserver {
    let console: Console

    func observe(_ event: ClientEvent) {
        console.note("\(event.endpointID): \(text(event)) [\(text(event.elapsed))]")
    }

    private func text(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow))
    }

    private func text(_ event: ClientEvent) -> String {
        switch event.kind {
        case .started: "started"
        case .attempt: "attempt \(event.attempt)"
        case .waitedForRateLimit(let time): "waited \(text(time)) for the rate limit"
        case .responded(let status, let bytes, let time): "HTTP \(status), \(bytes) bytes, after \(text(time))"
        case .throttled: "the service says: too many requests"
        case .tokenRefreshed: "a new token was made"
        case .retrying(let delay, let error):
            "retrying in \(text(delay)): \(error)"
        case .tokenRefused: "the token was refused"
        case .finished(let status, let sent, let received):
            "finished: HTTP \(status), \(sent) bytes sent, \(received) bytes received"
        case .failed(let error): "failed: \(error)"
        }
    }
}
