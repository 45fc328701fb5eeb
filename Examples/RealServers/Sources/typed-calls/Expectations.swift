import EndpointKit

/// Prints what was expected and whether it came, and counts what did not.
struct Expectations {
    private(set) var failures = 0

    mutating func expect<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
        let isMet = found == expected
        print("\(isMet ? "ok" : "WRONG")  \(what)" + (isMet ? "" : ": \(found), not \(expected)"))
        if !isMet { failures += 1 }
    }

    /// Expects that a call fails.
    mutating func expectError<Value>(
        _ what: String, _ kind: APIError.Kind, status: Int?, _ call: () async throws(APIError) -> Value
    ) async -> APIError? {
        do throws(APIError) {
            _ = try await call()
            expect(what, "a success", "the error \(kind)")
            return nil
        } catch {
            expect(what, "\(error.kind), \(error.status ?? 0)", "\(kind), \(status ?? 0)")
            return error
        }
    }
}
