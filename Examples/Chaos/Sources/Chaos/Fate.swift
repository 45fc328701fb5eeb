/// What becomes of one request.
enum Fate: CaseIterable {
    case success
    /// The request never left.
    case unreachable
    /// The connection breaks before, or after, the service did what was asked for.
    case cutBefore
    case cutAfter
    /// No response in time, and nothing, or all, was done.
    case stall
    case stallAfter
    case throttled
    case busy
    /// A gateway's page, and nothing, or all, was done behind it.
    case gateway
    case gatewayAfter
    /// The token is no longer good, from this very request on.
    case expired
    case refused
    /// Done, but the response is not what was promised.
    case truncated
    case wrongType
    case noPayload
    case empty
    case redirect

    /// Success has about half of them all. A token is rarely lost, since a new one is made once a minute at most.
    private var weight: Int {
        switch self {
        case .success: 600
        case .throttled: 100
        case .unreachable, .cutBefore, .cutAfter, .busy, .gateway, .gatewayAfter: 50
        case .stall, .stallAfter, .refused, .truncated, .wrongType, .noPayload, .empty, .redirect: 20
        case .expired: 4
        }
    }

    var isExecuted: Bool {
        switch self {
        case .success, .cutAfter, .stallAfter, .gatewayAfter, .truncated, .wrongType, .noPayload, .empty: true
        case .unreachable, .cutBefore, .stall, .throttled, .busy, .gateway, .expired, .refused, .redirect: false
        }
    }

    var expiresToken: Bool { self == .expired }

    /// Whether a whole response goes back.
    var isResponse: Bool {
        switch self {
        case .unreachable, .cutBefore, .cutAfter, .stall, .stallAfter: false
        default: true
        }
    }

    static func random(using random: inout SeededRandom) -> Fate {
        var left = Int.random(in: 0..<allCases.reduce(0) { $0 + $1.weight }, using: &random)
        for fate in allCases {
            left -= fate.weight
            if left < 0 { return fate }
        }
        return .success
    }
}
