public import Foundation
public import Lessons

extension LessonRunner {
    /// What the compiler says of the public symbols of the modules that lessons use, as JSON, in an order that is always the same.
    ///
    /// It is asked once a build of the library; the answer is kept beside it, or where records of runs are.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    public func symbolGraphs() async throws(Diagnostic) -> [Data] {
        do {
            let folders = [library.symbolGraphs] + (cache.map { [$0.symbolGraphs] } ?? [])
            return try await SymbolGraphs(of: library, toolchain: toolchain).read(in: folders)
        } catch {
            let place = SourceLocation(file: library.symbolGraphs)
            throw Diagnostic(.error, .setup, at: place, "the reference cannot be made: \(error)")
        }
    }
}

extension NotebookLibrary {
    /// The folder in which the symbol graphs of the modules are kept.
    fileprivate var symbolGraphs: String { "\(folder)/SymbolGraphs" }
}

/// The symbol graphs of the library's modules, in a folder.
private struct SymbolGraphs {
    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let library: NotebookLibrary
    private let toolchain: Toolchain
    /// The modules whose names lessons use, those that others add to first.
    private static let modules = ["Recurrent", "Charting", "Notebook"]
    private static let stampFile = "library"

    init(of library: NotebookLibrary, toolchain: Toolchain) {
        self.library = library
        self.toolchain = toolchain
    }

    /// Reads them in the first folder that has them, or makes them in the first that can be written to.
    func read(in folders: [String]) async throws -> [Data] {
        let stamp = try library.stamp
        for path in folders {
            let folder = URL(filePath: path, directoryHint: .isDirectory)
            if let graphs = try? graphs(in: folder, stamp: stamp) { return graphs }
        }
        for path in folders.dropLast() {
            if let graphs = try? await make(in: path, stamp: stamp) { return graphs }
        }
        return try await make(in: folders.last ?? library.symbolGraphs, stamp: stamp)
    }

    private func make(in path: String, stamp: String) async throws -> [Data] {
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        // To the side and then into place: builds at the same time do not harm each other.
        let fresh = URL(filePath: "\(path)-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: fresh, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: fresh) }
        try await extract(to: fresh)
        try Data(stamp.utf8).write(to: fresh.appending(path: SymbolGraphs.stampFile))
        let graphs = try graphs(in: fresh, stamp: stamp)
        try? FileManager.default.removeItem(at: folder)
        try? FileManager.default.moveItem(at: fresh, to: folder)
        return graphs
    }

    private func graphs(in folder: URL, stamp: String) throws -> [Data] {
        let known = try String(contentsOf: folder.appending(path: SymbolGraphs.stampFile), encoding: .utf8)
        guard known == stamp else { throw Failure(description: "the library has changed") }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        // What a module adds to another's types is in a file that is named for both.
        let files = SymbolGraphs.modules.flatMap { module in
            names.filter { $0 == "\(module).symbols.json" || $0.hasPrefix("\(module)@") }.sorted()
        }
        return try files.map { try Data(contentsOf: folder.appending(path: $0)) }
    }

    private func extract(to folder: URL) async throws {
        let target = try await toolchain.target()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for module in SymbolGraphs.modules {
                let tool = ChildProcess(
                    executable: "\(toolchain.root)/bin/swift-symbolgraph-extract",
                    arguments: [
                        "-module-name", module, "-I", library.modules, "-target", target,
                        "-minimum-access-level", "public", "-skip-synthesized-members",
                        "-output-dir", folder.path(percentEncoded: false),
                    ] + library.moduleCacheArguments
                )
                group.addTask {
                    let result = try await tool.run()
                    guard result.isSuccess else { throw Failure(description: result.errors) }
                }
            }
            try await group.waitForAll()
        }
    }
}
