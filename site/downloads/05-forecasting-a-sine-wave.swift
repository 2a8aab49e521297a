// 05-forecasting-a-sine-wave.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/05-forecasting-a-sine-wave.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 17)
Notebook.beginCell("question", of: notebook)
let pi = 3.14159265358979323846

/// Fifty points of a sine over one full period.
func wave(from start: Double) -> [Float] {
    (0..<50).map { Float(sin(start + Double($0) * (2 * pi / 49))) }
}

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 24)
Notebook.show(
Chart("Where does the wave go on?") {
    for (step, value) in wave(from: 0.5).prefix(49).enumerated() {
        LineMark(x: .value("step", step), y: .value("value", value))
    }
    RuleMark(x: .value("?", 49))
})

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 41)
Notebook.beginCell("data", of: notebook)
func windows(seed: UInt32) -> (x: Tensor, y: Tensor) {
    var random = NumPyRandom(seed: seed)  // the numbers of numpy's rand()
    let waves = (0..<1000).map { _ in wave(from: random.rand()) }
    let x = Tensor(shape: [1000, 49, 1], scalars: waves.flatMap { $0.prefix(49) })
    return (x, Tensor(waves.map { $0[49] }))
}

let (x, y) = windows(seed: 0)
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 49)
Notebook.show(
Table(columns: ["tensor", "shape"], rows: [Row("x", x.shape), Row("y", y.shape)]))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 59)
Notebook.beginCell("model", of: notebook)
struct Forecaster: Layer {
    let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
    let fc = Linear(inputSize: 32, outputSize: 1)

    func callAsFunction(_ x: Tensor) -> Tensor { fc(rnn(x).output[.all, -1]) }
}

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 68)
Notebook.beginCell("train", of: notebook)
func train(
    _ x: Tensor, _ y: Tensor, seed: Int, epochs: Int
) -> (Forecaster, [Float]) {
    manualSeed(seed)
    let model = Forecaster()
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    let losses = (1...epochs).map { _ in
        let loss = meanSquaredError(model(x).reshaped([y.count]), y)
        optimizer.zeroGradients()
        loss.backward()
        optimizer.step()
        return loss.item
    }
    return (model, losses)
}

let (model, losses) = train(x, y, seed: 0, epochs: 200)

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 88)
Notebook.beginCell("losses", of: notebook)
for epoch in stride(from: 20, through: 200, by: 20) {
    print("epoch \(epoch): loss \(losses[epoch - 1])")
}
require(losses[199] < 1e-5, "the error is tiny")

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 95)
Notebook.beginCell("loss", of: notebook)
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 95)
Notebook.show(
Chart("Loss in each epoch") {
    for (epoch, loss) in losses.enumerated() {
        LineMark(x: .value("epoch", epoch + 1), y: .value("loss", loss))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 110)
Notebook.beginCell("predictions", of: notebook)
let predicted = withoutGradients { model(x[0..<10]).scalars }
require(
    zip(predicted, y.scalars).allSatisfy { abs($0 - $1) < 0.01 },
    "each prediction is right to a hundredth")

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 115)
Notebook.show(
Chart("The first ten windows") {
    for end in [Float(0.3), 0.9] {
        LineMark(x: .value("truth", end), y: .value("prediction", end))
    }
    for (truth, prediction) in zip(y.scalars, predicted) {
        PointMark(x: .value("truth", truth), y: .value("prediction", prediction))
    }
})

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 134)
Notebook.beginCell("rules", of: notebook)
func error(_ rule: Tensor, _ y: Tensor) -> Float {
    withoutGradients { meanSquaredError(rule.reshaped([y.count]), y).item }
}

let first = error(x[.all, 0], y)
let line = Linear(inputSize: 1, outputSize: 1)  // a · last + b
let lineOptimizer = Adam(line.parameters, learningRate: 0.05)
for _ in 1...500 {
    lineOptimizer.zeroGradients()
    meanSquaredError(line(x[.all, -1]).reshaped([1000]), y).backward()
    lineOptimizer.step()
}
let last = error(line(x[.all, -1]), y)
require(first < losses[199], "repeating the first number is better")
require(last < 0.001, "a line through the last number is good, too")
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 149)
Notebook.show(
Table(columns: ["rule", "mean squared error"], rows: [
    ["repeat the first number", about(first)],
    ["a line through the last number", about(last)],
    ["the network", about(losses[199])],
]))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 160)
Notebook.beginCell("listens", of: notebook)
func listening(_ model: Forecaster) -> [Float] {
    let probe = x[0..<200].detached().requiringGradient()
    model(probe).sum().backward()
    return (0..<49).map { step in
        sqrt(probe.gradient![.all, step].pow(2).mean().item)
    }
}

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 168)
Notebook.show(
Chart("Where the network listens") {
    for (step, size) in listening(model).enumerated() {
        BarMark(x: .value("step", step), y: .value("size of the gradient", size))
    }
})

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 182)
Notebook.beginCell("second-seed", of: notebook)
let (otherX, otherY) = windows(seed: 1)
let (other, otherLosses) = train(otherX, otherY, seed: 1, epochs: 200)
let (third, _) = train(otherX[0..<250], otherY[0..<250], seed: 2, epochs: 100)
require(otherLosses[199] < 1e-5, "the error is tiny again")
for network in [model, other, third] {
    let sizes = listening(network)
    require(sizes[48] > 100 * sizes[0], "it listens to the end")
}
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 190)
Notebook.show(
Table(
    columns: ["epoch", "loss, seed 0", "loss, seed 1"],
    rows: stride(from: 20, through: 200, by: 20).map {
        Row($0, about(losses[$0 - 1]), about(otherLosses[$0 - 1]))
    }))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 198)
Notebook.beginCell("trace", of: notebook)
show(
    Table(
        columns: ["epoch", "seed 0", "seed 1"],
        rows: losses.indices.map { Row($0 + 1, losses[$0], otherLosses[$0]) }))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 210)
Notebook.beginCell("tanks", of: notebook)
/// Windows of twelve levels, each of a tank of its own, and the level that follows.
func tanks(_ count: Int) -> (x: Tensor, y: Tensor) {
    let sizes = Generator.default.integers(count, in: 3..<7)
    let starts = Generator.default.integers(count, in: 0..<60)
    let levels = zip(sizes, starts).map { size, start in
        (0...12).map { Float((start + $0) % size) }
    }
    let x = levels.flatMap { $0.dropLast() }
    return (
        Tensor(shape: [count, 12, 1], scalars: x),
        Tensor(levels.map { $0.last! })
    )
}

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 226)
Notebook.beginCell("three-tanks", of: notebook)
manualSeed(4)
let shownTanks = tanks(3)
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 228)
Notebook.show(
Chart("What is the next level?") {
    for tank in 0..<3 {
        for (step, level) in shownTanks.x[tank].scalars.enumerated() {
            LineMark(x: .value("step", step), y: .value("level", level))
                .facet(by: .value("tank", "tank \(tank + 1)"))
            PointMark(x: .value("step", step), y: .value("level", level))
                .facet(by: .value("tank", "tank \(tank + 1)"))
        }
        RuleMark(x: .value("?", 12))
            .facet(by: .value("tank", "tank \(tank + 1)"))
    }
})

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 246)
Notebook.beginCell("memory", of: notebook)
/// The share of answers, in percent, that are nearest to the right level.
func right(_ answers: Tensor, _ y: Tensor) -> Float {
    let near = abs(answers.reshaped([y.count]) - y) .< 0.5
    return 100 * near.mean().item
}

var shares: [[Float]] = []
for seed in 0..<3 {
    manualSeed(100 + seed)
    let (x, y) = tanks(300)
    let (newX, newY) = tanks(300)
    let (whole, _) = train(x / 5, y / 5, seed: seed, epochs: 300)
    let (short, _) = train(x[.all, 9..<12] / 5, y / 5, seed: seed, epochs: 300)
    shares.append(withoutGradients {
        [
            right(5 * whole(newX / 5), newY),
            right(5 * short(newX[.all, 9..<12] / 5), newY),
            right(newX[.all, -1] + 1, newY),
        ]
    })
}

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 270)
Notebook.beginCell("memory-table", of: notebook)
require(shares.allSatisfy { $0[0] > 95 }, "with a memory nearly all is right")
require(shares.allSatisfy { $0[1] < 70 }, "without the past it is not")
require(shares.allSatisfy { $0[1] < $0[2] }, "even the simple rule is better")
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 273)
Notebook.show(
Table(
    columns: ["seed", "whole window", "last three levels", "always one more"],
    rows: shares.enumerated().map { seed, share in
        Row(seed) + share.map { about($0) }
    }))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 280)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 280)
Notebook.show(
                                about(shares.map { $0[0] }.min()!))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 281)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 281)
Notebook.show(
                                            about(shares.map { $0[1] }.max()!))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 310)
Notebook.beginCell("solution-spoil", of: notebook)
  let fives = Tensor.full([1000, 1, 1], 5)
  let spoiled = concatenated([fives, x[.all, 1..<49]], axis: 1)
  let afterwards = error(model(spoiled), y)
  require(afterwards < 1e-4, "it hardly notices")
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 314)
Notebook.show(
  afterwards)

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 325)
Notebook.beginCell("solution-start", of: notebook)
  let falling = wave(from: 3)
  let seen = Tensor(
      shape: [1, 49, 1], scalars: Array(falling.prefix(49)))
  let said = withoutGradients {
      [model, other].map { $0(seen).item }
  }
  for answer in said {
      require(abs(answer - falling[49]) > 0.02, "it is wrong")
  }
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 334)
Notebook.show(
  Table(columns: ["truth", "seed 0", "seed 1"], rows: [
      [about(falling[49])] + said.map { about($0) }
  ]))

#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 347)
Notebook.beginCell("solution-little", of: notebook)
  let ends = (0..<3).map { seed in
      let (seen, next) = (x[0..<250, 46..<49], y[0..<250])
      return train(seen, next, seed: seed, epochs: 200).1.last!
  }
  require(ends.allSatisfy { $0 < 1e-4 }, "three are enough")
#sourceLocation(file: "lessons/05-forecasting-a-sine-wave.md", line: 352)
Notebook.show(
  Table(columns: ["", "seed 0", "seed 1", "seed 2"], rows: [
      ["loss"] + ends.map { about($0) }
  ]))

#sourceLocation()
Notebook.endLesson(notebook)
