// index.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/index.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/index.md", line: 8)
Notebook.beginCell("wave", of: notebook)
manualSeed(0)
let wave = sin(Tensor.linspace(0, 12, count: 40)).reshaped([1, 40, 1])
let rnn = RNN(inputSize: 1, hiddenSize: 16, batchFirst: true)
let head = Linear(inputSize: 16, outputSize: 1)
func said() -> Tensor { head(rnn(wave[.all, 0..<39]).output) }
let before = said().scalars
let optimizer = Adam(rnn.parameters + head.parameters, learningRate: 0.01)
for _ in 0..<300 {
    optimizer.zeroGradients()
    meanSquaredError(said(), wave[.all, 1..<40]).backward()
    optimizer.step()
}
let error = meanSquaredError(said(), wave[.all, 1..<40]).item
require(error < 0.001, "the network learns the wave")
let truth = wave[0, 1..<40].scalars
#sourceLocation(file: "lessons/index.md", line: 23)
Notebook.show(
Chart("A network learns a wave") {
    for (moment, points) in [("before", before), ("after", said().scalars)] {
        for step in 0..<39 {
            LineMark(x: .value("step", step), y: .value("the wave", truth[step]))
                .facet(by: .value("moment", moment))
            PointMark(x: .value("step", step), y: .value("network", points[step]))
                .facet(by: .value("moment", moment))
        }
    }
})

#sourceLocation(file: "lessons/index.md", line: 65)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/index.md", line: 65)
Notebook.show(
                                                                                        about(error))

#sourceLocation()
Notebook.endLesson(notebook)
