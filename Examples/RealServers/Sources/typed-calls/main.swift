import EndpointKit
import Foundation
import HTTPBin
import KeyedHTTPBin
import Prometheus

/// Calls the servers on these ports, and returns how many expectations were not met.
func check(httpBinPort: String, prometheusPort: String) async throws(APIError) -> Int {
    var expectations = Expectations()
    try await checkHTTPBin(port: httpBinPort, &expectations)
    try await checkPrometheus(port: prometheusPort, &expectations)
    return expectations.failures
}

// Ports of running servers, which `check` starts.
let ports = ProcessInfo.processInfo.environment
let failures = try await check(
    httpBinPort: ports["HTTPBIN_PORT"] ?? "8080", prometheusPort: ports["PROMETHEUS_PORT"] ?? "9090")
exit(failures == 0 ? 0 : 1)
