#if os(Linux)
    /// A task that waits for a transfer, and what it is resumed with.
    enum CurlEnding: Sendable {
        case response(UnsafeContinuation<CurlTransfer.Outcome, Never>, CurlTransfer.Outcome)
        case piece(UnsafeContinuation<CurlTransfer.Piece, Never>, CurlTransfer.Piece)

        func resume() {
            switch self {
            case .response(let continuation, let outcome): continuation.resume(returning: outcome)
            case .piece(let continuation, let piece): continuation.resume(returning: piece)
            }
        }
    }
#endif
