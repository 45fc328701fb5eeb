#if os(Linux)
    internal import CLibcurl
    import Foundation
    import Synchronization

    /// A ``Transport`` over the system's libcurl, the default one on Linux.
    ///
    ///     let transport = CurlTransport() ?? URLSessionTransport()
    ///     let response = try await transport.send(HTTPRequest(.get, url))
    ///
    /// It has one thread, which waits for all calls and ends with the transport. ``SystemTransport`` chooses between it and
    /// ``URLSessionTransport``, whose rules it follows:
    ///
    /// - **Redirects** are followed within an origin only, and `http` is allowed for loopback addresses only, as
    ///   ``HTTPRequest/redirected(by:)`` and ``HTTPRequest/checkSendable()`` say.
    /// - **A request is sent once.** libcurl's own repetition, after a connection that it used again ended without a response,
    ///   is prevented; the error says that the request may have been sent.
    /// - **Completeness**: a head or a body that ends early, a compressed body that does, and a length that is open to
    ///   interpretation are errors.
    /// - **Streaming**: ``stream(_:)`` receives a body while it is read, and stops receiving while it is not.
    /// - **Interim responses and trailers** are part of the response. Trailers of more than 256 KiB are an error. Over HTTP/2,
    ///   libcurl 7.88 does not report trailers after a body whose length was declared.
    /// - **Proxies** are those of the environment (`https_proxy`, `ALL_PROXY`, `NO_PROXY`). They never see a request to a
    ///   loopback address, and nothing of others but the name of the host.
    /// - **Certificates**: see ``Configuration/certificateAuthorities``.
    /// - There are no cookies, no cache, and `.netrc` is not read.
    public final class CurlTransport: Transport {
        /// The limits, certificates and the socket.
        public let configuration: Configuration
        private let library: CurlLibrary

        private struct State: ~Copyable {
            /// Created with the first call.
            var engine: CurlEngine?
            var hosts = CurlHosts()
        }

        private let state = Mutex(State())

        /// Creates a transport; nil where libcurl is missing or older than 7.68. It has its own connections, so create one and
        /// share it.
        public convenience init?(configuration: Configuration = Configuration()) {
            guard let library = CurlLibrary.shared else { return nil }
            self.init(configuration, library: library)
        }

        init(_ configuration: Configuration, library: CurlLibrary) {
            self.library = library
            self.configuration = configuration
        }

        deinit {
            state.withLock { $0.engine?.stop() }
        }

        /// The library's version and its TLS library, such as `libcurl 7.88.1 (OpenSSL/3.0.19)`; nil where it is missing or
        /// older than 7.68.
        public static var libraryVersion: String? { CurlLibrary.shared?.description }

        /// Sends a request and returns the complete response.
        public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            let end = endOfCall(request)
            return try await request.followingRedirects { request throws(TransportError) in
                try await self.exchange(request, end: end)
            }
        }

        private func exchange(_ request: HTTPRequest, end: Int64) async throws(TransportError) -> HTTPResponse {
            let limit = configuration.maximumResponseBytes
            let (transfer, engine) = try makeTransfer(request, .whole(limit: limit), end: end)
            let received = try await transfer.response(from: engine).get()
            var body = received.body
            if let coding = received.head.coding, !body.isEmpty, decodes(coding, request) {
                body = try Self.unpack(body, coding: coding, limit: limit, transfer)
            }
            return HTTPResponse(
                status: received.head.status, headers: received.head.headers, body: body, url: request.url,
                interim: received.head.interim, trailers: received.trailers)
        }

        private static func unpack(
            _ body: Data, coding: String, limit: Int64, _ transfer: CurlTransfer
        ) throws(TransportError) -> Data {
            do throws(Inflater.Failure) {
                return try Inflater.unpack(body, coding: coding, limit: limit)
            } catch {
                throw transfer.error(error, coding: coding)
            }
        }

        /// Whether a body of this coding is decompressed. A caller who asked for another coding gets the body as it is.
        func decodes(_ coding: String, _ request: HTTPRequest) -> Bool {
            if library.inflates && Inflater.reads(coding) { return true }
            return request.headers["Accept-Encoding"] == nil
        }

        // MARK: Transfers

        /// When an exchange that begins now must have ended, in nanoseconds; `Int64.max` for never.
        func endOfCall(_ request: HTTPRequest) -> Int64 {
            guard let timeout = request.timeout ?? configuration.totalTimeout else { return .max }
            let (end, overflow) = monotonicNanoseconds().addingReportingOverflow(timeout.nanoseconds)
            return overflow ? .max : end
        }

        /// Checks a request and creates the transfer that sends it, and the engine that performs it if there is none.
        func makeTransfer(
            _ request: HTTPRequest, _ delivery: CurlTransfer.Delivery, end: Int64, limitsStream: Bool = false,
            onSend: (@Sendable (Int64) -> Void)? = nil
        ) throws(TransportError) -> (CurlTransfer, CurlEngine) {
            let url = request.url.absoluteString
            // Two threads begin calls at the same time: they meet here once a call.
            let (known, engine) = state.withLock { ($0.hosts.host(of: url), $0.engine) }
            let host: CurlHost
            if let known {
                host = known
            } else {
                host = try CurlHost(request)
                state.withLock { $0.hosts.add(host) }
            }
            try request.check(host.origin)
            let transfer: CurlTransfer
            do throws(BodyReadError) {
                transfer = try CurlTransfer(
                    request, target: CurlTarget(request, url: url, host, inflates: library.inflates),
                    delivery: delivery, end: end, connectTimeout: configuration.connectTimeout,
                    idleTimeout: configuration.idleTimeout, limitsStream: limitsStream, onSend: onSend)
            } catch {
                throw error.transportError(for: request, mayHaveBeenSent: false)
            }
            if let engine { return (transfer, engine) }
            return (transfer, try startedEngine(request))
        }

        private func startedEngine(_ request: HTTPRequest) throws(TransportError) -> CurlEngine {
            let result = state.withLock { state -> CurlEngine? in
                if let engine = state.engine { return engine }
                state.engine = CurlEngine(configuration, library: library)
                state.engine?.startThread()
                return state.engine
            }
            guard let result else {
                throw TransportError(
                    .other, mayHaveBeenSent: false,
                    message: "\(request.summary): the system has no more descriptors or memory")
            }
            return result
        }
    }

    extension CurlTransfer {
        /// The error of a compressed body.
        func error(_ failure: Inflater.Failure, coding: String) -> TransportError {
            switch failure {
            case .tooLarge(let limit):
                error(.responseTooLarge(limit: limit), "the response is larger than \(limit) bytes")
            case .malformed where !Inflater.reads(coding):
                error(.connectionLost, "the content coding of the body is not supported")
            case .malformed: error(.connectionLost, "the compressed body is malformed or ends early")
            }
        }
    }
#endif
