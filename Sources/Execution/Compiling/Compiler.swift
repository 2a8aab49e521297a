internal import Foundation
internal import Lessons

/// Makes an executable of a lesson's program.
struct Compiler: Sendable {
    /// The toolchain that compiles.
    let toolchain: Toolchain
    /// The library that programs link.
    let library: NotebookLibrary

    /// Checks a program, as deeply as a compilation does.
    func check(_ program: Program, of lesson: Lesson, in folder: URL) async -> [Diagnostic] {
        await run(on: program, of: lesson, in: folder, ["-emit-sil", "-o", "/dev/null"]).diagnostics
    }

    /// Compiles and links.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - lesson: The lesson that its code comes from.
    ///   - folder: The folder in which source and executable are written.
    /// - Returns: The executable, `nil` if the program does not compile, and what the compiler had to say.
    func compile(
        _ program: Program,
        of lesson: Lesson,
        in folder: URL
    ) async -> (executable: URL?, diagnostics: [Diagnostic]) {
        let executable = folder.appending(path: "lesson")
        // The toolchain's own linker takes half as long as the system's.
        let hasLinker = FileManager.default.isExecutableFile(atPath: "\(toolchain.root)/bin/ld.lld")
        let arguments =
            library.linkerArguments + (hasLinker ? ["-use-ld=lld"] : [])
            + ["-o", executable.path(percentEncoded: false)]
        let (isSuccess, diagnostics) = await run(on: program, of: lesson, in: folder, arguments)
        return (isSuccess ? executable : nil, diagnostics)
    }

    private func run(
        on program: Program,
        of lesson: Lesson,
        in folder: URL,
        _ arguments: [String]
    ) async -> (isSuccess: Bool, diagnostics: [Diagnostic]) {
        let source = folder.appending(path: "\(lesson.name).swift")
        // One job: without -wmo the driver starts another, for a module that nobody imports.
        let options = ["-wmo", "-gline-tables-only", "-module-name", "main", "-diagnostic-style", "llvm"]
        let driver = ChildProcess(
            executable: toolchain.compiler,
            arguments: options + library.compilerArguments + [source.path(percentEncoded: false)] + arguments,
            folder: folder.path(percentEncoded: false),
            // The driver leaves some behind when it is stopped.
            temporaryFolder: folder
        )
        do {
            try Data(program.text.utf8).write(to: source)
            let result = try await driver.run()
            var messages = CompilerMessages(lesson: lesson, program: program)
            messages.read(result.errors)
            let diagnostics = messages.diagnostics
            if result.isSuccess || diagnostics.contains(where: { $0.severity == .error }) {
                return (result.isSuccess, diagnostics)
            }
            return (false, diagnostics + [messages.unexplained])
        } catch {
            let place = SourceLocation(file: toolchain.compiler)
            let message = "the compiler did not run: \(error.systemReason)"
            return (false, [Diagnostic(.error, .setup, at: place, message)])
        }
    }
}
