/// What a list of endpoints shows of one: read without the rest of its spec.
public struct EndpointOutline: Sendable {
    /// `oss.listCopyFailures`
    public var id: String
    /// The folder that the spec is in.
    public var group: GroupModel
    /// The Swift method: `listCopyFailures`.
    public var methodName: String
    /// The HTTP method.
    public var method: HTTPMethod
    /// `/api/v1/x/{id}`; empty where the caller gives the URL.
    public var path: String
    /// The official title, in the service's language.
    public var title: String
    /// One sentence in English.
    public var summary: String
    /// Further lines of documentation.
    public var notes: [String]
}

extension EndpointOutline {
    /// The outline in a spec that was checked, by what its keys say.
    fileprivate init(_ source: EndpointSource, in group: GroupModel, text: (String) -> String?, notes: [String]) {
        id = source.id
        self.group = group
        methodName = EndpointSource.methodName(file: source.name, given: text("swiftName"))
        method = HTTPMethod(rawValue: text("method") ?? "")
        path = text("url") == nil ? text("path") ?? "" : ""
        title = text("title") ?? text("summary") ?? ""
        summary = text("summary") ?? text("title") ?? ""
        self.notes = notes
    }
}

extension EndpointSource {
    /// The outline in a file that was checked, read from its text; nil for a variant, whose file does not hold all of it.
    func outline(in group: GroupModel) -> EndpointOutline? {
        file.bytes.withUnsafeBytes { bytes in
            let tape = try? JSONTape(bytes)
            return tape?.read(bytes) { json in
                guard json.member("variantOf") == nil else { return nil }
                var notes: [String] = []
                json.member("notes")?.forEachElement { note in notes.append(note.text ?? "") }
                return EndpointOutline(self, in: group, text: { json.member($0)?.text }, notes: notes)
            }
        }
    }
}

extension CheckSession {
    /// What a list shows of the endpoints of this module, sorted by id.
    var outlines: [EndpointOutline] {
        endpoints.values.sorted { $0.id < $1.id }.compactMap { source in
            let group = group(source.group)
            return source.outline(in: group)
                ?? effectiveSpec(source).map { spec in
                    EndpointOutline(
                        source, in: group, text: { spec[$0]?.string },
                        notes: (spec["notes"]?.elements ?? []).map { $0.string ?? "" })
                }
        }
    }
}
