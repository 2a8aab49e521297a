internal import Foundation
internal import Lessons
internal import Serialization
internal import SwiftAnalysis

/// Compiles folders of the project's own files, each as a module that lessons import, against those before it and the
/// library of lessons.
struct SourceCompiler: Sendable {
    /// The toolchain that compiles.
    let toolchain: Toolchain
    /// The compiler's version.
    let compilerVersion: String
    /// The analysis that finds what files import.
    let analysis: Analysis
    /// The project's folder, from which paths count in messages and in code.
    let root: String
    /// The cache, in whose folder modules are kept by what they were made of.
    let cache: Cache?

    /// The version of what is kept: to be raised when it is made in another way than before.
    private static let version = "1"

    /// Compiles modules that were not compiled before, and adds them to a library.
    ///
    /// - Returns: What the compiler has to say of their files.
    /// - Throws: `Diagnostic`, where it does not run.
    func compile(
        _ modules: [SourceModule],
        into library: inout NotebookLibrary
    ) async throws(Diagnostic) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for module in modules {
            let strangers = importErrors(in: module, with: library, among: modules)
            guard strangers.isEmpty else { return diagnostics + strangers }
            do {
                let (folder, messages) = try await kept(module, with: library)
                diagnostics += messages
                guard let folder else {
                    return diagnostics.map { $0.importing(library.own, before: modules) }
                }
                library.own.add(module, in: folder)
            } catch {
                let place = SourceLocation(file: toolchain.compiler)
                let message = "\(module.name) was not compiled: \(error.systemReason)"
                throw Diagnostic(.error, .setup, at: place, message)
            }
        }
        return diagnostics
    }

    /// Returns the folder of a compiled module, `nil` if it does not compile, and the compiler's messages.
    private func kept(
        _ module: SourceModule,
        with library: NotebookLibrary
    ) async throws -> (folder: String?, diagnostics: [Diagnostic]) {
        let parts =
            [SourceCompiler.version, compilerVersion, try library.engineVersion(memo: cache).description]
            + [library.own.version, module.name] + module.files.flatMap { [$0.path, $0.text] }
        let digest = Digest(of: parts.joined(separator: "\u{0}")).text.prefix(16)
        let folder = Cache.ownModules(in: cache).appending(path: "\(module.name)-\(digest)")
        let said = folder.appending(path: SourceCompiler.warnings)
        if let data = try? Data(contentsOf: said),
            let warnings = try? JSONDecoder().decode([Diagnostic].self, from: data)
        {
            return (folder.path(percentEncoded: false), warnings)
        }
        // Made aside, for another build may be making the same.
        let scratch = try ScratchFolder(in: cache?.scratch)
        defer { scratch.remove() }
        let new = scratch.url.appending(path: "module", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
        let (isSuccess, messages) = try await compile(module, with: library, into: new, scratch)
        guard isSuccess else { return (nil, messages) }
        try JSONEncoder().encode(messages).write(to: new.appending(path: SourceCompiler.warnings))
        let parent = folder.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.moveItem(at: new, to: folder)
        Cache.forgetModules(named: module.name, in: parent)
        return (folder.path(percentEncoded: false), messages)
    }

    /// The file of a module's warnings, which are said at each build.
    private static let warnings = "warnings.json"

    private func compile(
        _ module: SourceModule,
        with library: NotebookLibrary,
        into folder: URL,
        _ scratch: ScratchFolder
    ) async throws -> (isSuccess: Bool, diagnostics: [Diagnostic]) {
        let path = folder.path(percentEncoded: false)
        let driver = ChildProcess(
            executable: toolchain.compiler,
            arguments: [
                "-parse-as-library", "-wmo", "-gline-tables-only", "-diagnostic-style", "llvm",
                "-module-name",
                module.name, "-emit-module", "-emit-module-path", "\(path)/\(module.name).swiftmodule", "-c",
                "-o",
                "\(path)/\(module.name).o",
            ] + library.compilerArguments + module.files.map(\.path),
            folder: root,
            temporaryFolder: scratch.url
        )
        let result = try await driver.run()
        let messages = CompilerMessages.ofFiles(result.errors) { file, line in
            module.files.first { $0.path == file }?.line(line)
        }
        guard !result.isSuccess, !messages.contains(where: { $0.severity == .error }) else {
            return (result.isSuccess, messages)
        }
        let line = result.errors.split(separator: "\n").first { $0.contains("error:") }
        let message = "the compiler failed: \(line ?? "it said nothing")"
        let place = SourceLocation(file: module.files[0].path)
        return (false, messages + [Diagnostic(.error, .compile, at: place, message)])
    }

    /// The errors of files that import what lies among the tool's own modules, which no program of a lesson links.
    private func importErrors(
        in module: SourceModule,
        with library: NotebookLibrary,
        among modules: [SourceModule]
    ) -> [Diagnostic] {
        module.files.flatMap { file -> [Diagnostic] in
            guard file.text.contains("import"), let code = try? analysis.parse(file.text) else { return [] }
            return code.imports.filter { library.hides($0.module) }.map { imported in
                let (line, column) = SourceText.position(of: imported.range.lowerBound, in: file.text.utf8)
                return Diagnostic(
                    .error,
                    .compile,
                    at: SourceLocation(file: file.path, line: line, column: column),
                    "no such module '\(imported.module)'",
                    sourceLine: file.line(line)
                )
            }
        }.map { $0.importing(library.own, before: modules) }
    }
}

extension SourceModule.File {
    /// Returns a line, from 1.
    func line(_ number: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(number - 1) ? String(lines[number - 1]) : nil
    }
}

extension OwnModules {
    /// Adds a module that was compiled in a folder.
    fileprivate mutating func add(_ module: SourceModule, in folder: String) {
        sources.append(module)
        compilerArguments += ["-I", folder]
        linkerArguments.append("\(folder)/\(module.name).o")
        files += ["swiftmodule", "swiftdoc", "o"].map { "\(folder)/\(module.name).\($0)" }
    }
}

extension Diagnostic {
    /// Returns an error about a file of sources, with what it may import as hint, if that is what it is about.
    fileprivate func importing(_ own: OwnModules, before modules: [SourceModule]) -> Diagnostic {
        var explained = self
        if let name = message.firstMatch(of: /^no such module '(?<name>[^']*)'/)?.name {
            let isLater = modules.contains { $0.name == name }
            let there = ["Recurrent", "Charting", "Notebook", "Foundation"] + own.imports.modules
            explained.hint =
                isLater
                ? "name the folder of \(name) before this one, in sources:"
                : Spelling.hint(for: String(name), among: there, shownAs: "sources can import")
        } else if hint == nil, message.contains(/^cannot find (type )?'\w+' in scope/) {
            explained.hint =
                "if it is of the engine, write import Recurrent at the top; if a chart, import Charting"
        }
        return explained
    }
}

extension Cache {
    /// The folder of the project's own modules.
    static func ownModules(in cache: Cache?) -> URL {
        (cache?.folder ?? FileManager.default.temporaryDirectory.appending(path: "unroll"))
            .appending(path: "own", directoryHint: .isDirectory)
    }

    /// The number of modules of one name that are kept.
    private static let keptModules = 8

    /// Removes the oldest modules of a name, but for some.
    static func forgetModules(named name: String, in folder: URL) {
        let path = folder.path(percentEncoded: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let own = names.filter { $0.dropLast(17) == name }.compactMap { folder in
            FileStamp.use(of: "\(path)/\(folder)").map { (path: "\(path)/\(folder)", second: $0.second) }
        }
        for module in own.sorted(by: { $0.second > $1.second }).dropFirst(keptModules) {
            try? FileManager.default.removeItem(atPath: module.path)
        }
    }
}
