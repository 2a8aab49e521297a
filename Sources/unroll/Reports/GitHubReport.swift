internal import Course
internal import Foundation
internal import Lessons
internal import LibC

/// What `check` found for GitHub Actions: annotations at the lines of lessons, and a summary of the step.
struct GitHubReport {
    /// The most annotations of a step that GitHub shows.
    private static let shown = 10
    /// The most cells that the summary names, which GitHub bounds by its bytes.
    private static let listed = 200

    /// The path of the repository's checkout, from which files are named.
    private let workspace: String?
    /// The path of the file that takes the summary.
    private let summary: String?

    /// The report, where the tool runs as a step of GitHub Actions; `nil` anywhere else.
    static func find() -> GitHubReport? {
        let environment = ProcessInfo.processInfo.environment
        guard Terminal.isObeyed else { return nil }
        return GitHubReport(
            workspace: environment["GITHUB_WORKSPACE"],
            summary: environment["GITHUB_STEP_SUMMARY"]
        )
    }

    /// Prints the annotations, and appends the summary to its file.
    ///
    /// - Parameters:
    ///   - report: What was found.
    ///   - isForMachines: Whether standard output holds JSON; then annotations go to standard error, which GitHub reads, too.
    func tell(_ report: CheckReport, isForMachines: Bool) {
        for line in annotations(of: report).map(\.command) {
            Terminal.command(line, toErrors: isForMachines)
        }
        guard let summary, !summary.isEmpty else { return }
        if let reason = GitHubReport.append(markdown(of: report), to: summary) {
            Terminal.say("\(summary): warning: the summary cannot be written: \(reason)")
        }
    }

    // MARK: - Annotations

    /// The annotations, the worst first: what stopped a lesson, then cells, then files.
    private func annotations(of report: CheckReport) -> [Annotation] {
        let errors = report.diagnostics.filter { $0.severity == .error }
        let stopped = Set(errors.map(\.location.file))
        var annotations = errors.map { error in
            Annotation(
                file: path(error.location.file),
                line: error.location.line,
                column: error.column,
                title: "Error",
                message: [error.message, error.hint].compactMap(\.self).joined(separator: "\n")
            )
        }
        // What stopped a lesson says more than the cells after it.
        for cell in report.cells.worstFirst where cell.state != .unrun || !stopped.contains(cell.file) {
            annotations.append(
                Annotation(
                    file: path(cell.file),
                    line: cell.line,
                    column: cell.column,
                    title: cell.state == .unrun ? "\(cell.id) was not run" : "\(cell.id) differs",
                    message: cell.told
                )
            )
        }
        for finding in report.findings ?? [] where !finding.isOfCell {
            annotations.append(
                Annotation(
                    file: path(finding.file),
                    line: finding.line,
                    title: "The site is not what the lessons give",
                    message: finding.sentence
                )
            )
        }
        return Array(annotations.prefix(GitHubReport.shown))
    }

    /// The path of a file from the repository's root, given one from the working folder.
    private func path(_ file: String) -> String {
        guard let workspace else { return file }
        func parts(_ path: String) -> [String] {
            URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
        }
        let (root, whole) = (parts(workspace), parts(file))
        guard whole.starts(with: root), whole.count > root.count else { return file }
        return whole.dropFirst(root.count).joined(separator: "/")
    }

    /// A message at a line of a file, as a command of a workflow.
    private struct Annotation {
        var file: String
        var line: Int?
        var column: Int?
        var title: String
        var message: String

        /// The command, in one line.
        var command: String {
            let place = [
                ("file", file), ("line", line.map(String.init)), ("col", column.map(String.init)),
                ("title", title),
            ]
            let properties = place.compactMap { name, value in
                value.map { "\(name)=\($0.escapedForCommand(isProperty: true))" }
            }
            return
                "::error \(properties.joined(separator: ","))::\(message.escapedForCommand(isProperty: false))"
        }
    }

    // MARK: - The summary

    private func markdown(of report: CheckReport) -> String {
        let errors = report.diagnostics.filter { $0.severity == .error }
        let files = (report.findings ?? []).filter { !$0.isOfCell }
        var rows = errors.map { [$0.shownLocation, "", $0.message] }
        rows += report.cells.worstFirst.map { cell in
            [GitHubReport.place(cell.file, cell.line), cell.name ?? "", cell.told]
        }
        rows += files.map { [GitHubReport.place($0.file, $0.line), "", $0.sentence] }
        var lines = ["### \(report.headline.escapedForMarkdown)", ""]
        if !rows.isEmpty { lines += ["| where | cell | what |", "|---|---|---|"] }
        lines += rows.prefix(GitHubReport.listed).map { row in
            "| \(row.map(\.escapedForMarkdown).joined(separator: " | ")) |"
        }
        let rest = rows.count - GitHubReport.listed
        if rest > 0 { lines += ["", "and \(rest) more"] }
        lines += report.unheld.flatMap { ["", $0.escapedForMarkdown] }
        if let remedy = report.remedy {
            lines += ["", "\(remedy.command) \(remedy.effect)".escapedForMarkdown]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func place(_ file: String, _ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }

    /// Appends to a file.
    ///
    /// - Returns: Why that could not be, in the system's words; `nil` if it was.
    private static func append(_ text: String, to path: String) -> String? {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        do {
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(
                contentsOf: Data(text.utf8)
            )
            return nil
        } catch {
            return error.localizedDescription
        }
    }
}

extension CheckedCell {
    /// The worst of what was found, and how much else there is.
    fileprivate var told: String {
        let findings = worstFirst
        let rest = findings.count > 1 ? "; and \(findings.count - 1) more in this cell" : ""
        return (findings.first?.sentence ?? "") + rest
    }
}

extension String {
    /// The text as GitHub reads it back from the command of a workflow.
    fileprivate func escapedForCommand(isProperty: Bool) -> String {
        var escapes: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
        if isProperty { escapes.merge([":": "%3A", ",": "%2C"]) { first, _ in first } }
        return unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
    }

    /// The text in one line of Markdown in which nothing is markup, a link or somebody's name.
    fileprivate var escapedForMarkdown: String {
        showingControlCharacters.unicodeScalars.map { scalar in
            let isPlain =
                !scalar.isASCII || scalar.properties.isAlphabetic
                || "0123456789 .,-/".unicodeScalars.contains(scalar)
            return isPlain ? String(scalar) : "&#\(scalar.value);"
        }
        .joined()
    }
}
