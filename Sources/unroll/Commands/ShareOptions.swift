internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// Which share of a course is computed, and where to.
struct ShareOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The share of the lessons, such as 3/8, which take about equally long.",
            valueName: "k/n"
        )
    )
    var shard: Shard?

    @Option(
        help: ArgumentHelp(
            "The folder for the records of a share (default: one in .unroll/shards).",
            valueName: "dir"
        ),
        completion: .directory
    )
    var to: String?

    /// Computes a share, and says where it is.
    ///
    /// - Throws: `ExitCode`.
    func write(
        _ names: [String],
        of folders: ProjectFolders,
        reuse: LessonRunner.Reuse,
        options: RunOptions,
        json: Bool
    ) async throws {
        let reporter = options.reporter(of: folders)
        let outcome = await Project.read(folders).buildRecords(
            of: names,
            shard: shard,
            to: to,
            by: { () throws(Diagnostic) in
                var runner = try await options.runner(in: folders)
                runner.reuse = reuse
                return runner
            },
            jobs: options.width,
            observe: reporter.observe
        )
        guard let outcome else { return }
        if json { try reporter.print(outcome) } else { reporter.end(outcome) }
        throw reporter.exitCode(of: outcome.diagnostics)
    }
}

extension Shard: ExpressibleByArgument {
    /// Reads a share as it is typed.
    init?(argument: String) {
        self.init(argument)
    }
}
