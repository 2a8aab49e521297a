internal import ArgumentParser
internal import Course
internal import Foundation

/// Which lessons, and where their site is.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder of lessons (default: lessons/ of the checkout).", valueName: "dir"),
        completion: .directory
    )
    var lessons: String?

    @Option(
        help: ArgumentHelp("The folder of the site (default: site/ of the checkout).", valueName: "dir"),
        completion: .directory
    )
    var out: String?

    func validate() throws {
        guard out != "", lessons != "" else {
            throw ValidationError("--lessons and --out take the path of a folder, such as --out site")
        }
        if let conflict = folders.conflict { throw ValidationError(conflict) }
    }

    /// The folders of the project.
    var folders: ProjectFolders {
        ProjectFolders(
            lessons: lessons ?? SiteOptions.standard("lessons"),
            site: out ?? SiteOptions.standard("site")
        )
    }

    /// A folder of the checkout in which the launcher stands; the tool started by itself takes the working folder.
    static func standard(_ name: String) -> String {
        let root = ProcessInfo.processInfo.environment["UNROLL_ROOT"]
        guard let root, root != FileManager.default.currentDirectoryPath else { return name }
        return "\(root)/\(name)"
    }
}
