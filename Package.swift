// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "pan123-toolkit",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "EndpointKit", targets: ["EndpointKit"]),
        .library(name: "EndpointDynamic", targets: ["EndpointDynamic"]),
        .library(name: "EndpointCLI", targets: ["EndpointCLI"]),
        .library(name: "Pan123", targets: ["Pan123"]),
        .library(name: "Pan123Simulator", targets: ["Pan123Simulator"]),
        .plugin(name: "EndpointPlugin", targets: ["EndpointPlugin"]),
        .plugin(name: "EndpointCommands", targets: ["EndpointCommands"]),
        .executable(name: "pan", targets: ["pan"]),
        .executable(name: "endpoint-tool", targets: ["endpoint-tool"]),
    ],
    targets: [
        // The run time of generated code. Imports nothing of ours.
        .target(name: "EndpointKit"),
        // JSON text → checked model → Swift source; the disk only at the edge.
        .target(name: "EndpointSpec"),
        .target(name: "EndpointCodegen", dependencies: ["EndpointSpec"]),
        .target(name: "EndpointTool", dependencies: ["EndpointCodegen", "EndpointSpec"]),
        .executableTarget(name: "endpoint-tool", dependencies: ["EndpointTool"]),
        // Endpoints known only as specs, and the terminal program made of them.
        .target(name: "EndpointDynamic", dependencies: ["EndpointSpec", "EndpointKit"]),
        .target(name: "EndpointCLI", dependencies: ["EndpointDynamic"]),
        // The service that the package ships.
        .target(name: "Pan123", dependencies: ["EndpointKit"], path: "Endpoints", plugins: ["EndpointPlugin"]),
        .target(name: "Pan123Simulator", dependencies: ["Pan123", "EndpointDynamic"]),
        .executableTarget(name: "pan", dependencies: ["EndpointCLI", "Pan123", "Pan123Simulator"]),
        .plugin(
            name: "EndpointPlugin", capability: .buildTool(), dependencies: ["endpoint-tool"],
            path: "Sources/Plugins/EndpointPlugin"),
        .plugin(
            name: "EndpointCommands",
            capability: .command(
                intent: .custom(verb: "endpoints", description: "Check and list the endpoint specs of a package.")),
            dependencies: ["endpoint-tool"], path: "Sources/Plugins/EndpointCommands"),

        .target(name: "TestSupport", dependencies: ["EndpointKit"], path: "Tests/Support"),
        .testTarget(name: "EndpointKitTests", dependencies: ["EndpointKit", "TestSupport"]),
        .testTarget(name: "EndpointSpecTests", dependencies: ["EndpointSpec"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "EndpointCodegenTests", dependencies: ["EndpointCodegen", "EndpointSpec"], exclude: ["Golden"]),
        .testTarget(name: "EndpointToolTests", dependencies: ["EndpointSpec", "EndpointTool"]),
        .target(
            name: "Warehouse", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/Warehouse",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "WarehouseOffice", dependencies: ["Warehouse"], path: "Tests/GeneratedFixture/WarehouseOffice",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "Drive", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/Drive",
            plugins: ["EndpointPlugin"]),
        .testTarget(
            name: "GeneratedTests",
            dependencies: ["Drive", "EndpointDynamic", "TestSupport", "Warehouse", "WarehouseOffice"],
            plugins: ["EndpointPlugin"]),
        .testTarget(name: "EndpointDynamicTests", dependencies: ["EndpointDynamic", "TestSupport"]),
        .testTarget(name: "EndpointCLITests", dependencies: ["EndpointCLI", "TestSupport"]),
        .testTarget(
            name: "Pan123Tests",
            dependencies: [
                "EndpointCLI", "EndpointDynamic", "EndpointSpec", "EndpointTool", "Pan123", "Pan123Simulator",
                "TestSupport",
            ],
            plugins: ["EndpointPlugin"]),
        .testTarget(name: "Pan123SimulatorTests", dependencies: ["Pan123", "Pan123Simulator"]),
    ],
    swiftLanguageModes: [.v6]
)
