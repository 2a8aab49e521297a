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

#sourceLocation(file: "lessons/live-cells.md", line: 49)
Notebook.beginCell("data", of: notebook)
func wave(_ t: Double) -> Double {
    let phase = t.truncatingRemainder(dividingBy: 20)
    let half = phase.truncatingRemainder(dividingBy: 10)
    return (phase < 10 ? 1 : -1) * half * (10 - half) / 25
}

func decay(_ t: Double, over scale: Double = 10) -> Double {
    let value = 1 / ((1 + t / scale) * (1 + t / scale))
    return (value * 1e5).rounded() / 1e5
}

func matrix(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double)
    -> [[Double]]
{
    (0..<rows).map { row in (0..<columns).map { value(row, $0) } }
}

#sourceLocation(file: "lessons/live-cells.md", line: 70)
Notebook.beginCell("live-slider", of: notebook)
live(
    Slider("period", 4...40, step: 2, initially: 20),
    Stepper("waves", 1...3)
) { period, waves in
#sourceLocation(file: "lessons/live-cells.md", line: 74)
Notebook.show(
    Chart("A wave of your own") {
        for n in 1...waves {
            for t in 0...80 {
                let value = wave(Double(n * t * 20) / Double(period)) / Double(n)
                LineMark(x: .value("Time", t), y: .value("Value", value))
                    .foregroundStyle(by: .value("Wave", "wave \(n)"))
            }
        }
    }
    .yScale(domain: -1...1))
}

#sourceLocation(file: "lessons/live-cells.md", line: 90)
Notebook.beginCell("live-controls", of: notebook)
live(
    Slider("scale", 0.1...1000, scale: .log, initially: 10),
    Slider("epochs", 10...60, step: 10, initially: 40),
    Picker("mark", ["points", "line"], initially: "line"),
    Toggle("logarithmic", initially: false)
) { scale, epochs, mark, isLogarithmic in
#sourceLocation(file: "lessons/live-cells.md", line: 96)
Notebook.show(
    Chart("A loss of your own") {
        for epoch in 0..<epochs {
            let loss = decay(Double(epoch), over: Double(scale))
            if mark == "line" {
                LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            } else {
                PointMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            }
        }
    }
    .yScale(isLogarithmic ? .log : .linear))
}

#sourceLocation(file: "lessons/live-cells.md", line: 113)
Notebook.beginCell("live-text", of: notebook)
live(TextField("word", initially: "recurrent", length: 24)) { word in
    let letters = word.lowercased().filter { $0 >= "a" && $0 <= "z" }
#sourceLocation(file: "lessons/live-cells.md", line: 115)
Notebook.show(
    Chart("Letters") {
        for letter in Set(letters).sorted() {
            BarMark(
                x: .value("Letter", String(letter)),
                y: .value("Count", letters.filter { $0 == letter }.count))
        }
    })
}

#sourceLocation(file: "lessons/live-cells.md", line: 128)
Notebook.beginCell("animation", of: notebook)
animate(over: 0...30, every: 3, label: "time") { time in
#sourceLocation(file: "lessons/live-cells.md", line: 129)
Notebook.show(
    Chart("A growing wave") {
        for t in 0...40 {
            let value = wave(Double(t)) * Double(time) / 30
            LineMark(x: .value("Time", t), y: .value("Value", value))
        }
    })
}

#sourceLocation(file: "lessons/live-cells.md", line: 141)
Notebook.beginCell("live-map", of: notebook)
let choices = (1...3).flatMap { row in (1...3).map { (row, $0) } }
#sourceLocation(file: "lessons/live-cells.md", line: 142)
Notebook.show(
HeatMap(
    "Choose one",
    matrix(3, 3) { Double(($0 + 1) * ($1 + 1)) },
    rows: "Period", named: ["10", "20", "30"],
    columns: "Size", named: ["1", "2", "3"], values: "Product"))

#sourceLocation(file: "lessons/live-cells.md", line: 150)
Notebook.beginCell("live-built", of: notebook)
live(
    states: .built,
    Selection(
        "wave", of: "live-map",
        options: choices.map { row, size in
            "period \(10 * row), size \(size)"
        },
        initially: 4)
) { index in
    let (row, size) = choices[index]
#sourceLocation(file: "lessons/live-cells.md", line: 160)
Notebook.show(
    Chart("The chosen wave") {
        for t in 0...60 {
            let value = wave(Double(t) * 2 / Double(row)) * Double(size)
            LineMark(x: .value("Time", t), y: .value("Value", value))
        }
    }
    .yScale(domain: -3...3))
}

#sourceLocation(file: "lessons/live-cells.md", line: 190)
Notebook.beginCell("moving", of: notebook)
animate(over: 0...20, label: "step") { step in
#sourceLocation(file: "lessons/live-cells.md", line: 191)
Notebook.show(
    Chart("On the way") {
        for x in -10...10 {
            LineMark(x: .value("x", x), y: .value("y", x * x))
        }
        PointMark(
            x: .value("x", step - 10), y: .value("y", (step - 10) * (step - 10)))
    })
}

#sourceLocation(file: "lessons/live-cells.md", line: 213)
Notebook.beginCell("forecaster", of: notebook)
struct Forecaster: Layer {
    let gru = GRU(inputSize: 1, hiddenSize: 8, batchFirst: true)
    let head = Linear(inputSize: 8, outputSize: 1)

    /// Returns the next number after some numbers.
    func next(after numbers: [Float]) -> Tensor {
        let x = Tensor(shape: [1, numbers.count, 1], scalars: numbers)
        let (output, _) = gru(x)
        return head(output[.all, -1])
    }
}

#sourceLocation(file: "lessons/live-cells.md", line: 229)
Notebook.beginCell("train", of: notebook)
manualSeed(1)
let model = Forecaster()
let wave = (0..<40).map { sin(Float($0) * 0.4) }
let optimizer = Adam(model.parameters, learningRate: 0.02)
var losses: [Float] = []
for _ in 0..<40 {
    var total = Tensor(0)
    for start in 0..<20 {
        let guess = model.next(after: Array(wave[start..<start + 10]))
        total = total + (guess - wave[start + 10]).pow(2).sum()
    }
    model.zeroGradients()
    total.backward()
    optimizer.step()
    losses.append(total.item / 20)
}
#sourceLocation(file: "lessons/live-cells.md", line: 245)
Notebook.show(
Chart("Learning") {
    for (step, loss) in losses.enumerated() {
        LineMark(x: .value("step", step), y: .value("loss", loss))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/live-cells.md", line: 256)
Notebook.beginCell("continued", of: notebook)
live(Slider("begins at", 0...20, initially: 3), Slider("goes on for", 1...40, initially: 20)) {
    start, count in
    var numbers = Array(wave[start..<start + 10])
    for _ in 0..<count {
        numbers.append(model.next(after: Array(numbers.suffix(10))).item)
    }
#sourceLocation(file: "lessons/live-cells.md", line: 262)
Notebook.show(
    Chart("How it goes on") {
        for (step, number) in numbers.enumerated() {
            PointMark(x: .value("step", start + step), y: .value("value", number))
                .foregroundStyle(by: .value("points", step < 10 ? "given" : "forecast"))
        }
    }
    .yScale(domain: -1.5...1.5))
}

#sourceLocation()
Notebook.endLesson(notebook)
