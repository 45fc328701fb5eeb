// swift-tools-version: 6.1
import PackageDescription

let toolkit = "pan123-toolkit"

let package = Package(
    name: "CustomEndpoints",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: toolkit, path: "../..")],
    targets: [
        // One more endpoint for Pan123Client, from outside: `{ "extends": "Pan123" }`.
        .target(
            name: "MoreOSS", dependencies: [.product(name: "Pan123", package: toolkit)],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
        // A client for another service: a service.json of its own.
        .target(
            name: "Weather", dependencies: [.product(name: "EndpointKit", package: toolkit)],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
        // A typed call of that client.
        .executableTarget(
            name: "weather-now", dependencies: ["Weather", .product(name: "EndpointDynamic", package: toolkit)]),
        // A terminal program with the commands of all three.
        .executableTarget(
            name: "custom",
            dependencies: [
                "MoreOSS", "Weather", .product(name: "EndpointCLI", package: toolkit),
                .product(name: "Pan123", package: toolkit), .product(name: "Pan123Simulator", package: toolkit),
            ]),
        // The examples of the specs as typed calls, compared with what the examples say.
        .testTarget(
            name: "WeatherTests",
            dependencies: [
                "Weather", .product(name: "EndpointDynamic", package: toolkit),
                .product(name: "EndpointTesting", package: toolkit),
            ],
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
    ]
)
