import Foundation

extension JSONValue {
    /// Reads JSON text.
    ///
    /// - Parameter data: The text in UTF-8.
    /// - Throws: `DecodingError.dataCorrupted` where the text is not JSON.
    public init(parsing data: Data) throws(DecodingError) {
        let result: Result<JSONValue, JSONSyntaxError> = data.withUnsafeBytes { bytes in
            Result { () throws(JSONSyntaxError) in try JSONValue(reading: bytes) }
        }
        switch result {
        case .success(let value): self = value
        case .failure(let error):
            throw .dataCorrupted(.init(codingPath: [], debugDescription: "not JSON: \(error.message)"))
        }
    }

    /// The value as JSON text in UTF-8.
    public var data: Data { Data(text().utf8) }
}
