internal import ArgumentParser
internal import Course
internal import Foundation
internal import Lessons

/// Which lessons, and where their site is.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of lessons (default: the one that unroll.yml names, here or in a folder above).",
            valueName: "dir"
        ),
        completion: .directory
    )
    var lessons: String?

    @Option(
        help: ArgumentHelp(
            "The folder of the site (default: the one that unroll.yml names).",
            valueName: "dir"
        ),
        completion: .directory
    )
    var out: String?

    func validate() throws {
        guard out != "", lessons != "" else {
            throw ValidationError("--lessons and --out take the path of a folder, such as --out site")
        }
    }

    /// Finds the folders of the project that the command is called in, or that its options name.
    func folders() throws(Diagnostic) -> ProjectFolders {
        try ProjectFolders.find(lessons: lessons, site: out, invocation: .typed)
    }
}

extension Invocation {
    /// The call of this process.
    static let typed = Invocation(
        CommandLine.arguments,
        calledBy: ProcessInfo.processInfo.environment["UNROLL_COMMAND"]
    )
}
