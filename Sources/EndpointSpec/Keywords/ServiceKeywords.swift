/// Keys of service.json.
enum ServiceKeywords {
    static let code = Shape.either([.integer, .string, .boolean])

    static let service: [Keyword] = [
        Keyword("$schema", .string, "The JSON Schema that an editor checks this file with."),
        Keyword(
            "name", .string, "The service's name: the client is NAMEClient.", isRequired: true,
            binding: .to(\ServiceSettings.name)),
        Keyword("title", .string, "The service's title, in its own language.", binding: .to(\ServiceSettings.title)),
        Keyword(
            "summary", .string, "One sentence in English: what the service is.", binding: .to(\ServiceSettings.summary)),
        Keyword(
            "documentation", .string, "The address of the official documentation.",
            binding: .to(\ServiceSettings.documentation)),
        Keyword(
            "baseURL", .string, "Where all calls go that do not say otherwise: https://api.example.com.",
            pattern: "^https?://[^?#]*[^/?#]$", binding: .to(\ServiceSettings.baseURL)),
        Keyword(
            "variables", .map(.keywords(.variable), isOrdered: true),
            "By name: what {name} in \"baseURL\" stands for. Arguments of the client, and options of a terminal program."
        ),
        Keyword(
            "allowInsecureHTTP", .boolean,
            "Whether http is allowed to other addresses than loopback ones: unencrypted.",
            binding: .to(\ServiceSettings.allowsInsecureHTTP)),
        Keyword("headers", .map(.string, isOrdered: true), "Fixed header fields of every request."),
        Keyword(
            "authentication", .either([.word(["none", "bearer", "basic"]), .keywords(.authentication)]),
            "How calls are authenticated; default: bearer."),
        Keyword("envelope", .keywords(.envelope), "The object that the service puts around every response."),
        Keyword(
            "errors", .list(.keywords(.errorRule)), "How responses become errors; the first rule that matches counts."),
        Keyword("errorResponse", errorResponse, "The fields of a failure's JSON body, or the shared type that it is."),
        Keyword(
            "rateProfiles", .map(.map(.keywords(.rate), isOrdered: false), isOrdered: true),
            "By profile: for a rate group or an endpoint's id, how often calls may be made."),
        Keyword(
            "timeZone", .string, "The offset of times that carry none: \"+08:00\" or \"UTC\".",
            pattern: "^(UTC|Z|[+-][0-9]{2}:[0-5][0-9])$"),
        Keyword("environment", .keywords(.environment), "The names of environment variables for tools."),
        groups,
        Keyword("account", .keywords(.account), "The call that returns the state of the caller's account."),
    ]

    static let errorResponse = Shape.either([.keywords(.reference), .fields(.responseField)])

    static let variable = [
        Keyword("default", .string, "The value where none is given.", isRequired: true),
        Keyword("enum", .list(.string), "The only values that are allowed."),
        Keyword("description", .string, "What the value is."),
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
        Keyword(
            "scheme", .word(["none", "bearer", "basic", "header", "query"]),
            "How the token is sent; with \"basic\" it is user:password.", isRequired: true),
        Keyword("header", .string, "With the scheme \"header\": the name of the header field."),
        Keyword("name", .string, "With the scheme \"query\": the name of the query parameter."),
        Keyword("clientCredentials", .keywords(.clientCredentials), "The endpoint that makes tokens."),
    ]

    static let clientCredentials = [
        Keyword(
            "endpoint", .string, "The id of the endpoint that makes a token.", isRequired: true,
            binding: .to(\ClientCredentialsModel.endpointID)),
        Keyword(
            "clientID", .string, "Its argument for the client's id.", isRequired: true,
            binding: .to(\ClientCredentialsModel.clientID)),
        Keyword(
            "clientSecret", .string, "Its argument for the client's secret.", isRequired: true,
            binding: .to(\ClientCredentialsModel.clientSecret)),
        Keyword(
            "token", .string, "The field of its payload with the token.", isRequired: true,
            binding: .to(\ClientCredentialsModel.token)),
        Keyword(
            "expiresAt", .string, "The field with the time of expiry.", binding: .to(\ClientCredentialsModel.expiresAt)),
        Keyword(
            "expiresIn", .string, "The field with the seconds to live.", binding: .to(\ClientCredentialsModel.expiresIn)
        ),
        Keyword(
            "margin", .count,
            "How many seconds before expiry a token is renewed; default: \(TokenTimes.defaultMargin).",
            binding: .to(\ClientCredentialsModel.margin)),
    ]

    static let envelope = [
        Keyword(
            "code", .string,
            "The field with the service's code; a path such as \"error.code\", as for all fields here.",
            isRequired: true, binding: .to(\Envelope.code)),
        Keyword(
            "success", .list(code), "The codes that mean success.", isRequired: true, binding: .to(\Envelope.success)),
        Keyword("message", .string, "The field with the message.", binding: .to(\Envelope.message)),
        Keyword(
            "payload", .string, "The field with the payload; without it the payload is the whole response.",
            binding: .to(\Envelope.payload)),
        Keyword("traceID", .string, "The field with the trace id.", binding: .to(\Envelope.traceID)),
    ]

    static let environment = [
        Keyword("baseURL", .string, "The variable with another base URL.", binding: .to(\EnvironmentNames.baseURL)),
        Keyword("accessToken", .string, "The variable with a token.", binding: .to(\EnvironmentNames.accessToken)),
        Keyword("clientID", .string, "The variable with the client's id.", binding: .to(\EnvironmentNames.clientID)),
        Keyword(
            "clientSecret", .string, "The variable with the client's secret.",
            binding: .to(\EnvironmentNames.clientSecret)),
    ]

    static let account = [
        Keyword(
            "endpoint", .string, "The id of an endpoint that needs a token and no argument.", isRequired: true,
            binding: .to(\AccountModel.endpointID)),
        Keyword(
            "show", .list(.string), "The fields of its payload that are worth a look, such as quotas.",
            binding: .to(\AccountModel.show)),
    ]

    static let errorRule = [
        Keyword(
            "status", .either([.integer, .word(StatusRange.classes)]),
            "The HTTP status, or a class of them, that the response must have; needs no envelope.",
            binding: .to(\ErrorRule.status) { StatusRange.range(of: $0.json) }),
        Keyword(
            "code", code, "The code that must match; without it any that is not success.", binding: .to(\ErrorRule.code)
        ),
        Keyword(
            "contains", .string, "A text that the message must contain, compared without case.",
            binding: .to(\ErrorRule.contains)),
        Keyword(
            "payload", .map(.any, isOrdered: false),
            "A field of the payload and the value that makes a success an error: {\"isFull\": true}.",
            binding: .to(\ErrorRule.payload) { $0.members?.first.map { .init(FieldPath($0.key), $0.value.json) } }),
        Keyword(
            "kind", .word(ErrorKind.ofRules.map(\.rawValue)), "What the response becomes.", isRequired: true,
            binding: .to(\ErrorRule.kind)),
        Keyword(
            "retry", .boolean, "The service did nothing: the call may be sent again; default: true for throttled.",
            binding: .to(\ErrorRule.retry)),
        Keyword(
            "refresh", .boolean, "A new token may help; only for authentication, default: true there.",
            binding: .to(\ErrorRule.refreshesToken)),
        Keyword("remedy", .string, "One line: what a person can do.", binding: .to(\ErrorRule.remedy)),
    ]

    static let rate = [
        Keyword("limit", .number, "How many calls.", isRequired: true, binding: .to(\Rate.limit)),
        Keyword(
            "per", .word(Rate.Unit.allCases.map(\.rawValue)), "In which time.", isRequired: true,
            binding: .to(\Rate.per)),
        Keyword(
            "group", .string, "Endpoints of one group share the figure; default: method and path.",
            binding: .to(\Rate.group)),
    ]
}
