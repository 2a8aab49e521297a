internal import Foundation
internal import Lessons

/// Makes an executable of a lesson's program.
struct Compiler: Sendable {
    var toolchain: Toolchain
    var library: NotebookLibrary

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
        let source = folder.appending(path: "\(lesson.slug).swift")
        let executable = folder.appending(path: "lesson")
        do {
            try Data(program.text.utf8).write(to: source)
            let child = ChildProcess(
                executable: toolchain.compiler,
                // One job: without -wmo the driver starts another, for a module that nobody imports.
                arguments: [
                    "-wmo", "-gline-tables-only", "-module-name", "main", "-diagnostic-style", "llvm",
                ]
                    + library.compilerArguments + library.linkerArguments
                    + [source.path(), "-o", executable.path()],
                folder: folder.path()
            )
            let result = try await child.run()
            var messages = CompilerMessages(lesson: lesson, program: program)
            messages.read(result.errors)
            let diagnostics = messages.diagnostics
            if result.isSuccess { return (executable, diagnostics) }
            return (
                nil, diagnostics.contains { $0.severity == .error } ? diagnostics : [messages.unexplained]
            )
        } catch {
            let place = SourceLocation(file: toolchain.compiler)
            return (nil, [Diagnostic(.error, .setup, at: place, "the compiler did not run: \(error)")])
        }
    }
}
