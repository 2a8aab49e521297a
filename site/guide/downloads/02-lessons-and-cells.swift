// 02-lessons-and-cells.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 02-lessons-and-cells
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 26)
Notebook.beginCell("sum", of: notebook)
#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 26)
Notebook.show(
1 + 2)

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 36)
Notebook.beginCell("declare", of: notebook)
var count = 0
func next() -> Int { count += 1; return count }

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 41)
Notebook.beginCell("use", of: notebook)
#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 41)
Notebook.show(
(next(), next()))

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 85)
Notebook.beginCell("shown", of: notebook)
let squares = (1...5).map { $0 * $0 }
#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 86)
Notebook.show(
squares)

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 92)
Notebook.beginCell("silent", of: notebook)
print("You cannot see this.")

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 119)
Notebook.beginCell("claim", of: notebook)
require(squares.last! == 25, "the fifth square is 25")

#sourceLocation()
Notebook.endLesson(notebook)
