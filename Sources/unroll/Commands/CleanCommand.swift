internal import ArgumentParser
internal import Course
internal import Foundation

/// `unroll clean`: forget the records of earlier runs.
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Forget the records of earlier runs; the site stays.",
        discussion: Invocation.typed.named(
            """
            The next build runs every lesson. What was recorded is kept in the folder .unroll of the project.

            Examples:
              ./unroll clean
            """
        )
    )

    @OptionGroup var place: SiteOptions

    func run() throws {
        let folder = try place.folders().cache
        guard FileManager.default.fileExists(atPath: folder) else {
            Terminal.result("nothing to forget: there is no \(folder)")
            return
        }
        do {
            try FileManager.default.removeItem(atPath: folder)
            Terminal.result("removed \(folder)")
        } catch {
            Terminal.say("\(folder): error: cannot be removed: \(error.localizedDescription)")
            throw ExitCode.failure
        }
    }
}
