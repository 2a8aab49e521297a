import Execution
import Foundation
import Serialization

/// One runner for all tests: the toolchain in `PATH` and the library that this build made.
enum TestRunner {
    private static let task = Task { try await LessonRunner.find() }

    static func shared() async throws -> LessonRunner { try await task.value }

    /// A runner whose library is sealed to some sources, as in a clone in a folder of its own.
    static func sealed(in folder: URL) async throws -> LessonRunner {
        var runner = try await shared()
        let library = folder.appending(path: "library")
        try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
        for name in ["Modules", NotebookLibrary.fileName] {
            try FileManager.default.createSymbolicLink(
                at: library.appending(path: name),
                withDestinationURL: URL(filePath: "\(runner.library.folder)/\(name)")
            )
        }
        runner.library = try NotebookLibrary.find(in: library.path(percentEncoded: false))
        if case .library(let built) = try runner.library.engineVersion(memo: nil) {
            let seal = "\(Digest(of: "sources").text)\n\(built.text)\n"
            try Data(seal.utf8).write(to: library.appending(path: NotebookLibrary.sealName))
        }
        runner.cache = Cache(folder: folder.appending(path: ".unroll").path(percentEncoded: false))
        return runner
    }
}
