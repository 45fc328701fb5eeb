// swift-tools-version: 6.1
import PackageDescription

let toolkit = "pan123-toolkit"

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: toolkit, path: "../.."),
        // Without its traits it needs no system library; allocations are counted by a target here.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .executableTarget(
            name: "Calls",
            dependencies: [
                "AllocationCount", "Page",
                .product(name: "Pan123", package: toolkit),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Calls",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        // What a call over HTTP costs, by transport: `./wire`.
        .executableTarget(
            name: "Wire",
            dependencies: [
                "CurlAlone", "Page",
                .product(name: "Pan123", package: toolkit),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
        // libcurl without anything around it.
        .target(name: "CurlAlone"),
        // The server that both sides call, a process of its own.
        .executableTarget(name: "PageServer", dependencies: ["Page"]),
        .target(name: "Page"),
        .target(name: "AllocationCount"),
    ]
)
