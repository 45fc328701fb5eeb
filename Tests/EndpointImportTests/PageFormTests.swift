import EndpointImport
import Testing

@Suite("Pages of many forms")
struct PageFormTests {
    @Test("A page of four columns, whose inner rows stand one column to the right")
    func chinesePage() throws {
        let imported = try Imported(
            #"""
            # 获取破损图书列表

            API： GET 域名 + /api/v1/shelf/task/damaged

            说明：查询盘点任务中破损的图书（注：只记录已登记的图书）

            ## Header 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | Authorization | string | <font style="color:#000000;">必填</font> | 鉴权access_token |
            | Client | string | 必填 | 固定为:reading_room |


            ## QueryString 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | taskID | string | 必填 | 盘点任务ID |
            | limit | number | 必填 | 每页图书数量，最大不超过50 |
            | page | number | 必填 | 页码数 |


            ## 返回数据
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | total | number | 必填 | 总数 |
            | list | array | 必填 | 破损图书列表 |
            |  | bookId | number | 图书Id |
            |  | title | string | 书名 |


            ## 示例
            请求示例

            ```shell
            curl --location --request GET 'https://api.library.example.com/api/v1/shelf/task/damaged' \
            --header 'Content-Type: application/json' \
            --header 'Client: reading_room' \
            --header 'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJl...(略)' \
            --data '{
                "taskID": "t-1024",
                "limit": 50,
                "page": 1
            }'
            ```

            ```java
            Request request = new Request.Builder()
            .url("https://api.library.example.com/api/v1/shelf/task/damaged")
            .method("GET", body)
            .addHeader("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJl...(略)")
            .build();
            ```

            ```python
            conn.request("GET", "/api/v1/shelf/task/damaged", payload, headers)
            ```

            响应示例

            ```json
            {
                "code": 0,
                "message": "ok",
                "data": {
                    "total": 0,
                    "list": null
                },
                "trace": "61f58d82"
            }
            ```



            > 更新: 2025-03-17 19:16:58  
            > 原文: <https://docs.library.example.com/shelf/damaged>
            """#)
        #expect(
            imported.notes == [
                #"5: proposed: "summary" is the page's own sentence"#,
                #"19: proposed: "paging": pages of "list" by "page" and "limit" until "total""#,
                #"35: note: the sample sends a body with GET; the fields (line 17) are sent in the query"#,
            ])
        #expect(
            imported["Shelf/listTaskDamaged.json"] == #"""
                {
                  "title": "获取破损图书列表",
                  "summary": "查询盘点任务中破损的图书（注：只记录已登记的图书）",
                  "documentation": "https://docs.library.example.com/shelf/damaged",
                  "method": "GET",
                  "path": "/api/v1/shelf/task/damaged",
                  "query": {
                    "taskID": { "type": "string", "minLength": 1, "description": "盘点任务ID" },
                    "limit": { "type": "integer", "minimum": 1, "maximum": 50, "default": 50, "description": "每页图书数量，最大不超过50" },
                    "page": { "type": "integer", "minimum": 1, "default": 1, "description": "页码数" }
                  },
                  "response": {
                    "total": { "type": "integer", "description": "总数" },
                    "list": {
                      "type": "array",
                      "nullAsEmpty": true,
                      "description": "破损图书列表",
                      "items": {
                        "properties": {
                          "bookId": { "type": "integer", "format": "int64", "description": "图书Id" },
                          "title": { "type": "string", "description": "书名" }
                        }
                      }
                    }
                  },
                  "paging": { "style": "page", "page": "page", "size": "limit", "items": "list", "total": "total" },
                  "examples": [
                    {
                      "name": "as on the page",
                      "request": { "taskID": "t-1024", "limit": 50, "page": 1 },
                      "response": { "code": 0, "message": "ok", "data": { "total": 0, "list": null }, "trace": "61f58d82" }
                    }
                  ]
                }

                """#)
    }

    @Test("An English page with a table in HTML and merged cells")
    func htmlTable() throws {
        let imported = try Imported(
            #"""
            # Update a book

            Changes the title, the state and the copies of a book. The change is visible at once.

            `PUT https://api.library.example.com/api/v1/books/:bookId`

            ## Path parameters

            | Parameter | Type | Description |
            |---|---|---|
            | bookId | integer | The book. |

            ## Request body

            <table>
              <thead>
                <tr><th colspan="2">Field</th><th>Type</th><th>Required</th><th>Description</th></tr>
              </thead>
              <tbody>
                <tr><td colspan="2"><b>title</b></td><td>string</td><td>yes</td><td>The title, at most 80 characters.</td></tr>
                <tr><td colspan="2">stars</td><td>integer</td><td>no</td><td>Between 1 and 5.</td></tr>
                <tr><td colspan="2">state</td><td>string</td><td>yes</td><td>One of: available, lent, lost.</td></tr>
                <tr><td rowspan="2">shelf</td><td>room</td><td>string</td><td>yes</td><td>The room.</td></tr>
                <tr><td>level</td><td>number</td><td>no</td><td>1 = low, 2 = middle, 3 = high</td></tr>
                <tr><td colspan="2">tags</td><td>array of string</td><td>no</td><td>Up to 10 tags.</td></tr>
              </tbody>
            </table>

            ## Response

            | Field | Type | Description |
            |---|---|---|
            | id | integer | The book. |
            | price | number | In euros. |
            | updated_at | string | When it was changed. |

            ### Example response

            ```json
            {"code": 0, "message": "ok", "data": {"id": 7, "price": 12.5, "updated_at": "2025-03-01T10:00:00Z", "seen": null}, "trace": ""}
            ```
            """#)
        #expect(
            imported.notes == [
                #"3: proposed: "summary" is the page's own sentence"#,
                #"40: note: "seen" is in the sample and not in the table; optional"#,
                #"40: loose: "seen": the page says no type, and the samples have no value; any"#,
            ])
        #expect(
            imported["Shelf/updateBook.json"] == #"""
                {
                  "title": "Update a book",
                  "summary": "Changes the title, the state and the copies of a book.",
                  "notes": ["The change is visible at once."],
                  "method": "PUT",
                  "path": "/api/v1/books/{bookId}",
                  "pathParameters": { "bookId": { "type": "integer", "format": "int64", "description": "The book." } },
                  "body": {
                    "title": { "type": "string", "minLength": 1, "maxLength": 80, "description": "The title, at most 80 characters." },
                    "stars": { "type": "integer", "minimum": 1, "maximum": 5, "optional": true, "description": "Between 1 and 5." },
                    "state": {
                      "type": "string",
                      "enum": ["available", "lent", "lost"],
                      "description": "One of: available, lent, lost."
                    },
                    "shelf": {
                      "properties": {
                        "room": { "type": "string", "minLength": 1, "description": "The room." },
                        "level": {
                          "type": "integer",
                          "enum": { "low": 1, "middle": 2, "high": 3 },
                          "optional": true,
                          "description": "1 = low, 2 = middle, 3 = high"
                        }
                      }
                    },
                    "tags": {
                      "type": "array",
                      "maxItems": 10,
                      "optional": true,
                      "description": "Up to 10 tags.",
                      "items": { "type": "string" }
                    }
                  },
                  "response": {
                    "id": { "type": "integer", "format": "int64", "description": "The book." },
                    "price": { "type": "number", "description": "In euros." },
                    "updated_at": { "type": "string", "format": "date-time", "description": "When it was changed." },
                    "seen": { "type": "any", "optional": true }
                  },
                  "examples": [
                    {
                      "name": "as on the page",
                      "response": {
                        "code": 0,
                        "message": "ok",
                        "data": { "id": 7, "price": 12.5, "updated_at": "2025-03-01T10:00:00Z", "seen": null },
                        "trace": ""
                      }
                    }
                  ]
                }

                """#)
    }

    @Test("Labels for method and address, tables without a first row, and tables of inner fields")
    func labels() throws {
        let imported = try Imported(
            #"""
            ## 7. 批量登记读者

            **接口说明：** 登记多名读者。一次最多支持20个。

            **请求URL：**
            - ` http://api.library.example.com/api/v1/readers/register `

            **请求方式：**
            - POST

            **参数：**

            |参数名|必选|类型|说明|
            |:----|:---|:-----|-----|
            |names|是|array|读者姓名数组(string 数组)|
            |roomId|否|int|阅览室，默认1|
            |source|是|string|来源，固定为:web|

            **返回参数说明**

            |total|int|登记总数|
            |-----|-----|-----|
            |readers|array|读者列表|

            readers 元素说明

            |readerId|int|读者编号|
            |-----|-----|-----|
            |name|string|姓名|
            |card|object|读者证|

            card：

            |字段|类型|说明|
            |----|----|----|
            |no|string|证号|
            |level|int|等级 0:普通 1:教师|

            **返回示例**

            ```
            {
              "code": 0,
              "message": "ok",
              "data": {
                "total": 1, // 总数
                "readers": [
                  {"readerId": 5, "name": "王芳", "card": {"no": "A-1", "level": 1}},
                ]
              },
              "trace": ""
            }
            ```
            """#)
        #expect(
            imported.notes == [
                #"3: proposed: "names" has at most 20 items, as the sentence says"#,
                #"3: proposed: "summary" is the page's own sentence"#,
                #"42: note: the sample is not valid JSON; commas, comments or quotes were put right"#,
            ])
        #expect(
            imported["Shelf/registerReaders.json"] == #"""
                {
                  "title": "批量登记读者",
                  "summary": "登记多名读者",
                  "notes": ["一次最多支持20个。"],
                  "method": "POST",
                  "path": "/api/v1/readers/register",
                  "body": {
                    "names": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 20,
                      "description": "读者姓名数组(string 数组)",
                      "items": { "type": "string" }
                    },
                    "roomId": { "type": "integer", "format": "int64", "optional": true, "description": "阅览室，默认1" },
                    "source": { "type": "string", "const": "web", "description": "来源，固定为:web" }
                  },
                  "response": {
                    "total": { "type": "integer", "description": "登记总数" },
                    "readers": {
                      "type": "array",
                      "description": "读者列表",
                      "items": {
                        "properties": {
                          "readerId": { "type": "integer", "format": "int64", "description": "读者编号" },
                          "name": { "type": "string", "description": "姓名" },
                          "card": {
                            "description": "读者证",
                            "properties": {
                              "no": { "type": "string", "description": "证号" },
                              "level": { "type": "integer", "enum": { "value0": 0, "value1": 1 }, "description": "等级 0:普通 1:教师" }
                            }
                          }
                        }
                      }
                    }
                  },
                  "examples": [
                    {
                      "name": "as on the page",
                      "response": {
                        "code": 0,
                        "message": "ok",
                        "data": { "total": 1, "readers": [{ "readerId": 5, "name": "王芳", "card": { "no": "A-1", "level": 1 } }] },
                        "trace": ""
                      }
                    }
                  ]
                }

                """#)
    }

    @Test("Fields that are described in lists, and a cursor")
    func lists() throws {
        let imported = try Imported(
            #"""
            # Search the catalogue

            **POST** `/api/v1/catalogue/search`

            Body fields:

            - `query` (string, required): the words to search for, at least 2 characters
            - `pageSize` (integer, optional): books per page, max 40
            - `cursor` (string, optional): the cursor of the page before
            - `filter` (object, optional): narrows the search
              - `language` (string, optional): a language
              - `years` (array of integer, optional): years of publication

            Returns:

            - `nextCursor` (string, optional): the cursor of the next page, only present if there is one
            - `books` (array): the books
              - `books[].isbn` (string): the ISBN
              - `books[].pages` (number): the number of pages
            """#)
        #expect(
            imported.notes == [
                #"3: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
                #"3: proposed: "idempotent": a list is read"#,
                #"9: proposed: "paging": pages of "books" by the cursor "cursor" until null"#,
            ])
        #expect(
            imported["Shelf/searchCatalogue.json"] == #"""
                {
                  "title": "Search the catalogue",
                  "summary": "POST /api/v1/catalogue/search",
                  "method": "POST",
                  "path": "/api/v1/catalogue/search",
                  "idempotent": true,
                  "body": {
                    "query": { "type": "string", "minLength": 2, "description": "the words to search for, at least 2 characters" },
                    "pageSize": {
                      "type": "integer",
                      "minimum": 1,
                      "maximum": 40,
                      "default": 40,
                      "description": "books per page, max 40"
                    },
                    "cursor": { "type": "string", "optional": true, "description": "the cursor of the page before" },
                    "filter": {
                      "optional": true,
                      "description": "narrows the search",
                      "properties": {
                        "language": { "type": "string", "optional": true, "description": "a language" },
                        "years": {
                          "type": "array",
                          "optional": true,
                          "description": "years of publication",
                          "items": { "type": "integer" }
                        }
                      }
                    }
                  },
                  "response": {
                    "nextCursor": {
                      "type": "string",
                      "optional": true,
                      "description": "the cursor of the next page, only present if there is one"
                    },
                    "books": {
                      "type": "array",
                      "description": "the books",
                      "items": {
                        "properties": {
                          "isbn": { "type": "string", "description": "the ISBN" },
                          "pages": { "type": "integer", "description": "the number of pages" }
                        }
                      }
                    }
                  },
                  "paging": {
                    "style": "cursor",
                    "cursor": "cursor",
                    "field": "nextCursor",
                    "end": null,
                    "size": "pageSize",
                    "items": "books",
                    "name": "allBooks"
                  }
                }

                """#)
    }

    @Test("A page of an upload to another host")
    func upload() throws {
        let imported = try Imported(
            #"""
            # 上传封面

            API： POST   上传域名 + /api/v1/covers

            > 说明：上传封面图片，上传域名由`获取域名`接口返回

            ## Header 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | Authorization | string | 必填 | 鉴权access_token |
            | Client | string | 必填 | 固定为:reading_room |

            ## Body 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | bookID | number | 必填 | 图书ID |
            | kind | number | 选填 | 封面类型：1：正面 2：背面 |
            | file | file | 必填 | 图片二进制流 |

            ## 返回数据
            无

            ## 示例
            ```shell
            curl --request POST \
            --url https://up.library.example.com/api/v1/covers \
            --header 'Authorization: Bearer eyJhbGciOi' \
            --form bookID=12 \
            --form 'file=@cover.png'
            ```

            ```json
            {"code": 0, "message": "ok", "data": null, "trace": ""}
            ```
            """#)
        #expect(
            imported.notes == [
                #"3: note: the page names another host ("上传域名"); the spec has the service's: add "host" if another response announces it"#,
                #"5: proposed: "summary" is the page's own sentence"#,
            ])
        #expect(
            imported["Shelf/uploadCover.json"] == #"""
                {
                  "title": "上传封面",
                  "summary": "上传封面图片，上传域名由获取域名接口返回",
                  "method": "POST",
                  "path": "/api/v1/covers",
                  "encoding": "multipart",
                  "body": {
                    "bookID": { "type": "integer", "format": "int64", "description": "图书ID" },
                    "kind": {
                      "type": "integer",
                      "enum": { "value1": 1, "value2": 2 },
                      "optional": true,
                      "description": "封面类型：1：正面 2：背面"
                    },
                    "file": { "type": "string", "format": "binary", "filename": "file", "description": "图片二进制流" }
                  },
                  "response": null,
                  "examples": [{ "name": "as on the page", "response": { "code": 0, "message": "ok", "data": null, "trace": "" } }]
                }

                """#)
    }

    @Test("Lists with commas, enumerations, constants, secrets and errors")
    func values() throws {
        let imported = try Imported(
            #"""
            # 还书

            API：POST 域名 +/api/v1/loans/return

            <font style="color:#DF2A3F;">注意：一次最多支持30本</font>

            ## Body 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | --- |
            | bookIds | string | 必填 | 图书ID列表,以逗号分割,最大只支持拼接30个图书ID,示例:1,2,3 |
            | way | int | 选填 | 归还方式   1 柜台<br/>2 自助机<br/>3 邮寄 |
            | days | number | 必填 | 天数,该值为枚举<br/>固定只能填写:1、7、30、0 |
            | title | string | 必填 | 书名要小于100个字符且不能包含以下任何字符："\/:*?|><。 |
            | note | string | 必填 | 备注，没有时为空 |
            | desk | number | 必填 | <font style="color:#000000;">业务类型，固定为 2</font> |
            | password | string | 必填 | 读者密码 |

            ### body参数示例
            ```json
            {
                "bookIds": "12,13",
                "days": 7,
                "title": "论语",
                "note": "",
                "desk": 2,
                "password": "s3cret"
            }
            ```

            ## 返回数据
            | **名称** | | **类型** | **是否必填** | **说明** |
            | --- | --- | :---: | :---: | --- |
            | done | | number | 必填 | 归还数量 |
            | fee | | number | 必填 | 费用，两位小数 |
            | failed | | array | 必填 | 失败列表 |
            |  | bookId | number | 必填 | 图书ID |
            |  | <br/>reason | <br/>string | <br/>必填 | 原因 |
            | receipt | | boolean | 必填 | 收据 |
            | state | | int | 必填 | 状态:  1进行中,2完成,3失败 |
            | token | | string | 选填 | 下次使用的凭证 |

            ### **返回示例**
            #### 全部成功
            ```json
            {
                "code": 0,
                "message": "ok",
                "data": {
                    "done": 2,
                    "fee": 1,
                    "failed": [],
                    "receipt": "R-17",
                    "state": 2,
                    "link": "https://r.example.com/17?auth_key=17-abc&page=2",
                    "token": "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2ln"
                },
                "trace": ""
            }
            ```

            #### 登录过期
            ```json
            { "code": 401, "message": "expired", "data": null, "trace": "" }
            ```
            """#)
        #expect(
            imported.notes == [
                #"3: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
                #"10: proposed: "bookIds": a list that is written as one text with commas"#,
                #"38: note: "receipt": the table says a boolean, the sample has a string (line 52)"#,
                #"54: note: "link" is in the sample and not in the table; optional"#,
                #"63: note: the sample shows an error (code 401); it is not an example"#,
            ])
        #expect(
            imported["Shelf/loansReturn.json"] == #"""
                {
                  "title": "还书",
                  "summary": "POST /api/v1/loans/return",
                  "notes": ["注意：一次最多支持30本"],
                  "method": "POST",
                  "path": "/api/v1/loans/return",
                  "body": {
                    "bookIds": {
                      "type": "array",
                      "minItems": 1,
                      "maxItems": 30,
                      "join": ",",
                      "description": "图书ID列表,以逗号分割,最大只支持拼接30个图书ID,示例:1,2,3",
                      "items": { "type": "integer", "format": "int64" }
                    },
                    "way": {
                      "type": "integer",
                      "enum": { "value1": 1, "value2": 2, "value3": 3 },
                      "optional": true,
                      "description": "归还方式 1 柜台 2 自助机 3 邮寄"
                    },
                    "days": {
                      "type": "integer",
                      "enum": { "value1": 1, "value7": 7, "value30": 30, "value0": 0 },
                      "description": "天数,该值为枚举 固定只能填写:1、7、30、0"
                    },
                    "title": { "type": "string", "minLength": 1, "maxLength": 99, "description": "书名要小于100个字符且不能包含以下任何字符：\"/:*?|><。" },
                    "note": { "type": "string", "default": "", "description": "备注，没有时为空" },
                    "desk": { "type": "integer", "const": 2, "description": "业务类型，固定为 2" },
                    "password": { "type": "string", "minLength": 1, "sensitive": true, "description": "读者密码" }
                  },
                  "response": {
                    "done": { "type": "integer", "description": "归还数量" },
                    "fee": { "type": "number", "description": "费用，两位小数" },
                    "failed": {
                      "type": "array",
                      "description": "失败列表",
                      "items": {
                        "properties": {
                          "bookId": { "type": "integer", "format": "int64", "description": "图书ID" },
                          "reason": { "type": "string", "description": "原因" }
                        }
                      }
                    },
                    "receipt": { "type": "string", "description": "收据" },
                    "state": {
                      "type": "integer",
                      "enum": { "running": 1, "finished": 2, "failed": 3 },
                      "description": "状态: 1进行中,2完成,3失败"
                    },
                    "token": { "type": "string", "optional": true, "sensitive": true, "description": "下次使用的凭证" },
                    "link": { "type": "string", "optional": true }
                  },
                  "examples": [
                    {
                      "name": "全部成功",
                      "request": { "bookIds": [12, 13], "days": 7, "title": "论语", "note": "", "password": "REDACTED" },
                      "response": {
                        "code": 0,
                        "message": "ok",
                        "data": {
                          "done": 2,
                          "fee": 1,
                          "failed": [],
                          "receipt": "R-17",
                          "state": 2,
                          "link": "https://r.example.com/17?auth_key=REDACTED&page=2",
                          "token": "REDACTED"
                        },
                        "trace": ""
                      }
                    }
                  ]
                }

                """#)
    }

    @Test("A table that describes the envelope, and fields beside the list that they are in")
    func flat() throws {
        let imported = try Imported(
            #"""
            # 盘点结果

            API： POST 域名 + /api/v1/audits/result

            ## Body 参数
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | auditId | number | 必填 | 盘点ID |

            ## 返回数据
            | **名称** | **类型** | **是否必填** | **说明** |
            | :---: | :---: | :---: | :---: |
            | code | number | 必填 | 响应码 |
            | message | string | 必填 | 响应信息 |
            | data | object | 必填 | 响应数据 |
            | rooms | array | 必填 | 阅览室 |
            | name | string | 必填 | 名称 |
            | shelves | array | 必填 | 书架 |
            | number | string | 必填 | 书架号 |
            | found | number | 必填 | 数量 |
            | missing | array | 必填 | 缺失 |

            **响应示例**

            ```json
            {
              "code": 0,
              "message": "ok",
              "data": {
                "rooms": [
                  { "name": "一楼", "shelves": [{ "number": 3, "found": 20 }] }
                ],
                "missing": null
              },
              "trace": ""
            }
            ```
            """#)
        #expect(
            imported.notes == [
                #"3: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
                #"17: note: "name" stands beside "rooms" in the table and inside it in the sample (line 31); inside"#,
                #"18: note: "shelves" stands beside "rooms" in the table and inside it in the sample (line 31); inside"#,
                #"19: note: "number" stands beside "shelves" in the table and inside it in the sample (line 31); inside"#,
                #"19: note: "number": the table says a string, the sample has a number (line 31)"#,
                #"20: note: "found" stands beside "shelves" in the table and inside it in the sample (line 31); inside"#,
                #"21: loose: "missing": the page does not say what the items of the list are; any"#,
            ])
        #expect(
            imported["Shelf/auditsResult.json"] == #"""
                {
                  "title": "盘点结果",
                  "summary": "POST /api/v1/audits/result",
                  "method": "POST",
                  "path": "/api/v1/audits/result",
                  "body": { "auditId": { "type": "integer", "format": "int64", "description": "盘点ID" } },
                  "response": {
                    "rooms": {
                      "type": "array",
                      "description": "阅览室",
                      "items": {
                        "properties": {
                          "name": { "type": "string", "description": "名称" },
                          "shelves": {
                            "type": "array",
                            "description": "书架",
                            "items": {
                              "properties": {
                                "number": { "type": "string", "accept": ["integer"], "description": "书架号" },
                                "found": { "type": "integer", "description": "数量" }
                              }
                            }
                          }
                        }
                      }
                    },
                    "missing": { "type": "array", "nullAsEmpty": true, "description": "缺失", "items": { "type": "any" } }
                  },
                  "examples": [
                    {
                      "name": "as on the page",
                      "response": {
                        "code": 0,
                        "message": "ok",
                        "data": { "rooms": [{ "name": "一楼", "shelves": [{ "number": 3, "found": 20 }] }], "missing": null },
                        "trace": ""
                      }
                    }
                  ]
                }

                """#)
    }

    @Test("Pages with several calls, locations in a column, and marks for levels")
    func exported() throws {
        let imported = try Imported(
            #"""
            # 图书接口

            ## GET 查询图书列表

            GET /api/v1/books

            ### 请求参数

            |名称|位置|类型|必选|说明|
            |---|---|---|---|---|
            |pageNum|query|integer| 否 |页码，从1开始|
            |pageSize|query|integer| 否 |每页数量，1-100|
            |status|query|string| 否 |状态|
            |X-Request-Id|header|string| 否 |请求编号|

            #### 枚举值

            |属性|值|
            |---|---|
            |status|on|
            |status|off|

            > 返回示例

            > 200 Response

            ```json
            {"code": 0, "message": "string", "data": {"total": 2, "rows": [{"id": 10, "name": "甲", "author": {"name": "乙"}}]}}
            ```

            ### 返回结果

            |状态码|状态码含义|说明|数据模型|
            |---|---|---|---|
            |200|OK|成功|Inline|

            ### 返回数据结构

            状态码 **200**

            |名称|类型|必选|约束|中文名|说明|
            |---|---|---|---|---|---|
            |» code|integer|true|none||状态|
            |» message|string|true|none||none|
            |» data|object|true|none||none|
            |»» total|integer|true|none||总数|
            |»» rows|[object]|true|none||none|
            |»»» id|integer(int64)|true|none||编号|
            |»»» name|string|true|none||书名|
            |»»» author|object|false|none||作者|
            |»»»» name|string|true|none||姓名|

            ## DELETE 删除图书

            DELETE /api/v1/books/{id}

            ### 请求参数

            |名称|位置|类型|必选|说明|
            |---|---|---|---|---|
            |id|path|integer| 是 |编号|

            > 返回示例

            ```json
            {"code": 0, "message": "string", "data": {}}
            ```
            """#)
        #expect(
            imported.notes == [
                #"5: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
                #"11: proposed: "paging": pages of "rows" by "pageNum" and "pageSize" until "total""#,
                #"33: note: the table describes no fields; left out"#,
                #"55: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
            ])
        #expect(
            imported["Shelf/listBooks.json"] == #"""
                {
                  "title": "查询图书列表",
                  "summary": "GET /api/v1/books",
                  "method": "GET",
                  "path": "/api/v1/books",
                  "query": {
                    "pageNum": { "type": "integer", "minimum": 1, "default": 1, "description": "页码，从1开始" },
                    "pageSize": { "type": "integer", "minimum": 1, "maximum": 100, "default": 100, "description": "每页数量，1-100" },
                    "status": { "type": "string", "enum": ["on", "off"], "optional": true, "description": "状态" }
                  },
                  "headers": { "X-Request-Id": { "type": "string", "optional": true, "description": "请求编号" } },
                  "response": {
                    "total": { "type": "integer", "description": "总数" },
                    "rows": {
                      "type": "array",
                      "items": {
                        "properties": {
                          "id": { "type": "integer", "format": "int64", "description": "编号" },
                          "name": { "type": "string", "description": "书名" },
                          "author": {
                            "optional": true,
                            "description": "作者",
                            "properties": { "name": { "type": "string", "description": "姓名" } }
                          }
                        }
                      }
                    }
                  },
                  "paging": { "style": "page", "page": "pageNum", "size": "pageSize", "items": "rows", "total": "total" },
                  "examples": [
                    {
                      "name": "as on the page",
                      "request": {},
                      "response": {
                        "code": 0,
                        "message": "string",
                        "data": { "total": 2, "rows": [{ "id": 10, "name": "甲", "author": { "name": "乙" } }] }
                      }
                    }
                  ]
                }

                """#)
        #expect(
            imported["Shelf/deleteBook.json"] == #"""
                {
                  "title": "删除图书",
                  "summary": "DELETE /api/v1/books/{id}",
                  "method": "DELETE",
                  "path": "/api/v1/books/{id}",
                  "pathParameters": { "id": { "type": "integer", "format": "int64", "description": "编号" } },
                  "response": null,
                  "examples": [{ "name": "as on the page", "response": { "code": 0, "message": "string", "data": {} } }]
                }

                """#)
    }

    @Test("A request in a block, tables without outer bars, and defaults")
    func english() throws {
        let imported = try Imported(
            #"""
            # Loans

            ## List loans

            Returns the loans of a reader, newest first.

            ```http
            GET /api/v1/loans?reader=12&per_page=20&page=1 HTTP/1.1
            Host: api.library.example.com
            Authorization: Bearer abcdef
            ```

            ### Query Parameters

            Name | Type | Required | Default | Description
            --- | --- | --- | --- | ---
            reader | int | Yes | | The reader.
            page | int | No | 1 | Page number.
            per_page | int | No | 20 | Loans per page (max 50).
            sort | string | No | `newest` | One of `newest`, `oldest`.

            ### Response body

            Field | Type | Description
            --- | --- | ---
            total_count | integer | All loans.
            loans | array | The loans.
            loans[].id | integer | The loan.
            loans[].due | string | The day it is due.
            loans[].fine | number | The fine.
            loans[].returned | boolean | Whether it was returned.

            ```json
            {
              "code": 0,
              "message": "ok",
              "data": {
                "total_count": 1,
                "loans": [{ "id": 3, "due": "2025-04-01", "fine": "0.50", "returned": false }]
              }
            }
            ```
            """#)
        #expect(
            imported.notes == [
                #"5: proposed: "summary" is the page's own sentence"#,
                #"18: proposed: "paging": pages of "loans" by "page" and "per_page" until "total_count""#,
                #"30: note: "fine": the table says a number, the sample has a string (line 39)"#,
            ])
        #expect(
            imported["Shelf/listLoans.json"] == #"""
                {
                  "title": "List loans",
                  "summary": "Returns the loans of a reader, newest first.",
                  "method": "GET",
                  "path": "/api/v1/loans",
                  "query": {
                    "reader": { "type": "integer", "description": "The reader." },
                    "page": { "type": "integer", "minimum": 1, "default": 1, "description": "Page number." },
                    "per_page": {
                      "type": "integer",
                      "minimum": 1,
                      "maximum": 50,
                      "default": 50,
                      "description": "Loans per page (max 50)."
                    },
                    "sort": {
                      "type": "string",
                      "enum": ["newest", "oldest"],
                      "optional": true,
                      "description": "One of newest, oldest."
                    }
                  },
                  "response": {
                    "total_count": { "type": "integer", "description": "All loans." },
                    "loans": {
                      "type": "array",
                      "description": "The loans.",
                      "items": {
                        "properties": {
                          "id": { "type": "integer", "format": "int64", "description": "The loan." },
                          "due": { "type": "string", "format": "date", "description": "The day it is due." },
                          "fine": { "type": "string", "description": "The fine." },
                          "returned": { "type": "boolean", "description": "Whether it was returned." }
                        }
                      }
                    }
                  },
                  "paging": { "style": "page", "page": "page", "size": "per_page", "items": "loans", "total": "total_count" },
                  "examples": [
                    {
                      "name": "as on the page",
                      "request": { "reader": 12, "page": 1, "per_page": 20 },
                      "response": {
                        "code": 0,
                        "message": "ok",
                        "data": { "total_count": 1, "loans": [{ "id": 3, "due": "2025-04-01", "fine": "0.50", "returned": false }] }
                      }
                    }
                  ]
                }

                """#)
    }

    @Test("Pages that tools make: labels in bold, marks for levels, tables of parameters in parts")
    func generated() throws {
        let imported = try Imported(
            #"""
            # 订单

            ## 创建订单

            **URL:** `/api/v1/orders`

            **Type:** `POST`

            **Content-Type:** `application/json`

            **Description:** 创建一个订单。

            **Request-headers:**

            | Header | Type | Required | Description | Since | Example |
            |--------|------|----------|-------------|-------|---------|
            |X-Tenant|string|true|租户编号|-|t1|

            **Body-parameters:**

            | Parameter | Type | Required | Description | Since | Example |
            |-----------|------|----------|-------------|-------|---------|
            |buyer|string|true|买家|-|张三|
            |items|array|true|明细|-| |
            |└─sku|string|true|编号|-|A1|
            |└─count|int32|true|数量，1-99|-|2|
            |address|object|false|地址|-| |

            **address 参数说明**

            | 参数 | 类型 | 必填 | 说明 |
            | --- | --- | --- | --- |
            | city | string | 是 | 城市 |

            **Request-example:**
            ```bash
            curl -X POST -H 'Content-Type: application/json' -H 'X-Tenant: t1' -i 'https://api.library.example.com/api/v1/orders' --data '{"buyer":"张三","items":[{"sku":"A1","count":2}]}'
            ```

            **Response-fields:**

            | Field | Type | Description | Since | Example |
            |-------|------|-------------|-------|---------|
            |code|int32|代码|-|0|
            |message|string|信息|-|ok|
            |data|object|数据|-||
            |└─orderId|int64|订单编号|-|1|

            **Response-example:**
            ```json
            {"code":0,"message":"ok","data":{"orderId":1},"trace":""}
            ```

            ## 查询订单

            - ***路径:*** /api/v1/orders/{orderId}
            - ***方法:*** GET

            ***请求参数***

            | 字段名 | 说明 | 类型 | 是否必填 | 默认值 | 其他说明 |
            | ---- | ---- | ---- | ---- | ---- | ---- |
            | **`orderId`** | 订单编号 | long | 是 | - | |
            | `detail` | 是否返回明细 | bool | 否 | false | |

            ### 响应码

            | 响应码 | 描述 |
            | -------- | -------- |
            | 200 | 正常 |

            ### 响应内容

            | 字段名 | 类型 | 说明 |
            | ---- | ---- | ---- |
            | orderId | long | 订单编号 |
            | note | string | 备注，可能返回 null |
            """#)
        #expect(
            imported.notes == [
                #"11: proposed: "summary" is the page's own sentence"#,
                #"56: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
            ])
        #expect(
            imported["Shelf/createOrder.json"] == #"""
                {
                  "title": "创建订单",
                  "summary": "创建一个订单",
                  "method": "POST",
                  "path": "/api/v1/orders",
                  "headers": { "X-Tenant": { "type": "string", "minLength": 1, "description": "租户编号" } },
                  "body": {
                    "buyer": { "type": "string", "minLength": 1, "description": "买家" },
                    "items": {
                      "type": "array",
                      "minItems": 1,
                      "description": "明细",
                      "items": {
                        "properties": {
                          "sku": { "type": "string", "minLength": 1, "description": "编号" },
                          "count": { "type": "integer", "minimum": 1, "maximum": 99, "description": "数量，1-99" }
                        }
                      }
                    },
                    "address": {
                      "optional": true,
                      "description": "地址",
                      "properties": { "city": { "type": "string", "minLength": 1, "description": "城市" } }
                    }
                  },
                  "response": { "orderId": { "type": "integer", "format": "int64", "description": "订单编号" } },
                  "examples": [
                    {
                      "name": "as on the page",
                      "request": { "X-Tenant": "t1", "buyer": "张三", "items": [{ "sku": "A1", "count": 2 }] },
                      "response": { "code": 0, "message": "ok", "data": { "orderId": 1 }, "trace": "" }
                    }
                  ]
                }

                """#)
        #expect(
            imported["Shelf/order.json"] == #"""
                {
                  "title": "查询订单",
                  "summary": "GET /api/v1/orders/{orderId}",
                  "method": "GET",
                  "path": "/api/v1/orders/{orderId}",
                  "pathParameters": { "orderId": { "type": "integer", "format": "int64", "description": "订单编号" } },
                  "query": { "detail": { "type": "boolean", "optional": true, "description": "是否返回明细" } },
                  "response": {
                    "orderId": { "type": "integer", "format": "int64", "description": "订单编号" },
                    "note": { "type": ["string", "null"], "description": "备注，可能返回 null" }
                  }
                }

                """#)
    }

    @Test("A page with a list of its calls, and tables of named types")
    func calls() throws {
        let imported = try Imported(
            #"""
            # Desk API

            - GET /api/v1/desks - list desks
            - POST /api/v1/desks - add a desk

            ## List desks

            `GET /api/v1/desks`

            Returns the desks of the library.

            | Parameter | In | Type | Required | Description |
            |---|---|---|---|---|
            | floor | query | integer | false | The floor, from 0 to 5. |
            | offset | query | integer | false | Desks to skip. |
            | limit | query | integer | false | At most 20. |

            ### Response

            | Field | Type | Description |
            |---|---|---|
            | total | integer | All desks. |
            | desks | Desk[] | The desks. |

            #### Desk

            | Field | Type | Description |
            |---|---|---|
            | id | string | The desk. |
            | seats | integer | Seats. |
            | free | boolean? | Whether it is free; null if nobody knows. |

            ## Add a desk

            `POST /api/v1/desks`

            | Parameter | In | Type | Required | Description |
            |---|---|---|---|---|
            | id | body | string | true | The desk, 3-8 characters. |
            | Authorization | header | string | true | The token. |

            ### Response

            None
            """#)
        #expect(
            imported.notes == [
                #"10: proposed: "summary" is the page's own sentence"#,
                #"15: proposed: "paging": pages of "desks" by "offset" and "limit""#,
                #"35: proposed: "summary" is the method and the path, for the page has no sentence; write one"#,
            ])
        #expect(
            imported["Shelf/listDesks.json"] == #"""
                {
                  "title": "List desks",
                  "summary": "Returns the desks of the library.",
                  "method": "GET",
                  "path": "/api/v1/desks",
                  "query": {
                    "floor": {
                      "type": "integer",
                      "minimum": 0,
                      "maximum": 5,
                      "optional": true,
                      "description": "The floor, from 0 to 5."
                    },
                    "offset": { "type": "integer", "minimum": 0, "default": 0, "description": "Desks to skip." },
                    "limit": { "type": "integer", "minimum": 1, "maximum": 20, "default": 20, "description": "At most 20." }
                  },
                  "response": {
                    "total": { "type": "integer", "description": "All desks." },
                    "desks": {
                      "type": "array",
                      "description": "The desks.",
                      "items": {
                        "properties": {
                          "id": { "type": "string", "description": "The desk." },
                          "seats": { "type": "integer", "description": "Seats." },
                          "free": { "type": ["boolean", "null"], "description": "Whether it is free; null if nobody knows." }
                        }
                      }
                    }
                  },
                  "paging": { "style": "offset", "offset": "offset", "size": "limit", "items": "desks", "total": "total" }
                }

                """#)
        #expect(
            imported["Shelf/createDesk.json"] == #"""
                {
                  "title": "Add a desk",
                  "summary": "POST /api/v1/desks",
                  "method": "POST",
                  "path": "/api/v1/desks",
                  "body": { "id": { "type": "string", "minLength": 3, "maxLength": 8, "description": "The desk, 3-8 characters." } },
                  "response": null
                }

                """#)
    }
}
