public struct URLSessionTransport: Transport {
    public init() {}
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw TransportError(.other, mayHaveBeenSent: false, message: "")
    }
}
