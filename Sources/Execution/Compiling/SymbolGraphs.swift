internal import Foundation
internal import Lessons
internal import Serialization

/// The symbol graphs of the modules that lessons use: what the compiler says of their public symbols.
struct SymbolGraphs {
    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let library: NotebookLibrary
    private let toolchain: Toolchain
    /// The modules whose names lessons use, those that others add to first.
    private var modules: [String] {
        library.own.documented.modules + (library.own.usesEngine ? ["Recurrent", "Charting"] : []) + [
            "Notebook"
        ]
    }

    /// The symbol graphs of a library, which a toolchain extracts.
    init(of library: NotebookLibrary, toolchain: Toolchain) {
        (self.library, self.toolchain) = (library, toolchain)
    }

    /// Returns the graphs, each as JSON, in an order that is always the same.
    ///
    /// They are extracted once a build of the library, and stored beside it, or where that cannot be written to in a cache.
    ///
    /// - Throws: `Diagnostic` of kind `setup`.
    func read(cache: Cache?) async throws(Diagnostic) -> [Data] {
        // What a project adds is none of the library's business.
        let shared = library.own.version.isEmpty ? [Cache(folder: "\(library.folder)/cache")] : []
        let caches = shared + (cache.map { [$0] } ?? [])
        do {
            let key = Digest(
                of: "\(try library.digest(memo: cache).text) \(toolchain.root)\(library.own.version)"
            )
            for cache in caches {
                if let graphs: [Data] = cache.value(.symbols, for: key) { return graphs }
            }
            let scratch = try ScratchFolder(in: cache?.scratch)
            defer { scratch.remove() }
            let graphs = try await extract(in: scratch.url)
            _ = caches.first { (try? $0.store(graphs, as: .symbols, for: key)) != nil }
            return graphs
        } catch {
            let place = SourceLocation(file: library.folder)
            throw Diagnostic(.error, .setup, at: place, "the reference cannot be made: \(error.systemReason)")
        }
    }

    private func extract(in folder: URL) async throws -> [Data] {
        let target = try await toolchain.target()
        let path = folder.path(percentEncoded: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for module in modules {
                let tool = ChildProcess(
                    executable: "\(toolchain.root)/bin/swift-symbolgraph-extract",
                    arguments: [
                        "-module-name", module,
                    ] + library.own.documented.arguments + [
                        "-I", library.modules, "-target", target,
                        "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", path,
                    ] + library.moduleCacheArguments
                )
                group.addTask {
                    let result = try await tool.run()
                    guard result.isSuccess else { throw Failure(description: result.errors) }
                }
            }
            try await group.waitForAll()
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        // What a module adds to another's types is in a file that is named for both.
        let files = modules.flatMap { module in
            names.filter { $0 == "\(module).symbols.json" || $0.hasPrefix("\(module)@") }.sorted()
        }
        return try files.map { try Data(contentsOf: folder.appending(path: $0)) }
    }
}
