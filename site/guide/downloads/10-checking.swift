// 10-checking.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 10-checking
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/10-checking.md", line: 42)
Notebook.beginCell("third", of: notebook)
#sourceLocation(file: "lessons/10-checking.md", line: 42)
Notebook.show(
1.0 / 3.0)

#sourceLocation()
Notebook.endLesson(notebook)
