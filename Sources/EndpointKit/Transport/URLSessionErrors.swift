import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension TransportError {
    /// What a failed task means.
    ///
    /// - Parameters:
    ///   - hasResponse: whether a header section had come.
    ///   - isUnsent: whether it is known that the request cannot have reached the server whole.
    init(_ error: any Error, for request: HTTPRequest, hasResponse: Bool, isUnsent: Bool) {
        let code = (error as? URLError)?.code ?? .unknown
        let text = (error as NSError).localizedDescription
        let isBeforeRequest = !hasResponse && Self.isBeforeRequest(code, text)
        let kind: Kind =
            if isBeforeRequest, Self.isAboutCertificate(code, text) {
                .certificateRefused
            } else if isBeforeRequest {
                code == .timedOut ? .timeout : .cannotConnect
            } else {
                switch code {
                case .timedOut: .timeout
                case .cancelled: .cancelled
                case .badURL: .invalidRequest
                case .dataNotAllowed, .internationalRoamingOff, .callIsActive, .notConnectedToInternet: .cannotConnect
                default: .connectionLost
                }
            }
        self.init(
            kind, mayHaveBeenSent: !(isBeforeRequest || isUnsent || kind == .invalidRequest),
            message: "\(request.summary): \(Self.explanation(code, text))",
            // The original carries the whole URL, query included.
            underlying: URLError(code))
    }

    private static func isAboutCertificate(_ code: URLError.Code, _ text: String) -> Bool {
        switch code {
        case .serverCertificateHasBadDate, .serverCertificateUntrusted, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .clientCertificateRejected, .clientCertificateRequired:
            true
        case .unknown: certificatePhrases.contains { text.contains($0) }
        default: false
        }
    }

    /// Whether the failure came before the first byte of the request could leave.
    private static func isBeforeRequest(_ code: URLError.Code, _ text: String) -> Bool {
        switch code {
        case .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet, .internationalRoamingOff, .dataNotAllowed,
            .callIsActive, .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired, .appTransportSecurityRequiresSecureConnection:
            return true
        case .cannotConnectToHost:
            // On Linux the code is made of the last errno of any connection attempt: if `localhost` refused on ::1 and
            // answered on 127.0.0.1, a failure long after that has this code too. Only curl's own words tell.
            #if canImport(FoundationNetworking)
                return text.contains("onnect to")
            #else
                return true
            #endif
        case .unknown:
            // URLSession on Linux has no codes for TLS.
            return (certificatePhrases + connectPhrases).contains { text.contains($0) }
                && !text.contains("SSL_read") && !text.contains("SSL_write")
        default:
            return false
        }
    }

    /// What libcurl says when it comes no further than the TLS handshake. OpenSSL's own words (the last) tell that only
    /// if they don't stand behind `SSL_read` or `SSL_write`.
    private static let connectPhrases = ["TLS connect error", "SSL connect error", "SSL_connect", "SSL routines"]
    private static let certificatePhrases = ["SSL certificate", "SSL: no alternative certificate", "SSL: certificate"]

    private static func explanation(_ code: URLError.Code, _ text: String) -> String {
        switch code {
        // What libcurl says about an answer that is not HTTP comes with the code for an unknown scheme.
        case .unsupportedURL: "what came is not an HTTP response"
        case .badServerResponse: "the connection ended without a response"
        default: text
        }
    }
}
