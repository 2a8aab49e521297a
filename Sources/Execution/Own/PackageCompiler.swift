internal import Foundation
internal import Lessons

/// Builds the libraries of a Swift package for lessons to import: SwiftPM does so, for a package in the cache that depends on
/// it, and whose one product is a shared library of all.
struct PackageCompiler: Sendable {
    /// The toolchain, with SwiftPM.
    let toolchain: Toolchain
    /// The compiler's version.
    let compilerVersion: String
    /// The project's folder.
    let root: String
    /// The folder of what is built.
    let folder: URL

    /// The name of the package in the cache, of its target, and of its product.
    private static let name = "UnrollOwnPackage"

    /// The folder of the package in a cache.
    static func folder(in cache: Cache?) -> URL {
        // What SwiftPM has built holds absolute paths: a project that was moved has another folder for it.
        Cache.ownModules(in: cache).appending(
            path: "\(cache?.placeName ?? "here")/unroll-own-package",
            directoryHint: .isDirectory
        )
    }

    /// The file of what is known of the latest build.
    static func stamp(in folder: URL) -> URL { folder.appending(path: "built.json") }

    /// Builds a package, unless nothing has changed since it was built last, and adds it to a library.
    ///
    /// - Returns: Why it could not be built.
    func compile(
        _ package: NamedFolder,
        into library: inout NotebookLibrary
    ) async throws(Diagnostic) -> [Diagnostic] {
        let path = URL(filePath: root, directoryHint: .isDirectory)
            .appending(path: package.path, directoryHint: .isDirectory).standardizedFileURL
        guard FileManager.default.fileExists(atPath: path.appending(path: "Package.swift").path) else {
            throw package.error(
                "there is no Package.swift in '\(package.path)'",
                hint: "name the folder that holds it, as in package: ."
            )
        }
        let place = OwnPackage.Place(package: package, path: path.path(percentEncoded: false))
        let stamp = PackageCompiler.stamp(in: folder)
        let inputs = place.manifests
        if let known = OwnPackage.read(from: stamp), known.inputs.starts(with: inputs),
            known.isCurrent(for: compilerVersion)
        {
            library.own.add(known)
            return []
        }
        do {
            let built = try await build(place)
            try built.write(to: stamp)
            library.own.add(built)
            return []
        } catch let failure as SwiftPM.Failure {
            return failure.diagnostics
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw package.error("the package was not built: \(error.systemReason)")
        }
    }

    private func build(_ place: OwnPackage.Place) async throws -> OwnPackage {
        let description = try await description(of: place)
        try check(description, of: place)
        // What is changed while it is built counts as changed.
        let sources = description.sources.map {
            OwnPackage.Input(path: "\(place.path)\($0.path)", name: place.name($0.path))
        }
        var built = OwnPackage(
            manifest: place.name("Package.swift"),
            inputs: place.manifests + sources,
            compiler: compilerVersion,
            digests: [:]
        )
        // Until it is built, it is known where its files are, for serve to watch.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try built.write(to: PackageCompiler.stamp(in: folder))
        built.digests = OwnPackage.digests(of: built.inputs)
        try write(description, of: place)
        // Its warnings are its author's business, who builds it by itself.
        _ = try await swiftPM(of: place).run("build", "-c", "release", "--build-system", "native")
        try take(workspace: try decode("workspace-state.json"), into: &built, of: place)
        try take(products: try decode("release/description.json"), into: &built, of: place)
        built.modules = description.modules
        built.declared = declared(in: built.inputs)
        return built
    }

    private func swiftPM(of place: OwnPackage.Place) -> SwiftPM {
        SwiftPM(toolchain: toolchain, folder: folder, place: place)
    }

    // MARK: - Before

    private func description(of place: OwnPackage.Place) async throws -> PackageDescription {
        let json = try await swiftPM(of: place).run(
            "package",
            "describe",
            "--type",
            "json",
            at: place.path,
            scratch: "describe"
        )
        guard let start = json.firstIndex(of: "{") else {
            throw place.package.error("SwiftPM does not say what the package is")
        }
        return try JSONDecoder().decode(PackageDescription.self, from: Data(json[start...].utf8))
    }

    private func check(_ description: PackageDescription, of place: OwnPackage.Place) throws(Diagnostic) {
        let manifest = place.name("Package.swift")
        let products = Set(description.sources.flatMap { $0.product_dependencies ?? [] })
        let ofUnroll = ["Recurrent", "Charting", "Notebook", "unroll"].first(where: products.contains)
        guard !description.dependencies.contains(where: { $0.identity == "unroll" }), ofUnroll == nil else {
            throw PackageCompiler.dependence(of: manifest)
        }
        if let name = description.sources.map(\.c99name).first(where: NotebookLibrary.linkedModules.contains)
        {
            throw PackageCompiler.clash(of: name, at: manifest)
        }
        guard !description.libraries.isEmpty else {
            throw Diagnostic(
                .error,
                .settings,
                at: SourceLocation(file: manifest),
                "the package has no library, and lessons can import nothing of it",
                hint: "add .library(name: \"\(description.name)\", targets: […]) to its products"
            )
        }
    }

    private static func dependence(of manifest: String) -> Diagnostic {
        Diagnostic(
            .error,
            .settings,
            at: SourceLocation(file: manifest),
            "the package depends on Unroll, and lessons would have two engines, each with tensors of its own",
            hint:
                "take that out of it; files that use the engine belong into a folder of sources: [Sources/Helpers]"
        )
    }

    private static func clash(of name: String, at manifest: String) -> Diagnostic {
        Diagnostic(
            .error,
            .settings,
            at: SourceLocation(file: manifest),
            "the package has a module '\(name)', and so has Unroll, whose programs lessons are",
            hint: "rename the target"
        )
    }

    /// Writes the package of the cache.
    private func write(_ description: PackageDescription, of place: OwnPackage.Place) throws {
        let name = PackageCompiler.name
        let source = folder.appending(path: "Sources/\(name)/Empty.swift")
        try FileManager.default.createDirectory(
            at: source.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try PackageCompiler.write("", to: source)
        var path = place.path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let identity = path.split(separator: "/").last.map(String.init) ?? ""
        let products = description.libraries.map {
            ".product(name: \(literal($0.name)), package: \(literal(identity)))"
        }
        let platforms = description.platforms.filter { $0.name == "macos" }.map {
            ".macOS(\(literal($0.version)))"
        }
        let manifest = """
            // swift-tools-version: 6.0
            // The libraries of a project's package as one, for its lessons. Unroll writes this file.
            import PackageDescription

            let package = Package(
                name: "\(name)",
                \(platforms.isEmpty ? "" : "platforms: [\(platforms.joined(separator: ", "))],")
                products: [.library(name: "\(name)", type: .dynamic, targets: ["\(name)"])],
                dependencies: [.package(path: \(literal(path)))],
                targets: [.target(name: "\(name)", dependencies: [\(products.joined(separator: ", "))])]
            )

            """
        try PackageCompiler.write(manifest, to: folder.appending(path: "Package.swift"))
        // The versions that the package was tried with. Where it says none, those of the first build stay.
        if let resolved = FileManager.default.contents(atPath: "\(place.path)Package.resolved") {
            let file = folder.appending(path: "Package.resolved")
            try PackageCompiler.write(String(decoding: resolved, as: UTF8.self), to: file)
        }
    }

    private func literal(_ text: String) -> String { "\"\(Program.escaped(text))\"" }

    /// Writes a file that SwiftPM reads, unless it is as it was: then nothing need be built again.
    private static func write(_ text: String, to file: URL) throws {
        guard (try? String(contentsOf: file, encoding: .utf8)) != text else { return }
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    // MARK: - After

    private func decode<Value: Decodable>(_ name: String) throws -> Value {
        let file = folder.appending(path: "build/\(name)")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    }

    private func take(workspace: PackageWorkspace, into built: inout OwnPackage, of place: OwnPackage.Place)
        throws
    {
        guard !workspace.packages.contains(where: { $0.packageRef.identity == "unroll" }) else {
            throw PackageCompiler.dependence(of: place.name("Package.swift"))
        }
        built.versions = workspace.versions
        let own = URL(filePath: place.path, directoryHint: .isDirectory).standardizedFileURL.pathComponents
        for path in workspace.local {
            let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
            guard url.pathComponents != own else { continue }
            let input = OwnPackage.Input(path: path, name: place.name("../\(url.lastPathComponent)"))
            built.inputs.append(input)
            built.digests.merge(OwnPackage.digests(of: [input])) { $1 }
        }
    }

    private func take(products: PackageProducts, into built: inout OwnPackage, of place: OwnPackage.Place)
        throws
    {
        let manifest = place.name("Package.swift")
        if let name = products.modules.sorted().first(where: NotebookLibrary.linkedModules.contains) {
            throw PackageCompiler.clash(of: name, at: manifest)
        }
        guard let arguments = products.importingArguments(of: PackageCompiler.name) else {
            throw place.package.error("SwiftPM does not say how the package is imported")
        }
        let libraries = folder.appending(path: "build/release").resolvingSymlinksInPath()
            .path(percentEncoded: false)
        let names = try FileManager.default.contentsOfDirectory(atPath: libraries).sorted()
        let shared = names.filter { $0.hasPrefix("lib") && ($0.hasSuffix(".so") || $0.hasSuffix(".dylib")) }
        built.linkedModules = products.modules
        built.compilerArguments = arguments
        built.linkerArguments =
            ["-L", libraries, "-Xlinker", "-rpath", "-Xlinker", libraries]
            + shared.map { "-l\($0.dropFirst(3).prefix { $0 != "." })" }
        built.files = shared.map { "\(libraries)/\($0)" }
    }

    /// The names of public declarations in files.
    private func declared(in inputs: [OwnPackage.Input]) -> Set<String> {
        let paths = inputs.flatMap { input in
            (FileManager.default.enumerator(atPath: input.path)?.compactMap { $0 as? String } ?? [])
                .filter { $0.hasSuffix(".swift") }.map { "\(input.path)/\($0)" }
        }
        return Set(
            paths.flatMap { path in
                let text = FileManager.default.contents(atPath: path).map {
                    String(decoding: $0, as: UTF8.self)
                }
                return SourceModule.File(path: path, text: text ?? "").declarations.filter(\.isPublic).map(
                    \.name
                )
            }
        )
    }
}
