internal import ArgumentParser
internal import Course
internal import Lessons

/// `unroll merge DIR…`: the site of what other machines computed.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Build the site of shares that other machines computed, or check them.",
        discussion: Invocation.typed.named(
            """
            Each DIR is what ./unroll build --records-only wrote; without any, those in .unroll/shards are meant. \
            All lessons must be there, or cached here, under the keys that they have now: nothing runs.

            Examples:
              ./unroll merge shard-1 shard-2 shard-3
              ./unroll merge --check shard-*              compares with the site, and writes nothing
              ./unroll merge --check shard-* --junit check.xml
            """
        )
    )

    @Argument(help: ArgumentHelp("The folders of the shares.", valueName: "dir"), completion: .directory)
    var shares: [String] = []

    @Flag(help: "Compare what the shares show with the site, as check does, and write nothing.")
    var check = false

    @Flag(help: "Print what came of it as JSON.")
    var json = false

    @OptionGroup var reports: ReportOptions
    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard check || !reports.isAny else {
            throw ValidationError("--junit and --report belong to merge --check")
        }
    }

    func run() async throws {
        let folders = try place.folders()
        let reporter = options.reporter(of: folders)
        let files = try reports.files()
        let project = Project.read(folders)
        let runner = { () async throws(Diagnostic) in try await options.runner(in: folders) }
        if check {
            let outcome = await project.checkMerged(
                shares,
                by: runner,
                jobs: options.width,
                observe: reporter.observe
            )
            guard let outcome else { return }
            let report = CheckReport(outcome, of: folders)
            Terminal.result(json ? report.json : report.text(isVerbose: options.verbose))
            GitHubReport.find()?.tell(report, isForMachines: json)
            try files.write(report, of: project)
            throw report.exitCode
        }
        let outcome = await project.buildMerged(
            shares,
            by: runner,
            jobs: options.width,
            observe: reporter.observe
        )
        guard let outcome else { return }
        if json { try reporter.print(outcome) } else { reporter.end(outcome) }
        throw reporter.exitCode(of: outcome.diagnostics)
    }
}
