import Foundation

/// How far a transfer is, both ways.
public struct TransferProgress: Sendable, Hashable {
    /// Bytes of the request's body handed to the connection.
    public var bytesSent: Int64
    /// Bytes of the request's body in all.
    public var bytesToSend: Int64
    /// Bytes of the response's body that have come.
    public var bytesReceived: Int64
    /// Bytes of the response's body in all, if the server says so.
    public var bytesToReceive: Int64?

    public init(bytesSent: Int64 = 0, bytesToSend: Int64 = 0, bytesReceived: Int64 = 0, bytesToReceive: Int64? = nil) {
        self.bytesSent = bytesSent
        self.bytesToSend = bytesToSend
        self.bytesReceived = bytesReceived
        self.bytesToReceive = bytesToReceive
    }
}

/// A file that is being written: under a name of its own beside the destination until it is whole.
final class DownloadFile: Sendable {
    init() {}
    func append(_ data: Data) -> String? { nil }
}
