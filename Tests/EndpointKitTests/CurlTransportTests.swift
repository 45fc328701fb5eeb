#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    @testable import EndpointKit

    @Suite("CurlTransport: addresses, proxies, certificates, older libraries")
    struct CurlTransportTests {
        private func transport(_ configuration: CurlTransport.Configuration = .init()) throws -> CurlTransport {
            try #require(CurlTransport(configuration: configuration))
        }

        @Test("the default transport is libcurl's where libcurl is found")
        func systemTransport() throws {
            #expect(SystemTransport.make() is CurlTransport)
            #expect(SystemTransport.name.hasPrefix("libcurl "))
            #expect(ClientConfiguration().transport is CurlTransport)
        }

        @Test("an IPv6 literal and an upper-case scheme work")
        func literal() async throws {
            let server = try LoopbackServer(address: .ipv6) { .response(body: Data($0.target.utf8)) }
            defer { server.stop() }
            for scheme in ["http", "HTTP"] {
                let url = try #require(URL(string: "\(scheme)://[::1]:\(server.port)/a?b=c"))
                let response = try await transport().send(HTTPRequest(.get, url))
                #expect(response.body == Data("/a?b=c".utf8))
            }
            #expect(server.requests.first?.headers["Host"] == "[::1]:\(server.port)")
        }

        @Test("a path with dots is sent as it is")
        func dots() async throws {
            let server = try LoopbackServer(reply: .response())
            defer { server.stop() }
            let url = try #require(URL(string: "http://127.0.0.1:\(server.port)/a/../b/./c"))
            _ = try await transport().send(HTTPRequest(.get, url))
            #expect(server.requests.map(\.target) == ["/a/../b/./c"])
        }

        @Test("a socket in the file system is used")
        func unixSocket() async throws {
            let folder = try TemporaryFile()
            let path = folder.folder.appending(path: "s").path(percentEncoded: false)
            let server = try LoopbackServer(address: .path(path)) { .response(body: Data($0.path.utf8)) }
            defer { server.stop() }
            let url = try #require(URL(string: "http://localhost/info"))
            let response = try await transport(.init(unixSocket: path)).send(HTTPRequest(.get, url))
            #expect(response.body == Data("/info".utf8))
            let missing = try transport(.init(unixSocket: path + "x"))
            let error = await failure { try await missing.send(HTTPRequest(.get, url)) }
            #expect(error?.kind == .cannotConnect)
            #expect(error?.mayHaveBeenSent == false)
        }

        @Test("proxies of the environment see no header field, and no request to a loopback address")
        func proxies() async {
            await #expect(processExitsWith: .success) {
                let proxy = try LoopbackServer { _ in .response(502, body: Data("no".utf8)) }
                let server = try LoopbackServer(reply: .response(body: Data("direct".utf8)))
                let address = "http://user:planted@127.0.0.1:\(proxy.port)"
                for name in ["http_proxy", "https_proxy", "ALL_PROXY"] { setenv(name, address, 1) }
                setenv("NO_PROXY", "exempt.invalid", 1)
                let transport = try #require(CurlTransport())
                let secret: HTTPFields = ["Authorization": "Bearer planted"]

                let direct = try await transport.send(HTTPRequest(.get, server.url(), headers: secret))
                #expect(direct.body == Data("direct".utf8))
                #expect(proxy.requests.isEmpty)

                let url = try #require(URL(string: "https://far.invalid/a?secret"))
                let error = await failure {
                    try await transport.send(HTTPRequest(.post, url, headers: secret, body: .data(Data("x".utf8))))
                }
                #expect(error?.kind == .cannotConnect)
                #expect(error?.mayHaveBeenSent == false)
                #expect("\(String(reflecting: error))".contains("planted") == false)
                #expect(proxy.requests.map(\.method) == ["CONNECT"])
                #expect(proxy.requests.first?.target == "far.invalid:443")
                #expect(proxy.requests.first?.headers["Authorization"] == nil)

                let exempt = try #require(URL(string: "https://exempt.invalid/"))
                _ = await failure { try await transport.send(HTTPRequest(.get, exempt)) }
                #expect(proxy.requests.count == 1)
                proxy.stop()
                server.stop()
            }
        }

        @Test("a proxy that is no tunnel gets the whole address, and the next request is a direct one")
        func plainProxy() async {
            await #expect(processExitsWith: .success) {
                let proxy = try LoopbackServer(reply: .response(body: Data("proxied".utf8)))
                let server = try LoopbackServer(reply: .response(body: Data("direct".utf8)))
                setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
                let transport = try #require(CurlTransport())
                var plain = HTTPRequest(.get, try #require(URL(string: "http://far.invalid/a?b=c#d")))
                plain.allowsInsecureHTTP = true
                for _ in 1...2 {
                    #expect(try await transport.send(plain).body == Data("proxied".utf8))
                    #expect(proxy.requests.last?.target == "http://far.invalid/a?b=c")
                    #expect(try await transport.send(HTTPRequest(.get, server.url("/x"))).body == Data("direct".utf8))
                    #expect(server.requests.last?.target == "/x")
                }
                proxy.stop()
                server.stop()
            }
        }

        @Test("trusted certificates come from the configuration, then from the environment, then from the machine")
        func trust() throws {
            let file = try TemporaryFile(Data("x".utf8))
            let path = file.url.path(percentEncoded: false)
            func trust(_ configuration: CurlTransport.Configuration, _ environment: [String: String]) -> CurlTrust {
                CurlTrust(configuration, defaultFile: path, environment: environment)
            }
            let variables = ["SSL_CERT_FILE": "/a", "SSL_CERT_DIR": "/b"]
            let configured = trust(.init(certificateAuthorities: file.url), variables)
            #expect(configured.file == path && configured.directory == nil && !configured.usesDefaultDirectory)
            let named = trust(.init(), variables)
            #expect(named.file == "/a" && named.directory == "/b" && !named.usesDefaultDirectory)
            let folder = trust(.init(), ["SSL_CERT_FILE": "", "SSL_CERT_DIR": "/b"])
            #expect(folder.file == nil && folder.directory == "/b" && !folder.usesDefaultDirectory)
            let machine = trust(.init(), [:])
            #expect(machine.file == nil && machine.directory == nil && !machine.usesDefaultDirectory)
            let unknown = CurlTrust(.init(), defaultFile: nil, environment: [:])
            #expect(unknown.usesDefaultDirectory)
        }

        @Test("a file of certificates that is missing is an error that is not retried")
        func missingAuthorities() async throws {
            let server = try LoopbackServer(greeting: Data("junk".utf8)) { _ in .response() }
            defer { server.stop() }
            let missing = URL(filePath: "/no/such/file.pem")
            let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
            let transport = try transport(.init(certificateAuthorities: missing))
            let error = await failure { try await transport.send(HTTPRequest(.get, url)) }
            #expect(error?.kind == .certificateRefused)
            #expect(error?.mayHaveBeenSent == false)
        }

        @Test("the password of a client certificate is not printed")
        func password() {
            let certificate = CurlTransport.ClientCertificate(
                certificate: URL(filePath: "/a/client.pem"), password: "planted-secret")
            let configuration = CurlTransport.Configuration(clientCertificate: certificate)
            var dumped = ""
            dump(configuration, to: &dumped)
            #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("planted"))
        }

        /// As libcurl 7.81 of Ubuntu 22.04 and 7.76 of RHEL 9 are.
        @Test("libraries without the newer options do the same", arguments: [(true, false), (false, false)])
        func older(_ reportsRequests: Bool, _ endsResolutions: Bool) async throws {
            var library = try #require(CurlLibrary.shared)
            library.reportsRequests = reportsRequests
            library.endsResolutions = endsResolutions
            let transport = CurlTransport(.init(), library: library)
            let server = try LoopbackServer { request in
                switch request.path {
                case "/bad": .closedWithoutResponse
                case "/slow": .stalled()
                default: .response(body: Data("x".utf8))
                }
            }
            defer { server.stop() }
            for _ in 0..<3 {
                #expect(try await transport.send(HTTPRequest(.get, server.url())).status == 200)
                for body in [Data(), Data("x".utf8), Data(count: 2_000_000)] {
                    let error = await failure {
                        try await transport.send(HTTPRequest(.post, server.url("/bad"), body: .data(body)))
                    }
                    #expect(error?.kind == .connectionLost)
                    #expect(error?.mayHaveBeenSent == true)
                }
            }
            #expect(server.requests.count { $0.path == "/bad" } == 9)
            let calls = (0..<20).map { _ in Task { try await transport.send(HTTPRequest(.get, server.url("/slow"))) } }
            #expect(await eventually { server.requests.count { $0.path == "/slow" } > 0 })
            for call in calls { call.cancel() }
            for call in calls { #expect(await failure { try await call.value }?.kind == .cancelled) }
            #expect(await eventually { server.openConnectionCount <= 1 })
            #expect(try await transport.send(HTTPRequest(.get, server.url())).status == 200)
        }
    }
#endif
