internal import Foundation
public import Lessons
internal import Synchronization

/// Bubblewrap around a lesson's process: no network, and nothing to write to but its scratch folder.
public struct Sandbox: Sendable, Hashable {
    /// Whether lessons run in a sandbox.
    public enum Policy: String, Sendable, Hashable, CaseIterable {
        /// Where it works.
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
    /// - Returns: The sandbox, or `nil` with a warning where the policy lets lessons run without.
    /// - Throws: `Diagnostic` of kind `setup` where the policy requires what does not work here.
    public static func find(
        policy: Policy
    ) async throws(Diagnostic) -> (sandbox: Sandbox?, warning: Diagnostic?) {
        guard policy != .off else { return (nil, nil) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = path.split(separator: ":").map { "\($0)/bwrap" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
        var trouble = "it is not installed"
        if let found {
            let sandbox = Sandbox(executable: found, filter: .current)
            let trial = ChildProcess(executable: found, arguments: sandbox.walls + ["true"])
            do {
                let result = try await trial.run()
                if result.isSuccess { return (sandbox, nil) }
                trouble = result.errors.split(separator: "\n").first.map(String.init) ?? "it failed"
            } catch {
                trouble = "\(error)"
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

    /// What the process sees: everything for reading, its own processes, no network.
    private var walls: [String] {
        [
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all", "--die-with-parent",
            "--new-session",
        ]
    }

    /// The command that runs a child inside.
    ///
    /// - Parameters:
    ///   - child: What is to be run.
    ///   - scratch: The folder that it may write to. The filter for system calls is put there, too.
    func wrapping(_ child: ChildProcess, scratch: URL) throws -> ChildProcess {
        var wrapped = child
        let inside =
            walls + [
                "--bind", scratch.path(percentEncoded: false), scratch.path(percentEncoded: false), "--chdir",
                child.folder ?? scratch.path(percentEncoded: false),
            ]
        let command = [child.executable] + child.arguments
        guard let filter else {
            wrapped.executable = executable
            wrapped.arguments = inside + ["--"] + command
            return wrapped
        }
        let file = scratch.appending(path: "filter.bpf")
        try Data(filter.bytes).write(to: file)
        wrapped.executable = "/bin/sh"
        wrapped.arguments =
            ["-c", "exec 9<\"$1\"; shift; exec \"$@\"", "sh", file.path(percentEncoded: false), executable]
            + inside + ["--seccomp", "9", "--"] + command
        return wrapped
    }
}

/// A sandbox that is looked for when the first lesson is to run: a build that runs none starts no process for it.
public final class SandboxSearch: Sendable {
    /// What was found.
    public typealias Finding = Result<(sandbox: Sandbox?, warning: Diagnostic?), Diagnostic>

    private let policy: Sandbox.Policy
    private let search = Mutex<Task<Finding, Never>?>(nil)

    /// Looks for what a policy wants.
    public init(policy: Sandbox.Policy) {
        self.policy = policy
    }

    /// What `Sandbox.find(policy:)` finds, which is asked once.
    public var finding: Finding {
        get async {
            let task = search.withLock { search in
                let task =
                    search
                    ?? Task { [policy] in
                        do throws(Diagnostic) {
                            return .success(try await Sandbox.find(policy: policy))
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
