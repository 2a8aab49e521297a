internal import ArgumentParser
internal import Course
internal import Lessons

/// `unroll accept`: the new output becomes the recorded one.
struct AcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Take the new output of cells into the site.",
        discussion: Invocation.typed.named(
            """
            LESSON#CELL takes what one cell shows now, and changes that cell's record and its lesson's page; the \
            other cells stay as they are recorded. LESSON takes a whole lesson, --all all of them.

            Examples:
              ./unroll accept 06-from-sine-to-cosine#seed0
              ./unroll accept 06-from-sine-to-cosine
              ./unroll accept --all
              ./unroll accept --live       after an edit of the engine: modules made with it
            """
        )
    )

    @Argument(
        help: ArgumentHelp("The lessons or cells to take; all if none is named.", valueName: "lesson[#cell]"),
        completion: Completion.lessons
    )
    var names: [String] = []

    @Flag(help: "Take the output of all lessons.")
    var all = false

    @Flag(help: "Make the modules of live cells anew, too, although they are of the code as it is.")
    var live = false

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard names.isEmpty || !all else {
            throw ValidationError("--all takes all lessons; name some, or say --all")
        }
    }

    func run() async throws {
        let folders = try place.folders()
        let reporter = options.reporter(of: folders)
        let outcome = await Project.read(folders).accept(
            names,
            by: { () throws(Diagnostic) in try await options.runner(in: folders) },
            jobs: options.width,
            renewsLive: live,
            observe: reporter.observe
        )
        guard let outcome else { return }
        for finding in outcome.taken { Terminal.result("\(finding)") }
        if let changes = outcome.changes {
            let files = changes.map { folders.shownSite + $0 }.joined(separator: ", ")
            Terminal.result(
                changes.isEmpty ? "✓ nothing to take; it is recorded as it is" : "✓ taken: \(files)"
            )
        } else {
            let site = outcome.isUnfinished ? "" : "; \(folders.shownSite) is as it was"
            Terminal.say("✗ nothing was taken\(site)")
        }
        throw reporter.exitCode(of: outcome.diagnostics)
    }
}
