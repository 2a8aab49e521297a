internal import Foundation
internal import Lessons

/// Makes an executable of a lesson's program.
struct Compiler: Sendable {
    var toolchain: Toolchain
    var library: NotebookLibrary

    /// Checks a program, as deeply as a compilation does.
    func check(_ program: Program, of lesson: Lesson, in folder: URL) async -> [Diagnostic] {
        await compile(program, of: lesson, in: folder, arguments: ["-emit-sil", "-o", "/dev/null"])
            .diagnostics
    }

    /// Compiles and links.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - lesson: Where its code comes from.
    ///   - folder: Where source and executable are written.
    /// - Returns: The executable, `nil` if the program does not compile, and what the compiler had to say.
    func compile(
        _ program: Program,
        of lesson: Lesson,
        in folder: URL
    ) async -> (executable: URL?, diagnostics: [Diagnostic]) {
        let executable = folder.appending(path: "lesson")
        let arguments = library.linkerArguments + ["-o", executable.path(percentEncoded: false)]
        let (isSuccess, diagnostics) = await compile(program, of: lesson, in: folder, arguments: arguments)
        return (isSuccess ? executable : nil, diagnostics)
    }

    private func compile(
        _ program: Program,
        of lesson: Lesson,
        in folder: URL,
        arguments: [String]
    ) async -> (isSuccess: Bool, diagnostics: [Diagnostic]) {
        let source = folder.appending(path: "\(lesson.slug).swift")
        do {
            try Data(program.text.utf8).write(to: source)
            let child = ChildProcess(
                executable: toolchain.compiler,
                // One job: without -wmo the driver starts another, for a module that nobody imports.
                arguments: [
                    "-wmo", "-gline-tables-only", "-module-name", "main", "-diagnostic-style", "llvm",
                ]
                    + library.compilerArguments + [source.path(percentEncoded: false)] + arguments,
                folder: folder.path(percentEncoded: false),
                // The driver leaves some behind when it is stopped.
                temporaryFolder: folder
            )
            let result = try await child.run()
            var messages = CompilerMessages(lesson: lesson, program: program)
            messages.read(result.errors)
            let diagnostics = messages.diagnostics
            if result.isSuccess || diagnostics.contains(where: { $0.severity == .error }) {
                return (result.isSuccess, diagnostics)
            }
            return (false, diagnostics + [messages.unexplained])
        } catch {
            let place = SourceLocation(file: toolchain.compiler)
            return (false, [Diagnostic(.error, .setup, at: place, "the compiler did not run: \(error)")])
        }
    }
}
