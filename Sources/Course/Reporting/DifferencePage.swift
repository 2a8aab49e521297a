internal import Foundation
internal import Lessons
internal import OutputHTML
package import Pages
internal import Records

/// A report as one HTML file that opens alone: it loads nothing, and runs nothing.
package struct DifferencePage {
    /// The most cells of which both sides are shown whole, and the most bytes of a page that still grows by drawings. The
    /// rest is told in words: nobody reads them, and no browser likes to.
    private static let (shown, size) = (200, 16 << 20)
    /// The most differences of a cell that stand in the open, and the most that stand there at all.
    private static let (open, told) = (8, 400)

    /// The part of the page's head by which a report is known.
    package static let mark = #"name="generator" content="unroll check""#

    private let report: DifferenceReport
    private let groups: [DifferenceReport.Group]
    private let folder: String
    private var html = HTMLBuffer()
    /// The number of cells so far.
    private var count = 0

    /// Returns the page.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - folder: The path of the folder that it will stand in, for links to lessons.
    ///   - style: The style sheet.
    package static func render(_ report: DifferenceReport, in folder: String, style: ReportStyle) -> String {
        var page = DifferencePage(report: report, folder: folder)
        page.html.markup(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="unroll check">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(report.heading) · \(report.title)</title>
            <style>
            """
        )
        page.html.style(style)
        page.html.markup("</style>\n</head>\n<body>\n<main class=\"report\">\n")
        page.header()
        for (index, group) in page.groups.enumerated() { page.group(group, number: index + 1) }
        page.files()
        page.html.markup("</main>\n</body>\n</html>\n")
        return page.html.string
    }

    private init(report: DifferenceReport, folder: String) {
        self.report = report
        groups = report.groups
        self.folder = folder
    }

    private mutating func header() {
        html.markup("<header>\n<p class=\"kicker\">\(report.title)</p>\n")
        html.element("h1", report.heading)
        html.freshLine()
        html.markup("<p class=\"summary\">\(report.headline).</p>\n")
        if let remedy = report.remedy {
            html.markup("<p class=\"remedy\"><code>\(remedy.command)</code> \(remedy.effect).</p>\n")
        }
        for reason in report.unheld { html.markup("<p class=\"unheld\">\(reason)</p>\n") }
        for error in report.errors {
            html.markup("<pre class=\"error\" tabindex=\"0\"><samp>\(error.description)</samp></pre>\n")
        }
        if groups.count + (report.files.isEmpty ? 0 : 1) > 1 {
            html.markup("<nav aria-label=\"Groups\">\n<ul>\n")
            for (index, group) in groups.enumerated() {
                html.markup("<li><a href=\"#group-\(index + 1)\">\(group.title)</a></li>\n")
            }
            if !report.files.isEmpty { html.markup("<li><a href=\"#files\">\(filesTitle)</a></li>\n") }
            html.markup("</ul>\n</nav>\n")
        }
        html.markup("</header>\n")
    }

    // MARK: - Cells

    private mutating func group(_ group: DifferenceReport.Group, number: Int) {
        html.markup("<section id=\"group-\(number)\">\n<h2>\(group.title)</h2>\n")
        // The worst of all stand in the open; of many that moved less, some, and the rest when somebody asks.
        let isLong = group.cells.count > 20
        let shown = isLong ? (number == 1 ? 10 : 3) : group.cells.count
        for cell in group.cells.prefix(shown) { self.cell(cell) }
        if isLong {
            html.markup("<details>\n<summary>\(group.cells.count - shown) more, the worst first</summary>\n")
            for cell in group.cells.dropFirst(shown) { self.cell(cell) }
            html.markup("</details>\n")
        }
        html.markup("</section>\n")
    }

    private mutating func cell(_ cell: CheckedCell) {
        count += 1
        // No name of a cell holds a full stop.
        let name = cell.name.map { ".\($0.replacing(" ", with: "."))" } ?? ""
        html.markup(
            "<article class=\"difference\" id=\"\(cell.lesson)\(name)\">\n<h3>\(cell.id)</h3>\n<p class=\"place\"><a href=\""
        )
        html.address(link(to: cell.file, cell.line))
        html.markup("\">\(cell.line.map { "\(cell.file):\($0)" } ?? cell.file)</a></p>\n")
        findings(of: cell)
        let isShown = count <= DifferencePage.shown && html.bytes.count < DifferencePage.size
        if isShown {
            outputs(of: cell)
            if let code = cell.code {
                html.markup("<details class=\"fold\"><summary>Code of the cell</summary>\n")
                html.markup(
                    "<div class=\"code\"><pre tabindex=\"0\"><code>\(code)</code></pre></div></details>\n"
                )
            }
        }
        html.markup("</article>\n")
    }

    private mutating func findings(of cell: CheckedCell) {
        let findings = cell.worstFirst
        // What has no two sides is said in a sentence.
        let sentences = findings.filter { !$0.hasSides }
        for finding in sentences.prefix(DifferencePage.told) { html.markup("<p>\(finding.sentence)</p>\n") }
        let moved = findings.filter(\.hasSides)
        guard !moved.isEmpty else { return }
        table(of: Array(moved.prefix(DifferencePage.open)))
        let rest = moved.dropFirst(DifferencePage.open)
        guard !rest.isEmpty else { return }
        let bound =
            rest.map { if case .moved(let change) = $0.gravity { change } else { Double.infinity } }.max()
            ?? 0
        let by = bound.isFinite && bound > 0 ? " that moved by at most \(Finding.short(bound))" : ""
        html.markup("<details class=\"more\"><summary>\(rest.count) more\(by)</summary>\n")
        table(of: Array(rest.prefix(DifferencePage.told)))
        if rest.count > DifferencePage.told {
            html.markup(
                "<p>and \(rest.count - DifferencePage.told) more, which <code>./unroll check --json</code> lists</p>\n"
            )
        }
        html.markup("</details>\n")
    }

    private mutating func table(of findings: [Finding]) {
        html.markup(
            "<div class=\"changes scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Differences\">\n<table>\n<thead><tr>"
        )
        html.markup("<th scope=\"col\">what</th><th scope=\"col\">\(report.sides.old)</th>")
        html.markup(
            "<th scope=\"col\">\(report.sides.new)</th><th scope=\"col\" class=\"number\">relative</th></tr></thead>\n"
        )
        html.markup("<tbody>\n")
        for finding in findings {
            guard let difference = finding.difference else { continue }
            let texts = finding.shownTexts
            let what = [difference.part, difference.label].filter { !$0.isEmpty }.joined(separator: ", ")
            html.markup("<tr><td>\(what.isEmpty ? "output" : what)</td>")
            html.markup(
                "<td class=\"old\">\(texts.old ?? "nothing")</td><td class=\"new\">\(texts.new ?? "nothing")</td>"
            )
            html.markup("<td class=\"number\">\(finding.relative)</td></tr>\n")
        }
        html.markup("</tbody>\n</table>\n</div>\n")
    }

    // MARK: - Both sides

    private mutating func outputs(of cell: CheckedCell) {
        guard !cell.findings.allSatisfy(\.isOfProse) else { return }
        let (old, new) = (cell.old?.outputs ?? [], cell.new?.outputs ?? [])
        for index in 0..<max(old.count, new.count) {
            let sides = (old.dropFirst(index).first, new.dropFirst(index).first)
            guard sides.0 != sides.1 else { continue }
            let name = "v\(count)-\(index + 1)"
            html.markup("<div class=\"views\">\n")
            if case .figure? = sides.0, case .figure? = sides.1 { choice(name) }
            html.markup("<div class=\"pair\">\n")
            side(sides.0, report.sides.old, class: "old", prefix: "\(name)-o-")
            side(sides.1, report.sides.new, class: "new", prefix: "\(name)-n-")
            html.markup("</div>\n</div>\n")
        }
    }

    /// Writes the choice of how two drawings stand, which the style sheet obeys.
    private mutating func choice(_ name: String) {
        html.markup("<fieldset class=\"choice\">\n<legend>Both drawings</legend>\n")
        for (index, view) in [
            "beside each other", "over each other", "\(report.sides.old) only", "\(report.sides.new) only",
        ].enumerated() {
            html.markup("<label><input type=\"radio\" name=\"\(name)\" class=\"view-\(index + 1)\"")
            html.markup(index == 0 ? " checked> \(view)</label>\n" : "> \(view)</label>\n")
        }
        html.markup("</fieldset>\n")
    }

    private mutating func side(_ output: Output?, _ title: String, class style: String, prefix: String) {
        html.markup("<div class=\"side \(style)\">\n<p class=\"side-title\">\(title)</p>\n")
        switch output {
        case nil: html.markup("<p class=\"nothing\">nothing</p>\n")
        case .figure(let figure)?:
            html.append(OutputRenderer.render([.figure(figure.withNames(prefixed: prefix))]).html)
        case let output?: html.append(OutputRenderer.render([output]).html)
        }
        html.markup("</div>\n")
    }

    // MARK: - Files

    private var filesTitle: String {
        report.files.count == 1 ? "1 file of the site" : "\(report.files.count) files of the site"
    }

    private mutating func files() {
        guard !report.files.isEmpty else { return }
        html.markup("<section id=\"files\">\n<h2>\(filesTitle)</h2>\n<ul class=\"files\">\n")
        for finding in report.files {
            html.markup("<li><a href=\"")
            html.address(link(to: finding.file, nil))
            html.markup(
                "\">\(finding.line.map { "\(finding.file):\($0)" } ?? finding.file)</a> \(finding.sentence)</li>\n"
            )
        }
        html.markup("</ul>\n</section>\n")
    }

    /// The address of a file as the page's folder sees it.
    private func link(to file: String, _ line: Int?) -> String {
        func parts(_ path: String) -> [String] { URL(filePath: path).standardizedFileURL.pathComponents }
        let (here, there) = (parts(folder), parts(file))
        let common = zip(here, there).prefix { $0 == $1 }.count
        let way = here.dropFirst(common).map { _ in ".." } + there.dropFirst(common).map(\.asPathComponent)
        return way.joined(separator: "/") + (line.map { "#L\($0)" } ?? "")
    }
}

extension Finding {
    /// Whether it has two sides that stand beside each other, other than that a cell is there or not.
    fileprivate var hasSides: Bool {
        guard kind == .differs, let difference else { return false }
        return !difference.part.isEmpty || difference.old != nil && difference.new != nil
    }
}

extension String {
    /// A name as a part of an address: what would end it or begin an escape is one.
    fileprivate var asPathComponent: String {
        replacing("%", with: "%25").replacing("#", with: "%23").replacing("?", with: "%3F").replacing(
            ":",
            with: "%3A"
        )
    }
}
