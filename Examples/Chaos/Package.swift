// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Chaos",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "pan123-toolkit", path: "../..")],
    targets: [
        .executableTarget(name: "Chaos", dependencies: [.product(name: "EndpointKit", package: "pan123-toolkit")])
    ]
)
