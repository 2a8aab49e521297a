internal import ArgumentParser
internal import Execution
internal import Lessons
internal import Pages

/// `unroll build`: lessons in, site out.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Compile and run the lessons, and build the site.",
        discussion: """
            A lesson is run again only when something that it depends on has changed; ./unroll why LESSON says \
            what. Errors of all lessons are reported, each with its place; while there is one, the site stays as \
            it was.

            Examples:
              ./unroll build
              ./unroll build --lessons ~/course --out /tmp/course-site
            """
    )

    @OptionGroup var folders: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        var report = BuildReport(folders, options)
        let inputs = await BuildInputs(of: folders)
        let latest = options.verbose ? nil : BuildMemory(in: folders.cacheFolder)
        let earlier = inputs.flatMap { latest?.remainder(for: $0, in: folders.siteFolder) }
        if let earlier, earlier.edits.isEmpty {
            SiteWriter(to: folders.siteFolder).removeLeftovers()
            report.add(earlier)
            return report.end(earlier.build.figures.count)
        }
        // What runs lessons is made ready while they are read.
        async let finding = options.readyRunner(in: folders)
        let build = CourseBuild(folders, options)
        report.add(build.course.diagnostics)
        do throws(Diagnostic) {
            let runner = try await finding.get()
            let written = try await build.run(by: runner, after: earlier, report: &report)
            // Of what was edited meanwhile, nobody knows which state the build has read.
            if let written, let inputs, await BuildInputs(of: folders) == inputs {
                BuildMemory(of: inputs, making: written, report).write(to: folders.cacheFolder)
            }
        } catch {
            report.add([error])
        }
        if Task.isCancelled { return }
        report.end(build.course.lessons)
        throw report.exitCode
    }
}
