internal import Foundation
public import Lessons

/// The Swift toolchain that lessons are compiled with.
public struct Toolchain: Sendable, Hashable {
    /// The compiler driver, `swiftc`.
    public var compiler: String
    /// The toolchain's `usr`, which holds its libraries.
    public var root: String

    /// The library of SourceKit.
    package var sourceKit: String { "\(root)/\(Toolchain.sourceKitPath)" }

    /// The program that writes Swift's crash reports, preferably the one that needs fewer libraries; `nil` where the
    /// toolchain has none.
    var backtracer: String? {
        ["swift-backtrace-static", "swift-backtrace"].map { "\(root)/libexec/swift/linux/\($0)" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }

    /// The folders in which the toolchain has modules, within its libraries.
    static let platforms = ["linux", "macosx"]

    #if os(macOS)
        private static let sourceKitPath = "lib/sourcekitdInProc.framework/sourcekitdInProc"
    #else
        private static let sourceKitPath = "lib/libsourcekitdInProc.so"
    #endif

    /// Finds the toolchain of the `swiftc` that a shell would run.
    ///
    /// - Parameter path: The folders to look in, written as in `PATH`; those of `PATH` if `nil`.
    /// - Throws: `Diagnostic` of kind `setup`.
    public static func find(
        path: String? = nil
    ) async throws(Diagnostic) -> Toolchain {
        let path = path ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
        let candidates = path.split(separator: ":").map { "\($0)/swiftc" }
        guard let compiler = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: "swiftc"),
                "no Swift compiler was found in PATH",
                hint: "install Swift from https://www.swift.org/install"
            )
        }
        let beside = URL(filePath: compiler).resolvingSymlinksInPath().appending(path: "../..").standardized
        if FileManager.default.fileExists(
            atPath: beside.appending(path: sourceKitPath).path(percentEncoded: false)
        ) {
            return Toolchain(compiler: compiler, root: beside.path(percentEncoded: false))
        }
        // `swiftc` is a proxy, of Xcode or of swiftly: it knows where the compiler is.
        let resources = (try? await information(of: compiler))?.paths.runtimeResourcePath
        let root = resources.map { URL(filePath: $0).appending(path: "../..").standardized }
        return Toolchain(compiler: compiler, root: (root ?? beside).path(percentEncoded: false))
    }

    /// Returns the target triple, such as `x86_64-unknown-linux-gnu`.
    func target() async throws -> String {
        try await Toolchain.information(of: compiler).target.triple
    }

    private struct Information: Decodable {
        struct Paths: Decodable {
            var runtimeResourcePath: String
        }
        struct Target: Decodable {
            var triple: String
        }
        var paths: Paths
        var target: Target
    }

    /// Returns the compiler's own paths and target, for which it takes 0.2 s.
    private static func information(of compiler: String) async throws -> Information {
        // The driver leaves a folder behind each time.
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let child = ChildProcess(
            executable: compiler,
            arguments: ["-print-target-info"],
            temporaryFolder: scratch.url
        )
        return try await JSONDecoder().decode(Information.self, from: Data(child.run().output.utf8))
    }
}
