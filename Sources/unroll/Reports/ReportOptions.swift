internal import ArgumentParser
internal import Course
internal import Lessons

/// Where a check is reported besides the terminal.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file for the results in JUnit's XML, one test case a cell.",
            valueName: "file.xml"
        ),
        completion: .file(extensions: ["xml"])
    )
    var junit: String?

    @Option(
        help: ArgumentHelp(
            "A file for one page with what differs, old and new side by side, the worst first.",
            valueName: "file.html"
        ),
        completion: .file(extensions: ["html"])
    )
    var report: String?

    /// Whether one is asked for.
    var isAny: Bool { junit != nil || report != nil }

    func validate() throws {
        guard junit == nil || junit != report else {
            throw ValidationError("--junit and --report name the same file")
        }
    }

    /// Finds out whether the reports can be written, before anything runs.
    func files() throws -> Files {
        try ReportOptions.speaking { () throws(Diagnostic) in
            Files(
                junit: try junit.map { path throws(Diagnostic) in
                    try ReportFile(path, after: "--junit", suffix: "xml", mark: JUnitReport.mark)
                },
                page: try report.map { path throws(Diagnostic) in
                    try ReportFile(path, after: "--report", suffix: "html", mark: DifferencePage.mark)
                }
            )
        }
    }

    /// The files of the reports that are wanted.
    struct Files {
        let junit: ReportFile?
        let page: ReportFile?

        /// Writes the reports.
        func write(_ report: CheckReport, of project: Project) throws {
            try ReportOptions.speaking { () throws(Diagnostic) in
                try junit?.write(JUnitReport.text(of: report))
                guard let page else { return }
                let differences = report.differences(of: project)
                try page.write(
                    DifferencePage.render(differences, in: page.folder, style: project.reportStyle)
                )
            }
        }
    }

    /// Does something, and says what is wrong with the files.
    private static func speaking<Value>(_ body: () throws(Diagnostic) -> Value) throws -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            Terminal.say("\(error)")
            throw ExitCode(2)
        }
    }
}
