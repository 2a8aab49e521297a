// 09-gates.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/09-gates.swift && ./lesson
import Notebook

#sourceLocation(file: "lessons/09-gates.md", line: 23)
Notebook.beginCell("lstm")
#sourceLocation(file: "lessons/09-gates.md", line: 23)
Notebook.show(
CellDiagram(.lstm))

#sourceLocation(file: "lessons/09-gates.md", line: 41)
Notebook.beginCell("by-hand")
manualSeed(0)
let cell = LSTMCell(inputSize: 1, hiddenSize: 2)
let input = Tensor([[0.5]])
let old = LSTMState(Tensor([[0.1, -0.2]]), Tensor([[0.3, -0.4]]))

let p = cell.parameters.map { $0.detached() }
let sums =
    input.matmul(p[0].transposed(0, 1)) + p[2]
    + old.hidden.matmul(p[1].transposed(0, 1)) + p[3]
let i = sigmoid(sums[.all, 0..<2])
let f = sigmoid(sums[.all, 2..<4])
let g = tanh(sums[.all, 4..<6])
let o = sigmoid(sums[.all, 6..<8])
let c = f * old.cell + i * g
let h = o * tanh(c)

#sourceLocation(file: "lessons/09-gates.md", line: 59)
Notebook.beginCell("by-hand-table")
let new = cell(input, old)
let difference = abs(new.hidden.detached() - h).max().item
require(difference < 1e-6, "the step by hand is the engine's")
#sourceLocation(file: "lessons/09-gates.md", line: 62)
Notebook.show(
Table(
    columns: ["unit", "old c", "f", "i", "g", "new c", "o", "new h"],
    rows: (0..<2).map { unit in
        [unit] + [old.cell, f, i, g, c, o, h].map { about($0[0, unit].item) as Any }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 74)
Notebook.beginCell("gru")
#sourceLocation(file: "lessons/09-gates.md", line: 74)
Notebook.show(
CellDiagram(.gru))

#sourceLocation(file: "lessons/09-gates.md", line: 94)
Notebook.beginCell("adding")
func additions(length: Int, count: Int) -> (x: Tensor, y: Tensor) {
    let values = Tensor.rand([count, length]).scalars
    let places = Generator.default.integers(2 * count, in: 0..<length / 2)
    var x: [Float] = []
    var y: [Float] = []
    for row in 0..<count {
        let marks = [places[2 * row], length / 2 + places[2 * row + 1]]
        let numbers = values[row * length..<(row + 1) * length]
        for (step, value) in numbers.enumerated() {
            x += [value, marks.contains(step) ? 1 : 0]
        }
        y.append(marks.map { values[row * length + $0] }.reduce(0, +))
    }
    return (
        Tensor(shape: [count, length, 2], scalars: x),
        Tensor(shape: [count, 1], scalars: y)
    )
}

#sourceLocation(file: "lessons/09-gates.md", line: 118)
Notebook.beginCell("model")
enum Kind: String, CaseIterable { case rnn = "RNN", lstm = "LSTM", gru = "GRU" }

struct Reader: Layer {
    let rnn: RNN?, lstm: LSTM?, gru: GRU?
    let head: Linear

    init(_ kind: Kind, inputs: Int, units: Int, outputs: Int) {
        rnn = kind == .rnn
            ? RNN(inputSize: inputs, hiddenSize: units, batchFirst: true) : nil
        lstm = kind == .lstm
            ? LSTM(inputSize: inputs, hiddenSize: units, batchFirst: true) : nil
        gru = kind == .gru
            ? GRU(inputSize: inputs, hiddenSize: units, batchFirst: true) : nil
        head = Linear(inputSize: units, outputSize: outputs)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
        let output = rnn?(x).output ?? lstm?(x).output ?? gru!(x).output
        return head(output[.all, -1])
    }
}

#sourceLocation(file: "lessons/09-gates.md", line: 142)
Notebook.beginCell("open-forget-gate")
extension Reader {
    /// Sets the part of the LSTM's bias that belongs to the forget gate.
    func openForgetGate(_ value: Float) {
        guard let bias = lstm?.parameters[2] else { return }
        let units = bias.count / 4
        bias.data = Tensor(
            bias.scalars.enumerated().map {
                (units..<2 * units).contains($0) ? value : $1
            })
    }
}

#sourceLocation(file: "lessons/09-gates.md", line: 156)
Notebook.beginCell("train")
func train(_ model: Reader, steps: Int, loss: () -> Tensor) -> [Float] {
    let optimizer = Adam(model.parameters, learningRate: 0.02)
    var losses: [Float] = []
    while losses.count < steps {
        let loss = loss()
        optimizer.zeroGradients()
        loss.backward()
        clipGradients(model.parameters, norm: 1)
        optimizer.step()
        losses.append(loss.item)
        if losses.suffix(50).reduce(0, +) < 50 * 0.002 { break }
    }
    return losses
}

struct Trial {
    var kind: Kind, length: Int, seed: Int
    var losses: [Float]
    var model: Reader
    var final: Float { losses.suffix(20).reduce(0, +) / 20 }
}

#sourceLocation(file: "lessons/09-gates.md", line: 183)
Notebook.beginCell("curves")
func adding(_ kind: Kind, length: Int, seed: Int) -> Trial {
    manualSeed(seed)
    let model = Reader(kind, inputs: 2, units: 32, outputs: 1)
    model.openForgetGate(1)
    let losses = train(model, steps: 500) {
        let (x, y) = additions(length: length, count: 32)
        return meanSquaredError(model(x), y)
    }
    return Trial(kind: kind, length: length, seed: seed, losses: losses, model: model)
}

let lengths = [10, 20, 40]
let trials = lengths.flatMap { length in
    Kind.allCases.flatMap { kind in
        (0..<3).map { adding(kind, length: length, seed: $0) }
    }
}
#sourceLocation(file: "lessons/09-gates.md", line: 200)
Notebook.show(
trials.count)

#sourceLocation(file: "lessons/09-gates.md", line: 204)
Notebook.beginCell("adding-chart")
#sourceLocation(file: "lessons/09-gates.md", line: 204)
Notebook.show(
Chart("Adding two numbers, at three lengths") {
    for trial in trials {
        for end in stride(from: 20, through: trial.losses.count, by: 10) {
            let mean = trial.losses[end - 20..<end].reduce(0, +) / 20
            LineMark(
                x: .value("step", end), y: .value("loss", mean),
                series: .value("run", "\(trial.kind) \(trial.seed)")
            )
            .foregroundStyle(by: .value("cell", trial.kind.rawValue))
            .facet(by: .value("length", "\(trial.length) steps"))
        }
    }
    RuleMark(y: .value("answering 1", 1.0 / 6))
}
.yScale(.log))

#sourceLocation(file: "lessons/09-gates.md", line: 222)
Notebook.beginCell("adding-claims")
let long = trials.filter { $0.length == 40 }
require(
    long.filter { $0.kind == .rnn }.allSatisfy { $0.final > 0.12 },
    "over forty steps no RNN learns to add")
require(
    long.filter { $0.kind != .rnn }.allSatisfy { $0.final < 0.02 },
    "every gated network does")

func arrival(_ trial: Trial) -> Int { trial.losses.firstIndex { $0 < 0.05 }! }
require(
    long.filter { $0.kind == .gru }.map(arrival).max()!
        < long.filter { $0.kind == .lstm }.map(arrival).min()!,
    "the slowest GRU is faster than the fastest LSTM")
#sourceLocation(file: "lessons/09-gates.md", line: 235)
Notebook.show(
Table(
    columns: ["length", "cell", "seed 0", "seed 1", "seed 2"],
    rows: lengths.flatMap { length in
        Kind.allCases.map { kind in
            [length, kind.rawValue]
                + trials.filter { $0.length == length && $0.kind == kind }
                .map { about($0.final) as Any }
        }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 246)
Notebook.beginCell("{swift} 1")
#sourceLocation(file: "lessons/09-gates.md", line: 246)
Notebook.show(
                                                                       about(long.filter { $0.kind == .rnn }.map(\.final).min()!))

#sourceLocation(file: "lessons/09-gates.md", line: 247)
Notebook.beginCell("{swift} 2")
#sourceLocation(file: "lessons/09-gates.md", line: 247)
Notebook.show(
                                   about(long.filter { $0.kind != .rnn }.map(\.final).max()!))

#sourceLocation(file: "lessons/09-gates.md", line: 249)
Notebook.beginCell("{swift} 3")
#sourceLocation(file: "lessons/09-gates.md", line: 249)
Notebook.show(
         long.filter { $0.kind == .gru }.map(arrival).max()!)

#sourceLocation(file: "lessons/09-gates.md", line: 250)
Notebook.beginCell("{swift} 4")
#sourceLocation(file: "lessons/09-gates.md", line: 250)
Notebook.show(
         long.filter { $0.kind == .lstm }.map(arrival).min()!)

#sourceLocation(file: "lessons/09-gates.md", line: 258)
Notebook.beginCell("gates")
manualSeed(7)
let sample = additions(length: 40, count: 1).x
let marks = (0..<40).filter { sample[0, $0, 1].item == 1 }
let gru = trials.last { $0.kind == .gru }!.model
let (_, recording) = record(gru) { withoutGradients { gru(sample) } }
let steps = recording["gru"][0].steps
let z = steps.map { $0.gate("z").scalars }

#sourceLocation(file: "lessons/09-gates.md", line: 266)
Notebook.show(
HeatMap(
    "Update gate z, marks at steps \(marks[0]) and \(marks[1])",
    (0..<32).map { unit in z.map { $0[unit] } },
    rows: "unit", columns: "step", values: "z"))

#sourceLocation(file: "lessons/09-gates.md", line: 276)
Notebook.beginCell("gate-claims")
func means(_ model: Reader) -> (atMarks: Float, elsewhere: Float) {
    let (_, recording) = record(model) { withoutGradients { model(sample) } }
    let gates = recording["gru"][0].steps.map { $0.gate("z").mean().item }
    let rest = (0..<40).filter { !marks.contains($0) }
    func mean(_ steps: [Int]) -> Float {
        steps.map { gates[$0] }.reduce(0, +) / Float(steps.count)
    }
    return (mean(marks), mean(rest))
}

let gateMeans = long.filter { $0.kind == .gru }.map { means($0.model) }
require(gateMeans.allSatisfy { $0.atMarks < $0.elsewhere }, "GRUs write at the marks")
#sourceLocation(file: "lessons/09-gates.md", line: 288)
Notebook.show(
Table(
    columns: ["seed", "mean z at the marks", "elsewhere"],
    rows: gateMeans.enumerated().map {
        [$0.offset, about($0.element.atMarks), about($0.element.elsewhere)]
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 301)
Notebook.beginCell("copy-task")
func copies(lag: Int, count: Int) -> (x: Tensor, y: IntTensor) {
    let symbols = Generator.default.integers(count, in: 0..<4)
    let rows = symbols.flatMap { [$0] + Array(repeating: 4, count: lag) + [5] }
    let x = IntTensor(shape: [count, lag + 2], scalars: rows)
    return (Tensor.oneHot(x, count: 6), IntTensor(symbols))
}

func copying(_ kind: Kind, lag: Int, seed: Int) -> Trial {
    manualSeed(seed)
    let model = Reader(kind, inputs: 6, units: 24, outputs: 4)
    model.openForgetGate(4)
    let losses = train(model, steps: 400) {
        let (x, y) = copies(lag: lag, count: 16)
        return crossEntropy(model(x), y)
    }
    return Trial(kind: kind, length: lag, seed: seed, losses: losses, model: model)
}

#sourceLocation(file: "lessons/09-gates.md", line: 321)
Notebook.beginCell("copy-table")
let lags = [30, 60]
let copied = lags.flatMap { lag in
    Kind.allCases.flatMap { kind in
        (0..<3).map { copying(kind, lag: lag, seed: $0) }
    }
}
#sourceLocation(file: "lessons/09-gates.md", line: 327)
Notebook.show(
Table(
    columns: ["lag", "cell", "seed 0", "seed 1", "seed 2"],
    rows: lags.flatMap { lag in
        Kind.allCases.map { kind in
            [lag, kind.rawValue]
                + copied.filter { $0.length == lag && $0.kind == kind }
                .map { about($0.final) as Any }
        }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 339)
Notebook.beginCell("copy-claims")
func final(_ kind: Kind, _ lag: Int) -> [Float] {
    copied.filter { $0.kind == kind && $0.length == lag }.map(\.final)
}
require(final(.gru, 30).allSatisfy { $0 < 0.05 }, "every GRU holds a symbol over 30")
require(final(.rnn, 30).contains { $0 > 0.5 }, "not every RNN does")
require(final(.rnn, 60).allSatisfy { $0 > 0.5 }, "over 60 steps no RNN does")
require(final(.gru, 60).contains { $0 < 0.05 }, "over 60 steps a GRU can")

#sourceLocation(file: "lessons/09-gates.md", line: 348)
Notebook.beginCell("{swift} 5")
#sourceLocation(file: "lessons/09-gates.md", line: 348)
Notebook.show(
                                                                 final(.rnn, 30).filter { $0 < 0.05 }.count)

#sourceLocation(file: "lessons/09-gates.md", line: 349)
Notebook.beginCell("{swift} 6")
#sourceLocation(file: "lessons/09-gates.md", line: 349)
Notebook.show(
         final(.lstm, 30).filter { $0 < 0.05 }.count)

#sourceLocation(file: "lessons/09-gates.md", line: 350)
Notebook.beginCell("{swift} 7")
#sourceLocation(file: "lessons/09-gates.md", line: 350)
Notebook.show(
                   final(.gru, 60).filter { $0 < 0.05 }.count)

#sourceLocation(file: "lessons/09-gates.md", line: 361)
Notebook.beginCell("forget-bias")
  let kept = [0, 1, 4].map { bias -> [Any] in
      let gate = sigmoid(Tensor(Float(bias))).item
      return [bias, about(gate), about(pow(gate, 30))]
  }
#sourceLocation(file: "lessons/09-gates.md", line: 365)
Notebook.show(
  Table(columns: ["bias", "f", "kept after 30 steps"], rows: kept))

#sourceLocation(file: "lessons/09-gates.md", line: 377)
Notebook.beginCell("spread")
  func spread(_ x: Tensor) -> Float {
      let mean = x.mean().item
      return sqrt((x - mean).pow(2).mean().item)
  }

  let exam = additions(length: 40, count: 100)
  let spreads = long.filter { $0.kind != .lstm }.map { trial in
      (trial.kind, trial.seed, spread(withoutGradients { trial.model(exam.x) }))
  }
  require(
      spreads.allSatisfy { ($0.0 == .rnn) == ($0.2 < 0.25) },
      "RNNs answer nearly the same to everything")
#sourceLocation(file: "lessons/09-gates.md", line: 389)
Notebook.show(
  Table(
      columns: ["cell", "seed", "spread of answers", "spread of sums"],
      rows: spreads.map {
          [$0.0.rawValue, $0.1, about($0.2), about(spread(exam.y))]
      }))

#sourceLocation()
Notebook.endLesson()
