#if os(Linux)
    import Foundation
    import Testing

    @testable import EndpointKit

    @Suite("The line of transfers to a host")
    struct CurlQueueTests {
        private func host(_ url: String) throws -> CurlHost {
            try CurlHost(HTTPRequest(.get, try #require(URL(string: url))))
        }

        @Test("a host has one line, however it is written, and another one for each port and scheme")
        func keys() throws {
            var queue = CurlQueue(limit: 1)
            let line = try queue.line(of: host("https://a.test/b"))
            for same in ["https://A.TEST", "HTTPS://a.test?c", "https://a.test:443/d"] {
                #expect(try queue.line(of: host(same)) === line, "\(same)")
            }
            for other in ["http://a.test", "https://a.test:444", "https://b.test", "http://a.test:443"] {
                #expect(try queue.line(of: host(other)) !== line, "\(other)")
            }
        }

        @Test("with very many hosts, those without transfers are forgotten, and known again when they are used")
        func forgetting() throws {
            var queue = CurlQueue(limit: 1)
            let first = try host("https://a.test")
            let line = queue.line(of: first)
            for number in 0..<1024 { _ = try queue.line(of: host("https://h\(number).test")) }
            let again = queue.line(of: first)
            #expect(again !== line)
            #expect(try queue.line(of: host("https://a.test")) === again)
        }
    }
#endif
