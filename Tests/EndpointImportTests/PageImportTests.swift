import EndpointCore
import EndpointImport
import EndpointSpec
import Testing

@Suite("Importing pages")
struct PageImportTests {
    /// A page of a call with these lines after its method and path.
    private static func page(_ call: String, _ rest: String = "") -> String { "# 标题\n\nAPI： \(call)\n\n\(rest)" }

    @Test(
        "Method and path stand in many forms",
        arguments: [
            ("API： GET 域名 + /api/v1/books", "GET /api/v1/books"),
            ("API：GET   域名 +/api/v1/books", "GET /api/v1/books"),
            ("**API：** POST 域名 + /api/v1/books", "POST /api/v1/books"),
            ("<font style=\"color:#262626;\">API： PUT 域名 + /api/v1/books</font>", "PUT /api/v1/books"),
            ("&API： POST 域名 + /api/v1/books", "POST /api/v1/books"),
            ("- HTTP：DELETE 域名 + /api/v1/books", "DELETE /api/v1/books"),
            ("> `GET /api/v1/books`", "GET /api/v1/books"),
            ("GET `https://api.library.example.com/api/v1/books?page=1`", "GET /api/v1/books"),
            ("POST {{host}}/api/v1/books", "POST /api/v1/books"),
            ("GET /api/v1/books/:bookId/pages/<page>", "GET /api/v1/books/{bookId}/pages/{page}"),
            ("请求方式：POST\n\n请求地址：/api/v1/books", "POST /api/v1/books"),
            ("**Method:** `GET`\n\n**URL:** `/api/v1/books`", "GET /api/v1/books"),
            ("| 请求方式 | GET |\n| --- | --- |\n| 请求地址 | /api/v1/books |", "GET /api/v1/books"),
            ("```http\nGET /api/v1/books HTTP/1.1\nHost: api.library.example.com\n```", "GET /api/v1/books"),
            (
                "```shell\ncurl -X PATCH 'https://api.library.example.com/api/v1/books' -d '{}'\n```",
                "PATCH /api/v1/books"
            ),
        ])
    func calls(line: String, call: String) throws {
        let imported = try Imported("# 标题\n\n\(line)\n", name: "call")
        let method = try #require(imported.spec?.object?["method"]?.string)
        let path = try #require(imported.spec?.object?["path"]?.string)
        #expect("\(method) \(path)" == call)
    }

    @Test("A page without a call says what it lacks, at its line")
    func noCall() throws {
        #expect(
            try Imported("# 流程\n\n1. 先创建文件\n").diagnostics == [
                #"page.md:1:1: error: this page describes no call: it lacks a method and a path, such as "GET /files""#
            ])
        #expect(
            try Imported("# 图书\n\n请求方式：POST\n").diagnostics == [
                "page.md:3:1: error: this page describes no call: it lacks a path: there is the method POST only"
            ])
        #expect(
            try Imported("# 图书\n\n请求地址：/api/v1/books\n").diagnostics == [
                "page.md:3:1: error: this page describes no call: it lacks a method, such as GET: there is the path only"
            ])
    }

    @Test("One page without a call among others makes nothing")
    func allOrNothing() throws {
        let imported = try Imported(Self.page("GET /api/v1/books"), "# 流程\n")
        #expect(imported.files.isEmpty)
        #expect(imported.diagnostics.count == 1)
    }

    @Test("A name is for one call")
    func oneName() throws {
        #expect(
            try Imported(Self.page("GET /api/v1/books"), name: "listBooks").files.map(\.path) == [
                "Shelf/listBooks.json"
            ])
        #expect(
            try Imported(Self.page("GET /a/b"), Self.page("GET /a/c"), name: "x").diagnostics == [
                "page2.md:3:1: error: a second call; --name is for one, so leave it out"
            ])
    }

    @Test(
        "A spec is named after what the call does",
        arguments: [
            ("GET /api/v1/shelf/books/{id}", "book"), ("DELETE /api/v1/books/{id}", "deleteBook"),
            ("PUT /api/v1/books/{id}", "updateBook"), ("POST /api/v1/books", "createBook"),
            ("POST /api/v1/shelf/file/delete", "deleteFile"),
            ("POST /upload/v1/file/upload_complete", "completeUpload"),
            ("POST /upload/v1/file/get_upload_url", "uploadURL"), ("POST /api/v1/file/async/copy", "copyFileAsync"),
            ("GET /api/v1/user/info", "userInfo"), ("POST /api/v1/shelf/move", "move"),
        ])
    func names(call: String, name: String) throws {
        #expect(try Imported(Self.page(call)).files.map(\.path) == ["Shelf/\(name).json"])
    }

    @Test("Specs of equal names are numbered")
    func equalNames() throws {
        let imported = try Imported(Self.page("GET /api/v1/user/info"), Self.page("GET /api/v2/user/info"))
        #expect(imported.files.map(\.path) == ["Shelf/userInfo.json", "Shelf/userInfo2.json"])
    }

    @Test("A call that the module has is refused with the checker's words")
    func knownCall() throws {
        let imported = try Imported(
            Self.page("GET /api/v1/books"),
            specs: [
                "Shelf/all.json":
                    #"{ "summary": "Lists.", "method": "GET", "path": "/api/v1/books", "response": null }"#
            ])
        #expect(imported.files.isEmpty)
        #expect(
            imported.notes.last
                == #"3: refused: GET /api/v1/books is "shelf.all" already; make this a variant ("variantOf": "shelf.all"), or tell them apart by a "const" field"#
        )
    }

    @Test("What service.json says is left out, and what contradicts it is said")
    func serviceFields() throws {
        let imported = try Imported(
            Self.page(
                "GET /api/v1/books",
                """
                ## Header 参数
                | 名称 | 类型 | 是否必填 | 说明 |
                | --- | --- | --- | --- |
                | Authorization | string | 必填 | 鉴权 |
                | Client | string | 必填 | 固定为:web |
                | Content-Type | string | 必填 | application/json |
                | X-Trace | string | 选填 | 跟踪编号 |
                """))
        #expect(imported.part("headers") == #"{"X-Trace":{"type":"string","optional":true,"description":"跟踪编号"}}"#)
        #expect(
            imported.notes.contains(
                #"9: note: the page says "Client" is "web", service.json says "reading_room"; the service's counts"#))
    }

    @Test("The host and the base path of service.json are no part of the path")
    func basePath() throws {
        let service = #"{ "name": "Library", "baseURL": "https://api.example.com/v2", "authentication": "none" }"#
        let imported = try Imported(Self.page("GET https://other.example.com/v2/books"), service: service)
        #expect(imported.part("path") == #""/books""#)
        #expect(
            imported.notes.first
                == "3: note: the page names the host other.example.com, service.json has api.example.com; the call goes to the latter"
        )
    }

    @Test("A call takes no token where neither table nor sample have one")
    func noToken() throws {
        let rest = """
            ## Header 参数
            | 名称 | 类型 | 是否必填 | 说明 |
            | --- | --- | --- | --- |
            | Client | string | 必填 | 固定为:reading_room |

            ```shell
            curl 'https://api.library.example.com/api/v1/token' --header 'Client: reading_room' -d '{"clientSecret":"abc"}'
            ```
            """
        #expect(try Imported(Self.page("POST /api/v1/token", rest)).part("authentication") == #""none""#)
        let with = rest.replacing("--header 'Client: reading_room'", with: "--header 'Authorization: Bearer x'")
        #expect(try Imported(Self.page("POST /api/v1/token", with)).part("authentication") == nil)
    }

    @Test("The sample's request is compared with the page")
    func otherRequest() throws {
        let imported = try Imported(
            Self.page(
                "PUT 域名 + /api/v1/share/list/info",
                """
                ## Body 参数
                | 名称 | 类型 | 是否必填 | 说明 |
                | --- | --- | --- | --- |
                | ids | []uint64 | 必填 | 列表，数组长度最大为100 |

                ```shell
                curl --request POST 'https://api.library.example.com/api/v1/share/info/list' -d '{"ids": [1]}'
                ```
                """))
        #expect(
            imported.notes.filter { $0.contains("latter") } == [
                "11: note: the sample's request goes to /api/v1/share/info/list, the page says /api/v1/share/list/info (line 3); the latter counts",
                "11: note: the sample's request is POST, the page says PUT (line 3); the latter counts",
            ])
        #expect(
            imported.part("body", "ids")
                == #"{"type":"array","minItems":1,"maxItems":100,"description":"列表，数组长度最大为100","items":{"type":"integer","format":"int64"}}"#
        )
        #expect(imported.part("examples") == #"[{"name":"as on the page","request":{"ids":[1]}}]"#)
    }

    @Test("A sample without the envelope, a list as payload, a text as payload, and a payload that may be null")
    func payloads() throws {
        func imported(_ sample: String, _ table: String = "") throws -> Imported {
            try Imported(Self.page("POST /api/v1/x", "## 返回数据\n\(table)\n\n**响应示例**\n\n```json\n\(sample)\n```\n"))
        }
        let bare = try imported(#"{ "id": 1, "name": "a" }"#)
        #expect(bare.part("envelope") == #""errors""#)
        #expect(bare.part("response") == #"{"id":{"type":"integer","format":"int64"},"name":{"type":"string"}}"#)
        let list = try imported(#"{ "code": 0, "message": "", "data": ["a"], "trace": "" }"#)
        #expect(list.part("responseType") == #"{"type":"array","items":{"type":"string"}}"#)
        let text = try imported(#"{ "code": 0, "message": "", "data": "已完成", "trace": "" }"#)
        #expect(text.part("responseType") == #"{"type":"string"}"#)
        let table = "| 名称 | 类型 | 是否必填 | 说明 |\n| --- | --- | --- | --- |\n| failed | array | 必填 | 失败(string 数组) |"
        let null = try imported(#"{ "code": 0, "message": "", "data": null, "trace": "" }"#, table)
        #expect(null.part("nullPayload") == #""empty""#)
        #expect(
            null.part("response", "failed")
                == #"{"type":"array","nullAsEmpty":true,"description":"失败(string 数组)","items":{"type":"string"}}"#)
    }

    @Test("Where one response of the pages has null for a list, the others may have it, too")
    func nullLists() throws {
        func page(_ path: String, _ list: String) -> String {
            Self.page(
                "GET \(path)",
                """
                ## 返回数据
                | 名称 | 类型 | 是否必填 | 说明 |
                | --- | --- | --- | --- |
                | list | array | 必填 | 列表 |

                ```json
                { "code": 0, "message": "", "data": { "list": \(list) }, "trace": "" }
                ```
                """)
        }
        let imported = try Imported(page("/a", "null"), page("/b", "[1]"))
        #expect(imported.files.count == 2)
        #expect(imported.files.allSatisfy { $0.text.contains(#""nullAsEmpty": true"#) })
    }
}
