/// Keys of fields, items and types.
enum FieldKeywords {
    static let types = ["string", "integer", "number", "boolean", "array", "object", "any"]
    /// The formats of each type that has some.
    static let formats = [
        "string": ["date-time", "local-date-time", "binary"],
        "integer": ["int32", "int64", "unix-seconds", "unix-milliseconds"],
        "number": ["float", "double"],
    ]
    static let allFormats = ["string", "integer", "number"].flatMap { formats[$0] ?? [] }
    static let scalars = ["string", "integer", "number", "boolean"]

    private static let schemaKey = Keyword("$schema", .string, "The JSON Schema that an editor checks this file with.")

    private static func typing(fields: KeywordTable, items: KeywordTable) -> [Keyword] {
        [
            Keyword(
                "$ref", .string, "A shared type: \"types/NAME.json\".", pattern: "^types/[A-Z][A-Za-z0-9_]*\\.json$"),
            Keyword(
                "type", .either([.word(types), .list(.word(types + ["null"]))]),
                "The JSON type; [\"integer\", \"null\"] may be null."),
            Keyword("format", .word(allFormats), "What a string or number stands for."),
            Keyword("name", .string, "The name of the Swift type.", types: ["object"] + scalars),
            Keyword(
                "enum", .either([.list(.scalars()), .map(.scalars(), isOrdered: true)]),
                "The known values: [\"a\", \"b\"], or with names for the cases: {\"running\": 1}. Others are kept.",
                types: ["string", "integer"]),
            Keyword("properties", .fields(fields), "The fields of an object, by their names.", types: ["object"]),
            Keyword("items", .keywords(items), "The type of each element.", types: ["array"]),
        ]
    }

    private static let ranges = [
        Keyword("minLength", .integer, "The least number of characters.", types: ["string"]),
        Keyword("maxLength", .integer, "The greatest number of characters.", types: ["string"]),
        Keyword(
            "pattern", .string, "A regular expression that the text must contain a match of; anchor it with ^ and $.",
            types: ["string"]),
        Keyword("minimum", .number, "The least value.", types: ["integer", "number"]),
        Keyword("maximum", .number, "The greatest value.", types: ["integer", "number"]),
        Keyword("minItems", .integer, "The least number of elements.", types: ["array"]),
        Keyword("maxItems", .integer, "The greatest number of elements.", types: ["array"]),
    ]

    private static let wireForms = [
        Keyword(
            "wire", .word(["string", "integer"]),
            "How the value is written: \"string\" for a number as text, \"integer\" for a boolean as 0 or 1.",
            types: ["integer", "number", "boolean"]),
        Keyword("join", .string, "The elements are written as one string with this between them.", types: ["array"]),
    ]

    private static let template = Keyword(
        "template", .string, "The object is written as one string: \"{fileID}|{newName}\".", types: ["object"])
    private static let filename = Keyword(
        "filename", .string, "The file name of a multipart part that is binary.", types: ["string"])
    private static let wrap = Keyword("wrap", .string, "Each element is written as an object with this one field.")

    private static let tolerance = [
        Keyword(
            "accept", .list(.word(scalars)), "JSON types that the service may send instead of the declared one.",
            types: scalars),
        Keyword("sentinels", .list(.scalars()), "Values that stand for \"none\".", types: scalars),
    ]
    private static let nullAsEmpty = Keyword(
        "nullAsEmpty", .boolean, "Null, or no value at all, reads as an empty array.", types: ["array"])

    private static let texts = [
        Keyword("description", .string, "One or more sentences for the documentation."),
        Keyword("example", .any, "A value, for the documentation."),
    ]

    private static let naming = [
        Keyword("swiftName", .string, "The name in Swift, where the one made from the wire name is not good."),
        Keyword("optional", .boolean, "The field may be absent."),
        Keyword("sensitive", .boolean, "The value is redacted wherever it could be seen."),
        Keyword("deprecated", .either([.string, .boolean]), "What to use instead, or true."),
    ]

    private static let sending = [
        Keyword("default", .any, "Sent always; the argument may be left out."),
        Keyword("const", .any, "Sent always; no argument."),
        Keyword("hidden", .boolean, "In a variant: neither an argument nor sent."),
    ]
    private static let aliases = Keyword("aliases", .list(.string), "Other spellings of the key in answers.")

    static let parameter =
        naming + sending + typing(fields: .parameter, items: .parameterItems) + ranges + wireForms
        + [template, filename] + texts

    static let parameterItems =
        typing(fields: .parameter, items: .parameterItems) + ranges + wireForms + [template, wrap] + texts

    static let bodyType =
        [Keyword("argument", .string, "The name of the argument.")]
        + typing(fields: .parameter, items: .parameterItems) + ranges + wireForms + [template, filename]
        + naming.filter { $0.name == "sensitive" } + texts

    static let responseField =
        naming + [aliases] + typing(fields: .responseField, items: .responseItems) + ranges + wireForms + tolerance
        + [nullAsEmpty] + texts

    static let responseItems =
        typing(fields: .responseField, items: .responseItems) + ranges + wireForms + tolerance + [wrap] + texts

    static let responseType =
        typing(fields: .responseField, items: .responseItems) + ranges + wireForms + tolerance + [nullAsEmpty] + texts

    static let type =
        [schemaKey, Keyword("title", .string, "The type's title.")]
        + typing(fields: .responseField, items: .responseItems) + ranges + wireForms + [template] + tolerance + texts

    /// All keys that say what a value is, as against what a field is.
    static let schemaKeys = Set(
        (typing(fields: .parameter, items: .parameterItems) + ranges + wireForms + tolerance
            + [template, filename, wrap, nullAsEmpty]).map(\.name))

    /// Keys that stand in one kind of field only, with what that is, for a better message than "unknown key".
    static let elsewhere: [String: String] = [
        "default": "a parameter", "const": "a parameter", "hidden": "a parameter of a variant",
        "template": "an object that is sent", "filename": "a binary part that is sent",
        "aliases": "a field of an answer", "accept": "a value of an answer", "sentinels": "a value of an answer",
        "nullAsEmpty": "an array of an answer", "wrap": "the items of an array", "argument": "\"bodyType\"",
        "optional": "a field", "swiftName": "a field", "sensitive": "a field", "deprecated": "a field",
    ]
}
