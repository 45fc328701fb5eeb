"""module.py [COUNT] [--check]: a generated module of so many operations, 600 by default, beside one written by hand.

Prints lines and kilobytes an operation, the time of a first debug build, and what a build costs after a word of one operation was
edited: in the generated module, and in a module of as many files of the same size by hand. --check fails beyond the targets.
"""
import glob
import os
import resource
import subprocess
import sys
import tempfile
import time

import table
from generator import ROOT, build, write

SERVICE = {
    "name": "Module", "baseURL": "https://module.test",
    "envelope": {"code": "error.code", "success": ["none"], "message": "error.message", "payload": "data"},
    "errorResponse": {"error": {"name": "Details", "properties": {
        "code": {"type": "string"}, "message": {"type": "string", "optional": True}}}},
    "errors": [{"code": "gone", "kind": "notFound"}, {"status": "5xx", "kind": "service", "retry": True}],
}

TEXT = {"type": "string", "description": "Its name."}
COUNT = {"type": "integer", "minimum": 1, "maximum": 100, "default": 50, "description": "Things on a page."}


def thing(number):
    return {"name": f"Thing{number}", "properties": {
        "thingId": {"type": "integer", "format": "int64", "description": "The thing."}, "name": TEXT,
        "state": {"type": "integer", "enum": {"waiting": 1, "done": 2}, "description": "How far it is."},
        "made": {"type": "string", "format": "date-time", "optional": True},
        "remark": {"type": ["string", "null"], "description": "What else there is to say."}}}


def things(number):
    return {"type": "array", "nullAsEmpty": True, "description": "The things.", "items": thing(number)}


def spec(number):
    """A name and an operation: of every 20, one of each of ten kinds that the language has words for, and ten plain calls."""
    common = {"title": f"Thing {number}", "summary": f"Deals with things of kind {number}.",
              "documentation": "https://module.test/docs", "path": f"/api/v1/things/{number}"}
    get, post = common | {"method": "GET"}, common | {"method": "POST"}
    name = {"type": "string", "minLength": 1, "maxLength": 255, "description": "A name."}
    match number % 20:
        case 0:
            return "make", post | {"body": {"name": name, "box": {"optional": True, "properties": {
                "width": {"type": "number"}, "tags": {"type": "array", "items": {"type": "string"}}}}},
                "response": thing(number)["properties"]}
        case 1:
            return "list", get | {
                "query": {"name": name, "limit": COUNT, "page": {"type": "integer", "default": 1}},
                "response": {"meta": {"properties": {"total": {"type": "integer"}}}, "list": things(number)},
                "paging": {"style": "page", "page": "page", "size": "limit", "items": "list", "total": "meta.total",
                           "hide": {"state": 2}}}
        case 2:
            return "list", get | {
                "envelope": "errors", "query": {"continue": {"type": "string", "optional": True}},
                "response": {"metadata": {"properties": {"continue": {"type": "string", "optional": True}}},
                             "items": things(number)},
                "paging": {"style": "cursor", "cursor": "continue", "field": "metadata.continue", "end": None,
                           "items": "items"}}
        case 3:
            return "list", get | {
                "envelope": "errors", "responseType": {"type": "array", "items": thing(number)},
                "responseHeaders": {"X-Total": {"type": "integer", "optional": True}},
                "paging": {"style": "next", "header": "Link"}}
        case 4:
            return "fetch", get | {
                "path": common["path"] + "/{id}", "pathParameters": {"id": {"type": "integer", "format": "int64"}},
                "response": thing(number)["properties"], "emptyResponse": True,
                "errors": [{"status": 409, "kind": "conflict", "remedy": "Try again."}]}
        case 5:
            return "upload", common | {
                "method": "PUT", "encoding": "multipart", "idempotent": True,
                "body": {"name": name, "part": {"type": "string", "format": "binary", "filename": "part"}},
                "response": None}
        case 6:
            return "watch", get | {"query": {"since": {"type": "integer", "optional": True}},
                                   "response": thing(number)["properties"],
                                   "stream": {"format": "events", "end": "[DONE]"}}
        case 7:
            return "await", get | {
                "query": {"job": {"type": "string"}},
                "response": {"state": {"type": "string", "enum": ["new", "done", "lost"]},
                             "share": {"type": "number", "accept": ["string"], "optional": True}},
                "polling": {"until": {"state": "done"}, "fail": {"state": "lost"}, "interval": 2}}
        case 8:
            return "drop", post | {
                "body": {"ids": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "integer"}}},
                "response": {"failed": {"type": "array", "nullAsEmpty": True, "items": {"type": "integer"}}},
                "batch": {"over": "ids"}, "partial": {"failed": "failed"}}
        case 9:
            return "read", get | {"envelope": "errors", "query": {"part": {"type": "integer", "optional": True}},
                                  "responseType": {"type": "string", "format": "binary"}}
        case 10 | 11 | 12:
            return "find", get | {
                "path": common["path"] + "/{id}", "pathParameters": {"id": {"type": "integer", "format": "int64"}},
                "response": thing(number)["properties"]}
        case 13 | 14:
            return "rename", common | {
                "method": "PATCH", "path": common["path"] + "/{id}",
                "pathParameters": {"id": {"type": "integer", "format": "int64"}}, "body": {"name": name},
                "response": thing(number)["properties"]}
        case 15 | 16:
            return "remove", common | {
                "method": "DELETE", "path": common["path"] + "/{id}",
                "pathParameters": {"id": {"type": "integer", "format": "int64"}}, "response": None}
        case 17:
            return "move", post | {"body": {"id": {"type": "integer", "format": "int64"}, "to": name}, "response": None}
        case 18:
            return "count", get | {"query": {"name": name}, "response": {"count": {"type": "integer"}}}
        case _:
            return "add", post | {"body": {"name": name, "remark": {"type": "string", "optional": True}},
                                  "response": thing(number)["properties"]}


def generated(folder, count):
    os.makedirs(folder)
    write(f"{folder}/service.json", SERVICE)
    for number in range(count):
        verb, content = spec(number)
        group = f"{folder}/Group{number // 25}"
        os.makedirs(group, exist_ok=True)
        write(f"{group}/{verb}Things{number}.json", content)
    with open(f"{folder}/Generated.swift", "w") as file:
        file.write("@_exported import EndpointKit\n")


BY_HAND = """import Foundation

extension Server {{
    /// Deals with things of kind {number}.
    ///
    /// `GET /api/v1/things/{number}`.
    public func things{number}(name: String, limit: Int = 50, page: Int = 1) async throws -> Things{number} {{
        try await get("/api/v1/things/{number}", query: ["name": name, "limit": "\\(limit)", "page": "\\(page)"])
    }}
}}
"""

TYPE = """
/// The response of ``Server/things{number}(name:limit:page:)``.
public struct Things{suffix}: Codable, Sendable, Equatable {{
    public var total: Int
    public var list: [Thing]

    public init(total: Int, list: [Thing]) {{
        self.total = total
        self.list = list
    }}

    enum CodingKeys: String, CodingKey {{
        case total
        case list
    }}

    /// See ``list``.
    public struct Thing: Codable, Sendable, Equatable {{
        /// The thing.
        public var thingID: Int64
        /// Its name.
        public var name: String
        public var remark: String?

        public init(thingID: Int64, name: String, remark: String?) {{
            self.thingID = thingID
            self.name = name
            self.remark = remark
        }}

        enum CodingKeys: String, CodingKey {{
            case thingID = "thingId"
            case name
            case remark
        }}
    }}
}}
"""

SERVER = """import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Calls a service.
public struct Server: Sendable {
    public var base: URL

    public init(base: URL) { self.base = base }

    func get<Value: Decodable>(_ path: String, query: [String: String]) async throws -> Value {
        var parts = URLComponents(url: base.appending(path: path), resolvingAgainstBaseURL: false)
        parts?.queryItems = query.map { URLQueryItem(name: $0.key, value: $0.value) }
        let (data, _) = try await URLSession.shared.data(for: URLRequest(url: parts?.url ?? base))
        return try JSONDecoder().decode(Value.self, from: data)
    }
}
"""


def by_hand(folder, sizes):
    """A file for each of these sizes, of as many bytes, give or take a type."""
    os.makedirs(folder)
    with open(f"{folder}/Server.swift", "w") as file:
        file.write(SERVER)
    for number, size in enumerate(sizes):
        text = BY_HAND.format(number=number)
        suffix = str(number)
        while len(text) < size or suffix == str(number):
            text += TYPE.format(number=number, suffix=suffix)
            suffix += "B"
            if len(text) + len(TYPE) / 2 > size:
                break
        with open(f"{folder}/Things{number}.swift", "w") as file:
            file.write(text)


MANIFEST = """// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Module", platforms: [.macOS(.v15)],
    dependencies: [.package(name: "pan123-toolkit", path: "%s")],
    targets: [
        .target(
            name: "Generated", dependencies: [.product(name: "EndpointKit", package: "pan123-toolkit")],
            plugins: [.plugin(name: "EndpointPlugin", package: "pan123-toolkit")]),
        .target(name: "ByHand"),
        .target(name: "Needed", dependencies: [.product(name: "EndpointKit", package: "pan123-toolkit")]),
    ])
"""


def processor_time(package, target):
    """Builds a target; returns processor seconds and the seconds that passed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, _ = build(package, "--target", target)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds


def edited(path, old, new):
    text = open(path).read()
    assert old in text, path
    with open(path, "w") as file:
        file.write(text.replace(old, new))


def edit(package, target, path, words):
    """The least processor seconds of a build after one word was replaced by another."""
    least = float("inf")
    for old, new in zip(words, words[1:]):
        edited(path, old, new)
        least = min(least, processor_time(package, target)[0])
    return least


def report(folder, count, target):
    package = f"{folder}/Module"
    sources = f"{package}/Sources"
    generated(f"{sources}/Generated", count)
    with open(f"{package}/Package.swift", "w") as file:
        file.write(MANIFEST % ROOT)
    os.makedirs(f"{sources}/ByHand")
    with open(f"{sources}/ByHand/Empty.swift", "w") as file:
        file.write("")
    os.makedirs(f"{sources}/Needed")
    with open(f"{sources}/Needed/Needed.swift", "w") as file:
        file.write("import EndpointKit\n")
    # What both need is there before anything is measured. A product of a dependency would build all targets here.
    build(package, "--target", "Needed")
    processor, seconds = processor_time(package, "Generated")
    [output] = glob.glob(f"{package}/.build/plugins/outputs/module/Generated/**/service.swift", recursive=True)
    files = [path for path in glob.glob(f"{os.path.dirname(output)}/*.swift") if path != output]
    texts = [open(path).read() for path in files]
    lines = sum(text.count("\n") for text in texts) / count
    size = sum(len(text.encode()) for text in texts) / count / 1024
    table.at_most(f"Generated lines an operation, over {count}", lines, 60, "{:.1f}".format)
    table.at_most("Generated Swift an operation", size, 3, "{:.2f} KB".format)
    table.add("Generated beside them: service.swift, with the specs in it", f"{os.path.getsize(output) / 1024:.0f} KB")
    table.add("First debug build of the generated module", f"{seconds:.0f} s, {processor:.0f} s of processor time")
    os.remove(f"{sources}/ByHand/Empty.swift")
    os.rmdir(f"{sources}/ByHand")
    by_hand(f"{sources}/ByHand", [len(text) for text in texts])
    processor, seconds = processor_time(package, "ByHand")
    table.add("The same of a module by hand, of as many files of the same size", f"{seconds:.0f} s, {processor:.0f} s")
    [middle] = glob.glob(f"{sources}/Generated/*/*Things{count // 2}.json")
    words = ["Deals with things", "Looks after things", "Cares for things", "Deals with things"]
    here = edit(package, "Generated", middle, words)
    there = edit(package, "ByHand", f"{sources}/ByHand/Things{count // 2}.swift", words)
    table.add("An edit of one word, by hand: processor time", f"{there:.1f} s")
    table.add("An edit of one word, generated: processor time", f"{here:.1f} s")
    table.at_most("The one against the other", here / there, target, "{:.2f} ×".format)


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    with tempfile.TemporaryDirectory() as scratch:
        report(scratch, int(words[0]) if words else 600, 1.3)
    met = table.show()
    sys.exit(0 if met or "--check" not in sys.argv else 1)
