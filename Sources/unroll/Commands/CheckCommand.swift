internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// `unroll check`: lessons run afresh against the committed site.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Run every lesson afresh, and compare with the site.",
        discussion: Invocation.typed.named(
            """
            Every cell must show what the site records, numbers within the tolerance that the lesson states, and \
            every file of the site must be what the lessons give; live cells must show the same natively and in their \
            modules, at the ends of their controls and between. ./unroll accept takes what differs. The exit \
            status is 0 if nothing does, 1 if something does, 2 if it could not be found out.

            LESSON compares what one lesson shows (its number will do), LESSON#CELL what one cell does, for which \
            its lesson runs; then the files of the site are not compared, and no live cells but those that are named. --against SITE \
            compares the records of the site with those of another folder's site, or of a commit's (git:REV, where a \
            folder has that name); lessons run only where the site has no record. In GitHub Actions the ten worst \
            cells are annotated at their lines.

            Examples:
              ./unroll check
              ./unroll check 06-from-sine-to-cosine#seed0
              ./unroll check --twice       in different surroundings, too: time zone, language, threads
              ./unroll check --require-live
              ./unroll check --against HEAD~1 --report changes.html
              ./unroll check --json        for machines
              ./unroll check --junit check.xml --report check.html
            """
        )
    )

    @Argument(
        help: ArgumentHelp(
            "The lessons or cells to compare; all, and the site's files, if none is named.",
            valueName: "lesson[#cell]"
        ),
        completion: Completion.lessons
    )
    var names: [String] = []

    @Flag(help: "Run the lessons a second time in other surroundings, and name what differs from itself.")
    var twice = false

    @OptionGroup var share: ShareOptions

    @Flag(help: "Run the lessons, and write what they showed to a folder for ./unroll merge --check.")
    var recordsOnly = false

    @Option(
        help: ArgumentHelp(
            "Run and compare a share that the keys of lessons choose, such as 1/10: who wrote to a shared cache cannot choose.",
            valueName: "k/n"
        )
    )
    var sample: Shard?

    @Flag(help: "Take records of earlier runs, here and in the shared cache, instead of running the lessons.")
    var trustCache = false

    @Flag(
        help:
            "Fail where live cells could not be held to native code, for want of node or of a compiler for the browser."
    )
    var requireLive = false

    @Option(
        help: ArgumentHelp(
            "Compare the site's records with those of another site, a folder or a commit, and run nothing.",
            valueName: "site"
        ),
        completion: .directory
    )
    var against: String?

    @Flag(help: "Print what was found as JSON; columns count characters, as those of all messages do.")
    var json = false

    @OptionGroup var reports: ReportOptions
    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard against == nil || !twice && !requireLive else {
            throw ValidationError("--against compares records, and runs nothing twice or live")
        }
        guard [against != nil || !names.isEmpty, share.shard != nil, sample != nil].count(where: \.self) <= 1
        else {
            throw ValidationError(
                "names, --against, --shard and --sample each say what is compared: give one"
            )
        }
        guard share.to == nil || recordsOnly else { throw ValidationError("--to belongs to --records-only") }
        guard !recordsOnly || !twice && sample == nil && against == nil && !reports.isAny else {
            throw ValidationError("--records-only compares nothing; merge --check does")
        }
    }

    func run() async throws {
        let folders = try place.folders()
        let reuse: LessonRunner.Reuse = trustCache ? .all : .none
        if recordsOnly {
            return try await share.write(names, of: folders, reuse: reuse, options: options, json: json)
        }
        let reporter = options.reporter(of: folders)
        let files = try reports.files()
        let project = Project.read(folders)
        let runner = { () async throws(Diagnostic) in try await options.runner(in: folders) }
        let (jobs, observe) = (options.width, reporter.observe)
        let outcome =
            if let against {
                await project.compare(names, against: against, by: runner, jobs: jobs, observe: observe)
            } else {
                await project.check(
                    names,
                    by: runner,
                    jobs: jobs,
                    twice: twice,
                    shard: share.shard,
                    sample: sample,
                    reuse: reuse,
                    requiresLive: requireLive,
                    observe: observe
                )
            }
        guard let outcome else { return }
        let report = CheckReport(outcome, of: folders)
        Terminal.result(json ? report.json : report.text(isVerbose: options.verbose))
        GitHubReport.find()?.tell(report, isForMachines: json)
        try files.write(report, of: project)
        throw report.exitCode
    }
}
