// swift-tools-version: 6.1
import PackageDescription

let toolkit = "pan123-toolkit"

let package = Package(
    name: "RealServers",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: toolkit, path: "../..")],
    targets: [
        // httpbin, with basic authentication.
        .target(
            name: "HTTPBin", dependencies: [.product(name: "EndpointKit", package: toolkit)],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
        // The same server, with a key in the query.
        .target(
            name: "KeyedHTTPBin", dependencies: [.product(name: "EndpointKit", package: toolkit)],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
        // The HTTP API of Prometheus.
        .target(
            name: "Prometheus", dependencies: [.product(name: "EndpointKit", package: toolkit)],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
        // Typed calls of all three.
        .executableTarget(name: "typed-calls", dependencies: ["HTTPBin", "KeyedHTTPBin", "Prometheus"]),
        // A terminal program with the commands of all three.
        .executableTarget(
            name: "real",
            dependencies: [
                "HTTPBin", "KeyedHTTPBin", "Prometheus", .product(name: "EndpointCLI", package: toolkit),
            ]),
    ]
)
