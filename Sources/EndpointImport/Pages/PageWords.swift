import EndpointCore

/// The words that pages are read by, in Chinese and English. Whatever depends on a language stands here.
///
/// Texts are compared as ``PageInline/folded(_:)`` makes them: in small letters and with half-width punctuation.
enum PageWords {
    // MARK: Headings

    /// What a heading announces. The first that one of whose words the heading holds counts.
    static let sections: [(role: PageSection.Role, words: [String])] = [
        (
            .requestSample,
            [
                "请求示例", "调用示例", "参数示例", "请求样例", "请求例子", "请求范例", "请求参数示例", "请求报文示例", "传参示例", "示例请求", "request example",
                "request sample", "example request", "sample request", "request body example", "示例代码", "代码示例",
                "sample code", "code sample", "请求demo",
            ]
        ),
        (
            .responseSample,
            [
                "响应示例", "返回示例", "响应样例", "返回样例", "返回例子", "返回范例", "成功示例", "失败示例", "错误示例", "结果示例", "示例响应", "返回结果示例",
                "响应报文示例",
                "返回值示例", "返回数据示例", "response example", "response sample", "example response", "sample response",
                "成功响应", "success response", "返回demo",
            ]
        ),
        (.sample, ["示例", "样例", "范例", "例子", "example", "sample", "demo", "usage"]),
        (
            .other,
            [
                "错误码", "状态码", "命令行", "command line", "限流", "频率限制", "rate limit", "返回码", "响应码", "错误代码", "error code",
                "error codes", "status code", "异常", "errors", "更新记录",
                "changelog",
            ]
        ),
        (.responseHeaders, ["响应头", "返回头", "response header"]),
        (
            .response,
            [
                "返回", "响应", "出参", "输出", "应答", "结果", "response", "return", "output", "result",
            ]
        ),
        (.headers, ["header", "请求头", "头部", "报文头", "鉴权", "认证", "authentication", "authorization"]),
        (.path, ["路径参数", "path param", "path 参数", "path参数", "path variable", "rest参数", "url path"]),
        (
            .query,
            [
                "querystring", "query string", "query", "查询参数", "url参数", "url 参数", "get参数", "get 参数", "url parameter",
            ]
        ),
        (.form, ["form data", "formdata", "表单", "form param", "multipart", "urlencoded"]),
        (.body, ["body", "请求体", "post参数", "post 参数", "json参数", "报文体", "请求正文", "payload"]),
        (
            .request,
            [
                "请求参数", "请求字段", "参数", "入参", "输入", "字段", "请求内容", "请求数据", "parameter", "argument", "request", "input",
                "param", "fields",
            ]
        ),
    ]

    /// Labels before the text that says what a call does.
    static let descriptionLabels = [
        "说明", "接口说明", "接口描述", "描述", "功能", "功能说明", "功能描述", "简介", "简要描述", "用途", "概述", "description", "summary", "purpose",
        "overview",
    ]
    /// Labels before the address that a page was taken from.
    static let sourceLabels = ["原文", "官方来源", "来源", "文档地址", "source", "original", "documentation", "see also"]
    /// Labels before a method that stands by itself.
    static let methodLabels = [
        "请求方式", "请求方法", "请求类型", "type", "提交方式", "方法", "方式", "http 方法", "http方法", "http method", "request method",
        "method",
        "verb",
    ]
    /// Labels before a path that stands by itself.
    static let pathLabels = [
        "请求地址", "请求url", "请求 url", "请求路径", "接口地址", "接口路径", "接口url", "接口", "地址", "路径", "请求uri", "url", "uri", "path",
        "endpoint", "api", "route", "request url", "http url",
    ]
    /// What stands for the service's own host before a path.
    static let ownHosts = [
        "域名", "api域名", "接口域名", "服务器域名", "服务域名", "主机", "host", "domain", "baseurl", "base url", "base_url", "server",
        "api host", "{host}", "{baseurl}", "{{host}}", "{{baseurl}}", "{base_url}", "https", "http",
    ]
    /// What is said where a section has no parameters.
    static let nothing: Set<String> = [
        "无", "无参数", "无需参数", "没有", "空", "none", "n/a", "no parameters", "-", "--", "—", "/", "此接口无需请求参数", "无请求参数", "nil",
        "null",
    ]

    // MARK: Columns

    /// What the cells of a column are, by the words that may head it.
    static let columns: [(column: PageColumn, words: [String])] = [
        (
            .name,
            [
                "名称", "参数", "参数名", "参数名称", "参数名字", "字段", "字段名", "字段名称", "属性", "属性名", "变量", "变量名", "键", "key", "name",
                "field", "field name", "parameter", "parameter name", "param", "property", "attribute", "argument",
                "header", "请求头", "header name", "参数 key", "key名称", "英文名", "参数代码",
            ]
        ),
        (
            .type,
            [
                "类型", "数据类型", "参数类型", "字段类型", "值类型", "格式", "type", "data type", "datatype", "schema", "field type",
                "parameter type", "value type", "格式类型", "变量类型",
            ]
        ),
        (
            .required,
            [
                "是否必填", "是否必须", "是否必需", "是否必传", "是否必选", "必填", "必选", "必须", "必需", "必传", "必填项", "是否必要", "required",
                "required?", "mandatory", "is required", "req", "requirement", "必填/选填", "必填?", "是否必有",
                "required/optional", "presence",
            ]
        ),
        (.optional, ["是否可选", "可选", "optional", "optional?", "是否可空", "可空"]),
        (
            .text,
            [
                "说明", "描述", "含义", "备注", "标题", "title", "注释", "解释", "参数说明", "字段说明", "详细说明", "参数描述", "字段描述", "意义", "用途",
                "中文名", "中文名称",
                "description", "desc", "note", "notes", "comment", "comments", "remark", "remarks", "meaning",
                "details", "explanation", "about", "其他信息", "补充说明", "备注说明",
            ]
        ),
        (
            .values,
            [
                "取值", "取值范围", "可选值", "枚举值", "枚举", "限制", "约束", "范围", "allowed values", "possible values", "enum",
                "values", "constraints", "range", "valid values", "limits", "校验规则", "accepted values",
            ]
        ),
        (.defaultValue, ["默认值", "默认", "缺省值", "缺省", "default", "default value"]),
        (
            .example,
            [
                "示例", "示例值", "例子", "样例", "样例值", "参数示例", "例", "值", "example", "examples", "sample", "example value",
                "sample value", "value",
            ]
        ),
        (.location, ["位置", "参数位置", "参数形式", "传参方式", "所在位置", "in", "located in", "location", "where", "提交位置"]),
        (.length, ["最大长度", "长度", "字段长度", "max length", "maxlength", "length", "长度限制"]),
    ]

    /// Words that head the first column of a table of errors, which describes no field.
    static let errorColumns: Set<String> = [
        "错误码", "状态码", "返回码", "响应码", "错误代码", "code", "error code", "status code", "status", "http status", "http状态码",
        "http code", "api", "body 中的 code", "body",
    ]

    /// Where a parameter is, by the words of a cell.
    static let locations: [(role: PageSection.Role, words: [String])] = [
        (.headers, ["header", "头", "请求头"]), (.path, ["path", "路径"]), (.query, ["query", "url", "查询", "querystring"]),
        (.form, ["form", "formdata", "form-data", "表单"]), (.body, ["body", "json", "请求体", "体"]),
    ]

    // MARK: Cells

    /// Words that say whether a value must be there.
    static let requiredWords: Set<String> = [
        "是", "必填", "必选", "必须", "必需", "必传", "必要", "必有", "yes", "y", "true", "t", "required", "mandatory", "1", "√", "✓",
        "✔", "✅", "m", "必", "must", "是(必填)", "必返", "always", "req",
    ]
    static let optionalWords: Set<String> = [
        "否", "选填", "非必填", "可选", "非必须", "非必选", "非必需", "非必传", "可填", "可不填", "可空", "不必填", "no", "n", "false", "f",
        "optional", "0", "×", "✗", "✘", "❌", "x", "o", "条件必填", "条件必选", "条件", "视情况", "conditional", "opt", "可为空", "选传",
        "可选填", "sometimes", "非必返",
    ]

    /// The words of types, and what they are.
    static let types: [String: PageType] = [
        "string": .string, "str": .string, "text": .string, "varchar": .string, "char": .string, "字符串": .string,
        "字符": .string, "文本": .string, "string类型": .string, "uuid": .string, "enum": .string, "url": .string,
        "uri": .string, "email": .string,
        "integer": .integer(isLong: false), "int": .integer(isLong: false), "int32": .integer(isLong: false),
        "uint": .integer(isLong: false), "uint32": .integer(isLong: false), "int8": .integer(isLong: false),
        "int16": .integer(isLong: false), "uint8": .integer(isLong: false), "uint16": .integer(isLong: false),
        "short": .integer(isLong: false), "整数": .integer(isLong: false), "整型": .integer(isLong: false),
        "整形": .integer(isLong: false), "tinyint": .integer(isLong: false),
        "long": .integer(isLong: true), "int64": .integer(isLong: true), "uint64": .integer(isLong: true),
        "bigint": .integer(isLong: true), "长整型": .integer(isLong: true), "长整数": .integer(isLong: true),
        "timestamp": .integer(isLong: true), "时间戳": .integer(isLong: true),
        "number": .number, "num": .number, "numeric": .number, "数字": .number, "数值": .number, "数值型": .number,
        "数字型": .number,
        "float": .fraction, "float32": .fraction, "float64": .fraction, "double": .fraction, "decimal": .fraction,
        "real": .fraction, "浮点数": .fraction, "浮点": .fraction, "浮点型": .fraction, "小数": .fraction,
        "boolean": .boolean, "bool": .boolean, "布尔": .boolean, "布尔值": .boolean, "布尔型": .boolean, "布尔类型": .boolean,
        "array": .array(nil), "list": .array(nil), "arr": .array(nil), "数组": .array(nil), "列表": .array(nil),
        "集合": .array(nil), "slice": .array(nil), "set": .array(nil),
        "object": .object, "obj": .object, "objet": .object, "json": .object, "dict": .object, "map": .object,
        "struct": .object, "对象": .object, "结构体": .object, "json object": .object, "jsonobject": .object,
        "dictionary": .object, "hash": .object,
        "jsonarray": .array(.object), "file": .binary, "binary": .binary, "stream": .binary, "文件": .binary,
        "二进制": .binary, "文件流": .binary, "bytes": .binary, "byte[]": .binary, "blob": .binary, "multipartfile": .binary,
        "any": .any, "mixed": .any, "任意": .any, "interface{}": .any,
        "date": .string, "datetime": .string, "date-time": .string, "time": .string, "日期": .string, "时间": .string,
    ]

    // MARK: Names

    /// Parameters that count pages, as names without case and separators.
    static let pageNames = PagingNames.page.union(["current", "pageid", "curpage", "p"])
    /// Parameters that say how many items a page has.
    static let sizeNames = PagingNames.size.union(["rows", "pagecount"])
    /// Parameters that say how many items come before a page.
    static let offsetNames = PagingNames.offset.union(["from"])
    /// Fields with the number of all items.
    static let totalNames = PagingNames.total.union(["totalnum", "count", "recordstotal"])
    /// Parameters that take a cursor, with the fields that it may come from.
    static let cursors: [(parameter: String, fields: [String])] = [
        ("cursor", ["nextcursor", "cursor", "next"]), ("pagetoken", ["nextpagetoken", "pagetoken"]),
        ("marker", ["nextmarker", "marker"]),
        ("after", ["nextafter", "after", "nextcursor", "endcursor"]),
        ("continuationtoken", ["nextcontinuationtoken", "continuationtoken"]), ("nexttoken", ["nexttoken"]),
        ("offset", ["nextoffset"]), ("lastid", ["lastid", "nextid"]),
    ]
    /// Header fields that a client sends by itself.
    static let ownHeaders: Set<String> = [
        "content-type", "content-length", "host", "user-agent", "accept", "accept-encoding", "connection",
    ]
    /// Words at the end of a path that are what a POST does.
    static let verbs: Set<String> = [
        "create", "add", "new", "delete", "remove", "update", "edit", "modify", "set", "move", "copy", "rename",
        "trash", "recover", "restore", "enable", "disable", "switch", "refresh", "upload", "download", "search",
        "query", "list", "get", "cancel", "start", "stop", "send", "publish", "verify", "check", "complete", "submit",
        "import", "export", "sync", "login", "logout", "share", "save", "register", "bind", "unbind", "lock", "unlock",
        "confirm", "close", "open", "retry", "archive", "batch", "reset", "merge", "split",
    ]

    // MARK: Sentences

    /// Says that a value is text with commas between its parts.
    static let commaWords = [
        "逗号分割", "逗号分隔", "逗号隔开", "逗号拼接", "comma-separated", "comma separated", "separated by comma",
    ]
    /// Says that a number may have a fraction.
    static let fractionWords = ["小数", "浮点", "decimal", "fraction", "floating"]
    /// Says that a text may be empty.
    static let emptyWords = [
        "为空", "填写 空", "填写空", "传空", "填空", "空字符串", "empty string", "may be empty", "can be empty", "empty for", "留空",
    ]
    /// Names the outermost folder, which a number stands for.
    static let rootWords = ["根目录", "root"]
    /// Says that a field of a response may be absent.
    static let absentWords = [
        "不存在", "不返回", "才返回", "才有值返回", "仅当", "not present", "absent", "omitted", "only if", "only when", "only present",
        "only returned",
    ]
    /// Says that a value may be null.
    static let nullWords = [
        "为null", "为 null", "返回null", "返回 null", "may be null", "can be null", "nullable", "or null", "is null if",
        "null if", "null when",
    ]
    /// Says that a number is a point in time.
    static let timestampWords = ["时间戳", "timestamp", "unix time", "epoch"]
    /// Says that a number counts bytes, which may be many.
    static let byteWords = ["字节", "byte"]
    static let millisecondWords = ["毫秒", "millisecond", "13位"]
    /// Labels of enumerations, with names for Swift.
    static let labels: [String: String] = [
        "是": "yes", "否": "no", "成功": "succeeded", "失败": "failed", "进行中": "running", "等待": "waiting", "等待中": "waiting",
        "结束": "finished", "完成": "finished", "已完成": "finished", "重试中": "retrying", "未知": "unknown", "音频": "audio",
        "视频": "video", "图片": "image", "文件": "file", "文件夹": "folder", "目录": "folder", "开启": "on", "打开": "on",
        "启用": "enabled", "关闭": "off", "禁用": "disabled", "打开限制": "on", "关闭限制": "off", "下载成功": "succeeded",
        "下载失败": "failed", "全部关闭": "off", "全部开启": "all", "未失效": "valid", "失效": "expired", "正常": "normal",
        "待转码": "waiting", "转码失败": "failed", "转码成功": "succeeded", "部分成功": "partlySucceeded", "全部成功": "succeeded",
        "升序": "ascending", "降序": "descending", "男": "male", "女": "female",
    ]
}

/// What the cells of a column are.
enum PageColumn: Sendable { case name, type, required, optional, text, values, defaultValue, example, location, length }

/// What a page says that a value is.
indirect enum PageType: Sendable, Hashable {
    case string
    /// A whole number; `isLong` for one that is said to have 64 bits.
    case integer(isLong: Bool)
    /// A number of which is not said whether it is a whole one.
    case number
    /// A number with a fraction.
    case fraction
    case boolean
    /// A list; nil where nothing is said of its items.
    case array(PageType?)
    case object
    case binary
    case any
}
