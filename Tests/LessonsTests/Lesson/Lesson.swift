internal import Foundation
internal import Lessons
internal import Testing

@Suite struct LessonTests {
    /// What is said of a date, with its place.
    private func complaint(about date: String) -> String? {
        let read = Lesson.read("---\ntitle: A\ndate: \(date)\n---\n", file: "a.md")
        #expect((read.lesson?.frontMatter.date == date) == read.diagnostics.isEmpty)
        return read.diagnostics.first.map { "\($0.shownLocation): \($0.message); \($0.hint ?? "")" }
    }

    @Test func onlyDaysThatExistAreDates() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        // Before 1582 Foundation goes by the Julian calendar.
        for year in [1, 4, 400, 1752, 1900, 2000, 2023, 2024, 2026, 2100, 9999] {
            for month in 1...12 {
                for day in 1...31 {
                    let parts = DateComponents(calendar: calendar, year: year, month: month, day: day)
                    let date = [(year, 4), (month, 2), (day, 2)].map { number, count in
                        String(repeating: "0", count: count - "\(number)".count) + "\(number)"
                    }.joined(separator: "-")
                    #expect((complaint(about: date) == nil) == parts.isValidDate, "\(date)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("2026-02-30", "there is no day '2026-02-30'; days of 2026-02 are 01 to 28"),
            ("0100-02-29", "there is no day '0100-02-29'; days of 0100-02 are 01 to 28"),
            ("2024-02-30", "there is no day '2024-02-30'; days of 2024-02 are 01 to 29"),
            ("2026-04-31", "there is no day '2026-04-31'; days of 2026-04 are 01 to 30"),
            ("2026-01-00", "there is no day '2026-01-00'; days of 2026-01 are 01 to 31"),
            ("2026-13-01", "there is no day '2026-13-01'; months are 01 to 12"),
            ("0000-01-01", "there is no day '0000-01-01'; years begin with 0001"),
        ]
            + [
                "2026-2-3", "2026-W07-1", "2026-033", "20260203", "2026-02", "2026-02-03T25:61",
                "2026-02-03 10:00", "-026-02-03",
                "２０２６-02-03", "3.2.2026", "tomorrow",
            ].map { ($0, "'\($0)' is no date; write it as 2026-11-20") }
    )
    func whatIsNoDaySaysWhy(date: String, words: String) {
        #expect(complaint(about: date) == "a.md:3:7: \(words)")
    }

    @Test func allPartsOfALessonAreRead() throws {
        let text = """
            ---
            title: Sine
            summary: One line.
            tags: [sine, forecast]
            references: ["Elman, 1990"]
            tolerance: 1e-5
            timeout: 2m
            ---

            Prose.

            ```swift model name=train caption="A \\"loss\\" \\\\ 损失" alt="Falls" folded tolerance=1e-3 timeout=500ms
            let x = 1
            ```

            ```swift model fails="no such \\"x\\"" volatile
            ```
            """
        let (read, diagnostics) = Lesson.read(text, file: "lessons/05-sine.md")
        #expect(diagnostics == [])
        let lesson = try #require(read)
        #expect(lesson.slug == "05-sine")
        #expect(
            lesson.frontMatter
                == FrontMatter(
                    title: "Sine",
                    summary: "One line.",
                    tags: ["sine", "forecast"],
                    references: ["Elman, 1990"],
                    tolerance: 1e-5,
                    timeout: .seconds(120)
                )
        )
        let train = lesson.cells[0]
        #expect(train.name == "train")
        #expect(train.code == "let x = 1\n")
        #expect(train.fence == SourceLocation(file: "lessons/05-sine.md", line: 12, column: 1))
        #expect(train.firstLine == 13)
        #expect(train.options.caption == "A \"loss\" \\ 损失")
        #expect(train.options.alternative == "Falls")
        #expect(train.options.isFolded && !train.options.isHidden && !train.options.isQuiet)
        #expect(train.options.tolerance == 1e-3)
        #expect(train.options.timeout == .milliseconds(500))
        #expect(train.options.locations[.name]?.column == 16)
        #expect(lesson.cells[1].name == "cell-2")
        #expect(lesson.cells[1].options.expectedFailure == .compile("no such \"x\""))
        #expect(lesson.cells[1].options.isVolatile)
        #expect(lesson.document.blocks.map(\.content).dropFirst() == [.cell(0), .cell(1)])
    }

    /// `- ` and `> ` before the code, tabs, and lines with more or less before them.
    @Test(arguments: [
        ("```swift model\nab\n```", 1, 1, "5:1"),
        ("   ```swift model\n   ab\n   ```", 1, 2, "5:5"),
        ("- ```swift model\n  ab\n  cd\n  ```", 2, 1, "6:3"),
        ("> ```swift model\n> ab\n>cd\n> ```", 1, 1, "5:3"),
        ("> ```swift model\n> ab\n>cd\n> ```", 2, 1, "6:2"),
        ("> 1. 中\n>\n>    ```swift model\n>\n>    ab\n>    ```", 2, 1, "8:6"),
        ("1.\t```swift model\n\tab\n\t```", 1, 1, "5:2"),
    ])
    func placesInCodeAreExact(markdown: String, line: Int, column: Int, expected: String) throws {
        let (read, diagnostics) = Lesson.read("---\ntitle: A\n---\n\(markdown)\n", file: "a.md")
        #expect(diagnostics == [])
        let lesson = try #require(read)
        let place = lesson.location(in: lesson.cells[0], line: line, column: column)
        #expect(place.description == "a.md:\(expected)")
    }

    /// Each expression's place is that of its first byte.
    @Test(arguments: [
        ("`{swift} ab`", "ab", "4:10"),
        ("损失 ``  {swift}   ab ``!", "ab", "4:22"),
        ("a\n  b *c `{swift} ab` d*", "ab", "5:17"),
        ("> - q\n>   r `{swift} ab`", "ab", "5:16"),
        ("> a\nlazy `{swift} ab`", "ab", "5:15"),
        ("[l]: u\n[l] \\* &amp; `{swift} ab`", "ab", "5:23"),
        ("Set\n`{swift} a[\"x\"]`\n\ntext", "a[\"x\"]", "5:10"),
        ("| `{swift} ab`", "ab", "4:12"),
    ])
    func placesOfExpressionsAreExact(markdown: String, code: String, place: String) throws {
        let (lesson, diagnostics) = Lesson.read("---\ntitle: A\n---\n\(markdown)\n", file: "a.md")
        #expect(diagnostics == [])
        let expression = try #require(lesson?.expressions.first)
        #expect(expression.code == code)
        #expect(expression.location.description == "a.md:\(place)")
    }

    @Test func expressionsKnowTheCellsBeforeThem() throws {
        let text = """
            ---
            title: A
            ---
            `{swift} a`

            ```swift model
            ```
            - x

              ```swift model
              ```

            b `{swift} b` *`{swift} c`* `{python} d`
            """
        let lesson = try #require(Lesson.read(text, file: "a.md").lesson)
        #expect(lesson.expressions.map(\.precedingCells) == [0, 2, 2])
        #expect(lesson.expressions.map(\.code) == ["a", "b", "c"])
    }

    @Test func treesTooDeepAreRefused() {
        let quotes = String(repeating: ">", count: 50_000) + " x"
        let lists = String(repeating: "- ", count: 5_000) + "x"
        let marks = String(repeating: "*a **b ", count: 5_000) + String(repeating: "c** d*", count: 5_000)
        for text in [quotes, lists, marks] {
            let (lesson, diagnostics) = Lesson.read("---\ntitle: A\n---\n\(text)\n", file: "a.md")
            #expect(lesson == nil)
            #expect(diagnostics.map(\.kind) == [.markdown])
        }
    }
}
