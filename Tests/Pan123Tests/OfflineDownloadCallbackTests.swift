import Foundation
import Pan123
import Testing

@Suite("Callbacks of offline downloads")
struct OfflineDownloadCallbackTests {
    private func parse(_ text: String) throws -> OfflineDownloadCallback {
        try OfflineDownloadCallback(body: Data(text.utf8))
    }

    @Test("a success carries the new file's id, as a number or as text")
    func success() throws {
        let expected = OfflineDownloadCallback(url: "http://example.com/r.jpg", status: .finished, fileID: "100")
        let number = #"{"url": "http://example.com/r.jpg", "status": 0, "failReason": "", "fileID": 100}"#
        let text = #"{"url": "http://example.com/r.jpg", "status": 0, "failReason": "", "fileID": "100"}"#
        #expect(try parse(number) == expected)
        #expect(try parse(text) == expected)
    }

    @Test("the reason of a failure is read under both of its names", arguments: ["failReason", "fileReason"])
    func failure(name: String) throws {
        let callback = try parse(#"{"url": "u", "status": 1, "\#(name)": "超时", "fileID": 0}"#)
        #expect(callback == OfflineDownloadCallback(url: "u", status: .failed, failReason: "超时"))
    }

    @Test("what is encoded decodes to the same, unknown states included")
    func roundTrip() throws {
        let callback = OfflineDownloadCallback(url: "u", status: .init(rawValue: 7), fileID: "abc")
        #expect(try OfflineDownloadCallback(body: JSONEncoder().encode(callback)) == callback)
    }

    @Test(
        "reading what is not a callback is an error",
        arguments: ["", "[]", #"{"status": 0}"#, #"{"url": "u", "status": "x"}"#])
    func malformed(text: String) {
        #expect(throws: DecodingError.self) { try parse(text) }
    }
}
