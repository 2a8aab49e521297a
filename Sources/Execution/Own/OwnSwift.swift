internal import Foundation
package import Lessons

/// The Swift of a project's own that its lessons use, as the settings name it.
package struct OwnSwift: Sendable, Hashable {
    /// The path of the project's folder, from which the paths of the others count.
    let root: String
    /// The folders of files that are compiled against the engine, in their order.
    let sources: [NamedFolder]
    /// The folder of the Swift package whose libraries are imported; `nil` for none.
    let package: NamedFolder?
    /// Whether lessons import the engine and the charts.
    let usesEngine: Bool

    /// Names what a project has.
    package init(root: String, sources: [NamedFolder], package: NamedFolder? = nil, usesEngine: Bool = true) {
        (self.root, self.sources, self.package, self.usesEngine) = (root, sources, package, usesEngine)
    }

    /// Returns the paths of the files and folders that it is made of.
    ///
    /// - Parameter cache: The folder of the cache, in which is known where the files of the package are.
    package func paths(cache: String) -> [String] {
        let root = URL(filePath: root, directoryHint: .isDirectory)
        let folders = sources.map { root.appending(path: $0.path).path(percentEncoded: false) }
        guard let package else { return folders }
        let stamp = PackageCompiler.stamp(in: PackageCompiler.folder(in: Cache(folder: cache)))
        let manifest = root.appending(path: package.path).appending(path: "Package.swift")
        let known = OwnPackage.read(from: stamp)?.inputs.map(\.path) ?? []
        return folders + [manifest.path(percentEncoded: false)] + known
    }
}

extension LessonRunner {
    /// Returns this runner for the lessons of a project with Swift of its own, which is compiled unless that was done
    /// before.
    ///
    /// - Returns: The runner, `nil` if there are errors, and what is to be said of that Swift.
    package func using(_ own: OwnSwift) async -> (runner: LessonRunner?, diagnostics: [Diagnostic]) {
        let compiler = SourceCompiler(
            toolchain: toolchain,
            compilerVersion: self.compiler,
            analysis: analysis,
            root: own.root,
            cache: cache
        )
        var runner = self
        // Nothing is left of what it was given before.
        runner.library.own = OwnModules()
        (runner.library.own.root, runner.library.own.usesEngine) = (own.root, own.usesEngine)
        var diagnostics: [Diagnostic] = []
        do throws(Diagnostic) {
            if let package = own.package {
                let packages = PackageCompiler(
                    toolchain: toolchain,
                    compilerVersion: self.compiler,
                    root: own.root,
                    folder: PackageCompiler.folder(in: cache)
                )
                diagnostics += try await packages.compile(package, into: &runner.library)
                guard !diagnostics.contains(where: { $0.severity == .error }) else {
                    return (nil, diagnostics)
                }
            }
            var modules: [SourceModule] = []
            for folder in own.sources {
                modules.append(try SourceModule.read(folder, in: own.root, beside: modules, of: toolchain))
            }
            diagnostics += try await compiler.compile(modules, into: &runner.library)
            return (diagnostics.contains { $0.severity == .error } ? nil : runner, diagnostics)
        } catch {
            return (nil, diagnostics + [error])
        }
    }
}
