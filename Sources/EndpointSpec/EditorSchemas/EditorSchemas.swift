/// JSON Schemas (draft 2020-12) for editors: they complete keys and values, show what each is for, and flag most
/// mistakes while the author types. They come from the tables that the checker uses, so that the two cannot drift apart;
/// what refers from one part to another (a paging field, an endpoint's id) only the checker sees.
public enum EditorSchemas {
    /// `endpoint.schema.json`, for `Group/name.json`.
    public static func endpoint() -> String {
        text(
            title: "Endpoint", "One method and path of a service.", .endpoint,
            tables: [
                .endpoint, .rate, .host, .errorRule, .checksum, .paging, .batch, .partial, .polling, .condition,
                .example, .exampleWire, .reference, .stream,
                .parameter, .parameterItems, .bodyType, .responseField, .responseItems, .responseType,
                .discriminator,
            ])
    }

    /// `service.schema.json`, for `service.json`.
    public static func service() -> String {
        let body: JSONValue = .members([
            ("if", .members([("required", .strings(["extends"]))])),
            ("then", .reference(.extensionService)), ("else", .reference(.service)),
        ])
        return text(
            title: "Service", "One API behind one base URL, or an extension of another module's.", body,
            tables: [
                .service, .extensionService, .authentication, .clientCredentials, .envelope, .errorRule, .group, .rate,
                .environment, .account, .variable, .reference, .responseField, .responseItems, .discriminator,
            ])
    }

    /// `type.schema.json`, for `types/Name.json`.
    public static func type() -> String {
        text(
            title: "Shared type", "A type that several endpoints use.", .type,
            tables: [.type, .responseField, .responseItems, .discriminator])
    }

    private static func text(title: String, _ summary: String, _ root: KeywordTable, tables: [KeywordTable]) -> String {
        text(title: title, summary, .members([("$ref", .string("#/$defs/\(root.name)"))]), tables: tables)
    }

    private static func text(title: String, _ summary: String, _ body: JSONValue, tables: [KeywordTable]) -> String {
        var members: [(String, JSONValue)] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")), ("title", .string(title)),
            ("description", .string(summary)), ("type", .string("object")),
        ]
        members += body.object?.members.map { ($0.key, $0.value) } ?? []
        members.append(("$defs", .members(tables.map { ($0.name, TableSchema.schema($0)) })))
        return JSONValue.members(members).text(indent: 2, inliningStrings: true) + "\n"
    }
}
