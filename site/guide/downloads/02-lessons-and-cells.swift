// 02-lessons-and-cells.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/02-lessons-and-cells.swift && ./lesson
import Notebook
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

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 68)
Notebook.beginCell("shown", of: notebook)
let squares = (1...5).map { $0 * $0 }
#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 69)
Notebook.show(
squares)

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 75)
Notebook.beginCell("silent", of: notebook)
print("You cannot see this.")

#sourceLocation(file: "lessons/02-lessons-and-cells.md", line: 102)
Notebook.beginCell("claim", of: notebook)
require(squares.last! == 25, "the fifth square is 25")

#sourceLocation()
Notebook.endLesson(notebook)
