extension APIError.Kind {
    /// The remedy for a failure of this kind, where neither an error rule nor the code that throws gives one.
    var remedy: String? {
        switch self {
        case .authentication: "Check the token, or log in again"
        case .throttled: "Wait a while, or send fewer calls at once"
        case .quotaExceeded: "Wait until the quota is renewed, or raise it"
        case .pending: "Retry in a moment"
        case .transport: "Check the network and the address"
        case .timeout: "Retry, or allow more time"
        case .redirectRefused: "Check the address: a token is never sent to another origin"
        case .responseTooLarge: "Request less at once, or raise the transport's limit"
        case .invalidParameter, .notFound, .conflict, .service, .http, .cancelled, .decoding, .other: nil
        }
    }
}
