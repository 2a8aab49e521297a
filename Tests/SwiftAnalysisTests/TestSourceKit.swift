import Execution
import SwiftAnalysis

/// One SourceKit for all tests: that of the toolchain in `PATH`.
enum TestSourceKit {
    private static let task = Task { SourceKit(at: try await Toolchain.find().sourceKit) }

    static func shared() async throws -> SourceKit { try await task.value }

    /// Parses a piece of Swift.
    static func parse(_ code: String) async throws -> ParsedCode {
        ParsedCode(code, try await shared().parse(code))
    }

    /// Type-checks pieces as one program, against the library that this build made.
    static func check(_ codes: [String]) async throws -> TypedPieces {
        let sourceKit = try await shared()
        return try TypedPieces.check(
            try codes.map { ParsedCode($0, try sourceKit.parse($0)) },
            after: "import Notebook",
            with: sourceKit,
            arguments: try NotebookLibrary.find().compilerArguments
        )
    }
}
