import EndpointCore
import Testing

@Suite("What the text about a field says")
struct PageTextTests {
    /// The schema of a parameter of this type with this text.
    private func schema(_ type: String, _ text: String, required: String = "必填", name: String = "value") throws
        -> String?
    {
        try Imported(
            """
            # 标题

            API： POST 域名 + /api/v1/things

            ## Body 参数
            | 名称 | 类型 | 是否必填 | 说明 |
            | --- | --- | --- | --- |
            | \(name) | \(type) | \(required) | \(text) |
            """
        ).part("body", name)
    }

    @Test(
        "Limits of numbers",
        arguments: [
            ("每页数量，最大不超过100", #""maximum":100"#), ("不超过 20", #""maximum":20"#), ("最多30", #""maximum":30"#),
            ("请输入整数|最小金额1元|最大金额 1000 元", #""minimum":1,"maximum":1000"#), ("小于10", #""maximum":9"#),
            ("取值范围 1-100", #""minimum":1,"maximum":100"#), ("1~5 之间", #""minimum":1,"maximum":5"#),
            ("范围[1,9]", #""minimum":1,"maximum":9"#), ("序号，从1开始自增", #""minimum":1"#), ("不小于2", #""minimum":2"#),
            ("at most 100", #""maximum":100"#), ("Between 1 and 100.", #""minimum":1,"maximum":100"#),
            ("At least 3, up to 7", #""minimum":3,"maximum":7"#), ("max 50", #""maximum":50"#),
            ("must not exceed 1,000", #""maximum":1000"#), ("less than 5", #""maximum":4"#),
            ("上限为2万", #""maximum":20000"#),
            ("大小限制10GB", ""), ("不超过5秒", ""), ("第3页", ""), ("2025-01-02", ""),
        ])
    func numbers(text: String, keywords: String) throws {
        let description = text.replacing("\"", with: "\\\"")
        let middle = keywords.isEmpty ? "" : keywords + ","
        #expect(try schema("number", text) == #"{"type":"integer",\#(middle)"description":"\#(description)"}"#)
    }

    @Test(
        "Limits of texts and lists",
        arguments: [
            ("string", "不超过35个字符", #"{"type":"string","minLength":1,"maxLength":35,"description":"不超过35个字符"}"#),
            ("string", "要小于255个字符", #"{"type":"string","minLength":1,"maxLength":254,"description":"要小于255个字符"}"#),
            (
                "string", "3-8 characters",
                #"{"type":"string","minLength":3,"maxLength":8,"description":"3-8 characters"}"#
            ),
            ("string", "最多10个文件", #"{"type":"string","minLength":1,"description":"最多10个文件"}"#),
            (
                "[]string", "参数长度最大不超过 100",
                #"{"type":"array","minItems":1,"maxItems":100,"description":"参数长度最大不超过 100","items":{"type":"string"}}"#
            ),
            (
                "array<int>", "at most 5 items",
                #"{"type":"array","minItems":1,"maxItems":5,"description":"at most 5 items","items":{"type":"integer"}}"#
            ),
            (
                "array", "文件id数组(string 数组)",
                #"{"type":"array","minItems":1,"description":"文件id数组(string 数组)","items":{"type":"string"}}"#
            ),
        ])
    func lengths(type: String, text: String, expected: String) throws {
        #expect(try schema(type, text) == expected)
    }

    @Test(
        "Known values",
        arguments: [
            ("0-文件  1-文件夹", #"{"file":0,"folder":1}"#), ("0：否 1：是", #"{"no":0,"yes":1}"#),
            ("分类：0-未知 1-音频 2-视频 3-图片", #"{"unknown":0,"audio":1,"video":2,"image":3}"#),
            ("0进行中、1下载失败、2下载成功、3重试中", #"{"running":0,"failed":1,"succeeded":2,"retrying":3}"#),
            ("1=on, 2=off", #"{"on":1,"off":2}"#),
            ("1 - read only; 2 - read and write", #"{"readOnly":1,"readAndWrite":2}"#),
            ("1代表下载m3u8文件<br/>2代表下载ts文件", #"{"value1":1,"value2":2}"#),
            ("（1保留两者，新文件名将自动添加后缀，2覆盖原文件）", #"{"value1":1,"value2":2}"#),
            ("状态[1：待转码；3：转码失败；254：部分成功；255：全部成功]", #"{"waiting":1,"failed":3,"partlySucceeded":254,"succeeded":255}"#),
            ("1：准备   2：正在    3-254：失败 255：成功", #"{"value1":1,"value2":2,"value255":255}"#),
            ("One of 10, 20 or 30", #"{"value10":10,"value20":20,"value30":30}"#),
        ])
    func integers(text: String, values: String) throws {
        let schema = try #require(try schema("int", text, required: "否"))
        #expect(schema.contains(#""type":"integer","enum":\#(values),"#), "\(schema)")
    }

    @Test("Lists in a sentence, examples and lists of steps are not known values")
    func noValues() throws {
        for text in ["1、先创建 2、再上传", "最多100个，超过1天", "vip 1，2，3 级", "固定为2，2代表视频"] {
            #expect(try schema("int", text, required: "否")?.contains("enum") == false, "\(text)")
        }
        for text in ["排序字段,例如:id、size、name", "下载地址(http/https)", "支持格式：png, gif"] {
            #expect(try schema("string", text)?.contains("enum") == false, "\(text)")
        }
        #expect(try schema("string", "排序方向:asc、desc")?.contains(#""enum":["asc","desc"]"#) == true)
        #expect(try schema("string", "身份类型 code_a 或 code_b")?.contains(#""enum":["code_a","code_b"]"#) == true)
    }

    @Test(
        "Constants",
        arguments: [
            ("number", "固定为1", "1"), ("number", "业务类型，固定为 1", "1"), ("number", "businessType只能是2", "2"),
            ("number", "固定为2，2代表视频", "2"), ("string", "固定为:web", #""web""#),
            ("string", "固定值 Open_Platform", #""Open_Platform""#),
            ("integer", "Always 3.", "3"), ("integer", "Must be 4.", "4"),
        ])
    func constants(type: String, text: String, value: String) throws {
        #expect(try schema(type, text)?.contains(#""const":\#(value)"#) == true)
    }

    @Test("Types by their names, and by the names of fields")
    func types() throws {
        #expect(
            try schema("number", "大小", name: "fileId") == #"{"type":"integer","format":"int64","description":"大小"}"#)
        #expect(try schema("number", "价格，两位小数") == #"{"type":"number","description":"价格，两位小数"}"#)
        #expect(try schema("number", "大小，单位字节") == #"{"type":"integer","format":"int64","description":"大小，单位字节"}"#)
        #expect(
            try schema("number", "筛选时间（时间戳格式，例如 1730390400）")
                == #"{"type":"integer","format":"unix-seconds","description":"筛选时间（时间戳格式，例如 1730390400）"}"#)
        #expect(
            try schema("string", "格式：2025-01-01 00:00:00")
                == #"{"type":"string","format":"local-date-time","description":"格式：2025-01-01 00:00:00"}"#)
        for word in ["bool", "布尔值", "Boolean"] { #expect(try schema(word, "x")?.contains(#""boolean""#) == true) }
        for word in ["int64", "long", "uint64"] { #expect(try schema(word, "x")?.contains(#""int64""#) == true) }
        for word in ["List<String>", "string[]", "array of string", "[]string", "字符串数组"] {
            #expect(try schema(word, "x")?.contains(#""items":{"type":"string"}"#) == true, "\(word)")
        }
    }

    @Test("Whether a value must be there, in many words")
    func presence() throws {
        for word in ["是", "必填", "**必填**", "<font color=red>必填</font>", "yes", "true", "Required", "Y", "√"] {
            #expect(try schema("string", "x", required: word)?.contains("optional") == false, "\(word)")
        }
        for word in ["否", "选填", "非必填", "可填", "no", "false", "Optional", "N", "可选（默认空）"] {
            #expect(try schema("string", "x", required: word)?.contains(#""optional":true"#) == true, "\(word)")
        }
        #expect(try schema("string", "移动到根目录时填写 空") == #"{"type":"string","default":"","description":"移动到根目录时填写 空"}"#)
    }

    @Test("A table without a first row of names is read by what its columns hold")
    func noNames() throws {
        let imported = try Imported(
            """
            # Get a member

            GET `/api/v1/members/{memberId}`

            <table><tr><td>memberId</td><td>int64</td><td>Required</td><td>The member</td></tr>
            <tr><td>fields</td><td>string</td><td>Optional</td><td>Comma separated fields</td></tr></table>
            """)
        #expect(
            imported.part("pathParameters")
                == #"{"memberId":{"type":"integer","format":"int64","description":"The member"}}"#)
        #expect(
            imported.part("query", "fields")
                == #"{"type":"array","join":",","optional":true,"description":"Comma separated fields","items":{"type":"string"}}"#
        )
    }

    @Test("The root is the default where a number or an empty text stands for it")
    func root() throws {
        #expect(
            try schema("number", "父目录id，上传到根目录时填写 0", name: "parentID")
                == #"{"type":"integer","format":"int64","default":0,"description":"父目录id，上传到根目录时填写 0"}"#)
        #expect(
            try schema("integer", "The folder, 0 for the root")
                == #"{"type":"integer","default":0,"description":"The folder, 0 for the root"}"#)
        #expect(try schema("number", "不支持下载到根目录", name: "dirID")?.contains("default") == false)
    }

    @Test("Pages are counted as the text says, and are as large as they may be")
    func pages() throws {
        func query(_ rows: String) throws -> String? {
            try Imported(
                "# 标题\n\nGET /api/v1/things\n\n## Query\n| 名称 | 类型 | 是否必填 | 说明 |\n| --- | --- | --- | --- |\n\(rows)"
            ).part("query")
        }
        #expect(
            try query("| page | number | 必填 | 页码 |\n| limit | number | 必填 | 每页数量，最大不超过100 |")
                == #"{"page":{"type":"integer","minimum":1,"default":1,"description":"页码"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":100,"description":"每页数量，最大不超过100"}}"#
        )
        #expect(
            try query("| pageNum | number | 选填 | 页数，从0开始 |\n| pageSize | number | 必填 | 分页大小 |")
                == #"{"pageNum":{"type":"integer","minimum":0,"default":0,"description":"页数，从0开始"},"pageSize":{"type":"integer","minimum":1,"description":"分页大小"}}"#
        )
    }
}
