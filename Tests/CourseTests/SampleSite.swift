import Lessons
import Pages
import Records

/// A lesson with what it showed, and its site.
enum SampleSite {
    static let finished: FinishedLesson = {
        let text = """
            ---
            title: By hand
            ---

            ```swift model name=train
            losses.last!
            ```

            ```swift model name=quiet quiet
            print("not shown")
            ```

            """
        let record = RunRecord(
            lesson: "02-by-hand",
            cells: [
                CellRecord(
                    name: "train",
                    outputs: [.text("100 0.0231\n"), .value("0.0231 <script>alert(1)</script>")]
                ),
                CellRecord(name: "quiet", outputs: [.text("not shown\n")]),
            ]
        )
        let lesson = Lesson.read(Array(text.utf8), file: "lessons/02-by-hand.md").lesson!
        return FinishedLesson(lesson, record, program: lesson.cells[0].code)
    }()

    static let site = Site.render(SiteSettings(title: "Lessons"), lessons: [finished], highlight: { _ in [] })
}
