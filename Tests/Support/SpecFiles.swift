import EndpointCore
import EndpointSpec
import Foundation

/// The specs of a module: written in a test, or read from a folder.
///
///     let specs = SpecFiles(["service.json": "{…}", "Items/get.json": "{…}"])
///     let diagnostics = SpecChecker.check(specs.files, moduleName: "Shop").diagnostics
package struct SpecFiles: Sendable {
    /// The files, by path. Diagnostics show the paths as they are.
    package var files: [SpecFile]

    /// Creates specs from texts by path, such as `Items/get.json`.
    package init(_ texts: [String: String]) {
        files = texts.sorted { $0.key < $1.key }.map {
            SpecFile(path: $0.key, displayPath: $0.key, contents: Array($0.value.utf8))
        }
    }

    /// Creates specs from all JSON files below a folder.
    package init(folder: URL) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        files = try names.filter { $0.hasSuffix(".json") }.sorted().map {
            SpecFile(path: $0, displayPath: $0, contents: Array(try Data(contentsOf: folder.appending(path: $0))))
        }
    }

    /// Creates the specs of a module that other tests compile and run: `Drive`, `Warehouse` or `WarehouseOffice`.
    package init(fixture name: String) throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        try self.init(folder: tests.appending(path: "GeneratedFixture").appending(path: name))
    }

    /// The text of a file; empty if there is none.
    package func text(_ path: String) -> String {
        files.first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    }

    /// A copy with another text for one file, or with one file more.
    package func with(_ path: String, _ text: String) -> SpecFiles {
        var copy = self
        copy.files.removeAll { $0.path == path }
        copy.files.append(SpecFile(path: path, displayPath: path, contents: Array(text.utf8)))
        return copy
    }

    /// The files as one JSON object, as an `EndpointModule` carries them.
    package var moduleText: String {
        let members = files.map { #""\#($0.path)":\#(String(decoding: $0.contents, as: UTF8.self))"# }
        return "{\(members.joined(separator: ","))}"
    }

    /// A copy with the files in another order, and with the keys in another order where their order has no meaning.
    ///
    /// - Parameter random: The source of the order.
    /// - Returns: The copy, or nil if a file is not JSON.
    package func shuffled(using random: inout Seeded) -> SpecFiles? {
        var copy = self
        for index in copy.files.indices {
            let file = copy.files[index]
            guard let node = SpecReader.read(file.contents, file: file.path).node else { return nil }
            copy.files[index].contents = Array(Self.shuffled(node, isMap: false, using: &random).utf8)
        }
        copy.files.shuffle(using: &random)
        return copy
    }

    /// Keys whose value is a map in which the order has a meaning, or which is not the language's.
    private static let maps: Set = [
        "query", "headers", "body", "pathParameters", "response", "properties", "rateProfiles", "enum", "default",
        "const", "request", "wire", "end", "hide", "until", "fail", "payload",
        "errorResponse", "responseHeaders",
    ]

    private static func shuffled(_ node: JSONNode, isMap: Bool, using random: inout Seeded) -> String {
        if let elements = node.elements {
            return "[" + elements.map { shuffled($0, isMap: false, using: &random) }.joined(separator: ", ") + "]"
        }
        guard var members = node.members else { return node.compactText }
        if !isMap { members.shuffle(using: &random) }
        let parts = members.map { member in
            let key = JSONNode(.string(member.key), position: member.keyPosition).compactText
            return "\(key) : \(shuffled(member.value, isMap: !isMap && maps.contains(member.key), using: &random))"
        }
        return "{\n" + parts.joined(separator: ",\n") + "}"
    }
}
