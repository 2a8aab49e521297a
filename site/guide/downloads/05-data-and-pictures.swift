// 05-data-and-pictures.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 05-data-and-pictures
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 19)
Notebook.beginCell("read", of: notebook)
let table = try CSV(path: "data/tides.csv")
let hours = try table.numbers("hour").map { Int($0) }
let heights = try table.numbers("height")

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 23)
Notebook.show(
Chart("Water level") {
    for (hour, height) in zip(hours, heights) {
        LineMark(x: .value("hour", hour), y: .value("meters", height))
        PointMark(x: .value("hour", hour), y: .value("meters", height))
    }
})

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.show(
         heights.count)

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.show(
                                                    heights.min()!)

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 31)
Notebook.show(
                                                                                  heights.max()!)

#sourceLocation()
Notebook.endLesson(notebook)
