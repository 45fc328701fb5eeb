import EndpointKit
import Foundation

/// A transport that gives every request the same response.
func responding(_ body: String, status: Int = 200, headers: HTTPFields = [:]) -> ClosureTransport {
    ClosureTransport { _ throws(TransportError) in
        HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
    }
}

/// A page of the catalog with one book.
let onePage = """
    {
      "count": 1,
      "books": [{ "isbn": "9780441478125", "title": "The Left Hand of Darkness", "year": 1969, "format": "paper" }]
    }
    """
