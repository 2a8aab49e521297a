internal import ArgumentParser
internal import Course
internal import Foundation
internal import Lessons

/// `unroll plan`: what must be computed, for engines that have many machines.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say what must be computed, for engines that start processes on many machines.",
        discussion: Invocation.typed.named(
            """
            A task for each lesson without a record, and one that collects them with ./unroll merge. Tasks may run \
            anywhere, in any order, twice, and again after they failed.

            Examples:
              ./unroll plan                             as JSON
              ./unroll plan --ninja >plan.ninja && ninja -f plan.ninja
              ./unroll plan --slurm | sh                an array job, and the job that collects it
              ./unroll plan --github --tasks 4          a matrix for fromJSON
              ./unroll plan --write-costs               costs.json, by which all machines share alike
            """
        )
    )

    @Flag(help: "The language of the plan: --json (if none is given), --ninja, --slurm or --github.")
    var format: PlanFormat = .json

    @Option(help: ArgumentHelp("How many tasks there are (default: one a lesson).", valueName: "n"))
    var tasks: Int?

    @Flag(help: "Compute lessons whose records are there, too.")
    var all = false

    @Flag(help: "Write what lessons took here to costs.json, beside unroll.yml, and plan nothing.")
    var writeCosts = false

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func validate() throws {
        guard (1...10_000).contains(tasks ?? 1) else {
            throw ValidationError("--tasks takes a number from 1 to 10000")
        }
    }

    func run() async throws {
        let folders = try place.folders()
        do throws(Diagnostic) {
            let project = Project.read(folders)
            if let error = project.diagnostics.first(where: { $0.severity == .error }) { throw error }
            let observe = options.reporter(of: folders).observe
            var log = DiagnosticLog(observe)
            let runner = try await project.equipped(options.runner(in: folders), log: &log)
            if writeCosts {
                var costs = try LessonCosts(of: folders)
                costs.add(project.lessons, ranBy: runner)
                try costs.write(to: folders)
                Terminal.result("✓ \(costs.seconds.count.counted("lesson")) → \(folders.costs)")
                return
            }
            let plan = try await project.plan(
                into: tasks,
                everything: all,
                by: runner,
                observe: observe
            )
            Terminal.result(format.text(of: plan))
        } catch {
            Terminal.say("\(folders.shown(error))")
            throw ExitCode(2)
        }
    }
}

extension PlanFormat: EnumerableFlag {}
