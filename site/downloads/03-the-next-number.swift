// 03-the-next-number.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/03-the-next-number.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/03-the-next-number.md", line: 17)
Notebook.beginCell("question", of: notebook)
let series: [Float] = [10, 20, 30, 40, 50, 60, 70, 80, 90]

#sourceLocation(file: "lessons/03-the-next-number.md", line: 19)
Notebook.show(
Chart("What comes next?") {
    for (place, value) in series.enumerated() {
        PointMark(x: .value("place", place + 1), y: .value("value", value))
    }
    TextMark("?", x: .value("place", 10), y: .value("value", 100))
})

#sourceLocation(file: "lessons/03-the-next-number.md", line: 36)
Notebook.beginCell("windows", of: notebook)
let (inputs, targets) = slidingWindows(over: series, length: 3)

#sourceLocation(file: "lessons/03-the-next-number.md", line: 38)
Notebook.show(
Table(
    columns: ["window", "target"],
    rows: (0..<6).map { row in
        let window = inputs[row].scalars.map { "\(Int($0))" }
        return Row(window.joined(separator: ", "), Int(targets[row].item))
    }))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 46)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/03-the-next-number.md", line: 46)
Notebook.show(
                                   inputs.shape)

#sourceLocation(file: "lessons/03-the-next-number.md", line: 55)
Notebook.beginCell("model", of: notebook)
struct SimpleRNN: Layer {
    let rnn = RNN(inputSize: 1, hiddenSize: 32, batchFirst: true)
    let fc = Linear(inputSize: 32, outputSize: 1)

    func callAsFunction(_ x: Tensor) -> Tensor {
        let (output, _) = rnn(x)     // [window, step, 32]
        return fc(output[.all, -1])  // [window, 1]
    }
}

#sourceLocation(file: "lessons/03-the-next-number.md", line: 67)
Notebook.beginCell("train", of: notebook)
func train(seed: Int) -> (model: SimpleRNN, losses: [Float]) {
    manualSeed(seed)
    let model = SimpleRNN()
    let optimizer = SGD(model.parameters, learningRate: 0.01)
    let losses = (1...500).map { _ in
        optimizer.zeroGradients()
        let loss = meanSquaredError(model(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss.item
    }
    return (model, losses)
}

let (model, losses) = train(seed: 0)
for epoch in stride(from: 100, through: 500, by: 100) {
    print("epoch \(epoch): loss \(losses[epoch - 1])")
}

#sourceLocation(file: "lessons/03-the-next-number.md", line: 87)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/03-the-next-number.md", line: 87)
Notebook.show(
                                                                                               about(sqrt(losses.last!)))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 93)
Notebook.beginCell("answer", of: notebook)
let question = Tensor([[[70], [80], [90]]])
let answer = model(question).item
require(abs(answer - 65) < 0.1, "the network answers 65")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 96)
Notebook.show(
answer)

#sourceLocation(file: "lessons/03-the-next-number.md", line: 104)
Notebook.beginCell("constant", of: notebook)
let answers = withoutGradients { model(inputs).scalars }
let gap = answers.max()! - answers.min()!
require(gap < 0.01, "every window gets the same answer")

#sourceLocation(file: "lessons/03-the-next-number.md", line: 108)
Notebook.show(
Chart("Targets and answers") {
    for (target, answer) in zip(targets.scalars, answers) {
        PointMark(x: .value("target", target), y: .value("value", target))
            .foregroundStyle(by: .value("series", "target"))
        PointMark(x: .value("target", target), y: .value("value", answer))
            .foregroundStyle(by: .value("series", "answer"))
    }
})

#sourceLocation(file: "lessons/03-the-next-number.md", line: 123)
Notebook.beginCell("variance", of: notebook)
let mean = targets.mean().item
let variance = (targets - mean).pow(2).mean().item
require(mean == 65, "65 is the mean")
require(abs(losses.last! - variance) < 0.01, "the loss is the variance")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 127)
Notebook.show(
Table(columns: ["what", "value"], rows: [
    Row("mean of the targets", mean), Row("the network's answer", answer),
    Row("variance of the targets", variance),
    Row("the network's loss", losses.last!),
]))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 142)
Notebook.beginCell("saturated", of: notebook)
func lastStates(_ model: SimpleRNN, _ x: Tensor) -> Tensor {
    record(model) { model(x) }.recording["rnn"][0].steps.last!.hidden
}

let states = lastStates(model, inputs)
let nearest = states.scalars.map { abs($0) }.min()!
require(nearest > 0.999, "all 32 units are saturated in all windows")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 149)
Notebook.show(
HeatMap(
    "32 units after each window, raw data",
    (0..<6).map { states[$0].scalars },
    rows: "Window", columns: "Unit", values: "State"))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 155)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/03-the-next-number.md", line: 155)
Notebook.show(
                                                        about(nearest, digits: 5))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 162)
Notebook.beginCell("sums", of: notebook)
let pass = record(model) { model(inputs) }.recording["rnn"][0]
let firstSums = pass.steps[0].preActivation("h")

#sourceLocation(file: "lessons/03-the-next-number.md", line: 165)
Notebook.show(
Chart("The sums of the first step, on tanh") {
    for x in (-120...120).map({ Float($0) / 2 }) {
        LineMark(x: .value("sum", x), y: .value("tanh", tanh(x)))
    }
    for sum in firstSums.scalars where abs(sum) < 60 {
        PointMark(x: .value("sum", sum), y: .value("tanh", tanh(sum)))
    }
})

#sourceLocation(file: "lessons/03-the-next-number.md", line: 181)
Notebook.beginCell("gradients", of: notebook)
model.zeroGradients()
meanSquaredError(model(inputs), targets + 1).backward()

var sizes: [(name: String, size: Float)] = []
for parameter in model.namedParameters {
    let size = sqrt(parameter.tensor.gradient!.pow(2).sum().item)
    sizes.append((parameter.name, size))
    require(parameter.name.hasPrefix("fc") || size < 0.01, "no gradient")
}
#sourceLocation(file: "lessons/03-the-next-number.md", line: 190)
Notebook.show(
Table(
    columns: ["parameter", "size of its gradient"],
    rows: sizes.map { [$0.name, about($0.size)] }))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 203)
Notebook.beginCell("first-epochs", of: notebook)
require(abs(losses[59] - variance) < 1, "after sixty epochs it is there")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 204)
Notebook.show(
Chart("The first sixty epochs on raw data") {
    for (epoch, loss) in losses.prefix(60).enumerated() {
        LineMark(x: .value("epoch", epoch + 1), y: .value("loss", loss))
    }
    RuleMark(y: .value("variance of the targets", variance))
}
.yScale(.log))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 218)
Notebook.beginCell("more-seeds", of: notebook)
let second = train(seed: 1)
let answersBySeed = [model, second.model, train(seed: 2).model].map {
    $0(question).item
}
for answer in answersBySeed { require(abs(answer - 65) < 0.1, "65 again") }
#sourceLocation(file: "lessons/03-the-next-number.md", line: 223)
Notebook.show(
Table(
    columns: ["seed 0", "seed 1", "seed 2"],
    rows: [answersBySeed.map { about($0, digits: 5) }]))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 229)
Notebook.beginCell("trace", of: notebook)
show(
    Table(
        columns: ["epoch", "seed 0", "seed 1"],
        rows: losses.indices.map { Row($0 + 1, losses[$0], second.losses[$0]) }))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 241)
Notebook.beginCell("scaled", of: notebook)
func trainScaled(
    seed: Int, learningRate: Double, divisor: Float = 100
) -> SimpleRNN {
    manualSeed(seed)
    let model = SimpleRNN()
    let optimizer = SGD(model.parameters, learningRate: learningRate)
    for _ in 1...500 {
        optimizer.zeroGradients()
        meanSquaredError(model(inputs / divisor), targets / divisor).backward()
        optimizer.step()
    }
    return model
}

/// What a scaled model says after a window, in the series' own numbers.
func next(
    _ model: SimpleRNN, _ window: [Float], divisor: Float = 100
) -> Float {
    let x = Tensor(shape: [1, window.count, 1], scalars: window)
    return withoutGradients { model(x / divisor).item * divisor }
}

#sourceLocation(file: "lessons/03-the-next-number.md", line: 265)
Notebook.beginCell("rates", of: notebook)
let careful = (0..<3).map { trainScaled(seed: $0, learningRate: 0.01) }
let models = (0..<3).map { trainScaled(seed: $0, learningRate: 0.1) }
func answersAfter90(_ models: [SimpleRNN]) -> [Float] {
    models.map { next($0, [70, 80, 90]) }
}

for answer in answersAfter90(models) {
    require(abs(answer - 100) < 2.5, "scaled, it answers about 100")
}
#sourceLocation(file: "lessons/03-the-next-number.md", line: 274)
Notebook.show(
Table(columns: ["learning rate", "seed 0", "seed 1", "seed 2"], rows: [
    ["0.01"] + answersAfter90(careful).map { about($0) },
    ["0.1"] + answersAfter90(models).map { about($0) },
]))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 283)
Notebook.beginCell("alive", of: notebook)
let alive = lastStates(models[0], inputs / 100)
let largest = alive.scalars.map { abs($0) }.max()!
require(largest < 0.95, "no unit is saturated")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 286)
Notebook.show(
HeatMap(
    "32 units after each window, scaled data",
    (0..<6).map { alive[$0].scalars },
    rows: "Window", columns: "Unit", values: "State"))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 296)
Notebook.beginCell("divisor", of: notebook)
live(
    Slider("divisor", 1.0...1000, scale: .log, initially: 100),
    Picker("learning rate", ["0.01": 0.01, "0.1": 0.1], initially: "0.1"),
    Stepper("seed", 0...9)
) { divisor, rate, seed in
    let model = trainScaled(
        seed: seed, learningRate: rate, divisor: divisor)
    let states = lastStates(model, inputs / divisor)
    print("after 70, 80, 90:", next(model, [70, 80, 90], divisor: divisor))
#sourceLocation(file: "lessons/03-the-next-number.md", line: 305)
Notebook.show(
    HeatMap(
        "32 units after each window",
        (0..<6).map { states[$0].scalars },
        rows: "Window", columns: "Unit", values: "State"))
}

#sourceLocation(file: "lessons/03-the-next-number.md", line: 318)
Notebook.beginCell("range", of: notebook)
let starts = (-10...30).map { Float($0 * 10) }

#sourceLocation(file: "lessons/03-the-next-number.md", line: 320)
Notebook.show(
Chart("What follows three numbers on the line") {
    for start in starts {
        let right = start + 30
        LineMark(x: .value("right answer", right), y: .value("answer", right))
            .foregroundStyle(by: .value("who", "right"))
    }
    for (seed, model) in models.enumerated() {
        for start in starts {
            let answer = next(model, [start, start + 10, start + 20])
            let right = start + 30
            LineMark(x: .value("right answer", right), y: .value("answer", answer))
                .foregroundStyle(by: .value("who", "seed \(seed)"))
        }
    }
    RuleMark(x: .value("first target", 40))
    RuleMark(x: .value("last target", 90))
})

#sourceLocation(file: "lessons/03-the-next-number.md", line: 347)
Notebook.beginCell("beyond", of: notebook)
let tests: [[Float]] = [
    [15, 25, 35], [70, 80, 90], [100, 110, 120], [200, 210, 220],
]
for model in models {
    require(abs(next(model, tests[0]) - 45) < 1, "right between the windows")
    require(next(model, tests[3]) < 215, "far too low beyond them")
}
#sourceLocation(file: "lessons/03-the-next-number.md", line: 354)
Notebook.show(
Table(
    columns: ["window", "right", "seed 0", "seed 1", "seed 2"],
    rows: tests.map { window in
        let name = window.map { "\(Int($0))" }.joined(separator: ", ")
        return [name, about(window[2] + 10)]
            + models.map { about(next($0, window)) }
    }))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 395)
Notebook.beginCell("solution-differences", of: notebook)
  func relative(_ window: [Float]) -> Tensor {
      let steps = window.map { ($0 - window[2]) / 100 }
      return Tensor(shape: [1, 3, 1], scalars: steps)
  }

  let further = (0..<3).map { seed in
      manualSeed(seed)
      let model = SimpleRNN()
      let optimizer = SGD(model.parameters, learningRate: 0.1)
      for _ in 1...500 {
          optimizer.zeroGradients()
          let answer = model(relative([10, 20, 30]))
          meanSquaredError(answer, Tensor([[0.1]])).backward()
          optimizer.step()
      }
      return 220 + 100 * model(relative([200, 210, 220])).item
  }
  for answer in further {
      require(abs(answer - 230) < 0.5, "now it extrapolates")
  }
#sourceLocation(file: "lessons/03-the-next-number.md", line: 415)
Notebook.show(
  Table(
      columns: ["", "seed 0", "seed 1", "seed 2"],
      rows: [["after 200, 210, 220"] + further.map { about($0) }]))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 427)
Notebook.beginCell("solution-falling", of: notebook)
  let falling = models.map { next($0, [40, 30, 20]) }
  require(falling.allSatisfy { $0 > 30 }, "nobody says 10")
#sourceLocation(file: "lessons/03-the-next-number.md", line: 429)
Notebook.show(
  Table(
      columns: ["", "seed 0", "seed 1", "seed 2"],
      rows: [["after 40, 30, 20"] + falling.map { about($0) }]))

#sourceLocation(file: "lessons/03-the-next-number.md", line: 442)
Notebook.beginCell("solution-adam", of: notebook)
  let withAdam = (0..<3).map { seed in
      manualSeed(seed)
      let model = SimpleRNN()
      let optimizer = Adam(model.parameters, learningRate: 0.01)
      for _ in 1...500 {
          optimizer.zeroGradients()
          meanSquaredError(model(inputs), targets).backward()
          optimizer.step()
      }
      let answers = withoutGradients { model(inputs).scalars }
      let gap = answers.max()! - answers.min()!
      require(gap > 10, "it can see the question")
      return withoutGradients { model(question).item }
  }
  for answer in withAdam {
      require(answer < 95, "100 is far away still")
  }
#sourceLocation(file: "lessons/03-the-next-number.md", line: 459)
Notebook.show(
  Table(
      columns: ["", "seed 0", "seed 1", "seed 2"],
      rows: [["after 70, 80, 90"] + withAdam.map { about($0) }]))

#sourceLocation()
Notebook.endLesson(notebook)
