#if os(Linux)
    import EndpointKit
    import Foundation
    import TestSupport
    import Testing

    /// The servers of `.ci/tls`, which runs these tests.
    private struct TLSServers {
        let folder: URL
        private let ports: [String: Int]

        static let current = TLSServers()

        private init?() {
            let environment = ProcessInfo.processInfo.environment
            guard let folder = environment["TLS_FOLDER"], let ports = environment["TLS_PORTS"] else { return nil }
            self.folder = URL(filePath: folder, directoryHint: .isDirectory)
            self.ports = Dictionary(
                ports.split(whereSeparator: \.isWhitespace).compactMap { entry in
                    let pair = entry.split(separator: "=")
                    return pair.count == 2 ? Int(pair[1]).map { (String(pair[0]), $0) } : nil
                }, uniquingKeysWith: { first, _ in first })
        }

        func port(_ server: String) throws -> Int { try #require(ports[server]) }

        func url(_ server: String, _ path: String = "/hello", host: String = "127.0.0.1") throws -> URL {
            let scheme = server == "plain" ? "http" : "https"
            return try #require(URL(string: "\(scheme)://\(host):\(try port(server))\(path)"))
        }

        /// How many connections a server has had.
        func connections(_ server: String) async throws -> Int {
            let response = try await SystemTransport.make().send(HTTPRequest(.get, url("plain", "/count?\(server)")))
            return try #require(Int(String(decoding: response.body, as: UTF8.self)))
        }

        func file(_ name: String) -> URL { folder.appending(path: name) }
    }

    @Suite("TransportTLS", .enabled(if: TLSServers.current != nil), .serialized)
    struct TransportTLSTests {
        private let servers: TLSServers

        init() throws {
            servers = try #require(TLSServers.current)
        }

        private func transport(_ change: (inout CurlTransport.Configuration) -> Void = { _ in }) throws -> CurlTransport
        {
            var configuration = CurlTransport.Configuration(certificateAuthorities: servers.file("ca.pem"))
            change(&configuration)
            return try #require(CurlTransport(configuration: configuration))
        }

        @Test("a private authority of the configuration is trusted", arguments: ["127.0.0.1", "localhost"])
        func configured(_ host: String) async throws {
            for scheme in ["https", "HTTPS"] {
                let url = try #require(URL(string: "\(scheme)://\(host):\(servers.port("server"))/hello"))
                let response = try await transport().send(HTTPRequest(.get, url))
                #expect(response.body == Data("hello".utf8))
            }
            let system = SystemTransport.make(certificateAuthorities: servers.file("ca.pem"))
            #expect(try await system.send(HTTPRequest(.get, servers.url("server"))).status == 200)
        }

        @Test("a private authority of the environment is trusted", arguments: ["SSL_CERT_FILE", "SSL_CERT_DIR"])
        func environment(_ variable: String) async {
            await #expect(processExitsWith: .success) { [variable] in
                let servers = try #require(TLSServers.current)
                let place = servers.file(variable == "SSL_CERT_FILE" ? "ca.pem" : "cas")
                setenv(variable, place.path(percentEncoded: false), 1)
                let response = try await SystemTransport.make().send(HTTPRequest(.get, servers.url("server")))
                #expect(response.body == Data("hello".utf8))
            }
        }

        @Test("a process may exit during calls")
        func exitDuringCalls() async {
            await #expect(processExitsWith: .success) {
                // Called after what OpenSSL registers later: calls go on while its memory is freed.
                atexit { usleep(200_000) }
                let servers = try #require(TLSServers.current)
                let (url, authorities) = (try servers.url("server"), servers.file("ca.pem"))
                let transport = SystemTransport.make(certificateAuthorities: authorities)
                #expect(try await transport.send(HTTPRequest(.get, url)).status == 200)
                for _ in 0..<4 {
                    Task.detached {
                        while true {
                            // Each transport makes a connection of its own, and ends its thread.
                            let transport = SystemTransport.make(certificateAuthorities: authorities)
                            _ = try await transport.send(HTTPRequest(.get, url))
                        }
                    }
                }
                try await Task.sleep(for: .milliseconds(300))
            }
        }

        @Test("a certificate that is refused is not tried again")
        func refused() async throws {
            let cases = [
                ("foreign", try servers.url("foreign")), ("expired", try servers.url("expired")),
                ("server", try servers.url("server", host: "127.0.0.3")),
            ]
            for (server, url) in cases {
                let before = try await servers.connections(server)
                let error = try await refusal(transport(), url)
                #expect(error.kind == .transport)
                #expect(error.isRetryable == false)
                #expect(error.attempts == 1)
                let cause = try #require(error.underlying as? TransportError)
                #expect(cause.kind == .certificateRefused)
                #expect(cause.mayHaveBeenSent == false)
                #expect(try await servers.connections(server) == before + 1)
            }
            // Without the private authority, the machine's do not help.
            let machine = try transport { $0.certificateAuthorities = nil }
            let error = await failure { try await machine.send(HTTPRequest(.get, try servers.url("server"))) }
            #expect(error?.kind == .certificateRefused)
        }

        /// The error of a client's call, with the default retry policy.
        private func refusal(_ transport: CurlTransport, _ url: URL) async throws -> APIError {
            let service = Service(name: "Test", baseURL: "https://127.0.0.1")
            let configuration = ClientConfiguration(
                baseURL: url.deletingLastPathComponent().absoluteString, transport: transport)
            let client = Client(service: service, tokens: FixedToken("planted"), configuration: configuration)
            do throws(APIError) {
                _ = try await client.response(for: Endpoint<JSONValue>(.get, "/hello", id: "a.b"))
            } catch {
                return error
            }
            throw Unexpected()
        }

        private struct Unexpected: Error {}

        @Test(
            "a refused certificate behind a proxy is not tried again; a good one works, and the proxy sees no request")
        func proxy() async {
            await #expect(processExitsWith: .success) {
                let servers = try #require(TLSServers.current)
                setenv("https_proxy", "http://127.0.0.1:\(try servers.port("proxy"))", 1)
                setenv("NO_PROXY", "", 1)
                let configuration = CurlTransport.Configuration(certificateAuthorities: servers.file("ca.pem"))
                let transport = try #require(CurlTransport(configuration: configuration))
                let good = try #require(URL(string: "https://far.test:1/hello"))
                #expect(try await transport.send(HTTPRequest(.get, good)).body == Data("hello".utf8))
                let before = try await servers.connections("proxy")
                let bad = try #require(URL(string: "https://far.test:2/hello"))
                let error = await failure { try await transport.send(HTTPRequest(.get, bad)) }
                #expect(error?.kind == .certificateRefused)
                #expect(error?.mayHaveBeenSent == false)
                #expect(try await servers.connections("proxy") == before + 1)
            }
        }

        @Test("a client certificate is shown to a server that asks for one")
        func clientCertificate() async throws {
            let with = try transport {
                $0.clientCertificate = .init(certificate: servers.file("client.pem"), key: servers.file("client.key"))
            }
            let response = try await with.send(HTTPRequest(.get, servers.url("client", "/client")))
            #expect(response.body == Data("client".utf8))
            let without = try transport()
            let error = await failure {
                try await without.send(HTTPRequest(.get, try servers.url("client", "/client")))
            }
            #expect(error?.kind == .certificateRefused)
            let missing = try transport { $0.clientCertificate = .init(certificate: servers.file("none.pem")) }
            let refusal = await failure { try await missing.send(HTTPRequest(.get, try servers.url("client"))) }
            #expect(refusal?.kind == .certificateRefused)
        }

        @Test("a redirect from https to http is refused, and nothing is sent there")
        func downgrade() async throws {
            let before = try await servers.connections("plain")
            let error = await failure {
                try await transport().send(HTTPRequest(.get, try servers.url("server", "/redirect")))
            }
            let location = try servers.url("plain").absoluteString
            #expect(error?.kind == .redirectRefused(status: 302, location: location))
            #expect(try await servers.connections("plain") == before + 1)
        }

        @Test("a body that ends without the end of TLS is an error")
        func cut() async throws {
            let error = await failure {
                try await transport().send(HTTPRequest(.get, try servers.url("server", "/cut")))
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.mayHaveBeenSent == true)
        }

        @Test("64 calls share one HTTP/2 connection")
        func http2() async throws {
            let transport = try transport()
            let url = try servers.url("http2", "/page")
            let port = try servers.port("http2")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        let response = try await transport.send(HTTPRequest(.get, url))
                        #expect(response.status == 200)
                        #expect(response.body == Data(count: 100_000))
                    }
                }
                try await group.waitForAll()
            }
            let connected = try connections(to: port)
            #expect(connected == 1)
            var count = 0
            for try await chunk in try await transport.stream(HTTPRequest(.get, url)).body { count += chunk.count }
            #expect(count == 100_000)
            #expect(try await transport.send(HTTPRequest(.head, url)).body.isEmpty)
            let missing = try await transport.send(HTTPRequest(.get, servers.url("http2", "/none")))
            #expect(missing.status == 404)
            #expect(try connections(to: port) == 1)
        }

        @Test("bodies stream both ways over one HTTP/2 connection, beside other calls")
        func http2Streams() async throws {
            let transport = try transport()
            let (page, echo) = (try servers.url("http2", "/page"), try servers.url("http2", "/echo"))
            let content = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ ($0 >> 8)) })
            let file = try TemporaryFile(content)
            let length = Int64(content.count)
            // The server's windows are of 64 KB, so that all of these wait for each other. It sends a trailer after each body,
            // which libcurl 7.88 does not report where a length was declared.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let body = HTTPBody(chunks: [.file(file.url, offset: 0, length: length), .data(Data([1]))])
                        let request = HTTPRequest(number % 2 == 0 ? .put : .post, echo, body: body)
                        let response = try await transport.stream(request)
                        #expect(response.status == 200)
                        var received = Data()
                        for try await chunk in response.body {
                            received.append(chunk)
                            if number == 0 { try await Task.sleep(for: .milliseconds(1)) }
                        }
                        #expect(received == content + [1])
                    }
                    group.addTask {
                        for _ in 0..<20 {
                            let response = try await transport.send(HTTPRequest(.get, page))
                            #expect(response.body.count == 100_000)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try connections(to: servers.port("http2")) <= 1)
        }

        @Test("trailers over HTTP/2 after a body of undeclared length are part of the response, whole and streamed")
        func http2Trailers() async throws {
            let transport = try transport()
            let request = HTTPRequest(.get, try servers.url("trailers"))
            let trailers: HTTPFields = ["x-check": "1", "x-sum": "a, b"]
            for _ in 0..<2 {
                let whole = try await transport.send(request)
                #expect(whole.status == 200)
                #expect(whole.body == Data("hello".utf8))
                #expect(whole.trailers == trailers)
                let streamed = try await transport.stream(request)
                var body = Data()
                for try await chunk in streamed.body { body.append(chunk) }
                #expect(body == Data("hello".utf8))
                #expect(streamed.trailers == trailers)
            }
            #expect(try connections(to: servers.port("trailers")) == 1)
        }

        @Test("a stream over HTTP/2 that is left early, or not read, ends alone")
        func http2Leaving() async throws {
            let transport = try transport()
            let large = try servers.url("http2", "/large")
            var unread: HTTPStreamedResponse? = try await transport.stream(HTTPRequest(.get, large))
            for _ in 0..<20 {
                for try await _ in try await transport.stream(HTTPRequest(.get, large)).body { break }
            }
            // What is not read does not keep others from the connection.
            let page = HTTPRequest(.get, try servers.url("http2", "/page"))
            for _ in 0..<100 { #expect(try await transport.send(page).body.count == 100_000) }
            #expect(unread?.status == 200)
            unread = nil
            var count = 0
            for try await chunk in try await transport.stream(HTTPRequest(.get, large)).body { count += chunk.count }
            #expect(count == 20_000_000)
            #expect(try connections(to: servers.port("http2")) == 1)
        }

        @Test("an upload waits for the writer of its pipe over TLS, and other calls go on")
        func pipes() async throws {
            let transport = try transport()
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            let (source, writer) = (FileHandle(fileDescriptor: ends[0]), FileHandle(fileDescriptor: ends[1]))
            defer { try? source.close() }
            let body = HTTPBody(chunks: [.file(URL(filePath: "/dev/fd/\(ends[0])"), offset: 0, length: 10)])
            let echo = try servers.url("server", "/echo")
            let upload = Task { try await transport.send(HTTPRequest(.put, echo, body: body)) }
            try writer.write(contentsOf: Data("01234".utf8))
            for url in [try servers.url("http2", "/page"), try servers.url("server")] {
                for _ in 0..<20 { #expect(try await transport.send(HTTPRequest(.get, url)).status == 200) }
            }
            try writer.write(contentsOf: Data("56789".utf8))
            try writer.close()
            #expect(try await upload.value.body == Data("0123456789".utf8))
        }

        /// The established connections of this machine to a port.
        private func connections(to port: Int) throws -> Int {
            let suffix = ":" + String(port, radix: 16, uppercase: true)
            // A handle: `String(contentsOfFile:)` takes the first 4,096 bytes of such a file for all of it.
            let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/net/tcp"))
            let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            return table.split(separator: "\n").count { line in
                let fields = line.split(separator: " ")
                return fields.count > 3 && fields[2].hasSuffix(suffix) && fields[3] == "01"
            }
        }
    }
#endif
