/// Keys of fields, items and types.
enum FieldKeywords {
    private static let schemaKey = Keyword("$schema", .string, "The JSON Schema that an editor checks this file with.")

    private static let sharedType = "A shared type: \"types/NAME.json\"."
    private static let sharedTypePattern = "^types/[A-Z][A-Za-z0-9_]*\\.json$"

    static let reference = [Keyword("$ref", .string, sharedType, isRequired: true, pattern: sharedTypePattern)]

    private static func typing(fields: KeywordTable, items: KeywordTable) -> [Keyword] {
        [
            Keyword("$ref", .string, sharedType, pattern: sharedTypePattern),
            Keyword(
                "type", .either([.word(types), .list(.word(types + ["null"]))]),
                "The JSON type; [\"integer\", \"null\"] may be null."),
            Keyword("format", .word(formats.map(\.name)), "What a string or number stands for."),
            Keyword("name", .string, "The name of the Swift type.", types: ["object"] + scalars),
            Keyword(
                "enum", .either([.list(.scalars()), .map(.scalars(), isOrdered: true)]),
                "The known values: [\"a\", \"b\"], or with names for the cases: {\"running\": 1}. Other values are allowed.",
                types: ["string", "integer"]),
            Keyword("properties", .fields(fields), "The fields of an object, by their names.", types: ["object"]),
            Keyword(
                "additionalProperties", .either([.boolean, .keywords(items)]),
                "The type of the values that have any other name; true for any JSON. Without \"properties\", a map.",
                types: ["object"]),
            Keyword("items", .keywords(items), "The type of each element.", types: ["array"]),
            Keyword(
                "oneOf", .list(.keywords(items)),
                "The types that the value may have, one of which it has. In place of \"type\"; a \"$ref\" or a type each."
            ),
            Keyword(
                "discriminator", .keywords(.discriminator),
                "The field that says which of the objects of \"oneOf\" a value is."
            ),
        ]
    }

    static let discriminator = [
        Keyword("propertyName", .string, "The field, which every object has.", isRequired: true),
        Keyword(
            "mapping", .map(.string, isOrdered: false),
            "By value of the field: the \"$ref\" or the \"name\" of the type. Default: the name of each type."),
    ]

    static let constraints = [
        Keyword(
            "minLength", .count, "The least number of characters.", types: ["string"],
            binding: .to(\SchemaModel.constraints.minLength)),
        Keyword(
            "maxLength", .count, "The greatest number of characters.", types: ["string"],
            binding: .to(\SchemaModel.constraints.maxLength)),
        Keyword(
            "pattern", .string, "A regular expression that the text must contain a match of; anchor it with ^ and $.",
            types: ["string"], binding: .to(\SchemaModel.constraints.pattern)),
        Keyword(
            "minimum", .number, "The least value.", types: ["integer", "number"],
            binding: .to(\SchemaModel.constraints.minimum)),
        Keyword(
            "maximum", .number, "The greatest value.", types: ["integer", "number"],
            binding: .to(\SchemaModel.constraints.maximum)),
        Keyword(
            "minItems", .count, "The least number of elements.", types: ["array"],
            binding: .to(\SchemaModel.constraints.minItems)),
        Keyword(
            "maxItems", .count, "The greatest number of elements.", types: ["array"],
            binding: .to(\SchemaModel.constraints.maxItems)),
    ]

    private static let encoding = [
        Keyword(
            "wire", .word(["string", "integer"]),
            "How the value is written: \"string\" for a number as text, \"integer\" for a boolean as 0 or 1.",
            types: ["integer", "number", "boolean"], binding: .to(\SchemaModel.encoding.wire)),
        Keyword(
            "join", .string, "The elements are written as one string with this between them.", types: ["array"],
            binding: .to(\SchemaModel.encoding.join)),
    ]

    /// For what is sent: a response stays as it came.
    private static let letterCase = Keyword(
        "case", .word(Schema.Encoding.LetterCase.allCases.map(\.rawValue)),
        "\"lower\": the text is sent in lower case; \"pattern\" and the lengths are checked before.", types: ["string"],
        binding: .to(\SchemaModel.encoding.letterCase))
    private static let template = Keyword(
        "template", .string, "The object is written as one string: \"{fileID}|{newName}\".", types: ["object"],
        binding: .to(\SchemaModel.encoding.template))
    private static let filename = Keyword(
        "filename", .string, "The file name of a multipart part that is binary.", types: ["string"])
    private static let style = Keyword(
        "style", .word(Schema.Encoding.Style.allCases.map(\.rawValue)),
        "\"deepObject\": in a query or a form, each field of the object by itself: size[width]=2.",
        types: ["object", "array"], binding: .to(\SchemaModel.encoding.style))
    private static let contentType = Keyword(
        "contentType", .string, "The media type of a part of a multipart body.",
        binding: .to(\SchemaModel.encoding.contentType))
    private static let wrap = Keyword(
        "wrap", .string, "Each element is written as an object with this one field.",
        binding: .to(\SchemaModel.encoding.wrap))

    private static let leniency = [
        Keyword(
            "accept", .list(.word(scalars)), "JSON types that the service may send instead of the declared one.",
            types: scalars, binding: .to(\SchemaModel.leniency.accept)),
        Keyword(
            "sentinels", .list(.scalars()), "Values that stand for \"none\".", types: scalars,
            binding: .to(\SchemaModel.leniency.sentinels)),
    ]
    private static let nullAsEmpty = Keyword(
        "nullAsEmpty", .boolean, "Null, or no value at all, reads as an empty array.", types: ["array"],
        binding: .to(\SchemaModel.leniency.nullAsEmpty))

    private static let texts = [
        Keyword(
            "description", .string, "One or more sentences for the documentation.",
            binding: .to(\FieldModel.description)),
        Keyword("example", .any, "A value, for the documentation."),
    ]

    private static let naming = [
        Keyword("swiftName", .string, "The name in Swift, where the one made from the wire name is not good."),
        Keyword("optional", .boolean, "The field may be absent.", binding: .to(\FieldModel.isOptional)),
        Keyword(
            "sensitive", .either([.boolean, .word([FieldModel.Sensitivity.messages.rawValue])]),
            "true: the value is redacted wherever it could be seen; \"messages\": in messages and logs, not in a result.",
            binding: .to(\FieldModel.sensitivity) { node in
                node.string.flatMap(FieldModel.Sensitivity.init(rawValue:))
                    ?? (node.boolean == true ? .everywhere : .none)
            }),
        Keyword(
            "deprecated", .either([.string, .boolean]), "What to use instead, or true.",
            binding: .to(\FieldModel.deprecated, reading: Keyword.advice)),
    ]

    private static let sending = [
        Keyword("default", .any, "Sent always; the argument may be left out.", binding: .to(\FieldModel.defaultValue)),
        Keyword("const", .any, "Sent always; no argument.", binding: .to(\FieldModel.constant)),
        Keyword("hidden", .boolean, "In a variant: neither an argument nor sent."),
    ]
    private static let aliases = Keyword(
        "aliases", .list(.string), "Other spellings of the name in responses.", binding: .to(\FieldModel.aliases))

    static let parameter =
        naming + sending + typing(fields: .parameter, items: .parameterItems) + constraints + encoding
        + [letterCase, template, filename, style, contentType] + texts

    static let parameterItems =
        typing(fields: .parameter, items: .parameterItems) + constraints + encoding + [letterCase, template, wrap]
        + texts

    static let bodyType =
        [Keyword("argument", .string, "The name of the argument.")]
        + typing(fields: .parameter, items: .parameterItems) + constraints + encoding
        + [letterCase, template, filename] + naming.filter { $0.name == "sensitive" } + texts

    static let responseField =
        naming + [aliases] + typing(fields: .responseField, items: .responseItems) + constraints + encoding + leniency
        + [nullAsEmpty] + texts

    static let responseItems =
        typing(fields: .responseField, items: .responseItems) + constraints + encoding + leniency + [wrap] + texts

    static let responseType =
        typing(fields: .responseField, items: .responseItems) + constraints + encoding + leniency + [nullAsEmpty]
        + texts

    static let type =
        [schemaKey, Keyword("title", .string, "The type's title.")]
        + typing(fields: .responseField, items: .responseItems) + constraints + encoding
        + [letterCase, template] + leniency + texts

    /// All keys that say what a value is, as against what a field is.
    static let schemaKeys = Set(
        (typing(fields: .parameter, items: .parameterItems) + constraints + encoding + leniency
            + [letterCase, template, filename, style, contentType, wrap, nullAsEmpty]).map(\.name))

    /// Keys among them that are about one use of a shared type, so that they are allowed beside `$ref`.
    static let besideReference: Set<String> = ["$ref", "type", "wrap", "nullAsEmpty", "style", "contentType"]

    /// Keys that belong to one kind of field only, with what that is, for a better message than "unknown key".
    static let elsewhere: [String: String] = [
        "default": "a parameter", "const": "a parameter", "hidden": "a parameter of a variant",
        "style": "a query parameter or a field of a form", "contentType": "a part of a multipart body",
        "case": "a string that is sent", "template": "an object that is sent", "filename": "a binary part that is sent",
        "aliases": "a field of a response", "accept": "a value of a response", "sentinels": "a value of a response",
        "nullAsEmpty": "an array of a response", "wrap": "the items of an array", "argument": "\"bodyType\"",
        "optional": "a field", "swiftName": "a field", "sensitive": "a field", "deprecated": "a field",
    ]
}

/// What belongs together among the keywords of types.
extension FieldKeywords {
    static let scalars = Schema.ScalarType.allCases.map(\.rawValue)
    static let types = scalars + ["array", "object", "any"]

    // MARK: Formats

    /// A value of `format`.
    struct Format: Sendable {
        enum Meaning: Sendable, Equatable {
            /// No format: the type as it is.
            case plain
            case integer(Schema.IntegerFormat)
            case number(isFloat: Bool)
            case text(TextFormat)
            /// The `DateFormat` of this name.
            case date(String)
            case binary
        }

        var name: String
        /// The type that it is for.
        var type: String
        var meaning: Meaning
        /// One line for people.
        var summary: String

        /// Whether it only says how wide a number is, so that limits and enumerations are as without it.
        var isWidth: Bool {
            switch meaning {
            case .plain, .integer, .number: true
            case .date, .text, .binary: false
            }
        }
    }

    static let formats = [
        date("date-time", "string", "A point in time as RFC 3339 writes it: \"2025-03-23T15:48:37+08:00\"."),
        date(
            "local-date-time", "string",
            "A point in time without an offset: \"2025-03-23 15:48:37\", in the service's time zone."),
        text(.date, "A day as RFC 3339 writes it: \"2025-03-23\"; a `CalendarDate`."),
        text(.uuid, "A UUID, written in lower case; a `UUID`."),
        text(.uri, "An absolute URI; a `URL`."),
        text(.byte, "Bytes in Base64, with padding; a `Data`."),
        Format(
            name: "binary", type: "string", meaning: .binary,
            summary: "Bytes: a part of a multipart body, or a whole body or payload."),
        Format(name: "int32", type: "integer", meaning: .integer(.int32), summary: "An `Int32`."),
        Format(name: "int64", type: "integer", meaning: .integer(.int64), summary: "An `Int64`, not an `Int`."),
        date("unix-seconds", "integer", "A point in time in seconds since 1970."),
        date("unix-milliseconds", "integer", "A point in time in milliseconds since 1970."),
        Format(name: "float", type: "number", meaning: .number(isFloat: true), summary: "A `Float`."),
        Format(
            name: "double", type: "number", meaning: .number(isFloat: false),
            summary: "A `Double`, as without a format."),
    ]

    /// The format of this name.
    static func format(_ name: String) -> Format? { formats.first { $0.name == name } }

    private static func text(_ format: TextFormat, _ summary: String) -> Format {
        Format(name: format.rawValue, type: "string", meaning: .text(format), summary: summary)
    }

    private static func date(_ name: String, _ type: String, _ summary: String) -> Format {
        Format(name: name, type: type, meaning: .date(name), summary: summary)
    }

    // MARK: Ranges

    /// Two keywords that limit a value.
    struct Range: Sendable {
        var least: String
        var most: String
        /// The types that they are for.
        var types: [String]
    }

    static let ranges = [
        Range(least: "minLength", most: "maxLength", types: ["string"]),
        Range(least: "minimum", most: "maximum", types: ["integer", "number"]),
        Range(least: "minItems", most: "maxItems", types: ["array"]),
    ]

    /// The keyword that limits another type as this one limits its own.
    static func counterpart(of key: String, for type: String) -> String? {
        guard let own = ranges.first(where: { [$0.least, $0.most].contains(key) }),
            let other = ranges.first(where: { $0.types.contains(type) })
        else { return nil }
        return key == own.least ? other.least : other.most
    }

    /// Whether a keyword is about a plain scalar, so that it has no meaning for an enumeration or a text with a format.
    static func concernsPlainScalars(_ key: String) -> Bool {
        key == letterCase.name || constraints.first { $0.name == key }?.types?.contains("array") == false
    }
}
