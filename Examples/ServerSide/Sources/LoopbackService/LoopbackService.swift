import EndpointKit
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on loopback that responds as a `Transport` does: a simulator becomes a server.
///
///     try await LoopbackService.run(Pan123Simulator()) { baseURL in
///         // call it here
///     }
///
/// A transport that throws cuts the connection.
public enum LoopbackService {
    /// Serves until `work` returns; it gets the base URL. Connections that are still open then are cut.
    public static func run<Value: Sendable>(
        _ transport: any Transport, _ work: (String) async throws -> Value
    ) async throws -> Value {
        let connections = Connections()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                connections.add(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Answering(transport))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result: Result<Value, any Error>
        do {
            result = .success(try await work("http://127.0.0.1:\(listener.localAddress?.port ?? 0)"))
        } catch {
            result = .failure(error)
        }
        try? await listener.close()
        for connection in connections.all { try? await connection.close() }
        return try result.get()
    }
}

/// The connections that were accepted.
private final class Connections: Sendable {
    private let channels = Mutex<[any Channel]>([])

    var all: [any Channel] { channels.withLock { $0 } }

    func add(_ channel: any Channel) { channels.withLock { $0.append(channel) } }
}

/// Gathers a request, and sends it to the transport. One that nobody waits for any more is cancelled.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let transport: any Transport
    private var head: HTTPRequestHead?
    private var body = Data()
    private var task: Task<Void, Never>?

    init(_ transport: any Transport) {
        self.transport = transport
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let new): (head, body) = (new, Data())
        case .body(let bytes): body += bytes.readableBytesView
        case .end:
            guard let head, let request = HTTPRequest(head, body: body) else { return context.close(promise: nil) }
            task = Task { [transport, channel = context.channel] in
                do {
                    try await channel.respond(try await transport.send(request))
                } catch {
                    try? await channel.close()
                }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        task?.cancel()
        context.fireChannelInactive()
    }
}

extension Channel {
    fileprivate func respond(_ response: HTTPResponse) async throws {
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        write(HTTPServerResponsePart.head(head), promise: nil)
        write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.body))), promise: nil)
        try await writeAndFlush(HTTPServerResponsePart.end(nil))
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
