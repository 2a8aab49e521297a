internal import Foundation
public import Lessons
internal import Serialization

/// The library that lesson programs link, with its modules, as the build of this package left them.
public struct NotebookLibrary: Sendable, Hashable {
    /// The folder of the library.
    public let folder: String
    /// The project's own modules, which programs import, too.
    var own = OwnModules()
    /// The folder in which the compiler keeps modules of C that it has compiled; in the user's home if `nil`.
    private var moduleCache: String?

    /// The folder of the Swift modules.
    var modules: String { "\(folder)/Modules" }

    #if os(macOS)
        package static let fileName = "libNotebook.dylib"
    #else
        package static let fileName = "libNotebook.so"
    #endif

    /// The modules that a lesson's program reads when it is compiled.
    package static let moduleNames = ["Charting", "Notebook", "Records", "Recurrent", "Serialization"]

    /// The modules whose code the library holds.
    static let linkedModules: Set<String> = [
        "Charting", "CProcessor", "KernelInterface", "Kernels", "KernelsAVX2", "KernelsAVX512",
        "KernelsBaseline",
        "Notebook", "Records", "Recurrent", "Serialization",
    ]

    /// Whether a module lies among those of the library, where the compiler finds it, and is none that lessons can link: it
    /// belongs to the tool.
    func hides(_ module: String) -> Bool {
        !NotebookLibrary.moduleNames.contains(module) && !own.links(module)
            && FileManager.default.fileExists(atPath: "\(modules)/\(module).swiftmodule")
    }

    /// Finds the library in a folder, by default the one of the running executable.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public static func find(in folder: String? = nil) throws(Diagnostic) -> NotebookLibrary {
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
        return NotebookLibrary(folder: path)
    }

    /// Returns the path of a file of the package that the library was built in; `nil` if that is not there.
    ///
    /// - Parameter path: Its path within the package.
    func source(_ path: String) -> String? {
        var root = URL(filePath: folder, directoryHint: .isDirectory).resolvingSymlinksInPath()
        while root.pathComponents.count > 1 {
            let file = root.appending(path: path).path(percentEncoded: false)
            if FileManager.default.fileExists(atPath: file) { return file }
            root.deleteLastPathComponent()
        }
        return nil
    }

    /// Returns the library with a folder for compiled modules of C, as far as that can be written to.
    func cachingModules(in folder: String?) -> NotebookLibrary {
        guard let folder else { return self }
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        var library = self
        library.moduleCache = FileManager.default.isWritableFile(atPath: folder) ? folder : nil
        return library
    }

    /// The compiler's options for type-checking against the library.
    package var compilerArguments: [String] {
        ["-swift-version", "5", "-Onone"] + own.compilerArguments + ["-I", modules] + moduleCacheArguments
    }

    /// The options of all tools of the toolchain that compile modules of C.
    var moduleCacheArguments: [String] { moduleCache.map { ["-module-cache-path", $0] } ?? [] }

    /// The linker's options besides: the library, and that of mathematics, which `rounded()` and `squareRoot()` call in
    /// code that is not optimized.
    var linkerArguments: [String] {
        own.linkerArguments + ["-L", folder, "-lNotebook", "-lm", "-Xlinker", "-rpath", "-Xlinker", folder]
    }

    /// The files that a lesson's program depends on, and what its pages say of the library: a module's comments are in a
    /// file of their own.
    package var files: [String] {
        NotebookLibrary.moduleNames.flatMap { ["\(modules)/\($0).swiftmodule", "\(modules)/\($0).swiftdoc"] }
            + ["\(folder)/\(NotebookLibrary.fileName)"]
    }

    /// Returns the digest of the library's files, one after the other.
    ///
    /// - Parameter memo: A cache that has it for as long as no file is written anew.
    func digest(memo: Cache?) throws -> Digest {
        let stamps = files.map { "\($0) \(FileStamp(of: $0)?.description ?? "none")" }
        let key = Digest(of: stamps.joined(separator: "\n"))
        if let known: Digest = memo?.value(.engine, for: key) { return known }
        let digest = Digest(
            of: try files.reduce(into: Data()) { $0 += try Data(contentsOf: URL(filePath: $1)) }
        )
        // Where it cannot be stored, the runs of lessons cannot either, of which the build says so.
        try? memo?.store(digest, as: .engine, for: key)
        return digest
    }
}
