import EndpointDynamic
import EndpointKit

/// A call of a command, checked and encoded once: the request that `--dry-run` shows is the one that is sent.
struct PreparedCall: Sendable {
    let endpoint: Endpoint<JSONValue>
    let request: HTTPRequest

    /// The calls of a command: one, or one for each part of a list that is too long for one call.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint of the command.
    ///   - arguments: The arguments, by their names in the request.
    ///   - client: The client that encodes the requests.
    ///   - isFirstPage: Whether the call fetches the first of all pages.
    ///   - timeout: The time limit of each call; nil for the client's, which a call that sends a file does not have.
    /// - Returns: The calls, in the order in which they are sent.
    /// - Throws: `.invalidParameter` if an argument of any part is refused.
    static func calls(
        of endpoint: DynamicEndpoint, with arguments: JSONObject, using client: Client, isFirstPage: Bool,
        timeout: Duration?
    ) throws(APIError) -> [PreparedCall] {
        let arguments = isFirstPage ? try endpoint.firstPage(of: arguments) : arguments
        var calls: [PreparedCall] = []
        for part in endpoint.batchParts(of: arguments) {
            var call = try endpoint.endpoint(with: part)
            call.timeout = timeout
            calls.append(PreparedCall(endpoint: call, request: try client.request(for: call)))
        }
        return calls
    }
}
