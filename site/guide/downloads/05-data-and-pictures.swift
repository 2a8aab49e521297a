// 05-data-and-pictures.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 05-data-and-pictures
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 19)
Notebook.beginCell("read", of: notebook)
import Foundation

struct Measurement { var hour: Int; var height: Double }

let lines = try String(contentsOfFile: "data/tides.csv", encoding: .utf8)
    .split(separator: "\n").dropFirst()
let day = lines.map { line in
    let fields = line.split(separator: ",")
    return Measurement(hour: Int(fields[0])!, height: Double(fields[1])!)
}

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 30)
Notebook.show(
Chart("Water level") {
    for point in day {
        LineMark(x: .value("hour", point.hour), y: .value("meters", point.height))
        PointMark(x: .value("hour", point.hour), y: .value("meters", point.height))
    }
})

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.show(
         day.count)

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.show(
                                                day.map(\.height).min()!)

#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/05-data-and-pictures.md", line: 38)
Notebook.show(
                                                                                        day.map(\.height).max()!)

#sourceLocation()
Notebook.endLesson(notebook)
