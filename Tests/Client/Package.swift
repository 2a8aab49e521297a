// swift-tools-version: 6.2
import PackageDescription

/// The address of the checkout under test.
let address = Context.environment["UNROLL_ADDRESS"] ?? "https://example.org/unroll"

let package = Package(
    name: "client",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: address, from: "1.0.0", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "client",
            dependencies: [
                .product(name: "Recurrent", package: "unroll"),
                .product(name: "Charting", package: "unroll"),
            ]
        )
    ]
)
