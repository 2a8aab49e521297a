internal import Foundation
package import Lessons

/// What a comparison found, as its report tells it: the worst first, and what differs by little in groups.
package struct DifferenceReport: Sendable {
    /// The course's title.
    package var title: String
    /// What was found in all, in a sentence without a full stop.
    package var headline: String
    /// The command that takes what differs.
    package var remedy: Remedy?
    /// The names of both sides: what was, and what is.
    package var sides = (old: "recorded", new: "now")
    /// The cells and values in prose that were compared.
    package var cells: [CheckedCell]
    /// What was found about files.
    package var files: [Finding]
    /// The errors.
    package var errors: [Diagnostic]
    /// What could not be compared here, and why.
    package var unheld: [String]

    /// Makes a report.
    package init(
        title: String,
        headline: String,
        remedy: Remedy? = nil,
        cells: [CheckedCell],
        files: [Finding] = [],
        errors: [Diagnostic] = [],
        unheld: [String] = []
    ) {
        self.title = title
        self.headline = headline
        self.remedy = remedy
        self.cells = cells
        self.files = files
        self.errors = errors
        self.unheld = unheld
    }

    /// A command, and what it does.
    package struct Remedy: Sendable, Equatable {
        /// The command, as it can be typed.
        package let command: String
        /// What it does, as the rest of a sentence that begins with it: `takes it`.
        package let effect: String

        /// Makes a remedy.
        package init(_ command: String, _ effect: String) {
            self.command = command
            self.effect = effect
        }
    }

    /// What it tells, in two words.
    var heading: String {
        guard !errors.isEmpty || !files.isEmpty || !cells.worstFirst.isEmpty else { return "Nothing differs" }
        return cells.isEmpty && files.isEmpty ? "Nothing was compared" : "What differs"
    }

    /// Cells that are about as far from what they were.
    package struct Group: Sendable {
        /// What they have in common, with their number.
        package let title: String
        /// The cells, the worst first.
        package let cells: [CheckedCell]
    }

    /// The cells of which something was found, in groups, the worst first.
    package var groups: [Group] {
        let bounds = [1e-7, 1e-4, 1e-2]
        let found = cells.worstFirst
        let grouped = Dictionary(grouping: found) { cell -> Double in
            switch cell.gravity {
            case .none, .written: 0
            case .moved(let change): bounds.first { change <= $0 } ?? 1
            case .changed: 2
            case .unrun: 3
            }
        }
        return grouped.sorted { $0.key > $1.key }.map { rank, cells in
            let isOne = cells.count == 1
            let predicate =
                switch rank {
                case 3: isOne ? "was not run" : "were not run"
                case 2: isOne ? "shows something else" : "show something else"
                case 1: "moved by more than 1e-2"
                case 0: isOne ? "is written differently" : "are written differently"
                default: "moved by at most \(DifferenceReport.bound(of: cells))"
                }
            return Group(title: "\(DifferenceReport.count(cells)) \(predicate)", cells: cells)
        }
    }

    /// The number of cells and of values in prose, in words.
    private static func count(_ cells: [CheckedCell]) -> String {
        let values = cells.count { $0.findings.allSatisfy(\.isOfProse) }
        let counts = [(cells.count - values, "cell", ""), (values, "value", " in prose")].filter { $0.0 > 0 }
        return counts.map { count, noun, place in "\(count) \(noun)\(count == 1 ? "" : "s")\(place)" }
            .joined(separator: " and ")
    }

    /// The power of ten that no number of some cells moved beyond, relative to itself.
    private static func bound(of cells: [CheckedCell]) -> String {
        let change = cells.map { if case .moved(let change) = $0.gravity { change } else { 0.0 } }.max() ?? 0
        return "1e\(change > 0 ? Int(ceil(log10(change))) : 0)"
    }
}
