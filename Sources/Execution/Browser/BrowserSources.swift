internal import Foundation
internal import Lessons
internal import Serialization

extension BrowserCompiler {
    /// Compiles folders of the project's own files for programs of live cells, unless that was done before.
    ///
    /// - Parameters:
    ///   - modules: The modules, each after those that it imports.
    ///   - root: The project's folder, from which paths of files count.
    ///   - cache: The cache, in whose folder they are kept by what they were made of.
    /// - Returns: The folders of what was made, and what Embedded Swift refuses, at its own place.
    func compile(
        _ modules: [SourceModule],
        in root: String,
        cache: Cache?
    ) async throws -> (folders: [String], errors: [Diagnostic]) {
        var folders: [String] = []
        for module in modules {
            let imports = folders.flatMap { ["-I", $0] }
            let options =
                engine.compilerArguments + imports + ["-swift-version", "5", "-Osize", "-parse-as-library"]
            let parts = options + [module.name] + module.files.flatMap { [$0.path, $0.text] }
            let name = "\(module.name)-wasm"
            let digest = Digest(of: parts.joined(separator: "\u{0}")).text.prefix(16)
            let parent = Cache.ownModules(in: cache)
            let folder = parent.appending(path: "\(name)-\(digest)", directoryHint: .isDirectory)
            let path = folder.path(percentEncoded: false)
            if !FileManager.default.fileExists(atPath: path) {
                let scratch = try ScratchFolder(in: cache?.scratch)
                defer { scratch.remove() }
                let errors = try await compile(module, with: options, in: root, into: scratch.url)
                guard errors.isEmpty else { return (folders, errors) }
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                // Another lesson may have come first, with the same.
                try? FileManager.default.moveItem(at: scratch.url.appending(path: "module"), to: folder)
                Cache.forgetModules(named: name, in: parent)
            }
            folders.append(path)
        }
        return (folders, [])
    }

    private func compile(
        _ module: SourceModule,
        with options: [String],
        in root: String,
        into scratch: URL
    ) async throws -> [Diagnostic] {
        let folder = scratch.appending(path: "module", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.path(percentEncoded: false)
        let driver = ChildProcess(
            executable: toolchain.compiler,
            arguments: options + [
                "-module-name", module.name, "-diagnostic-style", "llvm", "-emit-module", "-emit-module-path",
                "\(path)/\(module.name).swiftmodule", "-c", "-o", "\(path)/\(module.name).o",
            ] + module.files.map(\.path),
            folder: root,
            temporaryFolder: scratch
        )
        let result = try await driver.run()
        guard !result.isSuccess else { return [] }
        let errors = CompilerMessages.ofFiles(result.errors) { file, line in
            module.files.first { $0.path == file }?.line(line)
        }.filter { $0.severity == .error }
        guard errors.isEmpty else { return BrowserRefusal.explained(errors) }
        let line = result.errors.split(separator: "\n").first { $0.contains("error:") } ?? "it said nothing"
        let place = SourceLocation(file: module.files[0].path)
        return [Diagnostic(.error, .compile, at: place, "the compiler failed for the browser: \(line)")]
    }
}
