// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "RetryCopyFailures",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "pan123-toolkit", path: "../..")],
    targets: [
        .executableTarget(
            name: "RetryCopyFailures",
            dependencies: [
                .product(name: "Pan123", package: "pan123-toolkit"),
                .product(name: "Pan123Simulator", package: "pan123-toolkit"),
            ])
    ]
)
