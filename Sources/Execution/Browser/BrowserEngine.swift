internal import Foundation
internal import Lessons

/// The engine and all else that programs link, compiled for the browser.
struct BrowserEngine: Sendable, Hashable {
    /// The compiler's options for a program.
    private(set) var compilerArguments: [String] = []
    /// The linker.
    private(set) var linker = ""
    /// The linker's options and objects for a program.
    private(set) var linkerArguments: [String] = []
    /// The key of what programs and kernels agree about.
    private(set) var kernelsKey = ""
    /// The files of the kernels' modules, by their builds.
    private(set) var kernels: [String: String] = [:]

    /// The reason why there is no such engine.
    enum Failure: Error, Hashable {
        /// This machine cannot make one: it says what is missing.
        case missing(String)
        /// The sources do not compile.
        case broken(Diagnostic)
    }

    /// The script that compiles it, within the package.
    private static let script = "Sources/BrowserRuntime/compile"

    /// Whether one was compiled on this machine, perhaps of other sources.
    static func isThere(beside library: NotebookLibrary) -> Bool {
        guard let path = library.source(script) else { return false }
        let root = URL(filePath: path).appending(path: "../../..").standardized
        let own = Installation.cache.map { URL(filePath: "\($0)/wasm/objects") }
        let folders = [root.appending(path: ".build/wasm/objects"), own].compactMap(\.self)
        return folders.contains { folder in
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false)
            )
            return names?.contains { $0.hasPrefix("Notebook-") } == true
        }
    }

    /// Compiles the engine, or finds what was compiled of the same sources before.
    ///
    /// - Parameters:
    ///   - library: The library of native programs, which was built in the same package.
    ///   - toolchain: The toolchain that compiles.
    static func compile(beside library: NotebookLibrary, by toolchain: Toolchain) async throws(Failure)
        -> BrowserEngine
    {
        guard let path = library.source(script) else {
            throw .missing("the sources of the engine are not beside its library, \(library.folder)")
        }
        do {
            let result = try await child(path, by: toolchain).run()
            guard !result.isSuccess else { return BrowserEngine(reading: result.output) }
            let errors = result.errors.split(separator: "\n").map(String.init)
            let last = errors.last { $0.hasPrefix("compile: ") }?.dropFirst("compile: ".count)
            guard errors.contains(where: { $0.contains("error:") }) || last?.hasSuffix("see above") == true
            else {
                throw Failure.missing(last.map(String.init) ?? errors.last ?? "\(script) failed")
            }
            let message = errors.first { $0.contains("error:") } ?? "it said nothing"
            let place = SourceLocation(file: path)
            throw Failure.broken(
                Diagnostic(
                    .error,
                    .setup,
                    at: place,
                    "the engine does not compile for the browser: \(message)"
                )
            )
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .missing("\(script) did not run: \(error.systemReason)")
        }
    }

    /// Returns what is missing of the tools that compile it; `nil` if all are there.
    static func missingTool(beside library: NotebookLibrary, of toolchain: Toolchain) async -> String? {
        guard let path = library.source(script) else { return "the sources of the engine are not there" }
        let result = try? await child(path, "--tools", by: toolchain).run()
        guard let result else { return "\(script) did not run" }
        guard !result.isSuccess else { return nil }
        let line = result.errors.split(separator: "\n").last { $0.hasPrefix("compile: ") }
        return line.map { String($0.dropFirst("compile: ".count)) } ?? "\(script) failed"
    }

    /// The script as a process, which takes the compiler of the toolchain.
    private static func child(_ script: String, _ options: String..., by toolchain: Toolchain) -> ChildProcess
    {
        var environment = ProcessInfo.processInfo.environment
        let tools = URL(filePath: toolchain.compiler).deletingLastPathComponent().path(percentEncoded: false)
        environment["PATH"] = [tools, environment["PATH"]].compactMap(\.self).joined(separator: ":")
        return ChildProcess(executable: "/bin/sh", arguments: [script] + options, environment: environment)
    }

    /// Reads the lines that the script printed.
    private init(reading output: String) {
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let (kind, value) = (parts[0], parts[1])
            switch kind {
            case "compiler-flag": compilerArguments.append(value)
            case "import": compilerArguments += ["-I", value]
            case "linker": linker = value
            case "linker-flag", "object": linkerArguments.append(value)
            case "kernels-key": kernelsKey = value
            case _ where kind.hasPrefix("kernels-"): kernels[String(kind.dropFirst("kernels-".count))] = value
            default: break
            }
        }
    }
}
