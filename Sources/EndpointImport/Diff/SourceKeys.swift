import EndpointCore
import EndpointSpec

/// Where the keys of spec files stand: a model has the positions of its fields, not of every keyword.
package struct SourceKeys: Sendable {
    private let nodes: [String: JSONNode]

    /// Reads files.
    package init(_ files: [SpecFile] = []) {
        var nodes: [String: JSONNode] = [:]
        for file in files {
            nodes[file.displayPath] = SpecReader.read(file.contents, file: file.displayPath).node
        }
        self.nodes = nodes
    }

    /// Where a key of the outermost object of a file stands; nil where it has none.
    func position(of key: String, in file: String) -> SourcePosition? {
        nodes[file]?.members?.first { $0.key == key }?.keyPosition
    }
}
