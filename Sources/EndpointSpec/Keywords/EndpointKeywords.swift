/// Keys of an endpoint's file.
enum EndpointKeywords {
    static let methods = HTTPMethod.known.map(\.rawValue)
    private static let idempotentMethods = HTTPMethod.known.filter(\.isIdempotent).map(\.rawValue).joined(
        separator: ", ")
    static let exampleErrors = ErrorKind.ofRules.map(\.rawValue) + ["http", "decoding"]

    /// Keys of which an endpoint that is not a variant has at least one.
    static let choices = [["method"], ["path", "url"], ["response", "responseType"], ["summary", "title"]]
    /// Keys that exclude each other.
    static let exclusive = [["body", "bodyType"], ["response", "responseType"], ["host", "url"], ["path", "url"]]

    static let endpoint: [Keyword] = [
        Keyword("$schema", .string, "The JSON Schema that an editor checks this file with."),
        Keyword("variantOf", .string, "Another endpoint that this one is, with some fields fixed or hidden."),
        Keyword("title", .string, "The official title, in the service's language.", binding: .to(\EndpointModel.title)),
        Keyword(
            "summary", .string, "One sentence in English: what the call does.", binding: .to(\EndpointModel.summary)),
        Keyword(
            "documentation", .string, "The address of the official page.", binding: .to(\EndpointModel.documentation)),
        Keyword("notes", .list(.string), "Further paragraphs of documentation.", binding: .to(\EndpointModel.notes)),
        Keyword(
            "deprecated", .either([.string, .boolean]), "What to use instead, or true.",
            binding: .to(\EndpointModel.deprecated, reading: Keyword.advice)),
        Keyword("swiftName", .string, "The name of the Swift method, where the file's name is not good."),
        Keyword("method", .word(methods), "The HTTP method.", binding: .to(\EndpointModel.method)),
        Keyword(
            "path", .string, "The path, from \"/\"; {name} stands for a path parameter.", pattern: "^/[^?#]*$",
            binding: .to(\EndpointModel.path)),
        Keyword(
            "host", .keywords(.host), "Which host the call goes to, where it is not the service's."),
        Keyword("url", .word(["caller"]), "\"caller\": a whole URL from another response, as an argument."),
        Keyword(
            "authentication", .word(["none"]), "\"none\": the call takes no token.",
            binding: .to(\EndpointModel.isAuthenticated) { _ in false }),
        Keyword(
            "envelope", .either([.boolean, .word(["errors"])]),
            "false: the response has no envelope; \"errors\": only failures have one."),
        Keyword("rate", .keywords(.rate), "How often the call may be made."),
        Keyword(
            "idempotent", .boolean,
            "Whether sending twice is the same as sending once; default: true for \(idempotentMethods).",
            binding: .to(\EndpointModel.isIdempotent)),
        Keyword(
            "destructive", .boolean, "Whether the call removes what may not come back: a terminal program asks first.",
            binding: .to(\EndpointModel.isDestructive)),
        Keyword("pathParameters", .fields(.parameter), "The parameters in the path."),
        Keyword("query", .fields(.parameter), "The parameters in the query."),
        Keyword("headers", .fields(.parameter), "The parameters in the header."),
        Keyword("encoding", .word(BodyEncoding.allCases.map(\.rawValue)), "How the body is written; default: json."),
        Keyword(
            "contentType", .string, "The media type of the body, where it is another one than its encoding's.",
            binding: .to(\EndpointModel.contentType)),
        Keyword("body", .fields(.parameter), "The fields of the body."),
        Keyword("bodyType", .keywords(.bodyType), "The body where it is an array, a scalar, bytes or a shared type."),
        Keyword(
            "response", .either([.null, .fields(.responseField)]),
            "The fields of the payload (what the envelope holds); null for none."),
        Keyword(
            "responseType", .keywords(.responseType),
            "The payload where it is an array, a scalar, bytes or a shared type."),
        Keyword("responseName", .string, "The name of the payload's Swift type."),
        Keyword(
            "nullPayload", .word(["empty"]), "\"empty\": a null payload reads as one without any field.",
            binding: .to(\EndpointModel.nullPayloadAsEmpty) { $0.string == "empty" }),
        Keyword(
            "emptyResponse", .boolean,
            "true: the service may also respond without content (204); there is no payload then.",
            binding: .to(\EndpointModel.admitsEmptyResponse)),
        Keyword(
            "stream", .either([.word(StreamFormat.names), .keywords(.stream)]),
            "The response is a stream of elements: JSON lines, or server-sent events.",
            binding: .to(\EndpointModel.stream) { StreamFormat($0) }),
        Keyword(
            "responseHeaders", .fields(.responseField), "Header fields of a success, which the method returns, too."),
        Keyword(
            "errorResponse", ServiceKeywords.errorResponse,
            "The fields of a failure's JSON body, or the shared type that it is; takes precedence over the service's."),
        Keyword(
            "checksum", .keywords(.checksum), "Where a response that is bytes says what they must be.",
            binding: .to(\EndpointModel.md5Header) { $0["md5"]?.string }),
        Keyword(
            "errors", .list(.keywords(.errorRule)),
            "This endpoint's own error rules; they take precedence over the service's."),
        Keyword("paging", .either([.null, .keywords(.paging)]), "How pages follow each other."),
        Keyword(
            "batch", .either([.null, .keywords(.batch)]), "An array argument that may be split over several calls."),
        Keyword(
            "partial", .either([.null, .keywords(.partial)]), "Where partial failures are listed.",
            binding: .to(\EndpointModel.partialFailures) { $0["failed"]?.string }),
        Keyword("polling", .either([.null, .keywords(.polling)]), "How to wait until a job is done."),
        Keyword("examples", .list(.keywords(.example)), "Requests with their responses."),
    ]

    static let host = [
        Keyword(
            "announcedBy", .list(.string), "The ids of the endpoints whose responses announce the host.",
            isRequired: true
        )
    ]

    static let stream = [
        Keyword("format", .word(StreamFormat.names), "JSON lines, or server-sent events.", isRequired: true),
        Keyword("end", .string, "The data of the event that ends the stream."),
    ]

    static let paging = [
        Keyword(
            "style", .word(pagingStyles.map(\.name)),
            "Pages by number, by the number of items before, by a cursor from the last response, by a URL from it, or by the last item.",
            isRequired: true),
        Keyword(
            "name", .string, "The Swift method that yields all items; default: all… for a method list….",
            binding: .to(\PagingModel.name)),
        Keyword("page", .string, "The parameter with the page's number."),
        Keyword("first", .integer, "The number of the first page; default: the parameter's default, or 1."),
        Keyword("offset", .string, "The parameter with the number of items before the page."),
        Keyword("cursor", .string, "The parameter that takes the cursor."),
        Keyword(
            "field", .string,
            "The field with the next cursor or URL: of the payload, for \"lastItem\" of an item; default: the one with the name of the parameter."
        ),
        Keyword("header", .word(["Link"]), "\"Link\": the URL is in this header field, with rel=\"next\"."),
        Keyword("end", .any, "The cursor that says that there is no further page."),
        Keyword("size", .string, "The parameter with the size of a page.", binding: .to(\PagingModel.size)),
        Keyword(
            "items", .string, "The field of the payload with the items; left out where the payload is the list.",
            binding: .to(\PagingModel.items)),
        Keyword("total", .string, "The field of the payload with the number of all items."),
        Keyword("until", .word(["shortPage"]), "\"shortPage\": a page with fewer items than asked for is the last."),
        Keyword(
            "hide", conditions, "Items whose field has this value (or one of these values) are left out.",
            binding: .to(\PagingModel.hide, reading: FieldCondition.all)),
    ]

    /// By style: the keys it must have, and the others that it may have.
    static let pagingStyles = [
        (name: "page", required: ["page"], optional: ["first", "size", "total", "until"]),
        (name: "offset", required: ["offset", "size"], optional: ["total"]),
        (name: "cursor", required: ["cursor", "end"], optional: ["field", "size"]),
        (name: "next", required: [], optional: ["field", "header"]),
        (name: "lastItem", required: ["cursor", "field", "size"], optional: []),
    ]

    /// The keys that some styles have and others do not.
    static let ofPagingStyles = Set(pagingStyles.flatMap { $0.required + $0.optional })

    static let batch = [
        Keyword(
            "over", .string, "The array parameter that is split by its maxItems.", isRequired: true,
            binding: .to(\BatchModel.over)),
        Keyword(
            "collect", .list(.string), "The fields of the payload whose arrays are joined; default: all arrays.",
            binding: .to(\BatchModel.collect)),
        Keyword(
            "name", .string, "The Swift method; default: the method's name + InBatches.", binding: .to(\BatchModel.name)
        ),
    ]

    static let checksum = [
        Keyword(
            "md5", .string,
            "The header field with the MD5 of the whole file, in hexadecimal digits or in Base64, with or without quotes.",
            isRequired: true)
    ]

    static let partial = [
        Keyword("failed", .string, "The field of the payload that lists what failed.", isRequired: true)
    ]

    /// By field: a value, one of several, or all but these.
    private static let conditions = Shape.map(.either([.list(.any), .keywords(.condition), .any]), isOrdered: false)

    static let condition = [
        Keyword(
            "not", .either([.list(.any), .any]), "The value, or the values, that the field must not have.",
            isRequired: true)
    ]

    private static func number(_ value: Double) -> String { JSONValue.number(value).text() }

    static let polling = [
        Keyword(
            "until", conditions,
            "Done when every field has its value (or one of its values, or none of those in \"not\").",
            binding: .to(\PollingModel.until, reading: FieldCondition.all)),
        Keyword(
            "fail", conditions,
            "Failed when any field has its value (or one of its values, or none of those in \"not\").",
            binding: .to(\PollingModel.fail, reading: FieldCondition.all)),
        Keyword(
            "pending", .list(ServiceKeywords.code), "Service codes that mean \"not yet\".",
            binding: .to(\PollingModel.pending)),
        Keyword(
            "interval", .number, "Seconds between two poll attempts; default: \(number(PollingTimes.defaultInterval)).",
            binding: .to(\PollingModel.interval)),
        Keyword(
            "timeout", .number,
            "Seconds after which the wait gives up; default: \(number(PollingTimes.defaultTimeout)).",
            binding: .to(\PollingModel.timeout)),
        Keyword(
            "name", .string, "The Swift method; default: waitFor + the method's name.", binding: .to(\PollingModel.name)
        ),
    ]

    static let example = [
        Keyword("name", .string, "What the example shows.", isRequired: true, binding: .to(\ExampleModel.name)),
        Keyword(
            "request", .map(.any, isOrdered: false),
            "The arguments, by their names on the wire; by their Swift names where two have one name on the wire.",
            binding: .to(\ExampleModel.request) { $0.sorted.json }),
        Keyword(
            "response", .any, "The response's body; of a stream, the list of its elements.",
            binding: .to(\ExampleModel.response) { $0.sorted.json }),
        Keyword("status", .integer, "The response's HTTP status; default: 200.", binding: .to(\ExampleModel.status)),
        Keyword(
            "responseHeaders", .map(.string, isOrdered: false), "Header fields of the response.",
            binding: .to(\ExampleModel.responseHeaders) { $0.sorted.json.object }),
        Keyword(
            "error", .word(exampleErrors), "The kind of error that the response must become.",
            binding: .to(\ExampleModel.error)),
        Keyword(
            "wire", .keywords(.exampleWire), "The exact request.", binding: .to(\ExampleModel.wire) { $0.sorted.json }),
    ]

    static let exampleWire = [
        Keyword("method", .string, "The HTTP method."),
        Keyword("path", .string, "The path with its parameters filled in."),
        Keyword("query", .any, "The query."),
        Keyword("headers", .map(.string, isOrdered: false), "The header fields."),
        Keyword("body", .any, "The body."),
    ]
}
