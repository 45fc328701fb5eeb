extension APIError.Kind {
    /// What a person can do about a failure of this kind, where nobody who knows the service has said better.
    var remedy: String? {
        switch self {
        case .authentication: "Check the token, or log in again"
        case .throttled: "Wait a while, or send fewer calls at once"
        case .quotaExceeded: "Wait until the quota is renewed, or raise it"
        case .pending: "Ask again in a moment"
        case .transport: "Check the network and the address"
        case .timeout: "Try again, or allow more time"
        case .redirectRefused: "Check the address: a token is never sent on to another one"
        case .responseTooLarge: "Ask for less at once, or raise the transport's limit"
        case .invalidParameter, .notFound, .conflict, .service, .http, .cancelled, .decoding, .other: nil
        }
    }
}
