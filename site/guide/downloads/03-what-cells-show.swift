// 03-what-cells-show.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 03-what-cells-show
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 15)
Notebook.beginCell("value", of: notebook)
let heights = Tensor([0.9, 2.4, 3.4, 2.1, 0.7])
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 16)
Notebook.show(
heights)

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 22)
Notebook.beginCell("show", of: notebook)
show(heights.mean())
for (hour, height) in heights.scalars.enumerated() where height > 2 {
    show("hour \(hour): \(height) m")
}

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 31)
Notebook.beginCell("print", of: notebook)
for height in heights.scalars { print(height, height > 2 ? "high" : "low") }

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 37)
Notebook.beginCell("own", of: notebook)
struct Level: CustomStringConvertible, Showable {
    var meters: Float
    var description: String { "\(about(meters)) m above zero" }
}
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 41)
Notebook.show(
Level(meters: heights.scalars[2]))

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 56)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 56)
Notebook.show(
                 heights.shape[0])

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 56)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 56)
Notebook.show(
                                                                   about(heights.max().item))

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 63)
Notebook.beginCell("table", of: notebook)
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 63)
Notebook.show(
Table(
    columns: ["hour", "height", "high"],
    rows: heights.scalars.enumerated().map { Row($0, about($1), $1 > 2) }))

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 73)
Notebook.beginCell("chart", of: notebook)
func level(at hour: Double) -> Double {
    2.1 + 1.4 * sin(2 * Double.pi * hour / 12.42)
}

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 77)
Notebook.show(
Chart("Water level") {
    for (place, delay) in [("harbor", 0.0), ("island", 1.5)] {
        for hour in 0...24 {
            let height = level(at: Double(hour) - delay)
            LineMark(x: .value("hour", hour), y: .value("meters", height))
                .foregroundStyle(by: .value("place", place))
        }
    }
    RuleMark(y: .value("mean", 2.1))
}
.yScale(domain: 0...4))

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 110)
Notebook.beginCell("map", of: notebook)
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 110)
Notebook.show(
HeatMap(
    "Water level of three days",
    (0..<3).map { day in
        (0..<24).map { hour in level(at: Double(24 * day + hour)) }
    },
    rows: "Day", columns: "Hour", values: "Meters"))

#sourceLocation(file: "lessons/03-what-cells-show.md", line: 121)
Notebook.beginCell("flow", of: notebook)
#sourceLocation(file: "lessons/03-what-cells-show.md", line: 121)
Notebook.show(
FlowDiagram("From Markdown to a page") {
    FlowStep("Lesson", shape: .data)
    FlowStep("Compile and run the cells")
    FlowStep("Did all hold?", shape: .decision)
    FlowStep("Page", shape: .terminal, label: "yes")
    FlowArrow(from: "Did all hold?", to: "Lesson", label: "no")
})

#sourceLocation()
Notebook.endLesson(notebook)
