internal import Execution
internal import Foundation
internal import Serialization
internal import Subprocess

#if canImport(System)
    internal import System
#else
    internal import SystemPackage
#endif

/// Runs a test in a folder of its own.
func withTool(_ body: (Tool) async throws -> Void) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    try await body(tool)
}

/// The built tool, run as a user would run it, in a folder of its own.
struct Tool {
    /// A folder with a space in its name, for lessons and site.
    let folder: URL

    /// The folder that the build of the package left the tool and the library of lessons in.
    static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    /// The tool.
    var executable = Tool.products.appending(path: "unroll")

    /// The tool in a new folder, which is a project.
    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "unroll test \(UInt32.random(in: 0...UInt32.max))", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write("", to: "unroll.yml")
    }

    /// The tool in a folder that is there.
    init(in folder: URL) {
        self.folder = folder
    }

    /// What the launcher says of itself, that it was called from the checkout, wherever that is; and no other service.
    private static let environment: [Environment.Key: String?] = [
        "UNROLL_ROOT": nil, "UNROLL_COMMAND": "./unroll", "GITHUB_ACTIONS": nil, "GITHUB_STEP_SUMMARY": nil,
    ]

    /// What a run of the tool left behind.
    struct Run {
        var status: Int
        var output: String
        var errors: String
    }

    /// Runs the tool in the folder.
    func callAsFunction(_ arguments: String...) async throws -> Run {
        try await self(arguments)
    }

    /// Runs the tool in the folder.
    func callAsFunction(_ arguments: [String]) async throws -> Run {
        try await run(executable, arguments)
    }

    /// Runs a command of the shell in the folder.
    func shell(_ command: String) async throws -> Run {
        try await run(URL(filePath: "/bin/sh"), ["-c", command])
    }

    /// Serves the site while the body runs, which gets the port; then asks the tool to end.
    ///
    /// - Returns: How it ended.
    func serve(
        _ arguments: String...,
        until signal: Signal = .interrupt,
        body: @Sendable (UInt16) async throws -> Void
    ) async throws -> Run {
        let result = try await Subprocess.run(
            .path(FilePath(executable.path(percentEncoded: false))),
            arguments: Arguments(["serve", "--port", "0"] + arguments),
            environment: .inherit.updating(Tool.environment),
            workingDirectory: FilePath(folder.path(percentEncoded: false)),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var output = ""
            for try await buffer in execution.standardOutput {
                let isBegun = output.contains("\n")
                output += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                guard !isBegun, let match = output.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\/.*\n/),
                    let port = UInt16(match.output.1)
                else { continue }
                defer { try? execution.send(signal: signal) }
                try await body(port)
            }
            return output
        }
        return Run(status: status(result.terminationStatus), output: result.closureResult, errors: "")
    }

    /// Runs the tool with temporary files in a folder of their own, and sends it a signal as soon as that is due.
    func interrupted(
        _ arguments: [String],
        by signal: Signal,
        temporary: URL,
        when isDue: @Sendable @escaping () throws -> Bool
    ) async throws -> Run {
        let result = try await Subprocess.run(
            .path(FilePath(executable.path(percentEncoded: false))),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Tool.environment).updating([
                "TMPDIR": temporary.path(percentEncoded: false)
            ]),
            workingDirectory: FilePath(folder.path(percentEncoded: false)),
            input: .none,
            output: .sequence,
            error: .sequence
        ) { execution in
            let watch = Task {
                while try !isDue() { try await Task.sleep(for: .milliseconds(50)) }
                try execution.send(signal: signal)
            }
            defer { watch.cancel() }
            async let errors = Tool.text(of: execution.standardError)
            return try await (output: Tool.text(of: execution.standardOutput), errors: errors)
        }
        let (output, errors) = result.closureResult
        return Run(status: status(result.terminationStatus), output: output, errors: errors)
    }

    private static func text(of sequence: SubprocessOutputSequence) async throws -> String {
        var bytes: [UInt8] = []
        for try await buffer in sequence { bytes += buffer.withUnsafeBytes { Array($0) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func status(_ status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }

    private func run(_ executable: URL, _ arguments: [String]) async throws -> Run {
        let result = try await Subprocess.run(
            .path(FilePath(executable.path(percentEncoded: false))),
            arguments: Arguments(arguments),
            environment: .inherit.updating(Tool.environment),
            workingDirectory: FilePath(folder.path(percentEncoded: false)),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        return Run(
            status: status(result.terminationStatus),
            output: result.standardOutput,
            errors: result.standardError
        )
    }

    /// This tool from a checkout at another place under the folder.
    func moved(to path: String) throws -> Tool {
        let place = folder.appending(path: path)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for file in ["unroll", "libNotebook.so", "Modules"] {
            try FileManager.default.copyItem(
                at: Tool.products.appending(path: file).resolvingSymlinksInPath(),
                to: place.appending(path: file)
            )
        }
        var tool = self
        tool.executable = place.appending(path: "unroll")
        return tool
    }

    /// Puts the tool into the folder `built`, with its library sealed as by the launcher, so that its records have keys that
    /// other machines share.
    func addSealedTool() async throws {
        let products = Tool.products.resolvingSymlinksInPath().path(percentEncoded: false)
        let copied = try await shell(
            """
            mkdir -p built/Modules && here=$PWD && cd '\(products)' && cp unroll libNotebook.so "$here/built/" &&
            for name in \(NotebookLibrary.moduleNames.joined(separator: " ")) Kernel; do
                cp Modules/$name*.swift* "$here/built/Modules/" || exit 1
            done
            """
        )
        guard copied.status == 0 else { throw CocoaError(.fileWriteUnknown) }
        let built = folder.appending(path: "built").path(percentEncoded: false)
        guard case .library(let digest) = try NotebookLibrary.find(in: built).engineVersion(memo: nil) else {
            return
        }
        try write(
            "\(String(repeating: "0", count: 64))\n\(digest.text)\n",
            to: "built/\(NotebookLibrary.sealName)"
        )
    }

    /// Writes a file under the folder.
    func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    /// Writes a file under the folder.
    func write(_ data: Data, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
    }

    /// The text of a file under the folder; `nil` if there is none.
    func read(_ path: String) -> String? {
        try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// All files under a path of the folder, with their bytes.
    func files(under path: String) throws -> [String: Data] {
        let root = folder.appending(path: path)
        guard
            let paths = try? FileManager.default.subpathsOfDirectory(atPath: root.path(percentEncoded: false))
        else { return [:] }
        var files: [String: Data] = [:]
        for path in paths { files[path] = try? Data(contentsOf: root.appending(path: path)) }
        return files
    }

    /// Removes a file or folder under the folder.
    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: path))
    }

    /// Removes the folder.
    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
