package import Foundation
package import Records
internal import Serialization

/// Runs the modules of live cells as a page does, under node, so that they can be compared with native code.
package struct ModuleRunner: Sendable, Hashable {
    /// The path of node.
    private let node: String
    /// The path of the script that makes the calls.
    private let script: String

    /// The oldest node that runs modules with SIMD as browsers do.
    private static let oldestVersion = 18

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
    ///   - path: The path of the lesson's script in the folder, which holds the kernels, too.
    ///   - folder: The folder of a site.
    ///   - calls: The calls, whose cells are told by their indices.
    ///   - seconds: The longest time of one call.
    /// - Returns: The answer to each call; fewer, if one took too long.
    package func answers(
        of path: String,
        in folder: URL,
        to calls: [(cell: Int, settings: [ControlSetting])],
        seconds: Int = 60
    ) async throws(Failure) -> [LiveAnswer] {
        let list = JSON.array(
            calls.map { ["cell": .integer($0.cell), "values": .array($0.settings.map { $0.json })] }
        )
        let child = ChildProcess(
            executable: node,
            arguments: [script, folder.path(percentEncoded: false), path, String(seconds), list.compact]
        )
        let result: (isSuccess: Bool, output: String, errors: String)
        do {
            result = try await child.run()
        } catch {
            throw Failure(reason: "node did not run: \(error)")
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
