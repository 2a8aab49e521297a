internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// `unroll build`: lessons in, site out.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile and run the lessons, and build the site.",
        discussion: Invocation.typed.named(
            """
            A lesson is run again only when something that it depends on has changed; ./unroll why LESSON says \
            what. Errors of all lessons are reported, each with its place; while there is one, the site stays as \
            it was.

            Examples:
              ./unroll build
              ./unroll build --lessons ~/course --out /tmp/course-site
              ./unroll build --json        for machines
              ./unroll build --records-only --shard 3/8 --to shard-3    a share, for ./unroll merge
            """
        )
    )

    @Argument(
        help: ArgumentHelp("With --records-only, the lessons to run.", valueName: "lesson"),
        completion: Completion.lessons
    )
    var names: [String] = []

    @Flag(
        help:
            "Run lessons, and write what they showed to a folder for ./unroll merge; the site stays as it is."
    )
    var recordsOnly = false

    @OptionGroup var share: ShareOptions

    @Flag(help: "Print what came of it as JSON: what ran, what is wrong, which files changed.")
    var json = false

    @Flag(
        help: "Take the site's records for lessons whose code, data, engine and compiler they were made with."
    )
    var trustRecords = false

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard recordsOnly || share.shard == nil && share.to == nil else {
            throw ValidationError("--shard and --to belong to --records-only")
        }
        guard !recordsOnly || names.isEmpty || share.shard == nil else {
            throw ValidationError("--shard and names of lessons contradict each other")
        }
    }

    func run() async throws {
        // Not before, for a misspelled option leaves its value behind.
        guard recordsOnly || names.isEmpty else {
            throw ValidationError(
                "Unexpected argument '\(names[0])': build makes the whole site; --records-only takes lessons"
            )
        }
        let folders = try place.folders()
        if recordsOnly {
            return try await share.write(names, of: folders, reuse: .all, options: options, json: json)
        }
        let reporter = options.reporter(of: folders)
        // What runs lessons is made ready while they are read.
        let runner = Task { await options.findRunner(in: folders) }
        let outcome = await Project.read(folders).build(
            by: { () throws(Diagnostic) in try await runner.value.get() },
            jobs: options.width,
            trustsRecords: trustRecords,
            observe: reporter.observe
        )
        guard let outcome else { return }
        if json { try reporter.print(outcome) } else { reporter.end(outcome) }
        throw reporter.exitCode(of: outcome.diagnostics)
    }
}
