internal import Foundation
internal import Lessons
internal import Records
internal import Serialization
internal import Testing
internal import Turns
internal import unroll

/// The gallery's record is the golden of every chart: `CourseTests` draws each anew and compares it with the record,
/// line by line of the drawing. So every cell of the gallery must have its chart there, and no other be left.
@Suite("The gallery", .inTurns) struct GalleryGoldens {
    private let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    private func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

    @Test("has a golden for each of its charts, and no golden without a chart") func goldens() throws {
        let lesson = try #require(
            Course(at: path("lessons")).lessons.first { $0.slug == "gallery" }
        )
        let json = try String(contentsOfFile: path("site/records/gallery.json"), encoding: .utf8)
        let record = try #require(RunRecord(json: JSON(parsing: json.utf8)))
        #expect(record.cells.map(\.name) == lesson.cells.map(\.name))
        for (cell, golden) in zip(lesson.cells, record.cells) where !cell.options.isQuiet {
            guard case .figure(let figure)? = golden.outputs.first, golden.outputs.count == 1 else {
                Issue.record("\(cell.name) shows no chart, or more than one")
                continue
            }
            #expect(figure.svg.contains(" class=\"chart\" "), "\(cell.name)")
            #expect(!figure.summary.isEmpty, "\(cell.name)")
        }
    }
}
