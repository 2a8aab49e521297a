internal import Foundation
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// A program to be run as a child of this process.
struct ChildProcess: Sendable, Hashable {
    /// The executable's path.
    var executable: String
    /// The arguments behind the executable's name.
    var arguments: [String]
    /// The folder that it runs in; this process's own if `nil`.
    var folder: String?
    /// Its environment; this process's own if `nil`.
    var environment: [String: String]?
    /// The folder of its temporary files, for one that does not clean up; that of this process if `nil`.
    var temporaryFolder: URL?
    /// Whether it leads a process group of its own, so that all that it starts can be stopped with it.
    var leadsGroup = false

    /// The most that is kept of what a child writes where it is collected.
    private static let collected = 16 << 20

    /// Runs it to its end, without input.
    ///
    /// - Returns: Whether it ended well, and what it wrote.
    func run() async throws -> (isSuccess: Bool, output: String, errors: String) {
        let result = try await run(reading: [])
        return (
            result.isSuccess,
            String(decoding: result.output, as: UTF8.self),
            String(decoding: result.errors, as: UTF8.self)
        )
    }

    /// Runs it to its end with bytes as its input.
    ///
    /// - Returns: Whether it ended well, and the bytes that it wrote.
    func run(reading input: [UInt8]) async throws -> (isSuccess: Bool, output: [UInt8], errors: [UInt8]) {
        let result =
            if input.isEmpty {
                try await Subprocess.run(
                    configuration,
                    input: .none,
                    output: .bytes(limit: ChildProcess.collected),
                    error: .bytes(limit: ChildProcess.collected)
                )
            } else {
                try await Subprocess.run(
                    configuration,
                    input: .array(input),
                    output: .bytes(limit: ChildProcess.collected),
                    error: .bytes(limit: ChildProcess.collected)
                )
            }
        return (result.terminationStatus.isSuccess, result.standardOutput, result.standardError)
    }

    /// The child as swift-subprocess describes it.
    var configuration: Configuration {
        var inherited = Environment.inherit
        if let temporaryFolder {
            inherited = .inherit.updating(["TMPDIR": temporaryFolder.path(percentEncoded: false)])
        }
        if let environment {
            let pairs = environment.compactMap { name, value in
                Environment.Key(rawValue: name).map { ($0, value) }
            }
            inherited = .custom(Dictionary(uniqueKeysWithValues: pairs))
        }
        var options = PlatformOptions()
        if leadsGroup {
            options.processGroupID = 0
            // Asked first: what watches over a lesson ends all that the lesson started.
            options.teardownSequence = [
                .send(signal: .terminate, allowedDurationToNextStep: .seconds(1)),
                .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero),
            ]
        } else {
            // The compiler's driver gives each process that it starts a group of its own, and ends them when interrupted.
            options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(2))]
        }
        return Configuration(
            executable: .path(FilePath(executable)),
            arguments: Arguments(arguments),
            environment: inherited,
            workingDirectory: folder.map { FilePath($0) },
            platformOptions: options
        )
    }
}
