internal import Foundation
package import Records
internal import Serialization

/// Runs the modules of live cells as a page does, under node, so that they can be compared with native code.
package struct ModuleRunner: Sendable, Hashable {
    /// The path of node.
    let node: String
    /// The path of the script that makes the calls.
    private let script: String

    /// The oldest node that runs modules with SIMD as browsers do.
    static let oldestVersion = 18

    /// Finds node and the script; `nil` where this machine has no node that is new enough.
    ///
    /// - Parameter library: The library of native programs, beside whose sources the script is.
    static func find(beside library: NotebookLibrary) async -> ModuleRunner? {
        guard let script = library.source("Sources/BrowserRuntime/run.mjs") else { return nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.map { "\($0)/node" }.filter(FileManager.default.isExecutableFile(atPath:))
        for node in candidates {
            let version = try? await ChildProcess(executable: node, arguments: ["--version"]).run().output
            let major = version?.firstMatch(of: /^v(?<major>\d+)\./).flatMap { Int($0.major) }
            if let major, major >= oldestVersion { return ModuleRunner(node: node, script: script) }
        }
        return nil
    }

    private init(node: String, script: String) {
        self.node = node
        self.script = script
    }

    /// A run that did not come to the calls.
    package struct Failure: Error, Hashable {
        /// The reason.
        package let reason: String
    }

    /// Makes calls in a module, each from the state after its cells have run.
    ///
    /// - Parameters:
    ///   - program: The program, which knows the indices of its cells.
    ///   - path: The path of its script in a site.
    ///   - files: The script and those of the kernels, by their paths.
    ///   - calls: The calls.
    ///   - seconds: The longest time of one call.
    /// - Returns: The answer to each call; fewer, if one took too long.
    package func answers(
        of program: LiveProgram,
        at path: String,
        among files: [String: [UInt8]],
        to calls: [LiveCall],
        seconds: Int = 60
    ) async throws(Failure) -> [LiveAnswer] {
        let indices = Dictionary(uniqueKeysWithValues: program.cells.enumerated().map { ($1, $0) })
        let list = JSON.array(
            calls.map {
                ["cell": .integer(indices[$0.cell] ?? 0), "values": .array($0.settings.map { $0.json })]
            }
        )
        let result: (isSuccess: Bool, output: String, errors: String)
        do {
            let site = try ScratchFolder()
            defer { site.remove() }
            for (path, bytes) in files {
                let file = site.url.appending(path: path)
                let folder = file.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            }
            let folder = site.url.path(percentEncoded: false)
            let child = ChildProcess(
                executable: node,
                arguments: [script, folder, path, String(seconds), list.compact]
            )
            result = try await child.run()
        } catch {
            throw Failure(reason: "node did not run: \(error.systemReason)")
        }
        var answers: [LiveAnswer] = []
        for line in result.output.split(separator: "\n") {
            let json = try? JSON(parsing: Array(line.utf8))
            if let reason = json?["broken"]?.string { throw Failure(reason: reason) }
            if let sentence = json?["stopped"]?.string { answers.append(.stopped(sentence)) }
            if let record = json?["record"].flatMap(CellRecord.init(json:)) {
                answers.append(.record(record))
            }
        }
        guard result.isSuccess, !answers.isEmpty || calls.isEmpty else {
            let last = result.errors.split(separator: "\n").last { !$0.isEmpty } ?? "it said nothing"
            throw Failure(reason: "node ended early: \(last)")
        }
        return answers
    }
}
