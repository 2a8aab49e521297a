// 02-a-network-by-hand.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/02-a-network-by-hand.swift && ./lesson
import Notebook

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 24)
Notebook.beginCell("data")
let times = Tensor.linspace(2, 10, count: 21)
let wave = sin(times).reshaped([21, 1])
let x = wave[0..<20]
let y = wave[1..<21]
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 28)
Notebook.show(
Table(
    columns: ["step", "input", "target"],
    rows: (0..<5).map { [$0, x[$0].item, y[$0].item] }))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 52)
Notebook.beginCell("weights")
manualSeed(0)
let w1 = Tensor.normal([7, 6], mean: 0, standardDeviation: 0.4).requiringGradient()
let w2 = Tensor.normal([6, 1], mean: 0, standardDeviation: 0.3).requiringGradient()
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 55)
Notebook.show(
w1)

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 62)
Notebook.beginCell("step")
func step(_ input: Tensor, _ state: Tensor) -> (prediction: Tensor, state: Tensor) {
    let newState = tanh(concatenated([input, state], axis: 1).matmul(w1))
    return (newState.matmul(w2), newState)
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 76)
Notebook.beginCell("predictions")
func predictions() -> [Float] {
    var state = Tensor.zeros([1, 6])
    return (0..<20).map { t in
        let (prediction, newState) = step(x[t..<t + 1], state)
        state = newState
        return prediction.item
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 90)
Notebook.beginCell("untrained")
func point(at step: Int, _ value: Float, _ series: String) -> some Mark {
    PointMark(x: .value("time", times[step].item), y: .value("value", value))
        .foregroundStyle(by: .value("points", series))
}

func picture(_ title: String, _ predicted: [Float]) -> Chart {
    Chart(title) {
        for t in 0..<20 {
            point(at: t, x[t].item, "actual")
        }
        for t in 0..<20 {
            point(at: t + 1, predicted[t], "predicted")
        }
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 106)
Notebook.show(
picture("Before training", predictions()))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 123)
Notebook.beginCell("train")
let learningRate: Float = 0.1
var losses: [Float] = []

for epoch in 0..<300 {
    var total: Float = 0
    var state = Tensor.zeros([1, 6])
    for t in 0..<20 {
        let (prediction, newState) = step(x[t..<t + 1], state)
        let loss = (prediction - y[t..<t + 1]).pow(2).sum() / 2
        loss.backward()
        w1.data -= learningRate * w1.gradient!
        w2.data -= learningRate * w2.gradient!
        w1.zeroGradient()
        w2.zeroGradient()
        state = newState.detached()
        total += loss.item
    }
    losses.append(total)
    if epoch % 10 == 0 { print("epoch \(epoch): loss \(total)") }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 151)
Notebook.beginCell("loss")
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 151)
Notebook.show(
Chart("Loss in each epoch") {
    for (epoch, loss) in losses.enumerated() {
        LineMark(x: .value("epoch", epoch), y: .value("loss", loss))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 167)
Notebook.beginCell("trained")
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 167)
Notebook.show(
picture("After training", predictions()))

#sourceLocation()
Notebook.endLesson()
