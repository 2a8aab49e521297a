import Lessons
import Pages
import Records
import Serialization
import Testing

/// Pages made again for some lessons are those that a whole site would have, or none.
@Suite struct SiteRevisionTests {
    private let other = "See [](01-a.md#shown), [](01-a.md#a-heading) and [](#term-the-gain).\n"

    private func lesson(_ heading: String, value: String, figures: Int, rest: String = "") throws
        -> FinishedLesson
    {
        let body = """
            \(rest)

            ## A heading

            \(heading)

            ```swift model name=first
            draw()
            ```

            ```swift model name=shown
            draw()
            ```

            The gain
            : It is `{swift} gain`.
            """
        let figure = Output.figure(Figure(svg: "<svg></svg>", title: "T", summary: "S"))
        let outputs = ["first": Array(repeating: figure, count: figures), "shown": [figure]]
        return try Sample.lesson("01-a", body, outputs: outputs, values: [value])
    }

    private func revised(_ new: FinishedLesson) throws -> (revision: SiteRevision?, whole: Site) {
        let second = try Sample.lesson("02-b", other)
        let old = try Sample.site(lesson("Text.", value: "0.5", figures: 1), second)
        #expect(old.diagnostics == [])
        // As it is read back from disk.
        let frame = try #require(SiteFrame(json: old.frame.json))
        #expect(frame == old.frame)
        let revision = SiteRevision(
            of: old.files,
            frame,
            edited: [new],
            among: [new.lesson, second.lesson],
            Sample.settings,
            provenance: Sample.provenance,
            theme: .standard,
            assets: .none,
            highlight: Sample.highlight
        )
        return (revision, Sample.site(new, second))
    }

    @Test func anEditOfProseIsOneOfItsPageAlone() throws {
        let (revision, whole) = try revised(
            lesson("Other [](#shown) text.", value: "0.5", figures: 1, rest: "More.")
        )
        #expect(try #require(revision).files == whole.files)
        #expect(revision?.frame == whole.frame)
    }

    /// The number of a figure, a value in a definition: other pages show them, too.
    @Test func whatOtherPagesShowIsNot() throws {
        #expect(try revised(lesson("Text.", value: "0.7", figures: 1)).revision == nil)
        #expect(try revised(lesson("Text.", value: "0.5", figures: 2)).revision == nil)
    }
}
