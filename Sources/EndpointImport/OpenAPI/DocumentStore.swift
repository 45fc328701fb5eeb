import EndpointCore
import EndpointSpec

/// The files of a document: the one that is imported, and those in its folder that it refers to.
final class DocumentStore {
    /// Where a reference leads.
    struct Target {
        /// The value; nil where there is none.
        var node: JSONNode?
        /// One for each value, however it is written: `api.json#/components/schemas/Pet`.
        var key: String
        /// Why there is none.
        var problem: String?
    }

    /// The outermost object.
    let root: JSONNode
    /// What messages call the document.
    let file: String
    /// Reads another file by its path relative to the document's folder; nil where there is none.
    private let read: (String) -> [UInt8]?
    private var roots: [String: JSONNode?] = [:]
    private var targets: [String: Target] = [:]
    private var indexes: [String: [String: JSONNode]] = [:]

    /// As large as the largest public documents, with room.
    static let limits = SpecReader.Limits(bytes: 64 << 20, depth: 256)

    init(root: JSONNode, file: String, read: @escaping (String) -> [UInt8]?) {
        (self.root, self.file, self.read) = (root, file, read)
        roots[file] = root
    }

    /// What a `$ref` in a value of `file` leads to.
    func resolve(_ reference: String, in file: String) -> Target {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = PercentText.decoded(String(parts.first ?? ""))
        let pointer = parts.count > 1 ? String(parts[1]) : ""
        guard let name = path.isEmpty ? file : place(path, besides: file) else {
            return Target(key: reference, problem: "\"\(reference)\" leads out of the document's folder")
        }
        let key = name + "#" + pointer
        if let known = targets[key] { return known }
        let target = find(pointer, in: name, key)
        targets[key] = target
        return target
    }

    private func find(_ pointer: String, in name: String, _ key: String) -> Target {
        guard let root = file(name) else {
            return Target(key: key, problem: "the file \"\(name)\" of a \"$ref\" cannot be read as JSON")
        }
        var node = root
        var place = name
        for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let next = member(Self.unescaped(step), of: node, at: place) else {
                return Target(key: key, problem: "\"\(key)\" leads nowhere")
            }
            node = next
            place += "/" + step
        }
        return Target(node: node, key: key)
    }

    /// The last step of a key, as the document writes it: `Pet`.
    static func lastStep(of key: String) -> String {
        unescaped(key.split(separator: "/").last ?? "")
    }

    private static func unescaped(_ step: Substring) -> String {
        guard step.contains("~") || step.contains("%") else { return String(step) }
        return PercentText.decoded(String(step)).replacing("~1", with: "/").replacing("~0", with: "~")
    }

    /// A member or an item. Large objects are searched once: thousands of references lead into one.
    private func member(_ step: String, of node: JSONNode, at place: String) -> JSONNode? {
        if let items = node.elements { return Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil } }
        guard let members = node.members, members.count > 16 else { return node[step] }
        if let index = indexes[place] { return index[step] }
        let index = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
        indexes[place] = index
        return index[step]
    }

    /// The path of a file from the folder of the document; nil for one outside of it, and for an address.
    private func place(_ path: String, besides file: String) -> String? {
        if path.contains("://") || path.hasPrefix("/") || path.contains("\\") { return nil }
        let outer = self.file.split(separator: "/").dropLast().map(String.init)
        let all = file.split(separator: "/").dropLast().map(String.init)
        var steps = file == self.file ? [] : Array(all.dropFirst(outer.count))
        for step in path.split(separator: "/").map(String.init) where step != "." {
            if step != ".." {
                steps.append(step)
            } else if steps.popLast() == nil {
                return nil
            }
        }
        let prefix = file.hasPrefix("/") ? "/" : ""
        return prefix + (outer + steps).joined(separator: "/")
    }

    private func file(_ name: String) -> JSONNode? {
        if let known = roots[name] { return known }
        let outer = file.split(separator: "/").dropLast().count
        let relative = name.split(separator: "/").dropFirst(outer).joined(separator: "/")
        let node = read(relative).flatMap { SpecReader.read($0, file: name, limits: Self.limits).node }
        roots[name] = .some(node)
        return node
    }
}
