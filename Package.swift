// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// Our own targets: Swift 6, and a warning is an error.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// `./unroll` builds without optimization, which spares minutes of its first build. What runs for long, or thousands of
/// times, is optimized all the same. A client's build carries no such flags: it leaves out the trait.
let optimized =
    house + [.unsafeFlags(["-Xfrontend", "-O"], .when(configuration: .release, traits: ["Tool"]))]

/// The numeric kernels are optimized in debug builds too, where a training would take minutes.
let kernel = house + [.unsafeFlags(["-Xfrontend", "-Ounchecked"])]

/// One folder of kernels, compiled once for every instruction set; the best is chosen at run time. Clang, which hands
/// the flag on to Swift's code generation, leaves it out where the target is no x86-64.
func wideKernels(_ name: String, _ condition: String, version: Int) -> Target {
    let flags = ["-Qunused-arguments", "-Xarch_x86_64", "-march=x86-64-v\(version)"].flatMap { ["-Xcc", $0] }
    return .target(
        name: name,
        dependencies: ["KernelInterface"],
        swiftSettings: kernel + [.define(condition), .unsafeFlags(flags)]
    )
}
let kernelBuilds: [Target.Dependency] = [
    "KernelInterface", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512", "CProcessor",
]

/// A product of another package. Only the tool needs it; who depends on the libraries leaves out the trait.
func product(_ name: String, of package: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: ["Tool"]))
}

/// Whether the folders of tests and benchmarks are there, which an installation is without.
let isCheckout = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/Tests/Golden")

/// The tests, and what measures.
let checks: [Target] = [
    // What `Benchmarks/against-pytorch` times.
    .executableTarget(
        name: "workloads",
        dependencies: ["Recurrent"],
        path: "Benchmarks/Workloads",
        swiftSettings: house
    ),

    .target(name: "Golden", path: "Tests/Golden", swiftSettings: house),
    .target(name: "Turns", path: "Tests/Turns", swiftSettings: house),
    .testTarget(
        name: "KernelsTests",
        dependencies: ["Kernels", "Turns"] + kernelBuilds,
        swiftSettings: house
    ),
    .testTarget(
        name: "RecurrentTests",
        dependencies: ["Recurrent", "Golden", "Turns"],
        exclude: ["Fixtures", "Goldens"],
        swiftSettings: house
    ),
    // As a user's own code is compiled.
    .testTarget(
        name: "ExampleTests",
        dependencies: ["Recurrent", "Charting"],
        exclude: ["lollipops.svg"],
        packageAccess: false
    ),
    .testTarget(
        name: "ChartingTests",
        dependencies: ["Charting", "Golden", "Turns"],
        exclude: ["Goldens"],
        swiftSettings: house
    ),
    .testTarget(name: "SerializationTests", dependencies: ["Serialization"], swiftSettings: house),
    .testTarget(
        name: "RecordsTests",
        dependencies: ["Records", "Serialization"],
        swiftSettings: house
    ),
    .testTarget(
        name: "NotebookTests",
        dependencies: ["Notebook", "Charting", "Records", "Serialization", "Golden", "Turns"],
        exclude: ["Live/Goldens"],
        swiftSettings: house
    ),
    .testTarget(
        name: "LessonsTests",
        dependencies: ["Lessons", "Golden", "Turns"],
        exclude: ["Goldens", "Fixtures"],
        swiftSettings: house
    ),
    .testTarget(
        name: "SwiftAnalysisTests",
        dependencies: ["SwiftAnalysis", "Execution", "Lessons", "Turns"],
        swiftSettings: house
    ),
    .testTarget(
        name: "ExecutionTests",
        dependencies: [
            "Execution", "SwiftAnalysis", "Lessons", "Records", "Serialization", "LibC", "Golden",
            "Turns",
            product("Subprocess", of: "swift-subprocess"),
        ],
        exclude: ["Goldens"],
        swiftSettings: house
    ),
    .testTarget(
        name: "OutputHTMLTests",
        dependencies: ["OutputHTML", "Records"],
        exclude: ["Fixtures"],
        swiftSettings: house
    ),
    .testTarget(
        name: "PagesTests",
        dependencies: ["Pages", "OutputHTML", "Lessons", "Records", "Serialization", "CCMark", "Golden"],
        exclude: ["Goldens", "Cells/Goldens", "Math/Goldens", "Reference/Goldens"],
        swiftSettings: house
    ),
    .testTarget(
        name: "CourseTests",
        dependencies: ["Course", "Pages", "Execution", "Lessons", "Records", "Serialization", "Turns"],
        swiftSettings: house
    ),
    .testTarget(
        name: "UnrollTests",
        dependencies: [
            "unroll", "Course", "Pages", "Execution", "Lessons", "Records", "Serialization", "Turns",
            product("Subprocess", of: "swift-subprocess"),
            product("FlyingSocks", of: "FlyingFox"),
        ],
        swiftSettings: house
    ),
]

let package = Package(
    name: "unroll",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "unroll", targets: ["unroll"]),
        .library(name: "Notebook", type: .dynamic, targets: ["Notebook"]),
        .library(name: "Recurrent", targets: ["Recurrent"]),
        .library(name: "Charting", targets: ["Charting"]),
    ],
    traits: [
        .trait(name: "Tool", description: "The site generator, with the packages that it needs."),
        .default(enabledTraits: ["Tool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
    ],
    targets: [
        // What a lesson's program links.
        .target(name: "CProcessor"),
        .target(name: "KernelInterface", swiftSettings: kernel),
        .target(
            name: "KernelsBaseline",
            dependencies: ["KernelInterface"],
            swiftSettings: kernel
        ),
        wideKernels("KernelsAVX2", "AVX2", version: 3),
        wideKernels("KernelsAVX512", "AVX512", version: 4),
        .target(
            name: "Kernels",
            dependencies: kernelBuilds,
            swiftSettings: optimized + [.enableExperimentalFeature("Extern")]
        ),
        .target(
            name: "Recurrent",
            dependencies: ["Kernels", "KernelInterface"],
            swiftSettings: optimized
        ),
        .target(
            name: "Charting",
            swiftSettings: optimized,
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .target(name: "Serialization", swiftSettings: optimized),
        .target(name: "Records", dependencies: ["Serialization"], swiftSettings: optimized),
        .target(
            name: "Notebook",
            dependencies: ["Records", "Charting", "Recurrent"],
            // How a lesson runs in a page, which `Process` stands for natively.
            exclude: ["Browser"],
            swiftSettings: optimized
        ),

        // What the generator is made of. It never imports the engine.
        .systemLibrary(
            name: "CCMark",
            pkgConfig: "libcmark",
            providers: [.apt(["libcmark-dev"]), .yum(["cmark-devel"]), .brew(["cmark"])]
        ),
        .target(name: "CSourceKit"),
        .target(name: "LibC", swiftSettings: house),
        .target(
            name: "Lessons",
            // Conditional, so that a client's build asks pkg-config for nothing.
            dependencies: [
                .target(name: "CCMark", condition: .when(traits: ["Tool"])),
                product("Yams", of: "Yams"),
            ],
            swiftSettings: optimized
        ),
        .target(
            name: "SwiftAnalysis",
            dependencies: ["Lessons", "Serialization", "CSourceKit"],
            swiftSettings: optimized
        ),
        .target(
            name: "Execution",
            dependencies: [
                "SwiftAnalysis", "Lessons", "Records", "Serialization", "LibC",
                product("Subprocess", of: "swift-subprocess"),
                product("SystemPackage", of: "swift-system"),
            ],
            swiftSettings: house
        ),
        .target(name: "OutputHTML", dependencies: ["Records"], swiftSettings: optimized),
        .target(name: "ThemeFiles", path: "Sources/Pages/Theme/Files", sources: ["ThemeFiles.c"]),
        .target(
            name: "Pages",
            dependencies: [
                "ThemeFiles", "OutputHTML", "Lessons", "Records", "Serialization", "Charting",
                product("Mustache", of: "swift-mustache"),
                product("Yams", of: "Yams"),
            ],
            exclude: ["Theme/Files"],
            swiftSettings: optimized
        ),
        .target(
            name: "Course",
            dependencies: [
                "Pages", "OutputHTML", "Execution", "Lessons", "Records", "Serialization", "LibC",
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "unroll",
            dependencies: [
                "Course", "Execution", "Lessons", "Records", "Serialization", "LibC",
                product("ArgumentParser", of: "swift-argument-parser"),
                product("FlyingSocks", of: "FlyingFox"),
                product("Subprocess", of: "swift-subprocess"),
            ],
            swiftSettings: house
        ),
    ] + (isCheckout ? checks : [])
)
