import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension TransportError {
    /// Creates the error of a failed task. `hasResponse` is whether a header section was received, `isUnsent` whether the
    /// server certainly did not receive the complete request.
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
            // The original error contains the whole URL, query included.
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

    /// Whether the failure came before the first byte of the request was sent.
    private static func isBeforeRequest(_ code: URLError.Code, _ text: String) -> Bool {
        switch code {
        case .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet, .internationalRoamingOff, .dataNotAllowed,
            .callIsActive, .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired, .appTransportSecurityRequiresSecureConnection:
            return true
        case .cannotConnectToHost:
            // On Linux the code comes from the last errno of any connection attempt: if `localhost` refuses on ::1 and accepts
            // on 127.0.0.1, a later failure has this code too. Only curl's own text distinguishes them.
            #if canImport(FoundationNetworking)
                return text.contains("onnect to")
            #else
                return true
            #endif
        case .unknown:
            // URLSession on Linux has no error codes for TLS.
            return (certificatePhrases + connectPhrases).contains { text.contains($0) }
                && !text.contains("SSL_read") && !text.contains("SSL_write")
        default:
            return false
        }
    }

    /// The texts of libcurl for failures before or in the TLS handshake. OpenSSL's own text (the last one) means that only
    /// without `SSL_read` or `SSL_write`.
    private static let connectPhrases = ["TLS connect error", "SSL connect error", "SSL_connect", "SSL routines"]
    private static let certificatePhrases = ["SSL certificate", "SSL: no alternative certificate", "SSL: certificate"]

    private static func explanation(_ code: URLError.Code, _ text: String) -> String {
        switch code {
        // libcurl's error for a response that is not HTTP has the code for an unknown scheme.
        case .unsupportedURL: "the response is not HTTP"
        case .badServerResponse: "the connection ended without a response"
        default: text
        }
    }
}
