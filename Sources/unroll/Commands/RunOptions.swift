public import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// How lessons are run.
struct RunOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many lessons run at a time (default: one a processor that may be used).",
            valueName: "n"
        )
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Whether lessons run walled in by bubblewrap: auto, require or off.",
            valueName: "policy"
        )
    )
    var sandbox: Sandbox.Policy = .automatic

    @Flag(help: "Say nothing but what is wrong.")
    var quiet = false

    @Flag(help: "Say of each lesson what it does, and tell all differences.")
    var verbose = false

    func validate() throws {
        guard (jobs ?? 1) >= 1 else { throw ValidationError("--jobs takes a number from 1") }
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose contradict each other") }
    }

    /// The number of lessons that run at a time.
    var width: Int { jobs ?? Processors.usable }

    /// Returns what runs lessons, with a cache beside their folder.
    func runner(in folders: ProjectFolders) async throws(Diagnostic) -> LessonRunner {
        var runner = try await LessonRunner.find(sandbox: sandbox, cache: Cache(folder: folders.cache))
        runner.shared = try SharedCache.find(for: folders).map { [$0] } ?? []
        return runner
    }

    /// Returns what runs lessons, or why there is none.
    func findRunner(in folders: ProjectFolders) async -> Result<LessonRunner, Diagnostic> {
        do throws(Diagnostic) {
            return .success(try await runner(in: folders))
        } catch {
            return .failure(error)
        }
    }

    /// Returns a reporter of a command on a project.
    func reporter(of folders: ProjectFolders) -> ConsoleReporter {
        ConsoleReporter(folders, verbosity: quiet ? .quiet : verbose ? .verbose : .usual)
    }
}

extension Sandbox.Policy: ExpressibleByArgument {}
