internal import Course
internal import Lessons

/// What `check` found in the XML that continuous integration reads: a suite for each lesson with a test case for each of
/// its cells, one for the files of the site, and one for errors. Nothing in it depends on the time or the machine.
struct JUnitReport {
    /// The beginning of the root element, by which a report is known.
    static let mark = #"<testsuites name="unroll check""#

    private let report: CheckReport

    /// Returns the text of the file.
    static func text(of report: CheckReport) -> String {
        JUnitReport(report: report).document.text
    }

    private var document: XMLElement {
        var suites: [XMLElement] = []
        for cell in report.cells where suites.last?["name"] != cell.lesson {
            let cases = report.cells.filter { $0.lesson == cell.lesson }.map(JUnitReport.testCase)
            suites.append(JUnitReport.suite(cell.lesson, cases))
        }
        let files = (report.findings ?? []).filter { !$0.isOfCell }.map(JUnitReport.testCase)
        if report.findings != nil, report.isOfFiles || !files.isEmpty {
            let same = XMLElement("testcase", [("name", "all files"), ("classname", "site")])
            suites.append(JUnitReport.suite("site", files.isEmpty ? [same] : files))
        }
        let errors = report.diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { suites.append(JUnitReport.suite("errors", errors.map(JUnitReport.testCase))) }
        return XMLElement("testsuites", [("name", "unroll check")] + JUnitReport.counts(suites), suites)
    }

    private static func suite(_ name: String, _ cases: [XMLElement]) -> XMLElement {
        func count(_ result: String) -> String {
            String(cases.count { $0.children.contains { $0.name == result } })
        }
        return XMLElement(
            "testsuite",
            [
                ("name", name), ("tests", String(cases.count)), ("failures", count("failure")),
                ("errors", count("error")), ("skipped", count("skipped")),
            ],
            cases
        )
    }

    private static func counts(_ suites: [XMLElement]) -> [(String, String)] {
        ["tests", "failures", "errors", "skipped"].map { name in
            (name, String(suites.reduce(0) { $0 + (Int($1[name] ?? "") ?? 0) }))
        }
    }

    private static func testCase(_ cell: CheckedCell) -> XMLElement {
        var element = testCase(cell.name ?? "lesson", in: cell.lesson, cell.file, cell.line)
        func skipped(_ message: String) -> XMLElement { XMLElement("skipped", [("message", message)]) }
        switch cell.state {
        case .same: break
        case .unrun: element.children = [skipped("was not run, as its lesson stopped")]
        case .volatile: element.children = [skipped("volatile: its output is never compared")]
        case .unrecorded: element.children = [skipped("the site has no record to compare with")]
        case .different:
            let sentences = cell.findings.map(\.sentence)
            var failure = XMLElement(
                "failure",
                [("type", cell.findings[0].kind.rawValue), ("message", sentences[0])]
            )
            failure.content = sentences.joined(separator: "\n")
            element.children = [failure]
        }
        return element
    }

    private static func testCase(_ finding: Finding) -> XMLElement {
        var element = testCase(finding.file, in: "site", finding.file, finding.line)
        var failure = XMLElement("failure", [("type", finding.kind.rawValue), ("message", finding.sentence)])
        failure.content = finding.description
        element.children = [failure]
        return element
    }

    private static func testCase(_ diagnostic: Diagnostic) -> XMLElement {
        let location = diagnostic.location
        var element = testCase(diagnostic.shownLocation, in: "errors", location.file, location.line)
        var error = XMLElement(
            "error",
            [("type", diagnostic.kind.rawValue), ("message", diagnostic.message)]
        )
        error.content = diagnostic.description
        element.children = [error]
        return element
    }

    private static func testCase(
        _ name: String,
        in classname: String,
        _ file: String,
        _ line: Int?
    ) -> XMLElement {
        let line = line.map { [("line", String($0))] } ?? []
        return XMLElement("testcase", [("name", name), ("classname", classname), ("file", file)] + line)
    }
}

/// An element of XML, to be written.
private struct XMLElement {
    let name: String
    let attributes: [(name: String, value: String)]
    var children: [XMLElement]
    /// The text in it, where it has no children.
    var content = ""

    init(_ name: String, _ attributes: [(String, String)], _ children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes.map { (name: $0, value: $1) }
        self.children = children
    }

    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The document of which this is the root.
    var text: String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + lines(indentation: "").joined(separator: "\n") + "\n"
    }

    private func lines(indentation: String) -> [String] {
        let start = attributes.reduce("\(indentation)<\(name)") {
            "\($0) \($1.name)=\"\($1.value.escapedForXML(inAttribute: true))\""
        }
        if !content.isEmpty { return ["\(start)>\(content.escapedForXML(inAttribute: false))</\(name)>"] }
        guard !children.isEmpty else { return ["\(start)/>"] }
        return ["\(start)>"] + children.flatMap { $0.lines(indentation: indentation + "  ") }
            + ["\(indentation)</\(name)>"]
    }
}

extension String {
    /// The text as XML 1.0 can hold it: what means something there is escaped, and the control characters that it forbids
    /// are shown as their pictures.
    fileprivate func escapedForXML(inAttribute: Bool) -> String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where inAttribute: escaped += "&quot;"
            case "\n" where inAttribute, "\t" where inAttribute, "\r": escaped += "&#\(scalar.value);"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar.inXML)
            }
        }
        return escaped
    }
}

extension Unicode.Scalar {
    /// The character that stands for this one in XML: itself, if XML can hold it.
    fileprivate var inXML: Unicode.Scalar {
        switch value {
        case 0..<0x20: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: self
        }
    }
}
