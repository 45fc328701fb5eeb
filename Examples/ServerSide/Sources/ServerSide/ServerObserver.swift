import EndpointKit
import Logging
import Metrics

/// Tells swift-log and swift-metrics what a client does. The events hold no secret, so neither do the logs.
public struct ServerObserver: ClientObserver {
    private let logger: Logger
    private let metrics: any MetricsFactory

    /// Creates an observer that writes to this logger and makes its metrics with this factory.
    public init(logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
        self.logger = logger
        self.metrics = metrics
    }

    /// Logs an event, and counts it.
    public func observe(_ event: ClientEvent) {
        let (level, outcome): (Logger.Level, String?) =
            switch event.kind {
            case .finished: (.info, "success")
            case .failed(let error): (.error, error.kind.rawValue)
            case .retrying, .tokenRefused: (.notice, nil)
            default: (.debug, nil)
            }
        logger.log(
            level: level, "\(event.kind)",
            metadata: ["endpoint": "\(event.endpointID)", "attempt": "\(event.attempt)", "elapsed": "\(event.elapsed)"])
        guard let outcome else { return }
        let dimensions = [("endpoint", event.endpointID), ("outcome", outcome)]
        Timer(label: "api_call_duration", dimensions: dimensions, factory: metrics).record(duration: event.elapsed)
        Counter(label: "api_requests", dimensions: dimensions, factory: metrics).increment(by: event.attempt)
    }
}
