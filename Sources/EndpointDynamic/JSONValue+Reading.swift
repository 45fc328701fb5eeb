import EndpointKit
import EndpointSpec

extension JSONValue {
    /// Reads JSON text as strictly as a spec, and preserves the order of members.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - name: What errors call the text.
    /// - Returns: The value.
    /// - Throws: What is wrong with the text, with line and column.
    package static func read(_ text: some Sequence<UInt8>, name: String) throws(InvalidSpecs) -> JSONValue {
        let reading = SpecReader.read(Array(text), file: name)
        guard let node = reading.node, reading.diagnostics.isEmpty else { throw InvalidSpecs(reading.diagnostics) }
        return node.json
    }
}
