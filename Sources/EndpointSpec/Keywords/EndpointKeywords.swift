/// Keys of an endpoint's file.
enum EndpointKeywords {
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    static let exampleErrors = ErrorRuleModel.Kind.allCases.map(\.rawValue) + ["http", "decoding"]

    /// Keys of which an endpoint that is no variant has at least one.
    static let choices = [["method"], ["path", "url"], ["response", "responseType"], ["summary", "title"]]
    /// Keys that exclude each other.
    static let exclusive = [["body", "bodyType"], ["response", "responseType"], ["host", "url"], ["path", "url"]]

    static let endpoint: [Keyword] = [
        Keyword("$schema", .string, "The JSON Schema that an editor checks this file with."),
        Keyword("variantOf", .string, "Another endpoint that this one is, with some fields fixed or hidden."),
        Keyword("title", .string, "The official title, in the service's language."),
        Keyword("summary", .string, "One sentence in English: what the call does."),
        Keyword("documentation", .string, "The address of the official page."),
        Keyword("notes", .list(.string), "Further paragraphs of documentation."),
        Keyword("deprecated", .either([.string, .boolean]), "What to use instead, or true."),
        Keyword("swiftName", .string, "The name of the Swift method, where the file's name is not good."),
        Keyword("method", .word(methods), "The HTTP method."),
        Keyword("path", .string, "The path, from \"/\"; {name} stands for a path parameter.", pattern: "^/[^?#]*$"),
        Keyword(
            "host", .keywords(.host), "Which host the call goes to, where it is not the service's."),
        Keyword("url", .word(["caller"]), "\"caller\": a whole URL from another answer, as an argument."),
        Keyword("authentication", .word(["none"]), "\"none\": the call takes no token."),
        Keyword(
            "envelope", .either([.boolean, .word(["errors"])]),
            "false: the answer has no envelope; \"errors\": only failures have one."),
        Keyword("rate", .keywords(.rate), "How often the call may be made."),
        Keyword(
            "idempotent", .boolean, "Whether sending twice is the same as sending once; default: true for GET alone."),
        Keyword("pathParameters", .fields(.parameter), "The parameters in the path."),
        Keyword("query", .fields(.parameter), "The parameters in the query."),
        Keyword("headers", .fields(.parameter), "The parameters in the header."),
        Keyword("encoding", .word(["json", "multipart", "binary"]), "How the body is written; default: json."),
        Keyword("body", .fields(.parameter), "The fields of the body."),
        Keyword("bodyType", .keywords(.bodyType), "The body where it is an array, a scalar, bytes or a shared type."),
        Keyword(
            "response", .either([.null, .fields(.responseField)]),
            "The fields of the payload (what the envelope holds); null for none."),
        Keyword(
            "responseType", .keywords(.responseType),
            "The payload where it is an array, a scalar, bytes or a shared type."),
        Keyword("responseName", .string, "The name of the payload's Swift type."),
        Keyword("nullPayload", .word(["empty"]), "\"empty\": a null payload reads as one without any field."),
        Keyword(
            "errors", .list(.keywords(.errorRule)), "This endpoint's own error rules; they go before the service's."),
        Keyword("paging", .either([.null, .keywords(.paging)]), "How pages follow each other."),
        Keyword(
            "batch", .either([.null, .keywords(.batch)]), "An array argument that may be split over several calls."),
        Keyword("partial", .either([.null, .keywords(.partial)]), "Where partial failures stand."),
        Keyword("polling", .either([.null, .keywords(.polling)]), "How to wait until a job is done."),
        Keyword("examples", .list(.keywords(.example)), "Requests with their answers."),
    ]

    static let host = [
        Keyword(
            "announcedBy", .list(.string), "The ids of the endpoints whose answers announce the host.", isRequired: true
        )
    ]

    static let paging = [
        Keyword(
            "style", .word(["page", "cursor"]), "Pages by number, or by a mark from the last answer.", isRequired: true),
        Keyword("name", .string, "The Swift method that yields all items; default: all… for a method list…."),
        Keyword("page", .string, "The parameter with the page's number."),
        Keyword("first", .integer, "The number of the first page; default: the parameter's default, or 1."),
        Keyword("cursor", .string, "The parameter that takes the mark."),
        Keyword("field", .string, "The field of the payload with the next mark; default: called like the parameter."),
        Keyword("end", .any, "The mark that says there is no more."),
        Keyword("size", .string, "The parameter with the size of a page."),
        Keyword("items", .string, "The field of the payload with the items.", isRequired: true),
        Keyword("total", .string, "The field of the payload with the number of all items."),
        Keyword("until", .word(["shortPage"]), "\"shortPage\": a page with fewer items than asked for is the last."),
        Keyword("hide", .map(.any, isOrdered: false), "Items whose field has this value are left out."),
    ]

    static let batch = [
        Keyword("over", .string, "The array parameter that is split by its maxItems.", isRequired: true),
        Keyword("collect", .list(.string), "The fields of the payload whose arrays are joined; default: all arrays."),
        Keyword("name", .string, "The Swift method; default: the method's name + InBatches."),
    ]

    static let partial = [
        Keyword("failed", .string, "The field of the payload that lists what failed.", isRequired: true)
    ]

    private static let conditions = Shape.map(.either([.list(.any), .any]), isOrdered: false)

    static let polling = [
        Keyword("until", conditions, "Done when every field has its value (or one of its values)."),
        Keyword("fail", conditions, "Failed when any field has its value (or one of its values)."),
        Keyword("pending", .list(ServiceKeywords.code), "Service codes that mean \"not yet\"."),
        Keyword("interval", .number, "Seconds between two questions; default: 1."),
        Keyword("timeout", .number, "Seconds after which the wait gives up; default: 600."),
        Keyword("name", .string, "The Swift method; default: waitFor + the method's name."),
    ]

    static let example = [
        Keyword("name", .string, "What the example shows.", isRequired: true),
        Keyword("request", .map(.any, isOrdered: false), "The arguments, by their names on the wire."),
        Keyword("response", .any, "The answer's body."),
        Keyword("status", .integer, "The answer's HTTP status; default: 200."),
        Keyword("error", .word(exampleErrors), "The kind of error that the answer must become."),
        Keyword("wire", .keywords(.exampleWire), "The exact request."),
    ]

    static let exampleWire = [
        Keyword("method", .string, "The HTTP method."),
        Keyword("path", .string, "The path with its parameters filled in."),
        Keyword("query", .any, "The query."),
        Keyword("headers", .map(.string, isOrdered: false), "The header fields."),
        Keyword("body", .any, "The body."),
    ]
}
