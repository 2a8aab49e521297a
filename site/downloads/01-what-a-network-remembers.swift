// 01-what-a-network-remembers.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/01-what-a-network-remembers.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 18)
Notebook.beginCell("question", of: notebook)
let rising: [Float] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
let falling = Array(rising.reversed())

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 21)
Notebook.show(
Chart("The same numbers in two orders") {
    for (name, row) in [("rising", rising), ("falling", falling)] {
        for (step, value) in row.enumerated() {
            LineMark(x: .value("step", step + 1), y: .value("value", value))
                .foregroundStyle(by: .value("row", name))
            PointMark(x: .value("step", step + 1), y: .value("value", value))
                .foregroundStyle(by: .value("row", name))
        }
    }
})

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 42)
Notebook.beginCell("words", of: notebook)
let sentences = ["the dog bites the man", "the man bites the dog"]
    .map(Vocabulary.words(of:))

func bag(_ words: [String]) -> [String: Int] {
    words.reduce(into: [:]) { bag, word in bag[word, default: 0] += 1 }
}

let wordBags = sentences.map(bag)
require(wordBags[0] == wordBags[1], "a bag forgets who bites")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 51)
Notebook.show(
Table(
    columns: ["word", "in the first", "in the second"],
    rows: ["the", "dog", "bites", "man"].map { word in
        Row(word, wordBags[0][word]!, wordBags[1][word]!)
    }))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 61)
Notebook.beginCell("bag", of: notebook)
let bags = [rising, falling].map { about(Tensor($0).sum().item) }
require(bags[0] == bags[1], "a sum forgets the order")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 63)
Notebook.show(
Table(
    columns: ["row", "sum"],
    rows: [["rising", bags[0]], ["falling", bags[1]]]))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 72)
Notebook.beginCell("reading", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 72)
Notebook.show(
FlowDiagram("Reading a sequence") {
    FlowStep("Start with an empty state", shape: .terminal)
    FlowStep("Read the next input", shape: .data)
    FlowStep("Make a new state", detail: "of input and old state", shape: .memory)
    FlowStep("More inputs?", shape: .decision)
    FlowStep("Answer from the state", shape: .terminal, label: "no")
    FlowArrow(from: "More inputs?", to: "Read the next input", label: "yes")
})

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 111)
Notebook.beginCell("cell", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 111)
Notebook.show(
cell(.rnn))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 120)
Notebook.beginCell("by-hand", of: notebook)
let inputWeights: [Float] = [1, -0.5]
let stateWeights: [[Float]] = [[0.5, -1], [1, 0.5]]
let bias: [Float] = [0, 0.1]

/// The sums inside the tanh, one for each number of the state.
func sums(_ x: Float, _ h: [Float]) -> [Float] {
    (0..<2).map { i in
        let fromState = stateWeights[i][0] * h[0] + stateWeights[i][1] * h[1]
        return inputWeights[i] * x + fromState + bias[i]
    }
}

func step(_ x: Float, _ h: [Float]) -> [Float] {
    sums(x, h).map { tanh($0) }
}

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 141)
Notebook.beginCell("trace", of: notebook)
func columns(_ xs: [Float]) -> [String] { xs.map { about($0) } }

var h: [Float] = [0, 0]
var rows = [Row(0, "", "", "") + columns(h)]
for (t, x) in rising.prefix(4).enumerated() {
    let new = step(x, h)
    rows.append(Row(t + 1, x) + columns(sums(x, h)) + columns(new))
    h = new
}
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 150)
Notebook.show(
Table(
    columns: ["t", "input", "sum 1", "sum 2", "state 1", "state 2"],
    rows: rows))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 158)
Notebook.beginCell("stepping", of: notebook)
live(
    Stepper("step", 1...7, initially: 3),
    Picker("row", ["rising": rising, "falling": falling])
) { count, row in
    var h: [Float] = [0, 0]
    var rows: [Row] = []
    var path: [[Float]] = [h]
    for (t, x) in row.prefix(count).enumerated() {
        let new = step(x, h)
        rows.append(Row(t + 1, x) + columns(sums(x, h)) + columns(new))
        h = new
        path.append(h)
    }
    show(
        Table(
            columns: ["t", "input", "sum 1", "sum 2", "state 1", "state 2"],
            rows: rows))
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 175)
Notebook.show(
    Chart("The state") {
        for unit in 0..<2 {
            for (t, state) in path.enumerated() {
                LineMark(x: .value("step", t), y: .value("state", state[unit]))
                    .foregroundStyle(by: .value("number", "state \(unit + 1)"))
                PointMark(x: .value("step", t), y: .value("state", state[unit]))
                    .foregroundStyle(by: .value("number", "state \(unit + 1)"))
            }
        }
    }
    .xScale(domain: 0...7)
    .yScale(domain: -1...1))
}

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 193)
Notebook.beginCell("engine", of: notebook)
let engineCell = RNNCell(inputSize: 1, hiddenSize: 2)
let ours = [
    Tensor(shape: [2, 1], scalars: inputWeights), Tensor(stateWeights),
    Tensor(bias), Tensor.zeros([2]),
]
for (parameter, value) in zip(engineCell.parameters, ours) {
    parameter.data = value
}

var state = engineCell.zeroState(batchSize: 1)
for x in rising.prefix(4) { state = engineCell(Tensor([[x]]), state) }
for (a, b) in zip(state.hidden.scalars, h) {
    require(abs(a - b) < 1e-6, "our cell and the engine's agree")
}
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 207)
Notebook.show(
state.hidden)

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 213)
Notebook.beginCell("order", of: notebook)
func lastState(_ row: [Float]) -> [Float] {
    row.reduce([0, 0]) { h, x in step(x, h) }
}

let ends = [lastState(rising), lastState(falling)]
require(abs(ends[0][0] - ends[1][0]) > 0.1, "the order shows in the state")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 219)
Notebook.show(
Table(
    columns: ["row", "sum", "last state 1", "last state 2"],
    rows: [
        ["rising", bags[0]] + columns(ends[0]),
        ["falling", bags[1]] + columns(ends[1]),
    ]))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 235)
Notebook.beginCell("bites", of: notebook)
let lexicon = Vocabulary(sentences, padding: nil, unknown: nil)
let numbered = sentences.map { lexicon.encode($0) }

func distances(seed: Int) -> [Float] {
    manualSeed(seed)
    let cell = RNNCell(inputSize: 4, hiddenSize: 8)
    var state = cell.zeroState(batchSize: 2)
    return (0..<5).map { t in
        let words = IntTensor(numbered.map { $0[t] })
        state = cell(Tensor.oneHot(words, count: 4), state)
        return sqrt((state.hidden[0] - state.hidden[1]).pow(2).sum().item)
    }
}

let apart = (0..<3).map { distances(seed: $0) }
require(apart.allSatisfy { $0[0] == 0 }, "nothing has happened yet")
require(apart.allSatisfy { $0[2] > 0.1 }, "the state knows who bites")
require(apart.allSatisfy { $0[3] < $0[2] }, "and begins to forget it")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 253)
Notebook.show(
HeatMap(
    "Who bites?", apart, rows: "Seed", named: ["0", "1", "2"],
    columns: "Word", named: ["the", "dog / man", "bites", "the", "man / dog"],
    values: "Distance"))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 269)
Notebook.beginCell("unrolled", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 269)
Notebook.show(
UnrolledDiagram(
    "A network, unrolled through four steps", steps: 4,
    inputWeights: "W_ih", stateWeights: "W_hh", outputWeights: "W_y"))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 279)
Notebook.beginCell("sizes", of: notebook)
let lengths = [10, 100, 1000]
let recurrent = RNN(inputSize: 1, hiddenSize: 32).parameterCount
let separate = lengths.map {
    Linear(inputSize: $0, outputSize: 32).parameterCount
}
require(recurrent < separate[1], "at 100 places sharing is cheaper")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 285)
Notebook.show(
Table(
    columns: ["length", "weights, one set a place", "weights, shared"],
    rows: zip(lengths, separate).map { Row($0, $1, recurrent) }))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 290)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 290)
Notebook.show(
             lengths[0])

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 290)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 290)
Notebook.show(
                                                                  32 * 32)

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 291)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 291)
Notebook.show(
                     lengths[2])

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 291)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 291)
Notebook.show(
                                                       separate[2] / recurrent)

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 300)
Notebook.beginCell("echo", of: notebook)
func echo(_ weight: Float) -> [Float] {
    var h: Float = 0
    return (1...30).map { t in
        h = tanh((t == 1 ? 1 : 0) + weight * h)
        return h
    }
}

let weights: [Float] = [0, 0.5, 0.95, 1.2]
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 309)
Notebook.show(
Chart("The echo of one input") {
    for weight in weights {
        for (t, value) in echo(weight).enumerated() {
            LineMark(x: .value("step", t + 1), y: .value("state", value))
                .foregroundStyle(by: .value("weight", "weight \(weight)"))
        }
    }
})

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 320)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 320)
Notebook.show(
         about(echo(0.5)[5]))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 321)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 321)
Notebook.show(
            about(echo(1.2)[29]))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 324)
Notebook.beginCell("echo-claims", of: notebook)
require(echo(0)[1] == 0, "with weight 0 the input is gone at once")
require(echo(0.5)[9] < 0.01, "with 0.5 it is gone within ten steps")
require(echo(0.95)[9] > 0.1, "with 0.95 it fades slowly")
let settled = echo(1.2).suffix(10)
require(settled.min()! > 0.5, "with 1.2 it never fades away")
require(settled.max()! - settled.min()! < 0.01, "with 1.2 it settles")

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 335)
Notebook.beginCell("echo-of-yours", of: notebook)
live(Slider("weight", -1.5...1.5, step: 0.05, initially: 0.95)) { weight in
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 336)
Notebook.show(
    Chart("The echo of one input") {
        for (t, value) in echo(weight).enumerated() {
            LineMark(x: .value("step", t + 1), y: .value("state", value))
        }
    }
    .yScale(domain: -1...1))
}

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 386)
Notebook.beginCell("solution-past", of: notebook)
  func forgetful(_ row: [Float]) -> Float {
      row.reduce(0) { _, x in tanh(x) }
  }

  var swapped = rising
  swapped.swapAt(2, 3)
  let answers = [rising, swapped, falling].map(forgetful)
  require(answers[0] != answers[2], "the last number shows")
  require(answers[0] == answers[1], "it cannot tell")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 395)
Notebook.show(
  answers)

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 406)
Notebook.beginCell("solution-border", of: notebook)
  func late(_ weight: Float) -> Float {
      (1...1000).reduce(Float(0)) { h, t in
          tanh((t == 1 ? 1 : 0) + weight * h)
      }
  }

  let border: [Float] = [0.9, 0.99, 1, 1.01, 1.1]
  require(late(0.99) < 1e-3, "below 1 it fades")
  require(late(1.01) > 0.1, "above 1 it stays")
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 415)
Notebook.show(
  Table(
      columns: ["weight", "echo after 1000 steps"],
      rows: border.map { Row($0, about(late($0))) }))

#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 427)
Notebook.beginCell("solution-bias", of: notebook)
  engineCell.parameters[2].data = Tensor.zeros([2])
  engineCell.parameters[3].data = Tensor(bias)
  var again = engineCell.zeroState(batchSize: 1)
  for x in rising.prefix(4) {
      again = engineCell(Tensor([[x]]), again)
  }
  for (a, b) in zip(again.hidden.scalars, h) {
      require(abs(a - b) < 1e-6, "only their sum matters")
  }
#sourceLocation(file: "lessons/01-what-a-network-remembers.md", line: 436)
Notebook.show(
  again.hidden)

#sourceLocation()
Notebook.endLesson(notebook)
