internal import Foundation
internal import Lessons
internal import Serialization

/// Makes an executable of a lesson's program.
struct Compiler: Sendable {
    var toolchain: Toolchain
    var library: NotebookLibrary
    /// What is known of how the driver compiles.
    var memory: ToolchainMemory
    /// Where scratch folders are made; the system's place if `nil`.
    var scratch: URL?

    /// Checks a program, as deeply as a compilation does.
    func check(_ program: Program, of lesson: Lesson, in folder: URL) async -> [Diagnostic] {
        await drive(program, of: lesson, in: folder, arguments: ["-emit-sil", "-o", "/dev/null"]).diagnostics
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
        if let plan = await plan(), let made = await follow(plan, program, of: lesson, in: folder) {
            return (made.isSuccess ? executable : nil, made.diagnostics)
        }
        let arguments = library.linkerArguments + ["-o", executable.path(percentEncoded: false)]
        let (isSuccess, diagnostics) = await drive(program, of: lesson, in: folder, arguments: arguments)
        return (isSuccess ? executable : nil, diagnostics)
    }

    private func child(_ executable: String, _ arguments: [String], in folder: URL) -> ChildProcess {
        ChildProcess(
            executable: executable,
            arguments: arguments,
            folder: folder.path(percentEncoded: false),
            // The driver leaves some behind when it is stopped.
            temporaryFolder: folder
        )
    }
}

// MARK: - With the driver

extension Compiler {
    // One job: without -wmo the driver starts another, for a module that nobody imports.
    private var arguments: [String] {
        ["-wmo", "-gline-tables-only", "-module-name", "main", "-diagnostic-style", "llvm"]
            + library.compilerArguments
    }

    private func drive(
        _ program: Program,
        of lesson: Lesson,
        in folder: URL,
        arguments: [String]
    ) async -> (isSuccess: Bool, diagnostics: [Diagnostic]) {
        let source = folder.appending(path: "\(lesson.slug).swift")
        do {
            try Data(program.text.utf8).write(to: source)
            let arguments = self.arguments + [source.path(percentEncoded: false)] + arguments
            let result = try await child(toolchain.compiler, arguments, in: folder).run()
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

// MARK: - Without it

extension Compiler {
    /// The jobs of a compilation, which the driver is asked for once.
    private func plan() async -> CompilationPlan? {
        let question = library.moduleCache ?? ""
        if let known = memory.answer(on: .plan, to: question).flatMap(CompilationPlan.init(json:)) {
            return known
        }
        guard let scratch = try? ScratchFolder(in: scratch) else { return nil }
        defer { scratch.remove() }
        let places = Compiler.places(in: scratch.url, source: "asked.swift")
        // The toolchain's own linker takes half as long as the system's.
        let hasLinker = FileManager.default.isExecutableFile(atPath: "\(toolchain.root)/bin/ld.lld")
        let arguments =
            self.arguments + [places.source, "-###"] + (hasLinker ? ["-use-ld=lld"] : [])
            + library.linkerArguments + ["-o", places.executable]
        try? Data().write(to: URL(filePath: places.source))
        guard let answer = try? await child(toolchain.compiler, arguments, in: scratch.url).run(),
            answer.isSuccess, let plan = CompilationPlan(printed: answer.output, for: places)
        else { return nil }
        memory.keep(plan.json, on: .plan, to: question)
        return plan
    }

    private static func places(in folder: URL, source: String) -> CompilationPlan.Places {
        func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
        var scratch = folder.path(percentEncoded: false)
        if scratch.hasSuffix("/") { scratch.removeLast() }
        return CompilationPlan.Places(scratch: scratch, source: path(source), executable: path("lesson"))
    }

    /// Compiles and links as planned.
    ///
    /// - Returns: `nil` where that fails for another reason than an error in the program, about which the driver knows
    ///     what to say.
    private func follow(
        _ plan: CompilationPlan,
        _ program: Program,
        of lesson: Lesson,
        in folder: URL
    ) async -> (isSuccess: Bool, diagnostics: [Diagnostic])? {
        let places = Compiler.places(in: folder, source: "\(lesson.slug).swift")
        guard (try? Data(program.text.utf8).write(to: URL(filePath: places.source))) != nil else {
            return nil
        }
        var messages = CompilerMessages(lesson: lesson, program: program)
        // Which libraries a program is linked with depends on what it imports.
        let imports = program.text.split(separator: "\n").filter { $0.contains("import ") }
            .joined(separator: "; ")
        let known = memory.answer(on: .libraries, to: imports)?.string
        for command in plan.commands(for: places) {
            let listed = command[0].hasSuffix("/swift-autolink-extract") ? command.last : nil
            if let listed, let known, (try? Data(known.utf8).write(to: URL(filePath: listed))) != nil {
                continue
            }
            guard let result = try? await child(command[0], Array(command.dropFirst()), in: folder).run()
            else { return nil }
            messages.read(result.errors)
            guard result.isSuccess else {
                let diagnostics = messages.diagnostics
                return diagnostics.contains { $0.severity == .error } ? (false, diagnostics) : nil
            }
            if let listed, let libraries = try? String(contentsOfFile: listed, encoding: .utf8) {
                memory.keep(.string(libraries), on: .libraries, to: imports)
            }
        }
        return (true, messages.diagnostics)
    }
}
