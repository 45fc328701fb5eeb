// swift-tools-version: 6.2
import PackageDescription

// Generated code in targets with other settings than ours. Each setting has the fixtures that use the whole language of
// specs (links to Tests/GeneratedFixture), endpoints that extend Pan123, and a program that calls them.

let toolkit = "pan123-toolkit"

let upcoming = [
    "ExistentialAny", "InferIsolatedConformances", "InternalImportsByDefault", "MemberImportVisibility",
    "NonisolatedNonsendingByDefault",
].map { SwiftSetting.enableUpcomingFeature($0) }

let settings: [(name: String, settings: [SwiftSetting])] = [
    // What Xcode gives a new app, and all that may come.
    ("MainActor", [.defaultIsolation(MainActor.self)] + upcoming),
    ("Upcoming", upcoming),
    ("Swift5", [.swiftLanguageMode(.v5)]),
]

func targets(_ name: String, _ settings: [SwiftSetting]) -> [Target] {
    func specs(_ target: String, _ dependency: Target.Dependency) -> Target {
        .target(
            name: target, dependencies: [dependency], swiftSettings: settings,
            plugins: [.plugin(name: "EndpointPlugin", package: toolkit)])
    }
    return [
        specs("\(name)Warehouse", .product(name: "EndpointKit", package: toolkit)),
        specs("\(name)Office", .target(name: "\(name)Warehouse")),
        specs("\(name)Hostile", .product(name: "EndpointKit", package: toolkit)),
        specs("\(name)OSS", .product(name: "Pan123", package: toolkit)),
        .executableTarget(
            name: "\(name)Program",
            dependencies: [
                .target(name: "\(name)Office"), .target(name: "\(name)OSS"),
                .product(name: "EndpointKit", package: toolkit), .product(name: "Pan123", package: toolkit),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "\(name)Tests",
            dependencies: [
                .target(name: "\(name)Office"), .target(name: "\(name)Warehouse"),
                .product(name: "EndpointKit", package: toolkit), .product(name: "EndpointTesting", package: toolkit),
                .product(name: "Pan123", package: toolkit),
            ],
            swiftSettings: settings, plugins: [.plugin(name: "EndpointPlugin", package: toolkit)]),
    ]
}

let package = Package(
    name: "StrictConsumer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: toolkit, path: "../..")],
    targets: settings.flatMap { targets($0.name, $0.settings) }
)
