internal import Foundation
internal import Lessons
internal import Records

/// What a live program became for the browser: the script of its module, and the scripts of the kernels that it calls.
package struct LiveBuild: Sendable, Hashable {
    /// The script of the program.
    package let script: LiveScript
    /// The scripts of the kernels, by their builds.
    package let kernels: [String: [UInt8]]

    /// Returns the scripts by their paths in a site.
    ///
    /// - Parameter path: The path of that of the program.
    package func files(at path: String) -> [String: [UInt8]] {
        let named = kernels.map { (script.path(ofKernels: $0), $1) }
        return Dictionary(uniqueKeysWithValues: named + [(path, script.bytes)])
    }
}

/// Makes modules for the browser of lessons' programs.
package struct BrowserCompiler: Sendable {
    /// The toolchain that compiles.
    let toolchain: Toolchain
    /// The engine that programs link.
    let engine: BrowserEngine

    /// Compiles, links and compresses a program that compiles natively.
    ///
    /// Nothing of the module depends on where it is made: the program is compiled in its own folder, under a name that is
    /// the same for all.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - key: The key of the program, which its page has, too.
    ///   - values: The values of built cells.
    ///   - lesson: The lesson that its code comes from.
    ///   - modules: The folders of the project's own modules that it imports.
    ///   - folder: An empty folder to work in.
    ///   - isOptimized: Whether the program is to be fast rather than soon there.
    /// - Returns: What was made; `nil` with the reasons, at the lesson's own places.
    func compile(
        _ program: Program,
        key: String,
        with values: ShippedValues,
        of lesson: Lesson,
        importing modules: [String] = [],
        in folder: URL,
        isOptimized: Bool = true
    ) async -> (build: LiveBuild?, diagnostics: [Diagnostic]) {
        let path = folder.path(percentEncoded: false)
        let compiling = ChildProcess(
            executable: toolchain.compiler,
            arguments: engine.compilerArguments + modules.flatMap { ["-I", $0] } + [
                "-swift-version", "5", isOptimized ? "-Osize" : "-Onone", "-module-name", "Lesson",
                "-diagnostic-style",
                "llvm", "main.swift", "-c", "-o", "lesson.o",
            ],
            folder: path,
            temporaryFolder: folder
        )
        let linking = ChildProcess(
            executable: engine.linker,
            arguments: engine.linkerArguments + [
                "--export=__main_argc_argv", "-o", "lesson.wasm", "lesson.o",
            ] + modules.map { "\($0)/\(BrowserCompiler.object(in: $0))" },
            folder: path
        )
        do {
            try Data(program.text.utf8).write(to: folder.appending(path: "main.swift"))
            let compiled = try await compiling.run()
            guard compiled.isSuccess else {
                var messages = CompilerMessages(lesson: lesson, program: program)
                messages.read(compiled.errors)
                let errors = messages.diagnostics.filter { $0.severity == .error }
                return (nil, BrowserRefusal.explained(errors.isEmpty ? [messages.unexplained] : errors))
            }
            let linked = try await linking.run()
            guard linked.isSuccess else { return (nil, [BrowserRefusal.ofLinker(linked.errors, in: lesson)]) }
            return (try await pack(folder.appending(path: "lesson.wasm"), key: key, with: values), [])
        } catch {
            let place = SourceLocation(file: lesson.file)
            let message = "its live part could not be made: \(error.systemReason)"
            return (nil, [Diagnostic(.error, .setup, at: place, message)])
        }
    }

    /// The object in the folder of a module, `NAME-wasm-DIGEST`.
    private static func object(in folder: String) -> String {
        let name = folder.split(separator: "/").last.map { $0.dropLast("-wasm-".count + 16) } ?? ""
        return "\(name).o"
    }

    private func pack(_ module: URL, key: String, with values: ShippedValues) async throws -> LiveBuild {
        let packed = values.entries.isEmpty ? nil : try await Gzip.compress(Data(values.bytes))
        let program = try await Gzip.compress(try Data(contentsOf: module))
        var kernels: [String: [UInt8]] = [:]
        for build in LiveScript.builds {
            guard let file = engine.kernels[build] else { continue }
            let module = try await Gzip.compress(try Data(contentsOf: URL(filePath: file)))
            kernels[build] = LiveScript.write(module, kernels: engine.kernelsKey, build: build)
        }
        return LiveBuild(
            script: LiveScript.write(program, key: key, kernels: engine.kernelsKey, values: packed),
            kernels: kernels
        )
    }
}
