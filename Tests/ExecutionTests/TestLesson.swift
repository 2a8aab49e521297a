import Lessons

import Execution

/// A lesson of these cells, laid out as a file: a heading, then each cell in its fence with a line of prose above.
func lesson(_ cells: String..., file: String = "lessons/07-test.md", indentation: Int = 0) -> Lesson {
    lesson(cells, file: file, indentation: indentation)
}

/// A lesson of these cells, laid out as a file: a heading, then each cell in its fence with a line of prose above.
func lesson(_ cells: [String], file: String = "lessons/07-test.md", indentation: Int = 0) -> Lesson {
    var lines = ["---", "title: Test", "---"]
    var made: [Cell] = []
    let margin = String(repeating: " ", count: indentation)
    for (index, code) in cells.enumerated() {
        lines += ["", "Prose.", "", "\(margin)```swift model"]
        made.append(
            Cell(
                name: "cell-\(index + 1)",
                code: code + "\n",
                fence: SourceLocation(file: file, line: lines.count, column: indentation + 1),
                firstLine: lines.count + 1,
                indentation: indentation
            )
        )
        lines += code.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? "" : margin + $0
        }
        lines.append("\(margin)```")
    }
    return Lesson(
        slug: "07-test",
        file: file,
        frontMatter: FrontMatter(title: "Test"),
        document: MarkdownDocument(blocks: []),
        cells: made,
        lines: lines
    )
}
