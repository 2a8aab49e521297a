package import Lessons

/// The Swift of a project's own that its lessons use, as the settings name it.
package struct OwnSwift: Sendable, Hashable {
    /// The path of the project's folder, from which the paths of the others count.
    let root: String
    /// The folders of files that are compiled against the engine, in their order.
    let sources: [NamedFolder]

    /// Names what a project has.
    package init(root: String, sources: [NamedFolder]) {
        (self.root, self.sources) = (root, sources)
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
        do throws(Diagnostic) {
            var modules: [SourceModule] = []
            for folder in own.sources {
                modules.append(try SourceModule.read(folder, in: own.root, beside: modules, of: toolchain))
            }
            let diagnostics = try await compiler.compile(modules, into: &runner.library)
            return (diagnostics.contains { $0.severity == .error } ? nil : runner, diagnostics)
        } catch {
            return (nil, [error])
        }
    }
}
