/// The error of ``ContractCheck/finish()``: everything in which calls differ from the examples of their specs.
public struct ContractFailure: Error, Sendable, Hashable {
    /// One way in which a call differs from an example.
    public struct Difference: Sendable, Hashable {
        /// The id of the endpoint, such as `oss.listCopyFailures`.
        public var endpointID: String
        /// The name of the example.
        public var example: String
        /// What differs, as a clause such as `the method is GET, the example shows POST`.
        public var text: String

        /// Creates a difference.
        public init(endpointID: String, example: String, text: String) {
            self.endpointID = endpointID
            self.example = example
            self.text = text
        }
    }

    /// The differences, in the order in which the examples were checked.
    public var differences: [Difference]

    /// Creates an error from differences.
    public init(_ differences: [Difference]) {
        self.differences = differences
    }
}

extension ContractFailure.Difference: CustomStringConvertible {
    /// One line: `oss.listCopyFailures, "a page": the method is GET, the example shows POST`.
    public var description: String { "\(endpointID), \"\(example)\": \(text)" }
}

extension ContractFailure: CustomStringConvertible {
    /// One line for each difference.
    public var description: String { differences.map(\.description).joined(separator: "\n") }
}
