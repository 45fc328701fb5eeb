/// Keys of service.json.
enum ServiceKeywords {
    static let code = Shape.either([.integer, .string, .boolean])

    static let service: [Keyword] = [
        Keyword("$schema", .string, "The JSON Schema that an editor checks this file with."),
        Keyword("name", .string, "The service's name: the client is NAMEClient.", isRequired: true),
        Keyword("title", .string, "The service's title, in its own language."),
        Keyword("summary", .string, "One sentence in English: what the service is."),
        Keyword("documentation", .string, "The address of the official documentation."),
        Keyword(
            "baseURL", .string, "Where all calls go that do not say otherwise: https://api.example.com.",
            pattern: "^https?://[^?#]*[^/?#]$"),
        Keyword("headers", .map(.string, isOrdered: true), "Fixed header fields of every request."),
        Keyword(
            "authentication", .either([.word(["none", "bearer"]), .keywords(.authentication)]),
            "How calls are authenticated; default: bearer."),
        Keyword("envelope", .keywords(.envelope), "The object that the service puts round every answer."),
        Keyword(
            "errors", .list(.keywords(.errorRule)), "How answers become errors; the first rule that matches counts."),
        Keyword(
            "rateProfiles", .map(.map(.keywords(.rate), isOrdered: false), isOrdered: true),
            "By profile: for a rate group or an endpoint's id, how often calls may be made."),
        Keyword(
            "timeZone", .string, "The offset of times that carry none: \"+08:00\" or \"UTC\".",
            pattern: "^(UTC|Z|[+-][0-9]{2}:[0-5][0-9])$"),
        Keyword("environment", .keywords(.environment), "The names of environment variables for tools."),
        groups,
        Keyword("account", .keywords(.account), "The call that tells how the caller's account stands."),
    ]

    private static let groups = Keyword(
        "groups", .map(.keywords(.group), isOrdered: false), "By folder: what people call the group.")

    static let extensionService: [Keyword] = [
        Keyword("$schema", .string, "The JSON Schema that an editor checks this file with."),
        Keyword("extends", .string, "The module whose service these endpoints belong to.", isRequired: true),
        groups,
    ]

    static let group = [
        Keyword(
            "title", .string, "The group's title, in the service's own language; searched, and shown in documents.",
            isRequired: true)
    ]

    static let authentication = [
        Keyword("scheme", .word(["none", "bearer", "header"]), "How the token is sent.", isRequired: true),
        Keyword("header", .string, "With the scheme \"header\": the name of the header field."),
        Keyword("clientCredentials", .keywords(.clientCredentials), "The endpoint that makes tokens."),
    ]

    static let clientCredentials = [
        Keyword("endpoint", .string, "The id of the endpoint that makes a token.", isRequired: true),
        Keyword("clientID", .string, "Its argument for the client's id.", isRequired: true),
        Keyword("clientSecret", .string, "Its argument for the client's secret.", isRequired: true),
        Keyword("token", .string, "The field of its payload with the token.", isRequired: true),
        Keyword("expiresAt", .string, "The field with the time of expiry."),
        Keyword("expiresIn", .string, "The field with the seconds to live."),
        Keyword("margin", .integer, "How many seconds before expiry a token is renewed; default: 300."),
    ]

    static let envelope = [
        Keyword("code", .string, "The field with the service's code.", isRequired: true),
        Keyword("success", .list(code), "The codes that mean success.", isRequired: true),
        Keyword("message", .string, "The field with the message."),
        Keyword("payload", .string, "The field with the payload; without it the payload is the whole answer."),
        Keyword("traceID", .string, "The field with the trace id."),
    ]

    static let environment = [
        Keyword("baseURL", .string, "The variable with another base URL."),
        Keyword("accessToken", .string, "The variable with a token."),
        Keyword("clientID", .string, "The variable with the client's id."),
        Keyword("clientSecret", .string, "The variable with the client's secret."),
    ]

    static let account = [
        Keyword(
            "endpoint", .string, "The id of an endpoint that needs a token and no argument.", isRequired: true),
        Keyword("show", .list(.string), "The fields of its payload that are worth a look, such as quotas."),
    ]

    static let errorRule = [
        Keyword("code", code, "The code that must match; without it any that is not success."),
        Keyword("contains", .string, "A text that the message must contain, compared without case."),
        Keyword(
            "payload", .map(.any, isOrdered: false),
            "A field of the payload and the value that makes a success an error: {\"isFull\": true}."),
        Keyword(
            "kind", .word(ErrorRuleModel.Kind.allCases.map(\.rawValue)), "What the answer becomes.", isRequired: true),
        Keyword("retry", .boolean, "The service did nothing: the call may be sent again; default: true for throttled."),
        Keyword("refresh", .boolean, "A new token may help; only for authentication, default: true there."),
        Keyword("remedy", .string, "One line: what a person can do."),
    ]

    static let rate = [
        Keyword("limit", .number, "How many calls.", isRequired: true),
        Keyword("per", .word(RateModel.Unit.allCases.map(\.rawValue)), "In which time.", isRequired: true),
        Keyword("group", .string, "Endpoints of one group share the figure; default: method and path."),
    ]
}
