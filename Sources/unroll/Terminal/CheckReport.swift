internal import ArgumentParser
internal import Course
internal import Lessons
internal import Records
internal import Serialization

/// What `check` says at its end, for people and for machines.
struct CheckReport {
    /// Cells first, then files; `nil` if nothing could be compared.
    let findings: [Finding]?
    let count: Int
    /// The cells and values in prose that were compared.
    let cells: [CheckedCell]
    /// What was compared; `nil` if nothing could be.
    private let selection: LessonSelection?
    /// The name of another site that was compared with; `nil` for the project's own.
    private let reference: String?
    let liveStates: Int
    let unheld: [String]
    let diagnostics: [Diagnostic]
    private let folders: ProjectFolders

    /// How many differences of one cell are told before the rest is counted.
    private static let told = 3

    init(_ outcome: CheckOutcome, of folders: ProjectFolders) {
        findings = outcome.check?.findings.map { finding in
            var finding = finding
            if finding.isOfCell { finding.file = folders.shown(file: finding.file) }
            return finding
        }
        self.folders = folders
        count = outcome.check?.cells ?? 0
        cells = outcome.cells
        selection = outcome.check?.selection
        reference = outcome.reference
        liveStates = outcome.liveStates
        unheld = outcome.unheld
        diagnostics = outcome.diagnostics.map(folders.shown)
    }

    /// Whether the files of the site were compared, too.
    var isOfFiles: Bool { selection?.isOfAll == true && reference == nil }

    /// 0 same, 1 different, 2 could not.
    var exitCode: ExitCode {
        let errors = diagnostics.filter { $0.severity == .error }
        if findings == nil || errors.contains(where: \.isOfSetup) { return ExitCode(2) }
        return findings?.isEmpty == true && errors.isEmpty ? .success : .failure
    }

    /// The findings, one a line, and a line that sums them up.
    func text(isVerbose: Bool) -> String {
        guard let findings else { return closing }
        var lines: [String] = []
        var index = 0
        while index < findings.count {
            let first = findings[index]
            let group = findings[index...].prefix {
                first.isOfCell && ($0.lesson, $0.cell, $0.kind) == (first.lesson, first.cell, first.kind)
            }
            let count = max(1, group.count)
            let told = isVerbose ? count : min(count, CheckReport.told)
            lines += findings[index..<index + told].map(\.description)
            if told < count { lines.append("  and \(count - told) more in this cell; --verbose tells them") }
            index += count
        }
        return (lines + unheld + [closing]).joined(separator: "\n")
    }

    /// What a page tells of it.
    func differences(of project: Project) -> DifferenceReport {
        var report = DifferenceReport(
            title: project.title,
            headline: String(headline.drop { "✓✗ ".contains($0) }),
            remedy: remedy,
            cells: cells,
            files: (findings ?? []).filter { !$0.isOfCell },
            errors: diagnostics.filter { $0.severity == .error },
            unheld: unheld
        )
        if let reference { report.sides = (reference, "here") }
        return report
    }

    /// What was found in all, and the command that takes it, in one line.
    var closing: String {
        [headline, remedy.map { "\($0.command) \($0.effect)" }].compactMap(\.self).joined(separator: " · ")
    }

    /// What was found in all, in one line.
    var headline: String {
        guard let findings else { return "✗ nothing was compared" }
        let all = count.counted("cell") + (liveStates > 0 ? ", \(liveStates.counted("live state"))" : "")
        guard !findings.isEmpty else {
            let errors = diagnostics.count { $0.severity == .error }
            return errors == 0 ? "✓ \(all), and nothing differs" : "✗ \(errors.counted("error"))"
        }
        var parts: [String] = []
        let names: [(Finding.Kind, String)] = [
            (.differs, "differs"), (.unsteady, "differs from itself"), (.unrun, "was not run"),
            (.live, "differs in the browser"), (.missing, "is missing"), (.extra, "is extra"),
            (.orphaned, "is orphaned"), (.stale, "is stale"),
        ]
        for (kind, verb) in names {
            let found = findings.filter { $0.kind == kind }
            parts += [found.filter { !$0.isOfProse }, found.filter(\.isOfProse)].compactMap { found in
                count(found, verb)
            }
        }
        return "✗ \(parts.joined(separator: ", "))"
    }

    /// How many cells, values in prose or files there are of one sort; `nil` for none.
    private func count(_ found: [Finding], _ verb: String) -> String? {
        guard let first = found.first else { return nil }
        let count = first.isOfCell ? Set(found.map { [$0.lesson, $0.cell] }).count : found.count
        let noun = first.isOfProse ? "value" : first.isOfCell ? "cell" : "file"
        let of = first.isOfProse ? " in prose" : first.isOfCell ? " of \(self.count)" : ""
        let isOfWriting = first.kind == .differs && found.allSatisfy { $0.difference?.isOfWriting == true }
        let verb = isOfWriting ? "is written differently" : verb
        return "\(count.counted(noun))\(of) \(count == 1 ? verb : CheckReport.plural(verb))"
    }

    private static func plural(_ verb: String) -> String {
        verb.replacing("differs", with: "differ").replacing("was", with: "were").replacing(
            "is ",
            with: "are "
        )
        .replacing("itself", with: "themselves")
    }

    /// The command that takes what differs; `nil` where there is none, and where another site is as it is.
    var remedy: DifferenceReport.Remedy? {
        guard reference == nil else { return nil }
        guard let findings, !findings.isEmpty, !findings.contains(where: { $0.kind == .unrun }) else {
            return nil
        }
        if findings.allSatisfy({ $0.kind == .live }) {
            return remedy("./unroll accept --live", "makes modules anew")
        }
        let differing = findings.filter { $0.kind == .differs }
        guard !differing.isEmpty else {
            let count = findings.count { $0.kind != .unsteady }
            return count == 0 ? nil : remedy("./unroll build", "writes \(count == 1 ? "it" : "them")")
        }
        let names = self.names(of: differing)
        if names.count > 1, selection?.isOfAll == true {
            return remedy("./unroll accept --all", "takes them")
        }
        let isOne = names.count == 1 && names[0].contains("#")
        return remedy("./unroll accept \(names.joined(separator: " "))", "takes \(isOne ? "it" : "them")")
    }

    /// A command, as the user can paste it, with what it does.
    private func remedy(_ command: String, _ effect: String) -> DifferenceReport.Remedy {
        DifferenceReport.Remedy(folders.pasteable(command), effect)
    }

    /// What `accept` is to be given for all that differs: lessons, and cells where one alone differs or is meant.
    private func names(of differing: [Finding]) -> [String] {
        var names: [String] = []
        for (lesson, findings) in Dictionary(grouping: differing, by: { $0.lesson ?? "" }).sorted(by: {
            $0.key < $1.key
        }) {
            let cells = Set(findings.map(\.cell))
            let isWhole = findings.contains { $0.isOfProse || $0.cell == nil }
            let isOfCells = cells.count == 1 || selection?.cells(of: lesson) != nil
            names +=
                isWhole || !isOfCells ? [lesson] : cells.compactMap { $0 }.sorted().map { "\(lesson)#\($0)" }
        }
        return names
    }

    /// Everything, for machines.
    var json: String {
        let status =
            findings == nil || exitCode == ExitCode(2) ? "failed" : exitCode == .success ? "same" : "differs"
        let json: JSON = [
            "status": .string(status), "cells": .integer(count), "liveStates": .integer(liveStates),
            "unheld": .array(unheld.map(JSON.string)), "columnUnit": "character",
            "findings": .array((findings ?? []).map(\.json)),
            "diagnostics": .array(
                diagnostics.map { diagnostic in
                    [
                        "severity": .string(diagnostic.severity.rawValue),
                        "kind": .string(diagnostic.kind.rawValue),
                        "place": .string(diagnostic.shownLocation),
                        "message": .string(diagnostic.message),
                    ]
                }
            ),
        ]
        return String(json.lines.dropLast())
    }
}

extension Diagnostic {
    /// Whether the command could not run, rather than a lesson being at fault.
    var isOfSetup: Bool {
        kind == .setup || kind == .file && !location.file.hasSuffix(".md")
    }
}
