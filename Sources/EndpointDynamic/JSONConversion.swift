import EndpointKit
import EndpointSpec

extension JSONValue {
    /// The value of a spec's node, without its position.
    public init(_ node: JSONNode) {
        switch node.value {
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .double(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let nodes): self = .array(nodes.map(JSONValue.init))
        case .object(let members):
            var object = JSONObject()
            for member in members { object[member.key] = JSONValue(member.value) }
            self = .object(object)
        }
    }

    /// Reads JSON text and keeps the order of members, which `JSONDecoder` does not.
    ///
    /// - Parameter name: What errors call the text.
    package static func read(_ text: some Sequence<UInt8>, name: String) throws(InvalidSpecs) -> JSONValue {
        let reading = JSONReader.read(Array(text), file: name)
        guard let node = reading.node, reading.diagnostics.isEmpty else { throw InvalidSpecs(reading.diagnostics) }
        return JSONValue(node)
    }
}

extension ServiceCode {
    package init(_ code: SpecCode) {
        switch code {
        case .integer(let value): self = .integer(value)
        case .string(let value): self = .string(value)
        case .boolean(let value): self = .boolean(value)
        }
    }
}
