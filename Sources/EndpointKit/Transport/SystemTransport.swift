import Foundation

/// The transport of a client that is not given another one.
///
/// On Linux it is `CurlTransport` over the system's libcurl, on Apple platforms, and where libcurl is missing or older than
/// 7.68, ``URLSessionTransport``.
public enum SystemTransport {
    /// Returns a new transport, which has its own connections.
    ///
    /// - Parameters:
    ///   - connectTimeout: The time limit until there is a connection.
    ///   - idleTimeout: The time limit between bytes, sent or received.
    ///   - maximumResponseBytes: The greatest size of a response in memory, in bytes.
    ///   - maximumConnectionsPerHost: The greatest number of connections to one host; nil for the transport's default.
    ///   - certificateAuthorities: A file of trusted certificate authorities (PEM) in place of the machine's;
    ///     `URLSessionTransport` knows only the machine's.
    /// - Returns: The transport.
    public static func make(
        connectTimeout: Duration = .seconds(15), idleTimeout: Duration = .seconds(60),
        maximumResponseBytes: Int64 = 64 << 20, maximumConnectionsPerHost: Int? = nil,
        certificateAuthorities: URL? = nil
    ) -> any FileTransport {
        #if os(Linux)
            var curl = CurlTransport.Configuration(
                connectTimeout: connectTimeout, idleTimeout: idleTimeout, maximumResponseBytes: maximumResponseBytes,
                certificateAuthorities: certificateAuthorities)
            if let maximumConnectionsPerHost { curl.maximumConnectionsPerHost = maximumConnectionsPerHost }
            if let transport = CurlTransport(configuration: curl) { return transport }
        #endif
        var session = URLSessionTransport.Configuration(
            connectTimeout: connectTimeout, idleTimeout: idleTimeout, maximumResponseBytes: maximumResponseBytes)
        if let maximumConnectionsPerHost { session.maximumConnectionsPerHost = maximumConnectionsPerHost }
        return URLSessionTransport(configuration: session)
    }

    /// Whether the transport trusts other authorities than the machine's.
    package static var knowsAuthorities: Bool {
        #if os(Linux)
            CurlTransport.libraryVersion != nil
        #else
            false
        #endif
    }

    /// What the transport is made of, such as `libcurl 7.88.1 (OpenSSL/3.0.19)` or `URLSession`. On Linux, the reason why it is
    /// not libcurl follows in parentheses.
    public static var name: String {
        #if os(Linux)
            if let version = CurlTransport.libraryVersion { return version }
            if let absence = CurlLibrary.absence { return "URLSession (\(absence))" }
        #endif
        return "URLSession"
    }
}
