// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "pan123-toolkit",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "EndpointKit", targets: ["EndpointKit"]),
        .library(name: "EndpointDynamic", targets: ["EndpointDynamic"]),
        .library(name: "EndpointCLI", targets: ["EndpointCLI"]),
        .executable(name: "endpoint-tool", targets: ["endpoint-tool"]),
    ],
    targets: [
        // The run time of generated code. Imports nothing of ours.
        .target(name: "EndpointKit"),
        // JSON text → checked model → Swift source; the disk only at the edge.
        .target(name: "EndpointSpec"),
        .target(name: "EndpointCodegen", dependencies: ["EndpointSpec"]),
        // Endpoints known only as specs, and the terminal program made of them.
        .target(name: "EndpointDynamic", dependencies: ["EndpointSpec", "EndpointKit"]),
        .target(name: "EndpointCLI", dependencies: ["EndpointDynamic"]),

        .target(name: "EndpointTool", dependencies: ["EndpointCodegen", "EndpointSpec"]),
        .executableTarget(name: "endpoint-tool", dependencies: ["EndpointTool"]),
        .target(name: "TestSupport", dependencies: ["EndpointKit"], path: "Tests/Support"),
        .testTarget(name: "EndpointKitTests", dependencies: ["EndpointKit", "TestSupport"]),
        .testTarget(name: "EndpointSpecTests", dependencies: ["EndpointSpec"], resources: [.copy("Fixtures")]),
        .testTarget(name: "EndpointDynamicTests", dependencies: ["EndpointDynamic", "TestSupport"]),
        .testTarget(name: "EndpointCLITests", dependencies: ["EndpointCLI", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
