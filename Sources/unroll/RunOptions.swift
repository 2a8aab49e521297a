public import ArgumentParser
public import Execution
internal import Foundation
internal import Lessons

/// How lessons are run.
struct RunOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How many lessons run at a time (default: one a processor).", valueName: "n")
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "Whether lessons run walled in by bubblewrap: auto, require or off.",
            valueName: "policy"
        )
    )
    var sandbox: Sandbox.Policy = .automatic

    func validate() throws {
        guard (jobs ?? 1) >= 1 else { throw ValidationError("--jobs takes a number from 1") }
    }

    /// How many lessons run at a time.
    var width: Int { jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// A runner that keeps records beside the lessons' folder, with a warning where it has no sandbox.
    func runner(in folders: SiteOptions) async throws(Diagnostic) -> (
        runner: LessonRunner, warning: Diagnostic?
    ) {
        let (sandbox, warning) = try await Sandbox.find(policy: sandbox)
        let cache = RunCache(folder: folders.cacheFolder)
        return (try await LessonRunner(sandbox: sandbox, cache: cache), warning)
    }
}

extension Sandbox.Policy: ExpressibleByArgument {}
