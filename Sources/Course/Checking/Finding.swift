internal import Foundation
package import Records
package import Serialization

/// One thing that `check` found.
package struct Finding: Sendable, Equatable {
    /// What sort of thing.
    package enum Kind: String, Sendable, Hashable {
        /// A cell shows something else than is recorded.
        case differs
        /// A cell shows something else when it is run in other surroundings.
        case unsteady
        /// A cell was not run, as its lesson stopped.
        case unrun
        /// A file of the site is not there.
        case missing
        /// A file of the site that Unroll made and no page uses any more.
        case extra
        /// A file of the site that Unroll made for a lesson that is gone.
        case orphaned
        /// A file of the site that is not what its lesson gives now.
        case stale
        /// A live cell shows something else in the browser than natively.
        case live
    }

    /// What sort of thing.
    package var kind: Kind
    /// The lesson's slug; `nil` for a file that belongs to none.
    package var lesson: String?
    /// The file: the lesson's, or one of the site.
    package var file: String
    /// The line in it.
    package var line: Int?
    /// The cell's name, or `expression N` for one in prose.
    package var cell: String?
    /// What is not as it was, for cells.
    package var difference: Difference?
    /// What is wrong, for files.
    package var message: String?

    /// Whether it is about a cell rather than about a file.
    package var isOfCell: Bool { [.differs, .unsteady, .unrun, .live].contains(kind) }
    /// Whether it is about the value of an expression in prose.
    package var isOfProse: Bool { isOfCell && cell?.hasPrefix("expression ") == true }
}

extension Finding: CustomStringConvertible {
    /// The finding in one line.
    ///
    ///     lessons/06-from-sine-to-cosine.md:188 #seed0  row 6, loss 0.00618 → 0.00619 (+0.0016 relative; exact wanted)
    ///     lessons/06-from-sine-to-cosine.md:93 #rate  written differently: 0.50 → 0.5
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let cell = self.cell.map { isOfProse ? " \($0)" : " #\($0)" } ?? ""
        return "\(place)\(cell)  \(sentence)"
    }

    /// What was found, in words, without its place.
    package var sentence: String {
        switch kind {
        case .differs: comparison
        case .unsteady: "differs from itself in other surroundings: \(comparison)"
        case .unrun: "was not run"
        case .live: message ?? ""
        case .missing, .extra, .orphaned, .stale: "\(kind.rawValue): \(message ?? "")"
        }
    }

    /// What differs, in words.
    private var comparison: String {
        guard let difference else { return "" }
        let label = [difference.part, difference.label].filter { !$0.isEmpty }.joined(separator: ", ")
        let place = label.isEmpty ? "" : "\(label) "
        switch (difference.old, difference.new) {
        case ("the cell"?, nil): return "is recorded, and the lesson has no such cell"
        case (nil, "the cell"?): return "has no record"
        case (let old?, nil): return "\(place)\(Finding.shown(old)) → nothing"
        case (nil, let new?): return "\(place)nothing → \(Finding.shown(new))"
        case (let old?, let new?):
            let shown = Finding.shown(old, new)
            let values = "\(shown.old) → \(shown.new)"
            if difference.isOfWriting { return "\(place)written differently: \(values)" }
            guard let change = difference.change else { return "\(place)\(values)" }
            let wanted = difference.allowed > 0 ? "at most \(Finding.short(difference.allowed))" : "exact"
            return
                "\(place)\(values) (\(change < 0 ? "" : "+")\(Finding.short(change)) relative; \(wanted) wanted)"
        case (nil, nil): return "\(place)differs"
        }
    }

    /// The old and the new text as they are shown beside each other; `nil` where there is none.
    package var shownTexts: (old: String?, new: String?) {
        guard let old = difference?.old, let new = difference?.new else {
            return (difference?.old.map(Finding.shown), difference?.new.map(Finding.shown))
        }
        let shown = Finding.shown(old, new)
        return (shown.old, shown.new)
    }

    /// How far a number moved, relative to what it was, or why there is no such number; empty for what is none.
    package var relative: String {
        guard let difference else { return "" }
        if difference.isOfWriting { return "written differently" }
        return difference.change.map { "\($0 < 0 ? "" : "+")\(Finding.short($0))" } ?? ""
    }

    /// A text in one line of bounded length; one with blanks in quotation marks.
    private static func shown(_ text: String) -> String {
        let line = text.replacing("\n", with: "⏎")
        let cut = line.count > width ? line.prefix(width - 1) + "…" : line[...]
        return cut.isEmpty || cut.contains(where: \.isWhitespace) ? "“\(cut)”" : String(cut)
    }

    /// The most characters of a text that are shown.
    private static let width = 60

    /// Two texts that differ so that one sees where: from shortly before that place on if they are long, and what looks
    /// alike by its numbers in Unicode.
    private static func shown(_ old: String, _ new: String) -> (old: String, new: String) {
        let start = zip(old.unicodeScalars, new.unicodeScalars).prefix { $0 == $1 }.count
        let skipped = start < width - 10 ? 0 : start - 20
        func near(_ text: String) -> String {
            (skipped > 0 ? "…" : "") + String(text.unicodeScalars.dropFirst(skipped))
        }
        let texts = (near(old), near(new))
        let shown = (Finding.shown(texts.0), Finding.shown(texts.1))
        guard shown.0.plain == shown.1.plain else { return shown }
        return (Finding.shown(texts.0.numbered), Finding.shown(texts.1.numbered))
    }

    /// A number with two digits: `3.7e-4`, `0.25`.
    static func short(_ number: Double) -> String {
        let text = String(format: "%.2g", number)
        // C writes at least two digits of an exponent.
        return text.replacing(/e(?<sign>[+-])0*(?<digits>[0-9]+)/) { match in
            "e\(match.sign == "-" ? "-" : "")\(match.digits)"
        }
    }
}

extension Finding {
    /// The finding for machines.
    package var json: JSON {
        func text(_ name: String, _ value: String?) -> [JSON.Member] {
            value.map { [JSON.Member(name, .string($0))] } ?? []
        }
        var members = [JSON.Member("kind", .string(kind.rawValue))]
        members += text("lesson", lesson) + text("file", file)
        members += line.map { [JSON.Member("line", .integer($0))] } ?? []
        members += text("cell", cell)
        if let difference {
            members += text("place", difference.part) + text("label", difference.label)
            members += text("old", difference.old) + text("new", difference.new)
            if let change = difference.change {
                members.append(JSON.Member("relative", .number(change)))
                members.append(JSON.Member("allowed", .number(difference.allowed)))
            }
            if difference.isOfWriting { members.append(JSON.Member("writing", .bool(true))) }
        }
        members += text("message", message)
        return .object(members + text("text", description))
    }
}

extension String {
    /// The text as it looks: of blanks none is told from another, and of what is not drawn nothing is seen.
    fileprivate var plain: String {
        var view = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
            view.append(scalar.properties.isWhitespace || scalar.value < 0x20 ? " " : scalar)
        }
        return String(view)
    }

    /// The text with what is not in ASCII as its number in Unicode, such as `\u{301}`.
    fileprivate var numbered: String {
        unicodeScalars.map {
            $0.isASCII && $0.value >= 0x20 ? "\($0)" : "\\u{\(String($0.value, radix: 16))}"
        }.joined()
    }
}
