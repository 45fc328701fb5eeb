#if os(Linux)
    internal import CLibcurl
    import Foundation

    /// An easy handle of libcurl, which performs one transfer after the other.
    ///
    /// Used by the one thread that has the worker. Options are set if they differ from those of the transfer before.
    final class CurlHandle {
        let easy: UnsafeMutableRawPointer
        /// The position in the list of all handles.
        let index: Int
        /// The transfer that is being performed.
        var transfer: CurlTransfer?
        /// Whether a socket was opened for the transfer, so that the name of the host is resolved.
        var hasSocket = false
        /// The pipe whose bytes are to be sent next, while its writer is late.
        var awaitedPipe: Int32?
        /// What the handle belongs to. It outlives the handle.
        unowned(unsafe) let worker: CurlWorker
        private let errorText: UnsafeMutablePointer<CChar>
        /// The small body that libcurl reads while it sends, copied since the memory of a `Data` may move.
        private var inlineBytes: UnsafeMutableRawBufferPointer?

        /// Whether the transfer is not a plain GET, apart from the method's name.
        private var isSpecial = false
        private var method = ""
        /// The host whose address libcurl has, apart from paths; nil if it has a whole URL.
        private var host: CurlHost?
        private var usesProxy = true
        private var version: Int?
        private var age = 118
        private var isFresh = false
        private var isStreamed = false

        static let streamBuffer = 256 << 10

        init?(index: Int, worker: CurlWorker) {
            guard let easy = clibcurl_easy_init() else { return nil }
            self.easy = easy
            self.index = index
            self.worker = worker
            errorText = .allocate(capacity: 256)
            errorText.initialize(repeating: 0, count: 256)
            setUp()
        }

        deinit {
            clibcurl_easy_cleanup(easy)
            errorText.deallocate()
            inlineBytes?.deallocate()
        }

        // MARK: Options

        private func set(_ option: Int32, _ value: Int) {
            _ = clibcurl_easy_set_long(easy, option, value)
        }

        private func set(_ option: Int32, _ value: String?) {
            if let value {
                _ = value.withCString { clibcurl_easy_set_pointer(easy, option, $0) }
            } else {
                _ = clibcurl_easy_set_pointer(easy, option, nil)
            }
        }

        private func set(_ option: Int32, _ value: UnsafeRawPointer?) {
            _ = clibcurl_easy_set_pointer(easy, option, value)
        }

        /// The options of every transfer.
        private func setUp() {
            let configuration = worker.configuration
            let context = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
            let sockets = UnsafeRawPointer(Unmanaged.passUnretained(worker.sockets).toOpaque())
            set(CurlOption.privateData, context)
            set(CurlOption.errorBuffer, UnsafeRawPointer(errorText))
            set(CurlOption.noSignal, 1)
            if worker.library.endsResolutions { set(CurlOption.quickExit, 1) }
            // 1 is http, 2 is https. The option for names of protocols is newer than 7.68.
            set(CurlOption.protocols, 3)
            set(CurlOption.pathAsIs, 1)
            set(CurlOption.headerSeparation, 1)
            set(CurlOption.suppressesConnectHeaders, 1)
            set(CurlOption.waitsForMultiplexing, 1)
            set(CurlOption.uploadBufferSize, 256 << 10)
            // 0 would be the default. libcurl takes 32 bits.
            let milliseconds = configuration.connectTimeout.nanoseconds / 1_000_000
            set(CurlOption.connectTimeout, Int(max(1, min(milliseconds, Int64(Int32.max)))))
            if let path = configuration.unixSocket { set(CurlOption.unixSocket, path) }

            let trust = worker.trust
            if let file = trust.file {
                set(CurlOption.certificateFile, file)
                set(CurlOption.proxyCertificateFile, file)
            } else if trust.directory != nil {
                set(CurlOption.certificateFile, nil as String?)
                set(CurlOption.proxyCertificateFile, nil as String?)
            }
            if !trust.usesDefaultDirectory {
                set(CurlOption.certificateDirectory, trust.directory)
                set(CurlOption.proxyCertificateDirectory, trust.directory)
            }
            if let client = configuration.clientCertificate {
                set(CurlOption.certificate, client.certificate.path(percentEncoded: false))
                if let key = client.key { set(CurlOption.key, key.path(percentEncoded: false)) }
                if let password = client.password { set(CurlOption.keyPassword, password) }
            }

            set(CurlOption.writeData, context)
            _ = clibcurl_easy_set_data_function(easy, CurlOption.writeFunction, curlReceive)
            set(CurlOption.headerData, context)
            _ = clibcurl_easy_set_data_function(easy, CurlOption.headerFunction, curlReceiveLine)
            set(CurlOption.readData, context)
            _ = clibcurl_easy_set_data_function(easy, CurlOption.readFunction, curlRead)
            set(CurlOption.openSocketData, context)
            _ = clibcurl_easy_set_open_function(easy, CurlOption.openSocketFunction, curlOpenSocket)
            // A connection outlives its first handle.
            set(CurlOption.closeSocketData, sockets)
            _ = clibcurl_easy_set_close_function(easy, CurlOption.closeSocketFunction, curlCloseSocket)
            if worker.library.reportsRequests {
                set(CurlOption.requestData, context)
                _ = clibcurl_easy_set_request_function(easy, CurlOption.requestFunction, curlRequest)
            }
        }

        /// Takes over a transfer; `isFresh` is whether it must not use a connection again.
        func begin(_ transfer: CurlTransfer, isFresh: Bool) {
            let needsOwnConnection = transfer.needsOwnConnection
            let isFresh = isFresh || needsOwnConnection
            self.transfer = transfer
            transfer.handle = self
            hasSocket = false
            errorText[0] = 0
            let (request, target) = (transfer.request, transfer.target)
            setAddress(target)
            set(CurlOption.headers, UnsafeRawPointer(target.lines.first))
            setMethod(request, transfer)
            // 4 is HTTP/2 over TLS, 2 is HTTP/1.1. Where HTTP/2 is possible, a second call waits to learn whether the connection
            // of the first can be shared.
            let version = target.isSecure && !needsOwnConnection ? 4 : 2
            if self.version != version {
                self.version = version
                set(CurlOption.httpVersion, version)
            }
            let usesProxy = !target.isLoopback && worker.configuration.unixSocket == nil
            if self.usesProxy != usesProxy {
                self.usesProxy = usesProxy
                set(CurlOption.proxy, usesProxy ? nil : "")
            }
            // A server that closes a connection after some idle seconds may do so while a request is on its way, and the
            // server's intention cannot be told from a failure then. A request that must not be repeated uses a connection
            // again within two seconds only.
            let age = request.method.isIdempotent ? 118 : 2
            if self.age != age {
                self.age = age
                set(CurlOption.maximumConnectionAge, age)
            }
            if self.isFresh != isFresh {
                self.isFresh = isFresh
                set(CurlOption.freshConnect, isFresh ? 1 : 0)
            }
            let isStreamed = transfer.delivery == .stream
            if self.isStreamed != isStreamed {
                self.isStreamed = isStreamed
                set(CurlOption.bufferSize, isStreamed ? Self.streamBuffer : 16 << 10)
            }
        }

        private func setAddress(_ target: CurlTarget) {
            let host = target.path == nil ? nil : target.host
            if host == nil || self.host !== host {
                // Both: libcurl prefers the one that is taken apart, and names the other in messages.
                set(CurlOption.url, host?.address ?? target.url)
                set(CurlOption.parsedURL, UnsafeRawPointer(host?.parsed))
            }
            if host != nil || self.host != nil { set(CurlOption.requestTarget, target.path) }
            self.host = host
        }

        private func setMethod(_ request: HTTPRequest, _ transfer: CurlTransfer) {
            isSpecial = true
            if transfer.readsBody {
                set(CurlOption.upload, 1)
                _ = clibcurl_easy_set_int64(easy, CurlOption.uploadSize, request.body.length)
                setCustomMethod(request.method.rawValue)
            } else if let body = request.inlineBody {
                let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: body.count, alignment: 1)
                body.copyBytes(to: bytes)
                inlineBytes = bytes
                _ = clibcurl_easy_set_int64(easy, CurlOption.postFieldSize, Int64(body.count))
                set(CurlOption.postFields, UnsafeRawPointer(bytes.baseAddress))
                setCustomMethod(request.method.rawValue)
            } else if request.method == .head {
                set(CurlOption.noBody, 1)
                setCustomMethod("")
            } else {
                isSpecial = false
                setCustomMethod(request.method == .get ? "" : request.method.rawValue)
            }
        }

        private func setCustomMethod(_ name: String) {
            guard method != name else { return }
            method = name
            set(CurlOption.customRequest, name.isEmpty ? nil : name)
        }

        /// Lets go of the transfer, so that the handle can perform another.
        func end(succeeded: Bool) {
            guard let transfer else { return }
            self.transfer = nil
            transfer.handle = nil
            if !succeeded {
                // A transfer that failed may have left more behind than the options that are set here.
                reset()
            } else if isSpecial {
                if inlineBytes != nil { set(CurlOption.postFields, nil as UnsafeRawPointer?) }
                set(CurlOption.httpGet, 1)
            }
            isSpecial = false
            // The list belongs to the transfer.
            set(CurlOption.headers, nil as UnsafeRawPointer?)
            inlineBytes?.deallocate()
            inlineBytes = nil
        }

        private func reset() {
            clibcurl_easy_reset(easy)
            (method, host) = ("", nil)
            (usesProxy, version, age, isFresh, isStreamed) = (true, nil, 118, false, false)
            setUp()
        }

        // MARK: Results

        /// libcurl's text for what went wrong, or the text of the result.
        func text(_ code: Int32) -> String {
            errorText[0] == 0 ? CurlLibrary.text(of: code) : String(cString: errorText)
        }
    }
#endif
