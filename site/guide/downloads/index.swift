// index.md as the one program that it is. It imports Swift of its own project, where
//   unroll run index
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/index.md", line: 8)
Notebook.beginCell("tide", of: notebook)
let hours = (0...24).map { Float($0) }
let heights = hours.map { 2.1 + 1.4 * sin(2 * Float.pi * ($0 - 2.5) / 12.42) }
#sourceLocation(file: "lessons/index.md", line: 10)
Notebook.show(
Chart("Water level") {
    for (hour, height) in zip(hours, heights) {
        LineMark(x: .value("hour", hour), y: .value("meters", height))
    }
})

#sourceLocation(file: "lessons/index.md", line: 17)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/index.md", line: 17)
Notebook.show(
                                         about(heights.max()!))

#sourceLocation()
Notebook.endLesson(notebook)
