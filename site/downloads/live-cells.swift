// live-cells.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/live-cells.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/live-cells.md", line: 15)
Notebook.beginCell("first", of: notebook)
live(Slider("slope", -2...2, step: 0.25, initially: 1)) { slope in
#sourceLocation(file: "lessons/live-cells.md", line: 16)
Notebook.show(
    Chart("A parabola") {
        for step in -20...20 {
            let x = Float(step) / 10
            LineMark(x: .value("x", x), y: .value("y", slope * x * x))
        }
    }
    .yScale(domain: -8...8))
}

#sourceLocation(file: "lessons/live-cells.md", line: 61)
Notebook.beginCell("moving", of: notebook)
animate(over: 0...20, label: "step") { step in
#sourceLocation(file: "lessons/live-cells.md", line: 62)
Notebook.show(
    Chart("On the way") {
        for x in -10...10 {
            LineMark(x: .value("x", x), y: .value("y", x * x))
        }
        PointMark(
            x: .value("x", step - 10), y: .value("y", (step - 10) * (step - 10)))
    })
}

#sourceLocation()
Notebook.endLesson(notebook)
