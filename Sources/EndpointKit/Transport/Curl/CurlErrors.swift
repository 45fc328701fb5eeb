#if os(Linux)
    import Foundation

    extension CurlTransfer {
        /// The error of a transfer that libcurl ended.
        func error(_ code: Int32, text: String) -> TransportError {
            if let failure { return failure }
            if code == CurlResult.malformedURL { return error(.invalidRequest, "libcurl cannot read the address") }
            if CurlResult.certificates.contains(code) {
                return error(.certificateRefused, text)
            }
            guard attempts > 0 else {
                return code == CurlResult.timedOut
                    ? error(.timeout, "no connection within \(connectTimeout.text)") : error(.cannotConnect, text)
            }
            // With TLS 1.3 a server refuses the client's certificate after the handshake, when the request was sent.
            if head.response == nil,
                text.contains("certificate required") || text.contains("alert bad certificate")
                    || text.contains("alert unknown ca")
            {
                return error(.certificateRefused, text)
            }
            switch code {
            case CurlResult.timedOut: return error(.timeout, text)
            case CurlResult.unsupportedProtocol: return error(.connectionLost, "the response is not HTTP")
            case CurlResult.outOfMemory: return error(.connectionLost, "the header fields are too long")
            default: return error(.connectionLost, text)
            }
        }

        /// The error of a transfer that libcurl takes for a success, although its head did not end.
        var incompleteHeadError: TransportError {
            error(.connectionLost, "the connection ended before the header fields did")
        }
    }
#endif
