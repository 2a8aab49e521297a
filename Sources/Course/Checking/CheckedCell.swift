internal import Lessons
package import Records

/// A cell or a value in prose as a check left it: its place, what is recorded of it, what it shows now, and what was found.
package struct CheckedCell: Sendable, Equatable {
    /// What came of the comparison.
    package enum State: Sendable, Hashable {
        /// It shows what is recorded, within its tolerance.
        case same
        /// Something was found.
        case different
        /// It was not run, as its lesson stopped.
        case unrun
        /// The site has no record that could be compared.
        case unrecorded
        /// It is volatile, and never compared.
        case volatile
    }

    /// The lesson's slug.
    package let lesson: String
    /// The lesson's file, as a path from the working folder.
    package let file: String
    /// The line in it; `nil` for a cell that is gone.
    package let line: Int?
    /// The column in it, in characters.
    package let column: Int?
    /// The cell's name, or `expression N` for a value in prose; `nil` for the lesson as a whole.
    package let name: String?
    /// The cell's code; `nil` for what is no cell of the lesson.
    package let code: String?
    /// What is recorded.
    package let old: CellRecord?
    /// What it shows now.
    package let new: CellRecord?
    /// What was found, in the order of its outputs.
    package let findings: [Finding]
    /// What came of the comparison.
    package let state: State

    /// The lesson and the cell, as commands take them.
    package var id: String { name.map { "\(lesson)#\($0)" } ?? lesson }
}

extension CheckedCell {
    /// How far a cell is from its record, the worst greatest.
    package enum Gravity: Sendable, Hashable, Comparable {
        /// Nothing was found.
        case none
        /// The same is written differently.
        case written
        /// Only numbers moved, by at most this part of them.
        case moved(Double)
        /// Something that is no number, or was none, is another.
        case changed
        /// It was not run.
        case unrun
    }

    /// How far the cell is from its record.
    package var gravity: Gravity {
        findings.map(\.gravity).max() ?? .none
    }

    /// The findings, the worst first; equally bad ones in the order of the cell's outputs.
    package var worstFirst: [Finding] {
        let ranked = findings.enumerated().sorted { a, b in
            a.element.gravity == b.element.gravity
                ? a.offset < b.offset : a.element.gravity > b.element.gravity
        }
        return ranked.map(\.element)
    }
}

extension [CheckedCell] {
    /// Those of which something was found, the worst first; equally bad ones in the order of the lessons.
    package var worstFirst: [CheckedCell] {
        let ranked = enumerated().map { (offset: $0.offset, cell: $0.element, gravity: $0.element.gravity) }
        return ranked.filter { $0.gravity > .none }
            .sorted { a, b in a.gravity == b.gravity ? a.offset < b.offset : a.gravity > b.gravity }
            .map(\.cell)
    }
}

extension Finding {
    /// How far it is from what is recorded.
    package var gravity: CheckedCell.Gravity {
        guard kind == .differs, let difference else { return kind == .unrun ? .unrun : .changed }
        if difference.isOfWriting { return .written }
        return difference.change.map { .moved(abs($0)) } ?? .changed
    }
}

extension SiteCheck {
    /// All that was compared, in the order of the lessons.
    ///
    /// - Parameter folders: The folders of the project, for the paths of its files as people see them.
    func checkedCells(in folders: ProjectFolders) -> [CheckedCell] {
        let found = Dictionary(grouping: findings.filter(\.isOfCell)) { $0.lesson ?? "" }
        return selection.lessons.flatMap { lesson in
            lesson.checkedCells(
                found[lesson.slug] ?? [],
                recorded: recorded(lesson.slug),
                shown: shown(lesson.slug),
                file: folders.shown(file: lesson.file)
            ) { selection.contains($0, of: lesson.slug) }
        }
    }
}

extension Lesson {
    /// Returns what a comparison of the lesson left of each of its cells, then of its values in prose, then of what is no
    /// longer in it.
    ///
    /// - Parameters:
    ///   - findings: What was found about its cells.
    ///   - recorded: The record that was compared with.
    ///   - shown: What it shows now, as far as it came.
    ///   - file: The path of its file, as people see it.
    ///   - isMeant: Whether a cell was to be compared.
    package func checkedCells(
        _ findings: [Finding],
        recorded: RunRecord?,
        shown: RunRecord?,
        file: String,
        where isMeant: (String) -> Bool = { _ in true }
    ) -> [CheckedCell] {
        let own = Dictionary(grouping: findings, by: \.cell)
        let (old, new) = (recorded?.parts ?? [:], shown?.parts ?? [:])
        return comparedParts(findings, where: isMeant).map { part in
            let findings = own[part.name] ?? []
            let (old, new) = (part.name.flatMap { old[$0] }, part.name.flatMap { new[$0] })
            return CheckedCell(
                lesson: slug,
                file: file,
                line: part.location?.line,
                column: part.location.flatMap(column),
                name: part.name,
                code: part.code,
                old: old,
                new: new,
                findings: findings,
                state: CheckedCell.State(findings, isVolatile: part.isVolatile, isRecorded: old != nil)
            )
        }
    }

    /// A part of a lesson of which something can be found.
    private struct ComparedPart {
        var name: String?
        var location: SourceLocation?
        var code: String?
        var isVolatile = false
    }

    private func comparedParts(_ findings: [Finding], where isMeant: (String) -> Bool) -> [ComparedPart] {
        let cells = self.cells.map { cell in
            ComparedPart(
                name: cell.name,
                location: cell.fence,
                code: cell.code,
                isVolatile: cell.options.isVolatile
            )
        }
        let values = expressions.enumerated().map { index, expression in
            ComparedPart(name: RunRecord.name(ofExpression: index), location: expression.location)
        }
        let known = (cells + values).filter { isMeant($0.name ?? "") }
        var others: [String?] = []
        for finding in findings where !known.contains(where: { $0.name == finding.cell }) {
            if !others.contains(finding.cell) { others.append(finding.cell) }
        }
        return known + others.map { ComparedPart(name: $0) }
    }

    /// The column of a location in characters, as editors count.
    private func column(of location: SourceLocation) -> Int? {
        guard let number = location.line, let column = location.column, let text = line(number) else {
            return nil
        }
        return SourceText.characterColumn(column, in: text)
    }
}

extension CheckedCell.State {
    fileprivate init(_ findings: [Finding], isVolatile: Bool, isRecorded: Bool) {
        if findings.contains(where: { $0.kind == .unrun }) {
            self = .unrun
        } else if !findings.isEmpty {
            self = .different
        } else {
            self = isVolatile ? .volatile : isRecorded ? .same : .unrecorded
        }
    }
}

extension RunRecord {
    /// What each cell and each value in prose showed, by its name.
    fileprivate var parts: [String: CellRecord] {
        let values = expressions.enumerated().map { index, value in
            CellRecord(name: RunRecord.name(ofExpression: index), outputs: [.value(value)])
        }
        return Dictionary((cells + values).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
