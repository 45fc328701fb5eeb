import Foundation
import Page
import Pan123

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One page over HTTP: the client with its default transport against what one would write by hand, on the same
/// server: with a session as it comes, and with one that keeps no cookies and no cache, which has less to do.
func overTheWire() {
    for (title, width) in [("One at a time", 1), ("16 in flight", 16)] {
        let calls = width == 1 ? 20 : 64
        let subjects: [Subject] = [
            .client(width: width), .byHand(width: width, isLean: false), .byHand(width: width, isLean: true),
        ]
        compare(title, calls: calls, iterations: 100, warmup: 10, subjects)
    }
}

extension Subject {
    /// Does the work as often as asked for, so many at once.
    fileprivate init(_ name: String, width: Int, _ once: @escaping @Sendable () async throws -> Void) {
        self.init(name: name) { times in
            if width == 1 {
                for _ in 0..<times { try await once() }
                return
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<width {
                    group.addTask { for _ in 0..<times / width { try await once() } }
                }
                try await group.waitForAll()
            }
        }
    }

    /// `Client.send` of a generated endpoint over ``URLSessionTransport``.
    static func client(width: Int) -> Subject {
        let pan = Pan123Client(token: "token", baseURL: server)
        return Subject("client", width: width) {
            let page = try await pan.oss.listCopyFailures(taskID: "100", limit: 100, page: 1)
            guard page.list.count == Page.size else { throw WrongResponse() }
        }
    }

    /// `URLSession.data(for:)` and `JSONDecoder`.
    static func byHand(width: Int, isLean: Bool) -> Subject {
        let configuration = URLSessionConfiguration.ephemeral
        if isLean {
            configuration.urlCache = nil
            configuration.httpCookieStorage = nil
            configuration.urlCredentialStorage = nil
        }
        let session = URLSession(configuration: configuration)
        let base = server
        return Subject(isLean ? "lean by hand" : "by hand", width: width) {
            guard let url = URL(string: "\(base)/api/v1/oss/source/copy/fail?taskID=100&limit=100&page=1") else {
                throw WrongResponse()
            }
            var request = URLRequest(url: url)
            request.setValue("application/json", forHTTPHeaderField: "Accept")
            request.setValue("open_platform", forHTTPHeaderField: "Platform")
            request.setValue("Bearer token", forHTTPHeaderField: "Authorization")
            let (data, response) = try await session.data(for: request)
            let page = try JSONDecoder().decode(PlainResponse<PlainFailures>.self, from: data)
            guard (response as? HTTPURLResponse)?.statusCode == 200, page.code == 0,
                page.data.list.count == Page.size
            else { throw WrongResponse() }
        }
    }
}

struct WrongResponse: Error {}
