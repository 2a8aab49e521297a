internal import ArgumentParser
internal import Execution
internal import Lessons

/// `unroll accept`: the new output becomes the recorded one.
struct AcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Take the new output of cells into the site.",
        discussion: """
            LESSON#CELL takes what one cell shows now, and changes that cell's record and its lesson's page; the \
            other cells stay as they are recorded. LESSON takes a whole lesson, --all all of them.

            Examples:
              ./unroll accept 06-sine-to-cosine#train
              ./unroll accept 06-sine-to-cosine
              ./unroll accept --all
            """
    )

    @Argument(
        help: ArgumentHelp("The lessons or cells to take; all if none is named.", valueName: "lesson[#cell]"),
        completion: Completion.lessons
    )
    var names: [String] = []

    @Flag(help: "Take the output of all lessons.")
    var all = false

    @OptionGroup var folders: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard names.isEmpty || !all else {
            throw ValidationError("--all takes all lessons; name some, or say --all")
        }
    }

    func run() async throws {
        var report = BuildReport(folders, options)
        do throws(Diagnostic) {
            let course = Course(at: folders.lessonsFolder)
            report.add(course.diagnostics)
            if !report.hasErrors {
                let site = try CommittedSite(at: folders.siteFolder)
                var acceptance = try Acceptance(of: names, in: course, site)
                let runner = try await options.runner(in: folders)
                let runs = await options.run(acceptance.lessons, of: course, by: runner, report: &report)
                if Task.isCancelled { return }
                if !report.hasErrors {
                    try await acceptance.take(runs, by: runner)
                    report.add(acceptance.diagnostics)
                }
                if !report.hasErrors { try write(acceptance) }
            }
        } catch {
            report.add([error])
        }
        if report.hasErrors { Terminal.say("✗ nothing was taken\(report.fate)") }
        throw report.exitCode
    }

    private func write(_ acceptance: Acceptance) throws(Diagnostic) {
        for finding in acceptance.taken {
            var finding = finding
            finding.file = folders.shown(file: finding.file)
            Terminal.result("\(finding)")
        }
        let paths = try acceptance.write(to: folders)
        let files = paths.map { folders.shownSite + $0 }.joined(separator: ", ")
        Terminal.result(paths.isEmpty ? "✓ nothing to take; it is recorded as it is" : "✓ taken: \(files)")
    }
}
