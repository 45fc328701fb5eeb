#if os(Linux)
    import Foundation

    extension CurlTransport {
        /// The limits, certificates and the socket of a ``CurlTransport``.
        ///
        /// Time limits are clamped to 0 to 100 years.
        public struct Configuration: Sendable, Hashable {
            /// The time limit until a connection is ready for the request: name, connection, TLS, proxy.
            public var connectTimeout: Duration
            /// The time limit between bytes, sent or received. The time in which the reader of a streamed body is busy does
            /// not count.
            public var idleTimeout: Duration
            /// The time limit of an exchange, redirects included; nil for none. ``HTTPRequest/timeout`` takes precedence
            /// over it. For a streamed response it ends with the header fields.
            public var totalTimeout: Duration?
            /// The greatest size of a response in memory, in bytes. Downloads to a file and streamed bodies have no limit.
            public var maximumResponseBytes: Int64
            /// The greatest number of connections to one host; at least 1. Further calls wait, and only ``totalTimeout``
            /// applies while they do. Over one HTTP/2 connection there can be 100 calls.
            public var maximumConnectionsPerHost: Int
            /// A file of trusted certificate authorities (PEM), in place of the machine's; nil for what the environment
            /// variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name, and otherwise the machine's.
            public var certificateAuthorities: URL?
            /// The certificate that is shown to servers which ask for one.
            public var clientCertificate: ClientCertificate?
            /// The path of a socket in the file system that all calls go through; the URLs begin with `http://localhost`.
            public var unixSocket: String?

            /// Creates a configuration.
            public init(
                connectTimeout: Duration = .seconds(15), idleTimeout: Duration = .seconds(60),
                totalTimeout: Duration? = nil, maximumResponseBytes: Int64 = 64 << 20,
                maximumConnectionsPerHost: Int = 16, certificateAuthorities: URL? = nil,
                clientCertificate: ClientCertificate? = nil, unixSocket: String? = nil
            ) {
                self.connectTimeout = connectTimeout
                self.idleTimeout = idleTimeout
                self.totalTimeout = totalTimeout
                self.maximumResponseBytes = maximumResponseBytes
                self.maximumConnectionsPerHost = maximumConnectionsPerHost
                self.certificateAuthorities = certificateAuthorities
                self.clientCertificate = clientCertificate
                self.unixSocket = unixSocket
            }
        }

        /// A certificate of the client and its key, as files (PEM).
        public struct ClientCertificate: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
            CustomReflectable
        {
            /// The file of the certificate.
            public var certificate: URL
            /// The file of the private key; nil if it is in the certificate's file.
            public var key: URL?
            /// The password of the key; nil for none.
            public var password: String?

            /// Creates a client certificate.
            public init(certificate: URL, key: URL? = nil, password: String? = nil) {
                self.certificate = certificate
                self.key = key
                self.password = password
            }

            /// The name of the certificate's file. The password is never printed.
            public var description: String { "client certificate \(certificate.lastPathComponent)" }
            /// The same as ``description``.
            public var debugDescription: String { description }
            /// Nothing, so that `dump` does not print the password.
            public var customMirror: Mirror { Mirror(self, children: []) }
        }
    }

    /// Where trusted certificates come from.
    struct CurlTrust: Sendable {
        /// A file of certificates; nil for libcurl's default.
        var file: String?
        /// A folder of certificates.
        var directory: String?
        /// Whether libcurl's default folder is to be left alone.
        ///
        /// A folder, the default one too, keeps libcurl from caching the certificates that it has parsed: 24.7 ms a
        /// handshake in place of 3.5 ms. So the folder is turned off wherever there is a file.
        var usesDefaultDirectory = false

        /// libcurl does not read the variables, its command does.
        init(
            _ configuration: CurlTransport.Configuration, defaultFile: String?,
            environment: [String: String] = ProcessInfo.processInfo.environment
        ) {
            func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
            if let authorities = configuration.certificateAuthorities {
                file = authorities.path(percentEncoded: false)
                return
            }
            file = variable("SSL_CERT_FILE")
            directory = variable("SSL_CERT_DIR")
            guard file == nil, directory == nil else { return }
            let hasDefaultFile = defaultFile.map { FileManager.default.isReadableFile(atPath: $0) } ?? false
            usesDefaultDirectory = !hasDefaultFile
        }
    }
#endif
