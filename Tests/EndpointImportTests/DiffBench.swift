import EndpointCore
import EndpointImport
import EndpointSpec
import TestSupport
import Testing

/// A module, and edits of it that plant one change each.
enum DiffBench {
    static let files = [
        "service.json": """
        { "name": "Shop", "title": "商店", "baseURL": "https://{region}.example.com/v1",
          "variables": { "region": { "default": "eu", "enum": ["eu", "us"] } },
          "headers": { "X-Client": "shop" }, "timeZone": "+08:00", "authentication": { "scheme": "bearer" },
          "envelope": { "code": "code", "success": [0], "message": "message", "payload": "data" },
          "errors": [{ "code": 401, "kind": "authentication", "remedy": "Get a token." },
                     { "code": 404, "kind": "notFound" }],
          "rateProfiles": { "free": { "*": { "limit": 1, "per": "second" } } } }
        """,
        "Items/list.json": """
        { "title": "列表", "summary": "Lists items.", "method": "GET", "path": "/items",
          "rate": { "limit": 5, "per": "second" },
          "query": {
            "shop": { "type": "integer", "format": "int32", "minimum": 1, "description": "The shop." },
            "size": { "type": "integer", "minimum": 1, "maximum": 100, "default": 50 },
            "page": { "type": "integer", "default": 1 },
            "kind": { "$ref": "types/Kind.json", "optional": true },
            "tags": { "type": "array", "join": ",", "optional": true, "items": { "type": "string" } },
            "version": { "type": "string", "const": "2" } },
          "headers": { "X-Trace": { "type": "string", "optional": true } },
          "response": {
            "total": { "type": "integer" },
            "items": { "type": "array", "items": { "$ref": "types/Item.json" } },
            "places": { "optional": true, "additionalProperties": { "type": "integer" } } },
          "paging": { "style": "page", "page": "page", "size": "size", "items": "items", "total": "total",
                          "name": "allItems" },
          "examples": [{ "name": "none", "request": { "shop": 1 },
                         "response": { "code": 0, "message": "", "data": { "total": 0, "items": [] } } }] }
        """,
        "Items/move.json": """
        { "title": "移动", "summary": "Moves items.", "method": "POST", "path": "/items/{shop}/move",
          "pathParameters": { "shop": { "type": "integer" } },
          "body": {
            "ids": { "type": "array", "maxItems": 10, "items": { "type": "integer" } },
            "mark": { "$ref": "types/Mark.json" },
            "note": { "type": "string", "maxLength": 10, "optional": true },
            "code": { "$ref": "types/Code.json", "optional": true } },
          "response": {
            "task": { "type": "string" }, "done": { "type": "boolean", "wire": "integer" },
            "at": { "type": "string", "format": "date-time", "optional": true },
            "failed": { "type": "array", "nullAsEmpty": true, "items": { "type": "integer" } } },
          "errors": [{ "code": 409, "kind": "conflict" }],
          "partial": { "failed": "failed" },
          "batch": { "over": "ids", "collect": ["failed"] },
          "polling": { "until": { "done": true }, "interval": 2 } }
        """,
        "Items/remove.json": """
        { "title": "删除", "summary": "Removes an item.", "method": "DELETE", "path": "/items/{id}",
          "pathParameters": { "id": { "type": "integer" } }, "response": null }
        """,
        "Items/tag.json": """
        { "summary": "Tags an item.", "method": "POST", "path": "/tags", "response": null,
          "body": { "tag": { "type": "string" } } }
        """,
        "Items/put.json": """
        { "summary": "Puts a picture.", "method": "PUT", "path": "/picture", "response": null,
          "encoding": "multipart", "body": { "file": { "type": "string", "format": "binary", "filename": "a" } } }
        """,
        "types/Item.json": """
        { "properties": { "id": { "type": "integer", "format": "int64" }, "name": { "type": "string" },
                          "kind": { "$ref": "types/Kind.json" } } }
        """,
        "types/Kind.json": #"{ "enum": { "small": 1, "large": 2 } }"#,
        "types/Mark.json": """
        { "oneOf": [{ "type": "integer" }, { "name": "Star", "properties": { "points": { "type": "integer" } } }] }
        """,
        "types/Code.json": #"{ "type": "string", "minLength": 2 }"#,
    ]

    /// What is done to the files: a text in one of them becomes another, or a file gets another name or another text.
    enum Edit: Sendable {
        case text(String, String, String)
        case rename(String, String)
        case file(String, String?)
    }

    /// The files with edits; each must find what it replaces.
    static func edited(_ edits: [Edit]) throws -> [String: String] {
        var files = files
        for edit in edits {
            switch edit {
            case .text(let path, let old, let new):
                let text = try #require(files[path])
                try #require(text.contains(old), "\(path) has no \(old)")
                files[path] = text.replacing(old, with: new)
            case .rename(let old, let new):
                let removed = files.removeValue(forKey: old)
                let text: String = try #require(removed)
                files[new] = text
            case .file(let path, let text): files[path] = text
            }
        }
        return files
    }

    static func model(_ files: [String: String]) throws -> ServiceModel {
        let result = SpecChecker.check(SpecFiles(files).files, moduleName: "Shop")
        #expect(result.diagnostics == [])
        return try #require(result.model)
    }

    /// The rules of the changes between two versions, with texts of what changed left out.
    static func rules(_ old: [String: String], _ new: [String: String]) throws -> Set<ChangeRule> {
        Set(try ModuleDiff.changes(from: model(old), to: model(new)).changes.map(\.rule))
    }
}
