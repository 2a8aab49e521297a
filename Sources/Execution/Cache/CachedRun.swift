internal import Foundation
internal import Lessons
internal import Records
internal import Serialization
internal import SwiftAnalysis

/// A run of a lesson as it is stored: its places survive edits of prose, comments and layout.
struct CachedRun: Codable {
    /// The record, as JSON.
    private var record: Data
    /// The compiler's warnings.
    private var warnings: [Diagnostic]
    /// The places of the warnings in the steps' code.
    private var anchors: [Anchor?]
    /// The layout of the lesson, on which the places of warnings depend.
    private var layout: Digest
    /// The notes on the steps; their ranges are numbers of significant bytes.
    private var notes: StepNotes
    /// The documentation of what the lesson declares, on which notes depend.
    let documentation: Digest
    /// The values of built cells, as bytes.
    private var values: Data
    /// The time that it took.
    let cost: LessonRun.Cost?

    /// Takes what there is to store of a run; `nil` for one without a record.
    init?(_ run: LessonRun, _ notes: StepNotes, of part: LessonPart) {
        guard let record = run.record else { return nil }
        let significant = part.code.map(SignificantBytes.init)
        self.record = Data(record.json.compact.utf8)
        // What was written to standard error is no result.
        warnings = run.diagnostics.filter { $0.severity != .note }
        anchors = warnings.map { Anchor(of: $0.location, in: part, significant) }
        layout = part.lesson.layout
        self.notes = notes.moved { significant[$0].numbers(of: $1) }
        documentation = part.documentation
        cost = run.cost
        values = Data(run.values.bytes)
    }

    /// Returns the run, and what is known of the steps, with all places as they are in the lesson now.
    func moved(to part: LessonPart) -> (run: LessonRun, notes: StepNotes)? {
        guard let record = (try? JSON(parsing: record)).flatMap(RunRecord.init(json:)),
            let values = ShippedValues(bytes: Array(values))
        else { return nil }
        let significant = part.code.map(SignificantBytes.init)
        let notes = notes.moved { index, numbers in
            significant.indices.contains(index) ? significant[index].range(of: numbers) : nil
        }
        var run = LessonRun(
            record: record,
            program: part.offered(showing: notes.shown),
            diagnostics: warnings
        )
        if layout != part.lesson.layout {
            run.diagnostics = zip(warnings, anchors).map { warning, anchor in
                anchor.flatMap { $0.place(in: part, significant) }.map {
                    warning.moved(to: $0, in: part.lesson)
                }
                    ?? warning
            }
        }
        run.notes = notes.byCell(part.steps)
        run.cost = cost
        run.values = values
        run.isCached = true
        return (run, notes)
    }
}

extension LessonPart {
    /// A digest of the comments that document what the steps declare: no record depends on them, but notes on names do.
    var documentation: Digest {
        let comments = code.flatMap { code in
            let bytes = Array(code.text.utf8)
            return code.syntax.tokens.filter { $0.kind == .comment }.map {
                String(decoding: bytes[$0.range], as: UTF8.self)
            }
        }
        let documenting = comments.filter { $0.hasPrefix("///") || $0.hasPrefix("/**") }
        return Digest(of: documenting.joined(separator: "\n"))
    }

    /// Returns the program that readers take home: what the author wrote.
    func offered(showing shown: [Int: [Range<Int>]]) -> String {
        Program.assemble(
            steps,
            of: lesson,
            importing: imports,
            showing: shown,
            readsData: !lesson.frontMatter.data.isEmpty
        ).text
    }
}

extension Lesson {
    /// A digest of where its cells stand and of every byte of them.
    fileprivate var layout: Digest {
        Digest(of: cells.map { "\($0.firstLine) \($0.indentation) \($0.code)" }.joined(separator: "\u{0}"))
    }
}

// MARK: - In the cache

extension Cache {
    /// Returns the run of a lesson with a key.
    func run(of lesson: String, with key: RunKey) -> CachedRun? {
        value(.run, for: Cache.digest(lesson, key))
    }

    /// Returns the key of the latest run of a lesson.
    func latestKey(of lesson: String) -> RunKey? { value(.latest, for: Digest(of: lesson)) }

    /// Stores a run of a lesson.
    func store(_ run: CachedRun, _ key: RunKey, of lesson: String) throws {
        try store(run, as: .run, for: Cache.digest(lesson, key))
        try store(key, as: .latest, for: Digest(of: lesson))
    }

    /// Returns the key of a run in the cache: lessons with equal cells have runs of their own, which name the lesson.
    private static func digest(_ lesson: String, _ key: RunKey) -> Digest {
        Digest(of: "\(lesson)\n\(key.digest.text)")
    }
}
