// 01-first-course.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 01-first-course
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/01-first-course.md", line: 94)
Notebook.beginCell("turns", of: notebook)
let heights = (0...24).map { sin(2 * Float.pi * Float($0) / 12.42) }
let rises = (1...24).map { heights[$0] > heights[$0 - 1] }
let turns = (1..<24).filter { rises[$0] != rises[$0 - 1] }
#sourceLocation(file: "lessons/01-first-course.md", line: 97)
Notebook.show(
turns)

#sourceLocation(file: "lessons/01-first-course.md", line: 100)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/01-first-course.md", line: 100)
Notebook.show(
                   turns.count)

#sourceLocation(file: "lessons/01-first-course.md", line: 100)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/01-first-course.md", line: 100)
Notebook.show(
                                                         turns)

#sourceLocation()
Notebook.endLesson(notebook)
