internal import Foundation
public import Lessons
internal import Serialization

/// The library that lesson programs link, with its modules, as the build of this package left them.
public struct NotebookLibrary: Sendable, Hashable {
    /// The folder of the library.
    public var folder: String
    /// Where the compiler keeps modules of C that it has compiled; in the user's home if `nil`.
    var moduleCache: String?

    /// The folder of the Swift modules.
    var modules: String { "\(folder)/Modules" }

    #if os(macOS)
        package static let fileName = "libNotebook.dylib"
    #else
        package static let fileName = "libNotebook.so"
    #endif

    /// Finds the library in a folder, by default the one of the running executable.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public init(folder: String? = nil) throws(Diagnostic) {
        let running = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        var path = folder ?? running?.path(percentEncoded: false) ?? "."
        if path.hasSuffix("/") { path.removeLast() }
        for needed in [NotebookLibrary.fileName, "Modules/Notebook.swiftmodule"] {
            guard FileManager.default.fileExists(atPath: "\(path)/\(needed)") else {
                throw Diagnostic(
                    .error,
                    .setup,
                    at: SourceLocation(file: "\(path)/\(needed)"),
                    "lessons need this file, which the build of the package makes",
                    hint: "run ./unroll, which builds it"
                )
            }
        }
        self.folder = path
    }

    /// What the compiler needs to know to type-check against the library.
    package var compilerArguments: [String] {
        ["-swift-version", "5", "-Onone", "-I", modules] + moduleCacheArguments
    }

    /// What any tool of the toolchain needs to know that compiles modules of C.
    var moduleCacheArguments: [String] { moduleCache.map { ["-module-cache-path", $0] } ?? [] }

    /// What the linker needs to know besides: the library, and that of mathematics, which `rounded()` and
    /// `squareRoot()` call in code that is not optimized.
    var linkerArguments: [String] {
        ["-L", folder, "-lNotebook", "-lm", "-Xlinker", "-rpath", "-Xlinker", folder]
    }

    /// The files that a lesson's program depends on.
    package var files: [String] {
        ["Charting", "Notebook", "Records", "Recurrent", "Serialization"].map {
            "\(modules)/\($0).swiftmodule"
        }
            + ["\(folder)/\(NotebookLibrary.fileName)"]
    }

    /// What changes whenever a file of the library is written anew.
    var stamp: String {
        get throws {
            try files.map { file in
                let values = try FileManager.default.attributesOfItem(atPath: file)
                let date = (values[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate ?? 0
                return "\(file) \(values[.size] as? Int ?? 0) \(date.bitPattern)"
            }.joined(separator: "\n")
        }
    }

    /// The digest of the library and its modules.
    ///
    /// - Parameter memo: A file that remembers it for as long as no file of the library is written anew.
    func digest(memo: URL?) throws -> Digest {
        let stamp = try stamp
        let known = memo.flatMap { try? String(contentsOf: $0, encoding: .utf8) }?.split(separator: "\n\n")
        if let known, known.count == 2, known[0] == stamp, known[1].utf8.count == 64 {
            return Digest(text: String(known[1]))
        }
        let digest = Digest(
            of: try files.map { try Digest(of: Data(contentsOf: URL(filePath: $0))).text }.joined()
        )
        if let memo {
            // Where this fails, keeping the runs of lessons fails, too, and says so.
            try? RunCache.make(memo.deletingLastPathComponent())
            try? Data("\(stamp)\n\n\(digest.text)".utf8).write(to: memo, options: .atomic)
        }
        return digest
    }
}
