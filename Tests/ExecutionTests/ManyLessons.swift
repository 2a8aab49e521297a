import Execution
import Foundation
import Lessons
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Lessons that are run as one program, each as a function: what a hundred compilations would show, in the time of a few.
struct ManyLessons {
    private let texts: [String]

    init(_ texts: [String]) {
        self.texts = texts
    }

    /// What a program finds in the place of the library.
    private static let prelude = """
        enum Notebook {
            struct LessonProgram {}
            static func beginCell(_ name: String, of program: LessonProgram) {}
            static func endLesson(_ program: LessonProgram) {}
            static func show<Value>(_ value: Value) { print(value) }
        }
        prefix operator √
        postfix operator √
        infix operator √: AdditionPrecedence
        prefix func √ (n: Int) -> Int { n * 10 }
        postfix func √ (n: Int) -> Int { n * 100 }
        func √ (a: Int, b: Int) -> Int { a * 1000 + b }

        """

    /// A name of a lesson by its index, which is no part of any other text: `qaab` is the second.
    private static func name(_ index: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return String(["q", letters[index / 676 % 26], letters[index / 26 % 26], letters[index % 26]])
    }

    /// What the lessons print; `nil` for one that does not compile.
    func shown() async throws -> [String?] {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll-many-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for index in texts.indices {
            try write(try program(index), to: "\(ManyLessons.name(index)).swift", in: folder)
        }
        try write(ManyLessons.prelude, to: "prelude.swift", in: folder)
        var compiling = Array(texts.indices)
        // Types are checked where a file is read, and flows of control where all types are right.
        while true {
            try write(main(compiling), to: "main.swift", in: folder)
            let files = compiling.map { "\(ManyLessons.name($0)).swift" } + ["prelude.swift", "main.swift"]
            let compiler = try await TestRunner.shared().toolchain.compiler
            let options = [
                "-wmo", "-Onone", "-suppress-warnings", "-swift-version", "5", "-module-name", "main",
            ]
            let result = try await run(compiler, options + ["-o", "many"] + files, in: folder)
            if result.isSuccess { break }
            let wrong = Set(
                result.errors.matches(of: /(q[a-z]{3})\.(md|swift):\d+:\d+: error:/).map { String($0.1) }
            )
            let left = compiling.filter { !wrong.contains(ManyLessons.name($0)) }
            guard left.count < compiling.count else { throw Failure(message: result.errors) }
            compiling = left
        }
        var shown = [String?](repeating: nil, count: texts.count)
        var start = 0
        // One that stops takes the program with it.
        while start < compiling.count {
            let result = try await run("\(folder.path(percentEncoded: false))/many", ["\(start)"], in: folder)
            for part in result.output.split(separator: "\u{1}") {
                let line = part.prefix { $0 != "\n" }
                guard let index = Int(line), compiling.indices.contains(index) else { continue }
                let name = ManyLessons.name(compiling[index])
                shown[compiling[index]] = String(part.dropFirst(line.count)).replacing(name, with: "name")
                start = index + 1
            }
            if result.isSuccess { break }
            shown[compiling[start - 1]]? += "stopped"
        }
        return shown
    }

    struct Failure: Error {
        var message: String
    }

    /// The program of a lesson as a function.
    private func program(_ index: Int) throws -> String {
        let name = ManyLessons.name(index)
        let lesson = Lesson.read(texts[index], file: "lessons/\(name).md").lesson!
        let steps = lesson.steps()
        var shown: [Int: [Range<Int>]] = [:]
        for (index, step) in steps.enumerated() where step.isExpression {
            shown[index] = [0..<step.code.utf8.count]
        }
        let program = Program.assemble(steps, of: lesson, showing: shown).text
        let body = program.split(separator: "import Notebook\n", maxSplits: 1)[1]
        return "enum \(name) { static func run() throws {\n\(body)\n} }\n"
    }

    /// A program that runs the lessons from one on, with a mark before each.
    private func main(_ indices: [Int]) -> String {
        let names = indices.map { ManyLessons.name($0) }
        return """
            #if canImport(Glibc)
            import Glibc
            #elseif canImport(Musl)
            import Musl
            #else
            import Darwin
            #endif
            setvbuf(stdout, nil, _IOLBF, 0)
            let all: [() throws -> Void] = [\(names.map { "\($0).run" }.joined(separator: ", "))]
            for index in all.indices.dropFirst(Int(CommandLine.arguments[1])!) {
                print("\\u{1}\\(index)")
                do { try all[index]() } catch { print(error) }
            }

            """
    }

    private func write(_ text: String, to name: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func run(
        _ executable: String,
        _ arguments: [String],
        in folder: URL
    ) async throws -> (isSuccess: Bool, output: String, errors: String) {
        let result = try await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(arguments),
            workingDirectory: FilePath(folder.path(percentEncoded: false)),
            input: .none,
            output: .bytes(limit: 16 << 20),
            error: .bytes(limit: 16 << 20)
        )
        return (
            result.terminationStatus.isSuccess,
            String(decoding: result.standardOutput, as: UTF8.self),
            String(decoding: result.standardError, as: UTF8.self)
        )
    }
}
