import EndpointKit
import Foundation
import Prometheus

func checkPrometheus(port: String, _ expectations: inout Expectations) async throws(APIError) {
    let client = PrometheusClient(port: port, tokens: nil)
    try await checkResults(client.query, &expectations)
    let labels = try await client.query.labels(matches: [#"up{job="itself"}"#])
    expectations.expect("labels", labels, ["__name__", "instance", "job"])
    let metadata = try await client.query.metadata(metric: "go_goroutines")
    expectations.expect("a map of lists", metadata["go_goroutines"]?.map(\.kind), ["gauge"])

    let error = await expectations.expectError("a query that is not one", .invalidParameter, status: 400) {
        () async throws(APIError) in try await client.query.query(query: "up{")
    }
    let body = error?.body(as: PrometheusClient.ErrorResponse.self)
    expectations.expect("the error's body as a type", body?.errorType, .badData)
    expectations.expect("its message", body?.error.contains("parse error"), true)
    try await client.admin.cleanTombstones()
    print("ok  204 in a service with an envelope")
}

/// Prometheus' vectors, matrices, scalars and strings are one union.
private func checkResults(
    _ query: PrometheusClient.Query, _ expectations: inout Expectations
) async throws(APIError) {
    if case .scalar(let scalar) = try await query.query(query: "1 + 1") {
        expectations.expect("a scalar", scalar.result.last, .string("2"))
    } else {
        expectations.expect("the type of 1 + 1", "another", "a scalar")
    }
    if case .text(let text) = try await query.query(query: #""x""#) {
        expectations.expect("a string", text.result.last, .string("x"))
    } else {
        expectations.expect("the type of \"x\"", "another", "a string")
    }
    // The server looks at itself every second.
    for _ in 0..<120 {
        if case .vector(let vector) = try await query.query(query: "up"), !vector.result.isEmpty { break }
        try? await Task.sleep(for: .milliseconds(500))
    }
    if case .vector(let vector) = try await query.query(query: "up") {
        expectations.expect("a vector", vector.result.first?.metric["job"], "itself")
        expectations.expect("its value", vector.result.first?.value.last, .string("1"))
    } else {
        expectations.expect("the type of up", "another", "a vector")
    }
    if case .matrix(let matrix) = try await query.query(query: "up[5m]") {
        expectations.expect("a matrix", matrix.result.first?.values.isEmpty, false)
    } else {
        expectations.expect("the type of up[5m]", "another", "a matrix")
    }
}
