// 12-own-swift.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 12-own-swift
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/12-own-swift.md", line: 27)
Notebook.beginCell("tide", of: notebook)
let tide = Tide(mean: 2.1, range: 1.4)
#sourceLocation(file: "lessons/12-own-swift.md", line: 28)
Notebook.show(
Chart("A tide") {
    for hour in 0...24 {
        LineMark(x: .value("hour", hour), y: .value("meters", tide.height(after: Double(hour))))
    }
})

#sourceLocation()
Notebook.endLesson(notebook)
