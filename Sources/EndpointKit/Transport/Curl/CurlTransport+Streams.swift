#if os(Linux)
    import Foundation
    import Synchronization

    extension CurlTransport {
        /// Sends a request and returns the head of the response, and its body as it is received.
        public func stream(_ request: HTTPRequest) async throws(TransportError) -> HTTPStreamedResponse {
            try await open(request, end: endOfCall(request), limitsStream: false, onSend: nil).response
        }

        /// A streamed response, and the length of its body if the server tells.
        struct Opened {
            var response: HTTPStreamedResponse
            var length: Int64?
        }

        /// Sends a request, follows redirects, and returns the head and the body of the last response.
        ///
        /// `limitsStream` is whether `end` holds until the end of the body.
        func open(
            _ request: HTTPRequest, end: Int64, limitsStream: Bool, onSend: (@Sendable (Int64) -> Void)?
        ) async throws(TransportError) -> Opened {
            var opened: Opened?
            _ = try await request.followingRedirects { request throws(TransportError) in
                // The body of a redirect is not read, which ends its transfer.
                opened = nil
                let (transfer, engine) = try self.makeTransfer(
                    request, .stream, end: end, limitsStream: limitsStream, onSend: onSend)
                let head = try await transfer.response(from: engine).get().head
                let response = HTTPStreamedResponse(
                    status: head.status, headers: head.headers, url: request.url,
                    body: self.body(of: transfer, head, engine), interim: head.interim)
                opened = Opened(response: response, length: head.coding == nil ? head.length : nil)
                return HTTPResponse(status: head.status, headers: head.headers, url: request.url)
            }
            guard let opened else {
                throw TransportError(.other, mayHaveBeenSent: true, message: "\(request.summary): no response")
            }
            return opened
        }

        private func body(of transfer: CurlTransfer, _ head: CurlHead.Response, _ engine: CurlEngine) -> ResponseBody {
            let coding = head.coding.flatMap { decodes($0, transfer.request) ? $0 : nil }
            let reader = CurlBodyReader(transfer, engine, coding: coding, transport: self)
            return ResponseBody(onEnd: { transfer.cancel(engine) }) { () async throws(TransportError) -> Data? in
                try await reader.next()
            } trailers: {
                transfer.trailers
            }
        }
    }

    /// Takes the pieces of a body from a transfer and decompresses them.
    private final class CurlBodyReader: Sendable {
        private let transfer: CurlTransfer
        private let engine: CurlEngine
        /// Guards the decoder, which is taken out while it is used: two tasks that read one body would share it.
        private let decoder: Mutex<CurlDecoder?>
        /// The coding to be undone; nil for none.
        private let coding: String?
        /// Keeps the thread until the body was read.
        private let transport: CurlTransport

        init(_ transfer: CurlTransfer, _ engine: CurlEngine, coding: String?, transport: CurlTransport) {
            self.transfer = transfer
            self.engine = engine
            self.coding = coding
            decoder = Mutex(coding.map { CurlDecoder($0) })
            self.transport = transport
        }

        func next() async throws(TransportError) -> Data? {
            guard let coding else { return try await transfer.nextPiece(engine).get() }
            while true {
                if let piece = try decoded(nil, coding) { return piece }
                guard let piece = try await transfer.nextPiece(engine).get() else {
                    guard decoder.withLock({ $0?.isComplete ?? true }) else {
                        throw transfer.error(.malformed, coding: coding)
                    }
                    return nil
                }
                if let piece = try decoded(piece, coding) { return piece }
            }
        }

        /// Adds a piece and returns what can be unpacked; nil if more is needed.
        private func decoded(_ piece: Data?, _ coding: String) throws(TransportError) -> Data? {
            let result = decoder.withLock { decoder -> Result<Data, Inflater.Failure> in
                decoder?.unpack(piece) ?? .success(Data())
            }
            switch result {
            case .success(let data): return data.isEmpty ? nil : data
            case .failure(let failure): throw transfer.error(failure, coding: coding)
            }
        }
    }

    /// Unpacks a stream, a bounded amount at a time.
    private struct CurlDecoder {
        private let coding: String
        private let inflater: Inflater
        /// What was received and not unpacked yet.
        private var input = Data()
        /// Whether there may be output without further input.
        private var mayHaveMore = false
        private var hasBegun = false

        init(_ coding: String) {
            self.coding = coding
            inflater = Inflater(coding)
        }

        /// Whether the end of the compressed data was seen. A body without bytes is complete.
        var isComplete: Bool { !hasBegun || inflater.isAtEnd && input.isEmpty }

        mutating func unpack(_ piece: Data?) -> Result<Data, Inflater.Failure> {
            if let piece {
                hasBegun = true
                guard Inflater.reads(coding) else { return .failure(.malformed) }
                input.append(piece)
            }
            guard !input.isEmpty || mayHaveMore else { return .success(Data()) }
            var output = Data()
            do throws(Inflater.Failure) {
                input = try inflater.unpack(input, into: &output, upTo: CurlTransfer.highWater)
                mayHaveMore = output.count == CurlTransfer.highWater
                return .success(output)
            } catch {
                return .failure(error)
            }
        }
    }
#endif
