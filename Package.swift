// swift-tools-version: 6.1
import PackageDescription

// A tool of a plugin is compiled with the optimizer in a release build, at five times the cost, by every consumer: so the
// generator is no target. On Linux the plugin compiles it, as GeneratorProgram.swift says, and has only what names files
// alike. Elsewhere, where a plugin's commands run in a sandbox, its sources are part of the plugin, by the same links.
#if os(Linux)
    let pluginSources: [String]? = [
        "EndpointPlugin.swift", "GeneratorCommand.swift", "GeneratorProgram.swift", "TargetFiles.swift",
        "Generator/Codegen/Generate/OutputName.swift", "Generator/Core/Text/Bytes.swift",
        "Generator/Spec/Naming/SpecPlace.swift", "Generator/Spec/Naming/SwiftName.swift",
    ]
#else
    let pluginSources: [String]? = nil
#endif

let package = Package(
    name: "pan123-toolkit",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "EndpointKit", targets: ["EndpointKit"]),
        .library(name: "EndpointDynamic", targets: ["EndpointDynamic"]),
        .library(name: "EndpointCLI", targets: ["EndpointCLI"]),
        .library(name: "EndpointTesting", targets: ["EndpointTesting"]),
        .library(name: "Pan123", targets: ["Pan123"]),
        .library(name: "Pan123Simulator", targets: ["Pan123Simulator"]),
        .plugin(name: "EndpointPlugin", targets: ["EndpointPlugin"]),
        .plugin(name: "EndpointCommands", targets: ["EndpointCommands"]),
        .executable(name: "pan", targets: ["pan"]),
        .executable(name: "endpoint-tool", targets: ["endpoint-tool"]),
    ],
    targets: [
        // What specs, generated code and the run time all mean. A leaf without Foundation.
        .target(name: "EndpointCore"),
        // The prototypes of the system's libcurl, which the transport of Linux looks up at run time.
        .target(name: "CLibcurl"),
        // The run time of generated code.
        .target(
            name: "EndpointKit",
            dependencies: ["EndpointCore", .target(name: "CLibcurl", condition: .when(platforms: [.linux]))]),
        // JSON text → checked model → Swift source; the disk only at the edge.
        .target(name: "EndpointSpec", dependencies: ["EndpointCore"]),
        .target(name: "EndpointCodegen", dependencies: ["EndpointSpec"]),
        // Documents of others → specs, and specs → documents.
        .target(name: "EndpointImport", dependencies: ["EndpointSpec"]),
        .target(name: "EndpointTool", dependencies: ["EndpointCodegen", "EndpointImport", "EndpointSpec"]),
        .executableTarget(name: "endpoint-tool", dependencies: ["EndpointTool"]),
        // Endpoints known only as specs, and the terminal program made of them.
        .target(name: "EndpointDynamic", dependencies: ["EndpointSpec", "EndpointKit"]),
        .target(name: "EndpointCLI", dependencies: ["EndpointDynamic"]),
        // What tests of specs and of their callers use; made for any test library.
        .target(name: "EndpointTesting", dependencies: ["EndpointKit"]),
        // The service that the package ships.
        .target(name: "Pan123", dependencies: ["EndpointKit"], path: "Endpoints", plugins: ["EndpointPlugin"]),
        .target(name: "Pan123Simulator", dependencies: ["Pan123", "EndpointDynamic"]),
        .executableTarget(name: "pan", dependencies: ["EndpointCLI", "Pan123", "Pan123Simulator"]),
        .plugin(
            name: "EndpointPlugin", capability: .buildTool(), path: "Sources/Plugins/EndpointPlugin",
            sources: pluginSources),
        .plugin(
            name: "EndpointCommands",
            capability: .command(
                intent: .custom(verb: "endpoints", description: "Check and list the endpoint specs of a package.")),
            dependencies: ["endpoint-tool"], path: "Sources/Plugins/EndpointCommands"),

        .target(
            name: "TestSupport", dependencies: ["EndpointCore", "EndpointKit", "EndpointSpec", "EndpointTesting"],
            path: "Tests/Support"),
        .testTarget(name: "EndpointTestingTests", dependencies: ["EndpointTesting", "TestSupport"]),
        .testTarget(name: "EndpointCoreTests", dependencies: ["EndpointCore", "TestSupport"]),
        .testTarget(name: "EndpointKitTests", dependencies: ["EndpointKit", "EndpointTesting", "TestSupport"]),
        .testTarget(
            name: "EndpointSpecTests", dependencies: ["EndpointSpec", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "EndpointCodegenTests", dependencies: ["EndpointCodegen", "EndpointSpec", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "EndpointImportTests", dependencies: ["EndpointImport", "EndpointSpec", "TestSupport"]),
        .testTarget(
            name: "EndpointToolTests", dependencies: ["EndpointCodegen", "EndpointSpec", "EndpointTool", "TestSupport"]),
        .target(
            name: "Warehouse", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/Warehouse",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "WarehouseOffice", dependencies: ["Warehouse"], path: "Tests/GeneratedFixture/WarehouseOffice",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "WarehouseFeeds", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/WarehouseFeeds",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "Hostile", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/Hostile",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "WarehouseGate", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/WarehouseGate",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "Drive", dependencies: ["EndpointKit"], path: "Tests/GeneratedFixture/Drive",
            plugins: ["EndpointPlugin"]),
        .testTarget(
            name: "GeneratedTests",
            dependencies: [
                "Drive", "Hostile", "EndpointCLI", "EndpointDynamic", "EndpointTesting", "TestSupport", "Warehouse",
                "WarehouseFeeds", "WarehouseGate", "WarehouseOffice",
            ],
            plugins: ["EndpointPlugin"]),
        // What the articles of the documentation show, compiled and run.
        .target(
            name: "Books", dependencies: ["EndpointKit"], path: "Tests/ArticleFixture/Books",
            plugins: ["EndpointPlugin"]),
        .target(
            name: "Ledger", dependencies: ["EndpointKit"], path: "Tests/ArticleFixture/Ledger",
            plugins: ["EndpointPlugin"]),
        .testTarget(name: "ArticleTests", dependencies: ["Books", "EndpointCLI", "EndpointDynamic", "Ledger"]),
        .testTarget(name: "EndpointDynamicTests", dependencies: ["EndpointDynamic", "EndpointTesting", "TestSupport"]),
        // Whether the checker and the run time reach the same verdicts.
        .testTarget(
            name: "DriftTests", dependencies: ["EndpointDynamic", "EndpointKit", "EndpointSpec", "TestSupport"]),
        .testTarget(name: "EndpointCLITests", dependencies: ["EndpointCLI", "EndpointTesting", "TestSupport"]),
        .testTarget(
            name: "Pan123Tests",
            dependencies: [
                "EndpointCLI", "EndpointDynamic", "EndpointSpec", "EndpointTesting", "EndpointTool", "Pan123",
                "Pan123Simulator", "TestSupport",
            ],
            plugins: ["EndpointPlugin"]),
        .testTarget(name: "Pan123SimulatorTests", dependencies: ["Pan123", "Pan123Simulator"]),
    ],
    swiftLanguageModes: [.v6]
)
