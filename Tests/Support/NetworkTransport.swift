import EndpointKit
import Foundation

/// The transports over real sockets that exist on this platform, for tests that hold for each of them.
public enum NetworkTransport: String, CaseIterable, Codable, Sendable, CustomStringConvertible {
    /// ``URLSessionTransport``.
    case urlSession = "URLSession"
    /// `CurlTransport`.
    case curl = "libcurl"

    /// Those that exist here.
    public static var all: [Self] {
        #if os(Linux)
            CurlTransport.libraryVersion == nil ? [.urlSession] : [.urlSession, .curl]
        #else
            [.urlSession]
        #endif
    }

    /// The name.
    public var description: String { rawValue }

    /// Creates a transport with these limits.
    public func make(
        connectTimeout: Duration = .seconds(15), idleTimeout: Duration = .seconds(60), totalTimeout: Duration? = nil,
        maximumResponseBytes: Int64 = 64 << 20, maximumConnectionsPerHost: Int? = nil
    ) -> any FileTransport {
        #if os(Linux)
            if self == .curl {
                var limits = CurlTransport.Configuration(
                    connectTimeout: connectTimeout, idleTimeout: idleTimeout, totalTimeout: totalTimeout,
                    maximumResponseBytes: maximumResponseBytes)
                if let maximumConnectionsPerHost { limits.maximumConnectionsPerHost = maximumConnectionsPerHost }
                if let transport = CurlTransport(configuration: limits) { return transport }
            }
        #endif
        var limits = URLSessionTransport.Configuration(
            connectTimeout: connectTimeout, idleTimeout: idleTimeout, totalTimeout: totalTimeout,
            maximumResponseBytes: maximumResponseBytes)
        if let maximumConnectionsPerHost { limits.maximumConnectionsPerHost = maximumConnectionsPerHost }
        return URLSessionTransport(configuration: limits)
    }
}
