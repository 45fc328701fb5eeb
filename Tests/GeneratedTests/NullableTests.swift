import EndpointKit
import Foundation
import TestSupport
import Testing
import Warehouse

@Suite("Absent, null and a value")
struct NullableTests {
    private func body(_ note: WarehouseClient.Note? = nil, text: Nullable<String>?, rank: Nullable<Int>?) async throws
        -> JSONValue?
    {
        let loop = try Loop(payloads: [#"{"title":"a"}"#])
        defer { loop.server.stop() }
        _ = try await loop.client(WarehouseClient.self).catalog.annotate(id: 1, text: text, rank: rank, note: note)
        guard case .json(let body)? = try loop.requests.first?.body else { return nil }
        return body
    }

    @Test("are three things in an argument")
    func arguments() async throws {
        #expect(try await body(text: nil, rank: nil) == [:])
        #expect(try await body(text: .null, rank: .null) == ["text": nil, "rank": nil])
        #expect(try await body(text: "", rank: 0) == ["text": "", "rank": "0"])
    }

    @Test("are three things in a type that is sent, and in the same type when it comes")
    func properties() async throws {
        let note = WarehouseClient.Note(title: "a", mail: .null, tags: .value([]), reply: .null)
        #expect(
            try await body(note, text: nil, rank: nil)
                == ["note": ["title": "a", "mail": nil, "tags": [], "reply": nil]])
        let loop = try Loop(payloads: [#"{"title":"a","mail":null,"tags":[],"reply":null}"#])
        defer { loop.server.stop() }
        let read = try await loop.client(WarehouseClient.self).catalog.annotate(id: 1)
        #expect(read.mail == note.mail && read.seen == note.seen && read.tags == note.tags)
        #expect(read.reply?.value == nil && read.reply != nil)
        #expect(read == note, "\(read)")
        #expect(note.seen == nil && note.mail?.value == nil && note.mail != nil)
        #expect(String(decoding: try JSONEncoder().encode(note), as: UTF8.self).contains(#""mail":null"#))
    }
}
