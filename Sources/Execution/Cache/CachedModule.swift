internal import Foundation
internal import Lessons
internal import Serialization

/// A module of live cells as it is kept from build to build.
private struct CachedModule: Codable {
    var program: Data
    var builds: [String: Data]
}

extension LessonRunner {
    /// Returns the module that was made of a program before, with the engine as it is; `nil` if there is none.
    package func cachedModule(of program: LiveProgram) -> LiveBuild? {
        guard let cache, let digest = try? digest(of: program),
            let module: CachedModule = cache.value(.modules, for: digest),
            let script = LiveScript.read(Array(module.program))
        else { return nil }
        return LiveBuild(script: script, kernels: module.builds.mapValues { Array($0) })
    }

    /// Keeps a module. Where that cannot be, it will be made again.
    package func store(_ build: LiveBuild, of program: LiveProgram) {
        guard let cache, let digest = try? digest(of: program) else { return }
        let module = CachedModule(
            program: Data(build.script.bytes),
            builds: build.kernels.mapValues { Data($0) }
        )
        try? cache.store(module, as: .modules, for: digest)
    }

    /// A digest of all that a module is made of: its program, the engine, what stands around both in the browser, and the
    /// compiler.
    private func digest(of program: LiveProgram) throws -> Digest {
        var parts = [program.key, try library.engineVersion(memo: cache).description, compiler]
        for folder in ["Sources/BrowserRuntime", "Sources/Notebook/Browser"] {
            guard let path = library.source(folder) else { continue }
            for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() {
                guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { continue }
                parts += [name, Digest(of: data).text]
            }
        }
        return Digest(of: parts.joined(separator: "\u{0}"))
    }
}
