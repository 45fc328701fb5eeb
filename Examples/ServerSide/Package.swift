// swift-tools-version: 6.1
import PackageDescription

let toolkit = "pan123-toolkit"

let package = Package(
    name: "ServerSide",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: toolkit, path: "../.."),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    ],
    targets: [
        // What a server needs: a transport, and an observer for logs and metrics.
        .target(
            name: "ServerSide",
            dependencies: [
                .product(name: "EndpointKit", package: toolkit),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]),
        // Any transport, served on loopback.
        .target(
            name: "LoopbackService",
            dependencies: [
                .product(name: "EndpointKit", package: toolkit),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "ListCopyFailures",
            dependencies: [
                "ServerSide", "LoopbackService",
                .product(name: "Pan123", package: toolkit),
                .product(name: "Pan123Simulator", package: toolkit),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "ServerSideTests",
            dependencies: [
                "ServerSide", "LoopbackService",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
    ]
)
