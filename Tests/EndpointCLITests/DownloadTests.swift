import EndpointKit
import Foundation
import TestSupport
import Testing

@testable import EndpointCLI

/// The checksum that a header field of the response says, which the spec names.
@Suite struct DownloadTests {
    private let folder: TemporaryFolder
    private var file: String { folder.path + "/photo" }
    /// That of "hello".
    private let md5 = "XUFAKrxLKna5cZ2REBfFkg=="

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fetch(_ response: HTTPResponse) async -> Shop.Result {
        await Shop(responses: [response]).run(
            "orders", "fetch-photo", "--url", "https://cdn.example.com/p?signature=s", "--output", file)
    }

    private func response(_ md5: String?, status: Int = 200, _ more: HTTPFields = [:], body: String = "hello")
        -> HTTPResponse
    {
        var headers: HTTPFields = ["Content-Type": "image/jpeg", "Content-Length": "\(body.utf8.count)"]
        if let md5 { headers["X-Photo-MD5"] = md5 }
        for field in more { headers[field.name] = field.value }
        return HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
    }

    @Test(arguments: [
        "XUFAKrxLKna5cZ2REBfFkg==", "5d41402abc4b2a76b9719d911017c592", "\"5D41402ABC4B2A76B9719D911017C592\"",
    ])
    func aRightChecksum(_ md5: String) async throws {
        let result = await fetch(response(md5))
        #expect(result.status == 0)
        #expect(result.error == "shop: \(file): 5 bytes\n")
        #expect(try folder.text("photo") == "hello")
    }

    @Test func aWrongChecksumIsAnErrorAndNothingIsKept() async {
        let result = await fetch(response("5d41402abc4b2a76b9719d911017c593"))
        #expect(result.status == 5)
        #expect(
            result.error
                == "shop: the bytes are damaged: their MD5 is 5d41402abc4b2a76b9719d911017c592; nothing was kept, "
                + "run the command again\n")
        #expect(folder.names("").isEmpty)
    }

    @Test(arguments: [nil, "", "5d41402abc4b2a76b9719d911017c592-3"])
    func aChecksumThatIsMissingIsSaid(_ md5: String?) async {
        let result = await fetch(response(md5))
        #expect(result.status == 0)
        #expect(
            result.error
                == "shop: the response has no MD5 in X-Photo-MD5: the bytes are not checked against it\n"
                + "shop: \(file): 5 bytes\n")
    }

    @Test func aResumedDownloadIsCheckedAsAWhole() async throws {
        for (md5, status) in [(md5, Int32(0)), ("kAFQmDzST7DWlj99KOF/cg==", 5)] {
            try part("he", md5: nil)
            let rest = response(md5, status: 206, ["Content-Range": "bytes 2-4/5", "ETag": "\"a\""], body: "llo")
            let result = await fetch(rest)
            #expect(result.status == status, "\(result.error)")
            #expect(result.requests.first?.headers["Range"] == "bytes=2-")
            #expect(folder.names("") == (status == 0 ? ["photo"] : []))
            try? FileManager.default.removeItem(atPath: file)
        }
    }

    @Test func theChecksumOutlivesAnInterruption() async throws {
        for (md5, status) in [(md5, Int32(0)), ("kAFQmDzST7DWlj99KOF/cg==", 5)] {
            try part("hello", md5: md5)
            let result = await fetch(response(nil))
            #expect(result.status == status, "\(result.error)")
            #expect(result.requests.isEmpty)
            #expect(folder.names("") == (status == 0 ? ["photo"] : []))
            try? FileManager.default.removeItem(atPath: file)
        }
    }

    /// What an interrupted download left.
    private func part(_ bytes: String, md5: String?) throws {
        try folder.write("photo.part", bytes)
        let checksum = md5.map { ", \"md5\": \"\($0)\"" } ?? ""
        try folder.write(
            "photo.part.json",
            #"{ "url": "https://cdn.example.com/p", "validator": "\"a\"", "length": 5\#(checksum) }"#)
    }
}
