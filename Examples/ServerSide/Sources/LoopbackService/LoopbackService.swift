import EndpointKit
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP server on loopback that answers what a `Transport` answers: a simulator becomes a server.
///
///     try await LoopbackService.run(Pan123Simulator()) { baseURL in
///         // call it here
///     }
///
/// A transport that throws cuts the connection.
public struct LoopbackService: Sendable {
    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    private let transport: any Transport

    /// Serves until `work` returns; it gets the base URL.
    public static func run<Value: Sendable>(
        _ transport: any Transport, _ work: @escaping @Sendable (String) async throws -> Value
    ) async throws -> Value {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        let service = Self(transport: transport)
        let port = listener.channel.localAddress?.port ?? 0
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.accept(listener) }
            defer { group.cancelAll() }
            return try await work("http://127.0.0.1:\(port)")
        }
    }

    private func accept(_ listener: NIOAsyncChannel<Connection, Never>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { try? await serve(connection) }
                }
            }
        }
    }

    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body = Data()
            for try await part in inbound {
                switch part {
                case .head(let new): (head, body) = (new, Data())
                case .body(let bytes): body += bytes.readableBytesView
                case .end:
                    guard let head, let request = HTTPRequest(head, body: body) else { return }
                    try await answer(request, on: outbound)
                }
            }
        }
    }

    private func answer(
        _ request: HTTPRequest, on outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        let response = try await transport.send(request)
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        try await outbound.write(contentsOf: [
            .head(head), .body(.byteBuffer(ByteBuffer(bytes: response.body))), .end(nil),
        ])
    }
}

extension HTTPRequest {
    fileprivate init?(_ head: HTTPRequestHead, body: Data) {
        guard let host = head.headers.first(name: "Host"), let url = URL(string: "http://\(host)\(head.uri)") else {
            return nil
        }
        let fields = head.headers.map { HTTPFields.Field(name: $0.name, value: $0.value) }
        self.init(Method(rawValue: head.method.rawValue), url, headers: HTTPFields(fields), body: .data(body))
    }
}
