import EndpointKit
import Foundation
import TestSupport
import Testing

@Suite("Transport: interim responses and trailers")
struct TransportTrailerTests {
    @Test("other transports return interim responses and trailers as they are, whole and streamed")
    func closure() async throws {
        let whole = HTTPResponse(
            status: 200, body: Data("body".utf8),
            interim: [HTTPInterimResponse(status: 103, headers: ["Link": "</a>"])],
            trailers: ["X-Check": "1"])
        let transport = ClosureTransport { _ throws(TransportError) in whole }
        let request = HTTPRequest(.get, try #require(URL(string: "https://example.com/")))
        let streamed = try await transport.stream(request)
        #expect(streamed.interim == whole.interim)
        #expect(streamed.trailers.isEmpty)
        #expect(try await streamed.body.collect(upTo: 4) == whole.body)
        #expect(streamed.trailers == ["X-Check": "1"])
    }

    @Test("a body that is not read to its end has no trailers")
    func unread() async throws {
        let body = ResponseBody(Data("body".utf8), trailers: ["X-Check": "1"])
        for try await _ in body { break }
        #expect(body.trailers.isEmpty)
    }

    #if os(Linux)
        private static let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
        private static let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\n"

        private func server(_ text: String) throws -> LoopbackServer {
            // The connection stays open: one that is closed without notice may be used again at that moment.
            try LoopbackServer(reply: LoopbackReply(steps: [.head(Data(text.utf8))]))
        }

        private let transport = NetworkTransport.curl.make()

        @Test("interim responses and trailers are part of the response over libcurl, whole, with progress and streamed")
        func libcurl() async throws {
            let server = try server(
                "HTTP/1.1 100 Continue\r\n\r\n" + Self.hints + Self.head + "X-Check: 1\r\nX-Sum: a\r\nX-Sum: b\r\n\r\n")
            defer { server.stop() }
            let request = HTTPRequest(.get, server.url())
            let interim = [
                HTTPInterimResponse(status: 100),
                HTTPInterimResponse(status: 103, headers: ["Link": "</a>, </b>"]),
            ]
            let trailers: HTTPFields = ["X-Check": "1", "X-Sum": "a, b"]

            for response in [
                try await transport.send(request), try await transport.send(request, progress: { _ in }),
            ] {
                #expect(response.interim == interim)
                #expect(response.trailers == trailers)
                #expect(response.headers == ["Transfer-Encoding": "chunked"])
                #expect(response.body == Data("abc".utf8))
            }
            let streamed = try await transport.stream(request)
            #expect(streamed.interim == interim)
            #expect(streamed.trailers.isEmpty)
            #expect(try await streamed.body.collect(upTo: 3) == Data("abc".utf8))
            #expect(streamed.trailers == trailers)

            let file = try TemporaryFile(Data())
            let download = try await transport.download(request, to: file.url)
            #expect(download.trailers == trailers)
        }

        @Test("a client hands over the interim responses and trailers of a stream")
        func client() async throws {
            let server = try server(Self.hints + Self.head + "X-Check: 1\r\n\r\n")
            defer { server.stop() }
            let configuration = ClientConfiguration(baseURL: server.url().absoluteString, transport: transport)
            let client = Client(
                service: Service(name: "Test", baseURL: "https://example.com"), configuration: configuration)
            let endpoint = Endpoint<Data>(.get, "/", response: .bytes).with(\.isAuthenticated, false)
            let response = try await client.stream(endpoint)
            #expect(response.interim.map(\.status) == [103])
            #expect(try await response.body.collect(upTo: 3) == Data("abc".utf8))
            #expect(response.trailers == ["X-Check": "1"])
        }

        @Test("a length among the trailers frames nothing; a value may continue on the next line")
        func harmless() async throws {
            let server = try server(Self.head + "Content-Length: 9\r\nX-Check: a\r\n b\r\n\r\n")
            defer { server.stop() }
            let response = try await transport.send(HTTPRequest(.get, server.url()))
            #expect(response.body == Data("abc".utf8))
            #expect(response.trailers == ["Content-Length": "9", "X-Check": "a b"])
            #expect(response.headers["Content-Length"] == nil)
        }

        @Test(
            "malformed trailers are an error, whole and streamed",
            arguments: [
                // Some are refused by libcurl already.
                ("nonsense\r\n", nil), ("X: a\rb\r\n", nil),
                (
                    (0..<100).map { "X-\($0): " + String(repeating: "a", count: 3000) + "\r\n" }.joined(),
                    "the trailers are too long"
                ),
            ])
        func malformed(_ trailers: String, _ reason: String?) async throws {
            let server = try server(Self.head + trailers + "\r\n")
            defer { server.stop() }
            let request = HTTPRequest(.get, server.url("/a"))
            let transport = transport
            for error in [
                await failure { try await transport.send(request) },
                await failure { try await transport.stream(request).body.collect(upTo: 3) },
            ] {
                #expect(error?.kind == .connectionLost)
                if let reason { #expect(error?.message == "GET \(server.url("/a")): \(reason)") }
            }
        }

        @Test("at most 100 interim responses are reported")
        func many() async throws {
            let server = try server(
                String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 1000) + Self.head + "\r\n")
            defer { server.stop() }
            let response = try await transport.send(HTTPRequest(.get, server.url()))
            #expect(response.interim == Array(repeating: HTTPInterimResponse(status: 102), count: 100))
            #expect(response.trailers.isEmpty)
        }
    #endif
}
