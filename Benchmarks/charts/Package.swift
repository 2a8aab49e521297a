// swift-tools-version: 6.2
import PackageDescription

/// Draws line charts with `Charting` alone, so that the benchmark builds in seconds.
let package = Package(
    name: "charts",
    platforms: [.macOS(.v15)],
    targets: [
        .target(
            name: "Charting",
            path: "Charting",
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .executableTarget(name: "charts", dependencies: ["Charting"]),
    ]
)
