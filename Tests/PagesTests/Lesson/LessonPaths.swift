import Lessons
import Pages
import Records
import Testing

@Suite struct LessonPathsTests {
    @Test func everyFileOfALessonBelongsToIt() throws {
        var finished = try Sample.lesson(
            "01-a",
            "```swift model name=c\nf(f)\n```\n",
            outputs: ["c": [.table(Table(columns: ["x"], rows: [["1"]]))]]
        )
        finished.program = "import Notebook\n"
        finished.notes["c"] = CellNotes(names: [NameNote(0..<1, declaration: "func f()")])
        let empty = Sample.site()
        let others = Set(empty.files.map(\.path))
        let own = Sample.site(finished).files.map(\.path).filter { !others.contains($0) }
        let paths = LessonPaths("01-a")
        #expect(own.count == 5)
        #expect(own.allSatisfy(paths.contains))
        #expect(paths.contains(paths.record))
        #expect(!others.contains(where: paths.contains))
    }

    @Test func filesOfOthersDoNot() {
        let paths = LessonPaths("01-a")
        #expect(
            ["01-ab.html", "records/01-ab.json", "downloads/01-ab.md", "a.html"].allSatisfy {
                !paths.contains($0)
            }
        )
    }
}
