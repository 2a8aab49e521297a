public import Foundation
public import Lessons
internal import Synchronization

/// Bubblewrap around a lesson's process: no network, and of this machine's files only what the process cannot do
/// without: its program with the libraries that the loader finds for it, its data, and a folder to write to.
public struct Sandbox: Sendable, Hashable {
    /// Whether lessons run in a sandbox.
    public enum Policy: String, Sendable, Hashable, CaseIterable {
        /// In a sandbox where that works.
        case automatic = "auto"
        /// Always; otherwise they do not run.
        case require
        /// Never.
        case off
    }

    /// The path of `bwrap`.
    private let executable: String
    /// The file that holds the filter for system calls.
    private let filter: SystemCallFilter?

    /// Looks for bubblewrap and tries it once.
    ///
    /// - Parameters:
    ///   - policy: What is wanted.
    ///   - parent: Where scratch folders are made; the system's place if `nil`.
    /// - Returns: The sandbox, or `nil` with a warning where the policy lets lessons run without.
    /// - Throws: `Diagnostic` of kind `setup` where the policy requires what does not work here.
    public static func find(
        policy: Policy,
        scratch parent: URL? = nil
    ) async throws(Diagnostic) -> (sandbox: Sandbox?, warning: Diagnostic?) {
        guard policy != .off else { return (nil, nil) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = path.split(separator: ":").map { "\($0)/bwrap" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
        var trouble = "it is not installed"
        if let found {
            let sandbox = Sandbox(executable: found, filter: .current)
            do {
                let scratch = try ScratchFolder(in: parent)
                defer { scratch.remove() }
                let program = path.split(separator: ":").map { "\($0)/true" }
                    .first(where: FileManager.default.isExecutableFile(atPath:))
                let inside = Inside(program: program ?? "/bin/true", files: 1 << 20)
                let result = try await sandbox.child(inside, environment: [:], in: scratch.url).run()
                if result.isSuccess { return (sandbox, nil) }
                trouble = result.errors.split(separator: "\n").first.map(String.init) ?? "it failed"
            } catch {
                trouble = error.systemReason
            }
        }
        let diagnostic = Diagnostic(
            policy == .require ? .error : .warning,
            .setup,
            at: SourceLocation(file: "bwrap"),
            "lessons run without a sandbox: bubblewrap does not work here (\(trouble))",
            hint: found == nil ? "install it: apt-get install bubblewrap, or dnf install bubblewrap" : nil
        )
        if policy == .require { throw diagnostic }
        return (nil, diagnostic)
    }

    /// The files inside of the walls.
    struct Inside: Sendable {
        /// The program, which stands at `Inside.program`.
        var program: String
        /// The program that writes a crash report, if there is one.
        var backtracer: String?
        /// The file for a crash report, which is there, as `Inside.report`.
        var report: String?
        /// The files that can be read in the folder, with their paths in it.
        var data: [DataCopy] = []
        /// The folder in `Inside.folder` that the program starts in; empty for that itself.
        var home = ""
        /// The most that can be written to the folder, in bytes.
        var files: Int

        /// The folder that can be written to, which is empty, in memory, and gone with the process.
        static let folder = "/lesson"
        /// The path of the program.
        static let program = "/program/lesson"
        /// The path of a crash report.
        static let report = "/program/crash.json"
        /// The files that Foundation and the loader read, where they are there.
        static let system = ["/usr/share/zoneinfo", "/etc/ld.so.cache"]
    }

    /// A process that runs a program inside.
    ///
    /// - Parameters:
    ///   - inside: What it finds there.
    ///   - environment: Its environment.
    ///   - scratch: A folder for what bubblewrap reads.
    func child(_ inside: Inside, environment: [String: String], in scratch: URL) async throws -> ChildProcess
    {
        let walls = scratch.appending(path: "walls")
        try Data(try await arguments(for: inside).map { "\($0)\u{0}" }.joined().utf8).write(to: walls)
        var words = ["--args", "8"]
        var opening = "exec 8<\"$1\""
        let filterFile = scratch.appending(path: "filter.bpf")
        if let filter {
            try Data(filter.bytes).write(to: filterFile)
            opening += " 9<\"$2\""
            words += ["--seccomp", "9"]
        }
        let files = [walls, filterFile].map { $0.path(percentEncoded: false) }
        return ChildProcess(
            executable: "/bin/sh",
            // Read from a file, the walls stand in no process's list of arguments.
            arguments: ["-c", "\(opening); shift 2; exec \"$@\"", "sh"] + files + [executable] + words
                + ["--", Inside.program],
            folder: scratch.path(percentEncoded: false),
            environment: environment
        )
    }

    /// Bubblewrap's arguments; it follows them in their order.
    private func arguments(for inside: Inside) async throws -> [String] {
        var arguments = [
            "--unshare-all", "--die-with-parent", "--new-session", "--hostname", "lesson",
            "--size", String(inside.files), "--tmpfs", Inside.folder,
        ]
        var files: [Loader.File] = [(inside.program, Inside.program)]
        var programs = [inside.program]
        if let backtracer = inside.backtracer {
            files.append((backtracer, backtracer))
            programs.append(backtracer)
        }
        files += try await withThrowingTaskGroup { group in
            for program in programs { group.addTask { try await Loader.files(for: program) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        files += Inside.system.map { ($0, $0) }
        files += inside.data.map { ($0.file, "\(Inside.folder)/\($0.name)") }
        var seen: Set<String> = []
        for (file, place) in files where seen.insert(place).inserted {
            // What is asked for by a way back from a folder needs that folder.
            if let back = place.firstRange(of: "/../") {
                arguments += ["--dir", String(place[..<back.lowerBound])]
            }
            // Links on the way to a file do not lead anywhere inside.
            let source = URL(filePath: file).resolvingSymlinksInPath().path(percentEncoded: false)
            let target = URL(filePath: place).standardized.path(percentEncoded: false)
            arguments += ["--ro-bind-try", source, target]
        }
        let home = inside.home.isEmpty ? Inside.folder : "\(Inside.folder)/\(inside.home)"
        if home != Inside.folder { arguments += ["--dir", home] }
        if let report = inside.report { arguments += ["--bind", report, Inside.report] }
        return arguments + [
            "--dev", "/dev", "--remount-ro", "/dev", "--proc", "/proc", "--remount-ro", "/",
            "--chdir", home,
        ]
    }
}

/// A sandbox that is looked for when the first lesson is to run: a build that runs none starts no process for it.
public final class SandboxSearch: Sendable {
    /// The walls that were found, or why there are none.
    public typealias Finding = Result<(sandbox: Sandbox?, warning: Diagnostic?), Diagnostic>

    private let policy: Sandbox.Policy
    private let scratch: URL?
    private let search = Mutex<Task<Finding, Never>?>(nil)

    /// Looks for what a policy wants.
    ///
    /// - Parameter scratch: Where scratch folders are made; the system's place if `nil`.
    public init(policy: Sandbox.Policy, scratch: URL? = nil) {
        self.policy = policy
        self.scratch = scratch
    }

    /// The result of `Sandbox.find(policy:)`, which is asked once.
    public var finding: Finding {
        get async {
            let task = search.withLock { search in
                let task =
                    search
                    ?? Task { [policy, scratch] in
                        do throws(Diagnostic) {
                            return .success(try await Sandbox.find(policy: policy, scratch: scratch))
                        } catch {
                            return .failure(error)
                        }
                    }
                search = task
                return task
            }
            return await task.value
        }
    }
}
