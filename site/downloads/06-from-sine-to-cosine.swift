// 06-from-sine-to-cosine.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/06-from-sine-to-cosine.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 21)
Notebook.beginCell("question", of: notebook)
let turn = Tensor.linspace(0, 2 * .pi, count: 61)
let (sine, cosine) = (sin(turn), cos(turn))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 24)
Notebook.show(
Chart("One sine, two cosines") {
    for i in 0..<61 {
        let angle = PlottableValue.value("angle", turn[i].item)
        LineMark(x: angle, y: .value("value", sine[i].item))
            .foregroundStyle(by: .value("wave", "sine"))
        LineMark(x: angle, y: .value("value", cosine[i].item))
            .foregroundStyle(by: .value("wave", "cosine"))
    }
    for i in [5, 25] {
        let angle = PlottableValue.value("angle", turn[i].item)
        PointMark(x: angle, y: .value("value", sine[i].item))
            .foregroundStyle(by: .value("wave", "sine"))
        PointMark(x: angle, y: .value("value", cosine[i].item))
            .foregroundStyle(by: .value("wave", "cosine"))
    }
})

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 51)
Notebook.beginCell("data", of: notebook)
let steps = 500
let pointCount = 30

func halfTurn(_ step: Int) -> (sine: Tensor, cosine: Tensor) {
    let angles = Tensor.linspace(
        Double(step) * .pi, Double(step + 1) * .pi, count: pointCount)
    let shape = [1, pointCount, 1]
    return (sin(angles).reshaped(shape), cos(angles).reshaped(shape))
}

let pieces = (0..<steps).map(halfTurn)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 74)
Notebook.beginCell("model", of: notebook)
struct SineToCosine: Layer {
    let rnn: RNN
    let out: Linear

    init(layerCount: Int = 3) {
        rnn = RNN(
            inputSize: 1, hiddenSize: 32,
            layerCount: layerCount, batchFirst: true)
        out = Linear(inputSize: 32, outputSize: 1)
    }

    func callAsFunction(
        _ x: Tensor, _ state: HiddenState
    ) -> (Tensor, HiddenState) {
        let (output, state) = rnn(x, state)  // [1, 30, 32] and [3, 1, 32]
        return (out(output), state)
    }
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 93)
Notebook.show(
SineToCosine().parameterCount)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 111)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 111)
Notebook.show(
                                                                                                                                       steps * pointCount)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 114)
Notebook.beginCell("loop", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 114)
Notebook.show(
FlowDiagram("One step of training") {
    FlowStep("Half a turn of sine", shape: .data)
    FlowStep("Three layers", detail: "from the carried state", shape: .memory)
    FlowStep("Mean squared error", detail: "against the cosine")
    FlowStep("Backward pass", detail: "through thirty points, no further")
    FlowStep("Clip", detail: "shorten the gradient to 1 if it is longer")
    FlowStep("Adam", detail: "at the present learning rate")
    FlowStep(
        "Plateau scheduler",
        detail: "halve the rate after 11 steps without a new best")
    FlowArrow(from: "Three layers", to: "Three layers", label: "detached state")
    FlowArrow(from: "Plateau scheduler", to: "Adam", label: "new rate")
})

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 136)
Notebook.beginCell("run", of: notebook)
struct Run {
    var losses: [Float] = []
    var rates: [Double] = []
    var norms: [Float] = []
    var predictions: [Float] = []
    var model: SineToCosine
    /// The mean of the last ten losses.
    var finalLoss: Float { losses.suffix(10).reduce(0, +) / 10 }
    var learned: Bool { finalLoss < 0.05 }
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 149)
Notebook.beginCell("training", of: notebook)
func train(
    seed: Int, rate: Double, schedule: Bool = true, layers: Int = 3,
    until lowest: Double = 0
) -> Run {
    manualSeed(seed)
    var run = Run(model: SineToCosine(layerCount: layers))
    let optimizer = Adam(run.model.parameters, learningRate: rate)
    let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 10)
    var state = run.model.rnn.zeroState(batchSize: 1)
    for (x, y) in pieces {
        state = trainStep(&run, x, y, state, optimizer)
        if schedule { scheduler.step(run.losses.last!) }
        if optimizer.learningRate < lowest { break }
    }
    return run
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 168)
Notebook.beginCell("step", of: notebook)
func trainStep(
    _ run: inout Run, _ x: Tensor, _ y: Tensor,
    _ state: HiddenState, _ optimizer: Adam
) -> HiddenState {
    let (prediction, next) = run.model(x, state)
    let loss = meanSquaredError(prediction, y)
    optimizer.zeroGradients()
    loss.backward()
    run.norms.append(clipGradients(run.model.parameters, norm: 1))
    optimizer.step()
    run.losses.append(loss.item)
    run.rates.append(optimizer.learningRate)
    run.predictions += prediction.scalars
    return next.detached()
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 188)
Notebook.beginCell("seed0", of: notebook)
let run = train(seed: 0, rate: 0.01)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 189)
Notebook.show(
Table(
    columns: ["step", "loss", "learning rate", "gradient norm"],
    rows: [0, 19, 49, 99, 199, 499].map {
        Row(
            $0 + 1, about(run.losses[$0]), about(run.rates[$0]),
            about(run.norms[$0]))
    }))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 202)
Notebook.beginCell("curves", of: notebook)
func curve(
    _ title: String, _ values: [Double], limit: Double? = nil
) -> Chart {
    Chart(title) {
        for (step, value) in values.enumerated() {
            LineMark(x: .value("step", step + 1), y: .value(title, value))
        }
        if let limit { RuleMark(y: .value("limit", limit)) }
    }
    .yScale(.log)
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 214)
Notebook.show(
ChartRow("A run that works") {
    curve("loss", run.losses.map(Double.init))
    curve("learning rate", run.rates)
    curve("gradient norm", run.norms.map(Double.init), limit: 1)
})

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.show(
                             about(run.losses[0]))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.show(
                                                               about(run.finalLoss))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 221)
Notebook.show(
                                                                                                                                       steps)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 222)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 222)
Notebook.show(
                    run.norms.filter { $0 > 1 }.count)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 223)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 223)
Notebook.show(
                    about(run.rates.last!))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 230)
Notebook.beginCell("prediction", of: notebook)
let shown = 100 * pointCount
let truth = pieces.flatMap { $0.cosine.scalars }

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 233)
Notebook.show(
Chart("Cosine, predicted and true") {
    for i in 0..<shown {
        let point = PlottableValue.value("point", i)
        LineMark(x: point, y: .value("cosine", truth[i]))
            .foregroundStyle(by: .value("series", "true"))
        LineMark(x: point, y: .value("cosine", run.predictions[i]))
            .foregroundStyle(by: .value("series", "predicted"))
    }
}
.inset(x: Double(shown - 90)...Double(shown)))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 252)
Notebook.beginCell("seed1", of: notebook)
let unlucky = train(seed: 1, rate: 0.01)
let meanSquaredCosine = truth.map { $0 * $0 }.reduce(0, +) / Float(truth.count)

require(run.learned, "seed 0 learns")
require(
    abs(unlucky.finalLoss - meanSquaredCosine) < 0.001,
    "seed 1 does no better than answering zero")

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 260)
Notebook.show(
ChartRow("A run that does not") {
    curve("loss", unlucky.losses.map(Double.init))
    curve("learning rate", unlucky.rates)
    curve("gradient norm", unlucky.norms.map(Double.init), limit: 1)
})

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 267)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 267)
Notebook.show(
                           about(unlucky.finalLoss))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 268)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 268)
Notebook.show(
         about(meanSquaredCosine))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 272)
Notebook.beginCell("trace", of: notebook)
show(
    Table(
        columns: ["step", "seed 0", "seed 1"],
        rows: run.losses.indices.map {
            Row($0 + 1, run.losses[$0], unlucky.losses[$0])
        }))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 289)
Notebook.beginCell("map", of: notebook)
let rates = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]
let seeds = Array(0..<10)
let grid = rates.flatMap { rate in seeds.map { (rate: rate, seed: $0) } }

let sixty = runs("map", over: grid) { rate, seed in
    train(seed: seed, rate: rate, until: 1e-5)
}
let byRate = stride(from: 0, to: 60, by: 10).map { Array(sixty[$0..<$0 + 10]) }

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 298)
Notebook.show(
HeatMap(
    "log₁₀ of the final loss, by learning rate and seed",
    byRate.map { row in row.map { log($0.finalLoss) / log(10) } },
    rows: "learning rate", named: rates.map { "\($0)" },
    columns: "seed", named: seeds.map { "\($0)" },
    values: "log₁₀ loss"
))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 310)
Notebook.beginCell("one-run", of: notebook)
live(
    states: .built,
    Selection(
        "run", of: "map",
        options: rates.flatMap { rate in
            seeds.map { "rate \(rate), seed \($0)" }
        },
        initially: 41)
) { index in
    let chosen = sixty[index]
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 320)
Notebook.show(
    Chart("Loss of this run") {
        for step in stride(from: 0, to: chosen.losses.count, by: 10) {
            LineMark(
                x: .value("step", step + 1),
                y: .value("loss", chosen.losses[step]))
        }
    }
    .xScale(domain: 0...500)
    .yScale(.log, domain: 0.0001...2))
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 333)
Notebook.beginCell("counts", of: notebook)
let learned = byRate.map { row in row.filter(\.learned).count }
require(learned.prefix(4).allSatisfy { $0 == 10 }, "up to 0.005 every seed learns")
require(learned[4] < 8 && learned[5] < 8, "at 0.01 and above many do not")
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 336)
Notebook.show(
Table(
    columns: ["learning rate", "seeds that learned"],
    rows: zip(rates, learned).map { Row($0, "\($1) of \(seeds.count)") }))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.beginCell("{swift} 9", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.show(
                         rates[3])

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.beginCell("{swift} 10", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.show(
                                                                rates[4])

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.beginCell("{swift} 11", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 341)
Notebook.show(
                                                                                         learned[4])

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 353)
Notebook.beginCell("inside", of: notebook)
func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
}

func memoryOfDirection(_ model: SineToCosine) -> Float {
    let turn = concatenated([pieces[0].sine, pieces[1].sine], axis: 1)
    let (_, recording) = record(model) {
        withoutGradients { model(turn, model.rnn.zeroState(batchSize: 1)) }
    }
    let states = recording["rnn"].last!.steps.suffix(30).map { $0.hidden.scalars }
    let twins = (0..<15).map { distance(states[$0], states[29 - $0]) }
    let mean: [Float] = (0..<32).map { unit in states.map { $0[unit] }.reduce(0, +) / 30 }
    let spread = states.map { distance($0, mean) }.reduce(0, +) / 30
    return sqrt(twins.reduce(0, +) / 15 / (2 * spread))
}

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 371)
Notebook.beginCell("diagnosis", of: notebook)
let memories = byRate[4].map { memoryOfDirection($0.model) }

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 373)
Notebook.show(
Chart("Loss against the memory of direction") {
    for seed in seeds {
        PointMark(
            x: .value("memory of direction", memories[seed]),
            y: .value("final loss", byRate[4][seed].finalLoss)
        )
        .foregroundStyle(
            by: .value("run", byRate[4][seed].learned ? "learned" : "failed"))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 387)
Notebook.beginCell("separated", of: notebook)
let split = zip(byRate[4], memories)
let forgetful = split.filter { !$0.0.learned }.map { $0.1 }.max()!
let mindful = split.filter { $0.0.learned }.map { $0.1 }.min()!
require(forgetful < mindful, "those that failed remember less than any other")

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 393)
Notebook.beginCell("{swift} 12", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 393)
Notebook.show(
                                            about(forgetful))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 393)
Notebook.beginCell("{swift} 13", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 393)
Notebook.show(
                                                                                                    about(mindful))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 400)
Notebook.beginCell("{swift} 14", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 400)
Notebook.show(
                                                          about(-1 / sqrt(Float(32))))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 400)
Notebook.beginCell("{swift} 15", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 400)
Notebook.show(
                                                                                                    about(1 / sqrt(Float(32))))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 407)
Notebook.beginCell("warmup", of: notebook)
func warmedUp(seed: Int, rate: Double, climb: Int = 50) -> Run {
    manualSeed(seed)
    var run = Run(model: SineToCosine())
    let optimizer = Adam(run.model.parameters, learningRate: rate)
    let scheduler = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 10)
    var state = run.model.rnn.zeroState(batchSize: 1)
    for (step, piece) in pieces.enumerated() {
        if step < climb {
            optimizer.learningRate = rate * Double(step + 1) / Double(climb)
        }
        state = trainStep(&run, piece.sine, piece.cosine, state, optimizer)
        if step >= climb { scheduler.step(run.losses.last!) }
        if step >= climb && optimizer.learningRate < 1e-5 { break }
    }
    return run
}

let gentle = runs("warm-up", over: seeds) { warmedUp(seed: $0, rate: 0.01) }
require(gentle.allSatisfy(\.learned), "with a warm-up every seed learns")
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 426)
Notebook.show(
Table(
    columns: ["seed", "at once", "with a warm-up"],
    rows: seeds.map {
        Row($0, about(byRate[4][$0].finalLoss), about(gentle[$0].finalLoss))
    }))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 446)
Notebook.beginCell("without-scheduler", of: notebook)
  let unscheduled = runs("unscheduled", over: [0, 1, 2, 3]) {
      train(seed: $0, rate: 0.01, schedule: false).finalLoss
  }
  require(unscheduled.contains { $0 > 0.5 }, "some still fail")
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 450)
Notebook.show(
  unscheduled.filter { $0 < 0.05 }.count)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 453)
Notebook.beginCell("{swift} 16", of: notebook)
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 453)
Notebook.show(
                                     byRate[4].prefix(4).filter(\.learned).count)

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 461)
Notebook.beginCell("one-layer", of: notebook)
  let single = runs("one layer", over: [0, 1, 2]) {
      train(seed: $0, rate: 0.005, layers: 1).finalLoss
  }
  require(single.allSatisfy { $0 < 0.05 }, "one layer is enough")
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 465)
Notebook.show(
  Table(
      columns: ["one layer", "seed 0", "seed 1", "seed 2"],
      rows: [["final loss"] + single.map { about($0) }]))

#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 480)
Notebook.beginCell("forgetting", of: notebook)
  let errors = runs("forgetting", over: [0, 1, 2]) { seed -> [Float] in
      manualSeed(seed)
      var run = Run(model: SineToCosine())
      let optimizer = Adam(run.model.parameters, learningRate: 0.005)
      let zero = run.model.rnn.zeroState(batchSize: 1)
      for (x, y) in pieces {
          _ = trainStep(&run, x, y, zero, optimizer)
      }
      return [0, 15].map { point in
          [498, 499].map { step in
              let place = step * pointCount + point
              return abs(run.predictions[place] - truth[place])
          }.max()!
      }
  }
  for error in errors {
      require(error[0] > 0.5 && error[1] < 0.2, "only the start")
  }
#sourceLocation(file: "lessons/06-from-sine-to-cosine.md", line: 498)
Notebook.show(
  Table(
      columns: ["seed", "error at the first point", "in the middle"],
      rows: errors.enumerated().map { seed, error in
          Row(seed, about(error[0]), about(error[1]))
      }))

#sourceLocation()
Notebook.endLesson(notebook)
