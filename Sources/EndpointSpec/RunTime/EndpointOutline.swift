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
    /// The outline of a model.
    init(_ model: EndpointModel) {
        self.init(
            id: model.id, group: model.group, methodName: model.methodName, method: model.method, path: model.path,
            title: model.title, summary: model.summary, notes: model.notes)
    }

    /// The outline in a spec that was checked.
    fileprivate init(_ json: JSONReader, file name: String, in group: GroupModel) {
        func text(_ key: String) -> String? { json.member(key)?.text }
        id = EndpointSource.id(group, name)
        self.group = group
        methodName = EndpointSource.methodName(file: name, given: text("swiftName"))
        method = HTTPMethod(rawValue: text("method") ?? "")
        path = text("url") == nil ? text("path") ?? "" : ""
        title = text("title") ?? text("summary") ?? ""
        summary = text("summary") ?? text("title") ?? ""
        var notes: [String] = []
        json.member("notes")?.forEachElement { note in notes.append(note.text ?? "") }
        self.notes = notes
    }
}

extension EndpointSource {
    /// The outline in a file that was checked, read from its text; nil for a variant, whose file does not hold all of it.
    func outline(in group: GroupModel) -> EndpointOutline? {
        file.bytes.withUnsafeBytes { bytes in
            let tape = try? JSONTape(bytes)
            return tape?.read(bytes) { json in
                json.member("variantOf") == nil ? EndpointOutline(json, file: name, in: group) : nil
            }
        }
    }
}

extension CheckSession {
    /// What a list shows of the endpoints of this module, sorted by id. A variant's spec is read whole.
    var outlines: [EndpointOutline] {
        endpoints.values.sorted { $0.id < $1.id }.compactMap { source in
            source.outline(in: group(source.group)) ?? endpointModel(source.id).map { EndpointOutline($0) }
        }
    }
}
