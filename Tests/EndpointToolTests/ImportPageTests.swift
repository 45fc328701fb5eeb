import Foundation
import TestSupport
import Testing

@Suite("The command import page")
struct ImportPageTests {
    private static let service = """
        {
          "name": "Library",
          "baseURL": "https://api.library.example.com",
          "authentication": { "scheme": "bearer" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data" }
        }
        """

    private static func page(_ title: String, _ path: String) -> String {
        """
        # \(title)

        API： GET 域名 + \(path)

        说明：查询图书馆里登记过的所有图书，结果按照登记时间从新到旧排列，不包含已经注销的图书

        ## QueryString 参数
        | **名称** | **类型** | **是否必填** | **说明** |
        | :---: | :---: | :---: | :---: |
        | bookId | number | 必填 | 图书ID |

        ## 返回数据
        | **名称** | **类型** | **是否必填** | **说明** |
        | :---: | :---: | :---: | :---: |
        | aVeryLongNameOfAFieldThatIsANumber | number | 必填 | 数量 |

        ```json
        { "code": 0, "message": "ok", "data": { "aVeryLongNameOfAFieldThatIsANumber": "many" } }
        ```
        """
    }

    @Test("A page becomes a spec that lints clean, and the report says what was decided, in 80 columns")
    func onePage() throws {
        let folder = try TemporaryFolder(["specs/service.json": Self.service, "book.md": Self.page("图书", "/v1/book")])
        let (specs, page) = ("\(folder.path)/specs", "\(folder.path)/book.md")
        let run = Run("import", "page", page, "--group", "Books", "--output", specs, "--name", "book")
        #expect(run.code == 0)
        #expect(run.errors == [])
        #expect(run.output.first == "\(specs)/Books/book.json")
        #expect(
            run.output.contains(#"  15: note: "aVeryLongNameOfAFieldThatIsANumber": the table says a number, the"#))
        #expect(run.output.contains("      sample has a string (line 18)"))
        #expect(Run("lint", specs).output == ["\(specs): 1 endpoint, 0 shared types, no mistakes"])
    }

    @Test("A folder of pages is imported in one call")
    func folder() throws {
        let folder = try TemporaryFolder([
            "specs/service.json": Self.service, "pages/a/one.md": Self.page("一", "/v1/one"),
            "pages/two.md": Self.page("二", "/v1/two"), "pages/picture.png": "no page",
        ])
        let run = Run("import", "page", "\(folder.path)/pages", "--group", "Books", "--output", "\(folder.path)/specs")
        #expect(run.code == 0)
        #expect(folder.names("specs/Books") == ["one.json", "two.json"])
    }

    @Test("A page that describes no call is one line and exit 1, and nothing is written; --skip leaves it out")
    func otherPage() throws {
        let folder = try TemporaryFolder([
            "specs/service.json": Self.service, "one.md": Self.page("一", "/v1/one"), "flow.md": "# 流程\n\n1. 创建\n",
        ])
        let words = [
            "import", "page", "\(folder.path)/one.md", "\(folder.path)/flow.md", "--group", "Books", "--output",
            "\(folder.path)/specs",
        ]
        #expect(
            Run(words)
                == Run(
                    code: 1, output: [],
                    errors: [
                        "\(folder.path)/flow.md:1:1: error: this page describes no call: it lacks a method and a path, such as \"GET /files\""
                    ]))
        #expect(folder.names("specs/Books") == [])
        #expect(Run(words + ["--skip"]).code == 0)
        #expect(folder.names("specs/Books") == ["one.json"])
    }

    @Test("Nothing is replaced, and where one file exists none is written")
    func existing() throws {
        let folder = try TemporaryFolder([
            "specs/service.json": Self.service, "one.md": Self.page("一", "/v1/one"),
            "two.md": Self.page("二", "/v1/two"),
            "specs/Books/two.json": #"{ "summary": "Mine.", "method": "GET", "path": "/v1/other", "response": null }"#,
        ])
        // A name of one's own is taken as it is; a made one steps aside.
        let run = Run(
            "import", "page", "\(folder.path)/two.md", "--group", "Books", "--output", "\(folder.path)/specs", "--name",
            "two")
        #expect(run.code == 1)
        #expect(
            run.errors == [
                "\(folder.path)/specs/Books/two.json:1:1: error: the file exists, and an import replaces nothing; choose another folder, or remove the file"
            ])
        #expect(try folder.text("specs/Books/two.json").contains("Mine."))
        #expect(
            Run(
                "import", "page", "\(folder.path)/one.md", "\(folder.path)/two.md", "--group", "Books", "--output",
                "\(folder.path)/specs"
            ).code == 0)
        #expect(folder.names("specs/Books") == ["one.json", "two.json", "two2.json"])
    }

    @Test("A field called as a type of the run time makes a type of another name")
    func takenName() throws {
        let page = """
            # Books

            GET /v1/books

            ## Response
            | Name | Type | Required | Description |
            | --- | --- | --- | --- |
            | data | array | yes | The books. |
            | - bookId | integer | yes | The book. |

            ```json
            { "data": [{ "bookId": 1 }] }
            ```
            """
        let folder = try TemporaryFolder([
            "specs/service.json": #"{ "name": "Library", "baseURL": "https://api.library.example.com" }"#,
            "books.md": page,
        ])
        let specs = "\(folder.path)/specs"
        let run = Run(
            "import", "page", "\(folder.path)/books.md", "--group", "Books", "--output", specs, "--name", "list")
        #expect(run.code == 0, "\(run)")
        #expect(
            try String(contentsOfFile: "\(specs)/Books/list.json", encoding: .utf8).contains(#""name": "DataContent""#))
        #expect(Run("lint", specs).code == 0)
    }

    @Test("What the checker refuses is left out with its words, and the exit code says so")
    func refused() throws {
        let folder = try TemporaryFolder([
            "specs/service.json": Self.service, "one.md": Self.page("一", "/v1/one"),
            "two.md": Self.page("二", "/v1/one"),
        ])
        let run = Run("import", "page", folder.path, "--group", "Books", "--output", "\(folder.path)/specs")
        #expect(run.code == 6)
        #expect(folder.names("specs/Books") == ["one.json"])
        #expect(run.output.contains { $0.hasPrefix("  3: refused: GET /v1/one is \"books.one\" already;") })
        #expect(run.output.allSatisfy { $0.count <= 80 || $0.hasPrefix("/") || $0.contains(folder.path) })
    }

    @Test("Wrong use is told before anything is read")
    func misuse() throws {
        let folder = try TemporaryFolder(["specs/service.json": Self.service, "one.md": Self.page("一", "/v1/one")])
        func error(_ words: String...) -> String? { Run(["import", "page"] + words).errors.first }
        let page = "\(folder.path)/one.md"
        #expect(error("--group", "Books", "--output", "x")?.hasPrefix("endpoint-tool: a page is missing") == true)
        #expect(error(page, "--output", "x")?.hasPrefix("endpoint-tool: --group is missing") == true)
        #expect(
            error(page, "--group", "books", "--output", "x")?.contains("is not the name of a group, such as OSS")
                == true)
        #expect(
            error(page, "--group", "B", "--output", "x", "--name", "A b")?.contains("is not the name of a spec") == true
        )
        #expect(
            error(page, "--group", "B", "--output", folder.path)
                == "\(folder.path):1:1: error: no service.json in this folder; make one with \"endpoint-tool new service\", or give another --output"
        )
        #expect(
            error("\(folder.path)/none.md", "--group", "B", "--output", "\(folder.path)/specs")
                == "\(folder.path)/none.md:1:1: error: there is no such file; give a page in Markdown, or a folder with pages"
        )
    }

    @Test("Pages for a module that extends another need its folder")
    func extending() throws {
        let folder = try TemporaryFolder([
            "base/service.json": Self.service,
            "base/Items/get.json": #"{ "summary": "Gets.", "method": "GET", "path": "/item", "response": null }"#,
            "more/service.json": #"{ "extends": "Library" }"#, "one.md": Self.page("一", "/v1/one"),
        ])
        let words = ["import", "page", "\(folder.path)/one.md", "--group", "Books", "--output", "\(folder.path)/more"]
        #expect(Run(words).code == 1)
        #expect(Run(words + ["--base", "\(folder.path)/base"]).code == 0)
        #expect(folder.names("more/Books") == ["one.json"])
    }
}
