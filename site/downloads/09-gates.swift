// 09-gates.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/09-gates.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/09-gates.md", line: 25)
Notebook.beginCell("lstm", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 25)
Notebook.show(
CellDiagram(.lstm))

#sourceLocation(file: "lessons/09-gates.md", line: 51)
Notebook.beginCell("by-hand", of: notebook)
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

#sourceLocation(file: "lessons/09-gates.md", line: 69)
Notebook.beginCell("by-hand-table", of: notebook)
let new = cell(input, old)
let difference = abs(new.hidden.detached() - h).max().item
require(difference < 1e-6, "the step by hand is the engine's")
#sourceLocation(file: "lessons/09-gates.md", line: 72)
Notebook.show(
Table(
    columns: ["unit", "old c", "f", "i", "g", "new c", "o", "new h"],
    rows: (0..<2).map { unit in
        Row(unit)
            + [old.cell, f, i, g, c, o, h].map { about($0[0, unit].item) }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 85)
Notebook.beginCell("gru", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 85)
Notebook.show(
CellDiagram(.gru))

#sourceLocation(file: "lessons/09-gates.md", line: 109)
Notebook.beginCell("adding", of: notebook)
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

#sourceLocation(file: "lessons/09-gates.md", line: 132)
Notebook.beginCell("model", of: notebook)
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

#sourceLocation(file: "lessons/09-gates.md", line: 161)
Notebook.beginCell("hold", of: notebook)
extension Reader {
    /// Sets the biases of the gates so that a memory stays, and little is written.
    func hold(_ value: Float) {
        guard let bias = (lstm?.parameters ?? gru?.parameters)?[2] else { return }
        let units = head.parameters[0].shape[1]
        bias.data = Tensor(
            bias.scalars.enumerated().map { place, drawn in
                switch place / units {
                case 1: value  // the LSTM's forget gate, the GRU's update gate
                case 0 where lstm != nil: -value  // the LSTM's input gate
                default: drawn
                }
            })
    }
}

#sourceLocation(file: "lessons/09-gates.md", line: 179)
Notebook.beginCell("train", of: notebook)
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

#sourceLocation(file: "lessons/09-gates.md", line: 206)
Notebook.beginCell("curves", of: notebook)
func adding(_ kind: Kind, length: Int, seed: Int) -> Trial {
    manualSeed(seed)
    let model = Reader(kind, inputs: 2, units: 24, outputs: 1)
    model.hold(3)
    let losses = train(model, steps: 400) {
        let (x, y) = additions(length: length, count: 32)
        return meanSquaredError(model(x), y)
    }
    return Trial(
        kind: kind, length: length, seed: seed, losses: losses, model: model)
}

let lengths = [10, 20, 40]
let trials = lengths.flatMap { length in
    Kind.allCases.flatMap { kind in
        (0..<3).map { adding(kind, length: length, seed: $0) }
    }
}
#sourceLocation(file: "lessons/09-gates.md", line: 224)
Notebook.show(
trials.count)

#sourceLocation(file: "lessons/09-gates.md", line: 228)
Notebook.beginCell("adding-chart", of: notebook)
func rnns(_ length: Int) -> [Float] {
    trials.filter { $0.kind == .rnn && $0.length == length }.map(\.final)
}
require(rnns(10).max()! < 0.1, "at length ten the RNNs are on their way")
require(rnns(20).min()! > 0.14, "at length twenty they learn nothing")
#sourceLocation(file: "lessons/09-gates.md", line: 233)
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

#sourceLocation(file: "lessons/09-gates.md", line: 251)
Notebook.beginCell("adding-claims", of: notebook)
let long = trials.filter { $0.length == 40 }
require(
    long.filter { $0.kind == .rnn }.allSatisfy { $0.final > 0.12 },
    "over forty steps no RNN learns to add")
require(
    trials.filter { $0.kind != .rnn }.allSatisfy { $0.final < 0.02 },
    "every gated network does, at every length")

func arrival(_ trial: Trial) -> Int { trial.losses.firstIndex { $0 < 0.05 }! }
require(
    long.filter { $0.kind == .gru }.map(arrival).max()!
        < long.filter { $0.kind == .lstm }.map(arrival).min()!,
    "the slowest GRU is faster than the fastest LSTM")
#sourceLocation(file: "lessons/09-gates.md", line: 264)
Notebook.show(
Table(
    columns: ["length", "cell", "seed 0", "seed 1", "seed 2"],
    rows: lengths.flatMap { length in
        Kind.allCases.map { kind in
            let own = trials.filter { $0.length == length && $0.kind == kind }
                .map { about($0.final) }
            return Row(length, kind.rawValue) + own
        }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 276)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 276)
Notebook.show(
                     about(long.filter { $0.kind == .rnn }.map(\.final).min()!))

#sourceLocation(file: "lessons/09-gates.md", line: 277)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 277)
Notebook.show(
                                       about(long.filter { $0.kind != .rnn }.map(\.final).max()!))

#sourceLocation(file: "lessons/09-gates.md", line: 279)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 279)
Notebook.show(
         long.filter { $0.kind == .gru }.map(arrival).max()!)

#sourceLocation(file: "lessons/09-gates.md", line: 280)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 280)
Notebook.show(
         long.filter { $0.kind == .lstm }.map(arrival).min()!)

#sourceLocation(file: "lessons/09-gates.md", line: 288)
Notebook.beginCell("gates", of: notebook)
manualSeed(9)
let sample = additions(length: 40, count: 1).x
let marks = (0..<40).filter { sample[0, $0, 1].item == 1 }
let gru = trials.last { $0.kind == .gru }!.model
let (_, recording) = record(gru) { withoutGradients { gru(sample) } }
let steps = recording["gru"][0].steps
let z = steps.map { $0.gate("z").scalars }

#sourceLocation(file: "lessons/09-gates.md", line: 296)
Notebook.show(
HeatMap(
    "Update gate z, marks at steps \(marks[0]) and \(marks[1])",
    (0..<24).map { unit in z.map { $0[unit] } },
    rows: "unit", columns: "step", values: "z"))

#sourceLocation(file: "lessons/09-gates.md", line: 307)
Notebook.beginCell("gate-claims", of: notebook)
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
require(
    gateMeans.allSatisfy { $0.atMarks < $0.elsewhere - 0.05 },
    "GRUs write at the marks")
require(gateMeans.allSatisfy { $0.elsewhere > 0.9 }, "and hold elsewhere")
#sourceLocation(file: "lessons/09-gates.md", line: 322)
Notebook.show(
Table(
    columns: ["seed", "mean z at the marks", "elsewhere"],
    rows: gateMeans.enumerated().map {
        Row($0.offset, about($0.element.atMarks), about($0.element.elsewhere))
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 333)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 333)
Notebook.show(
         about(log(4.0)))

#sourceLocation(file: "lessons/09-gates.md", line: 336)
Notebook.beginCell("copy-task", of: notebook)
func copies(lag: Int, count: Int) -> (x: Tensor, y: IntTensor) {
    let symbols = Generator.default.integers(count, in: 0..<4)
    let rows = symbols.flatMap { [$0] + Array(repeating: 4, count: lag) + [5] }
    let x = IntTensor(shape: [count, lag + 2], scalars: rows)
    return (Tensor.oneHot(x, count: 6), IntTensor(symbols))
}

func copying(_ kind: Kind, lag: Int, seed: Int, hold: Float? = 4) -> Trial {
    manualSeed(seed)
    let model = Reader(kind, inputs: 6, units: 24, outputs: 4)
    if let hold { model.hold(hold) }
    let losses = train(model, steps: 400) {
        let (x, y) = copies(lag: lag, count: 16)
        return crossEntropy(model(x), y)
    }
    return Trial(
        kind: kind, length: lag, seed: seed, losses: losses, model: model)
}

#sourceLocation(file: "lessons/09-gates.md", line: 357)
Notebook.beginCell("copy-table", of: notebook)
let lags = [30, 60]
let copied = lags.flatMap { lag in
    Kind.allCases.flatMap { kind in
        (0..<3).map { copying(kind, lag: lag, seed: $0) }
    }
}
#sourceLocation(file: "lessons/09-gates.md", line: 363)
Notebook.show(
Table(
    columns: ["lag", "cell", "seed 0", "seed 1", "seed 2"],
    rows: lags.flatMap { lag in
        Kind.allCases.map { kind in
            let own = copied.filter { $0.length == lag && $0.kind == kind }
                .map { about($0.final) }
            return Row(lag, kind.rawValue) + own
        }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 375)
Notebook.beginCell("copy-claims", of: notebook)
let gated = copied.filter { $0.kind != .rnn }
let plain = copied.filter { $0.kind == .rnn }
require(gated.allSatisfy { $0.final < 0.05 }, "every gated network copies")
require(
    plain.filter { $0.length == 60 }.allSatisfy { $0.final > 0.5 },
    "over sixty steps no RNN does")
require(plain.filter { $0.final < 0.05 }.count == 1, "one RNN copies")
require(
    plain.filter { abs($0.final - log(2)) < 0.1 }.count > 1,
    "some of the others end near ln 2")
#sourceLocation(file: "lessons/09-gates.md", line: 385)
Notebook.show(
plain.filter { $0.final < 0.05 }.count)

#sourceLocation(file: "lessons/09-gates.md", line: 388)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 388)
Notebook.show(
             gated.count)

#sourceLocation(file: "lessons/09-gates.md", line: 388)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 388)
Notebook.show(
                                                                                                 plain.count)

#sourceLocation(file: "lessons/09-gates.md", line: 389)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 389)
Notebook.show(
               plain.filter { $0.final < 0.05 }.count)

#sourceLocation(file: "lessons/09-gates.md", line: 393)
Notebook.beginCell("copy-gates", of: notebook)
func waiting(_ model: Reader) -> [RecordedStep] {
    let symbols = copies(lag: 30, count: 1).x
    let (_, recording) = record(model) { withoutGradients { model(symbols) } }
    return recording["gru"][0].steps
}

manualSeed(0)
let wait = waiting(copied.first { $0.kind == .gru }!.model)
func over(_ values: (RecordedStep) -> Tensor) -> [[Float]] {
    (0..<24).map { unit in wait.map { values($0)[0, unit].item } }
}

let z30 = over { $0.gate("z") }
require(z30.contains { $0[1] > 0.8 && $0[30] < 0.3 }, "some rows fall")
#sourceLocation(file: "lessons/09-gates.md", line: 407)
Notebook.show(
HeatMap(
    "Update gate z while it waits", z30,
    rows: "unit", columns: "step", values: "z"))

#sourceLocation(file: "lessons/09-gates.md", line: 413)
Notebook.beginCell("copy-states", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 413)
Notebook.show(
HeatMap(
    "Hidden state while it waits", over { $0.hidden },
    rows: "unit", columns: "step", values: "h"))

#sourceLocation(file: "lessons/09-gates.md", line: 426)
Notebook.beginCell("copy-gate-claims", of: notebook)
let waits = copied.filter { $0.kind == .gru && $0.length == 30 }.map { trial in
    let steps = waiting(trial.model)
    let z = steps.prefix(2).map { $0.gate("z").mean().item }
    let sizes = [0, 20, 30].map { sqrt(steps[$0].hidden.pow(2).mean().item) }
    return z + sizes
}
require(waits.allSatisfy { $0[0] < $0[1] }, "they let the symbol in, and close")
require(waits.allSatisfy { $0[4] > 4 * $0[2] }, "and the state grows louder")
require(waits.allSatisfy { abs($0[4] / $0[3] - 1) < 0.1 }, "and then it stays")
#sourceLocation(file: "lessons/09-gates.md", line: 435)
Notebook.show(
Table(
    columns: ["seed", "z, symbol", "z, blank", "h, symbol", "h, 20", "h, 30"],
    rows: waits.enumerated().map { seed, wait in
        Row(seed) + wait.map { about($0) }
    }))

#sourceLocation(file: "lessons/09-gates.md", line: 453)
Notebook.beginCell("forget-bias", of: notebook)
  let biases = [0, 1, 4]
  let opened = biases.map { sigmoid(Tensor(Float($0))).item }
  let kept = opened.map { pow($0, 30) }
  require(kept[0] < 1e-8, "with 0 next to nothing is kept")
  require(kept[2] > 0.5, "with 4 more than half")
#sourceLocation(file: "lessons/09-gates.md", line: 458)
Notebook.show(
  Table(
      columns: ["bias", "f", "kept after 30 steps"],
      rows: biases.indices.map {
          Row(biases[$0], about(opened[$0]), about(kept[$0]))
      }))

#sourceLocation(file: "lessons/09-gates.md", line: 475)
Notebook.beginCell("spread", of: notebook)
  func spread(_ x: Tensor) -> Float {
      let mean = x.mean().item
      return sqrt((x - mean).pow(2).mean().item)
  }

  let exam = additions(length: 40, count: 100)
  func spreads(_ kind: Kind) -> [Float] {
      long.filter { $0.kind == kind }.map { trial in
          spread(withoutGradients { trial.model(exam.x) })
      }
  }

  let (failed, taught) = (spreads(.rnn), spreads(.gru))
  require(failed.max()! < 0.15, "RNNs answer nearly always the same")
  require(taught.min()! > 0.35, "GRUs do not")
#sourceLocation(file: "lessons/09-gates.md", line: 490)
Notebook.show(
  Table(columns: ["spread", "seed 0", "seed 1", "seed 2"], rows: [
      ["RNN's answers"] + failed.map { about($0) },
      ["GRU's answers"] + taught.map { about($0) },
      ["true sums"] + (0..<3).map { _ in about(spread(exam.y)) },
  ]))

#sourceLocation(file: "lessons/09-gates.md", line: 505)
Notebook.beginCell("solution-drawn", of: notebook)
  let drawn = (0..<3).map {
      copying(.gru, lag: 60, seed: $0, hold: nil).final
  }
  let copiers = drawn.filter { $0 < 0.05 }.count
  require(copiers < 3, "not all of them")
#sourceLocation(file: "lessons/09-gates.md", line: 510)
Notebook.show(
  Table(columns: ["bias", "seed 0", "seed 1", "seed 2"], rows: [
      ["as drawn"] + drawn.map { about($0) }
  ]))

#sourceLocation(file: "lessons/09-gates.md", line: 515)
Notebook.beginCell("{swift} 9", of: notebook)
#sourceLocation(file: "lessons/09-gates.md", line: 515)
Notebook.show(
                copiers)

#sourceLocation()
Notebook.endLesson(notebook)
