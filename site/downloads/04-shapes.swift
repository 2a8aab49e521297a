// 04-shapes.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/04-shapes.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/04-shapes.md", line: 18)
Notebook.beginCell("weather", of: notebook)
let weather = Tensor([
    [
        [14, 71, 1012], [16, 66, 1015], [18, 60, 1017], [17, 64, 1013],
        [13, 80, 1004],
    ],
    [
        [21, 40, 1009], [22, 38, 1010], [24, 35, 1012], [25, 33, 1013],
        [23, 42, 1008],
    ],
])
let features = ["temperature", "humidity", "pressure"]
let days = ["Mo", "Tu", "We", "Th", "Fr"]

#sourceLocation(file: "lessons/04-shapes.md", line: 33)
Notebook.beginCell("question", of: notebook)
/// A measurement as a share of its feature's range.
func share(_ station: Int, _ day: Int, _ feature: Int) -> Float {
    let all = (0..<10).map { weather[$0 / 5, $0 % 5, feature].item }
    let range = all.max()! - all.min()!
    return (weather[station, day, feature].item - all.min()!) / range
}

#sourceLocation(file: "lessons/04-shapes.md", line: 40)
Notebook.show(
Chart("What two stations measured") {
    for station in 0..<2 {
        for day in 0..<5 {
            for (index, feature) in features.enumerated() {
                LineMark(
                    x: .value("day", days[day]),
                    y: .value("share of its range", share(station, day, index))
                )
                .foregroundStyle(by: .value("feature", feature))
                .facet(by: .value("station", "Station \(station)"))
            }
        }
    }
})

#sourceLocation(file: "lessons/04-shapes.md", line: 70)
Notebook.beginCell("axes", of: notebook)
require(weather.shape == [2, 5, 3], "batch, time, feature")
#sourceLocation(file: "lessons/04-shapes.md", line: 71)
Notebook.show(
Table(columns: ["expression", "means", "shape"], rows: [
    Row("weather", "everything", weather.shape),
    Row("weather[0]", "all days of station 0", weather[0].shape),
    Row("weather[.all, -1]", "the last day of both", weather[.all, -1].shape),
    Row("weather[.all, .all, 0]", "all temperatures", weather[.all, .all, 0].shape),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 97)
Notebook.beginCell("words", of: notebook)
manualSeed(0)
let sentences = ["the fog came in", "no boat went out"]
    .map(Vocabulary.words(of:))
let vocabulary = Vocabulary(sentences)
let embedding = Embedding(count: vocabulary.count, size: 100)
let text = embedding(IntTensor(sentences.map { vocabulary.encode($0) }))

#sourceLocation(file: "lessons/04-shapes.md", line: 104)
Notebook.show(
Table(columns: ["word", "its number", "its vector"], rows: (0..<4).map { t in
    let start = text[0, t].scalars.prefix(3).map { about($0) }
    return Row(
        sentences[0][t], vocabulary[sentences[0][t]]!,
        start.joined(separator: ", ") + ", …")
}))

#sourceLocation(file: "lessons/04-shapes.md", line: 115)
Notebook.beginCell("examples", of: notebook)
var price: Float = 100
let prices = Tensor.randn([250]).scalars.map { step in
    price += step
    return price
}
let tasks: [(name: String, x: Tensor)] = [
    ("one stock, 250 days", Tensor(shape: [1, 250, 1], scalars: prices)),
    ("two stations, five days", weather),
    ("two sentences, four words", text),
]
#sourceLocation(file: "lessons/04-shapes.md", line: 125)
Notebook.show(
Table(columns: ["task", "input", "output", "state"], rows: tasks.map { task in
    let features = task.x.shape[2]
    let rnn = RNN(inputSize: features, hiddenSize: 32, batchFirst: true)
    let (output, state) = rnn(task.x)
    require(output.shape == task.x.shape.dropLast() + [32], "batch and time stay")
    return Row(task.name, task.x.shape, output.shape, state.hidden.shape)
}))

#sourceLocation(file: "lessons/04-shapes.md", line: 144)
Notebook.beginCell("hidden-cost", of: notebook)
let hiddenSizes = [8, 16, 32, 64, 128, 256]
let counts = hiddenSizes.map { RNN(inputSize: 3, hiddenSize: $0).parameterCount }

#sourceLocation(file: "lessons/04-shapes.md", line: 147)
Notebook.show(
Chart("Weights of a layer that reads three features") {
    for (size, count) in zip(hiddenSizes, counts) {
        LineMark(x: .value("hidden size", size), y: .value("weights", count))
        PointMark(x: .value("hidden size", size), y: .value("weights", count))
    }
}
.xScale(.log)
.yScale(.log))

#sourceLocation(file: "lessons/04-shapes.md", line: 157)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/04-shapes.md", line: 157)
Notebook.show(
                               hiddenSizes[4])

#sourceLocation(file: "lessons/04-shapes.md", line: 157)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/04-shapes.md", line: 157)
Notebook.show(
                                                                  hiddenSizes[5])

#sourceLocation(file: "lessons/04-shapes.md", line: 158)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/04-shapes.md", line: 158)
Notebook.show(
         about(Float(counts[5]) / Float(counts[4])))

#sourceLocation(file: "lessons/04-shapes.md", line: 168)
Notebook.beginCell("stacked", of: notebook)
#sourceLocation(file: "lessons/04-shapes.md", line: 168)
Notebook.show(
FlowDiagram("Three stacked layers at one step") {
    FlowStep("Features", detail: "3 numbers", shape: .data)
    FlowStep("Layer 0", detail: "its state: 32 numbers", shape: .memory)
    FlowStep("Layer 1", detail: "its state: 32 numbers", shape: .memory)
    FlowStep("Layer 2", detail: "its state: 32 numbers", shape: .memory)
    FlowStep("Output", detail: "32 numbers", shape: .data)
    FlowArrow(from: "Layer 0", to: "Layer 0", label: "next step")
    FlowArrow(from: "Layer 1", to: "Layer 1", label: "next step")
    FlowArrow(from: "Layer 2", to: "Layer 2", label: "next step")
})

#sourceLocation(file: "lessons/04-shapes.md", line: 184)
Notebook.beginCell("scaled", of: notebook)
let mean = weather.mean(axes: [0, 1])
let spread = sqrt((weather - mean).pow(2).mean(axes: [0, 1]))
let x = (weather - mean) / spread
require(abs(x).max().item < 3, "no feature is large any more")
func begin(_ t: Tensor) -> String {
    t.scalars.prefix(3).map { about($0, digits: 4) }.joined(separator: ", ")
}
#sourceLocation(file: "lessons/04-shapes.md", line: 191)
Notebook.show(
Table(columns: ["tensor", "shape", "its first numbers"], rows: [
    Row("weather", weather.shape, begin(weather)),
    Row("mean", mean.shape, begin(mean)),
    Row("spread", spread.shape, begin(spread)),
    Row("x", x.shape, begin(x)),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 203)
Notebook.beginCell("corner", of: notebook)
manualSeed(0)
let deep = RNN(inputSize: 3, hiddenSize: 32, layerCount: 3, batchFirst: true)
let (output, state) = deep(x)
require(output[.all, -1].scalars == state.hidden[2].scalars, "the same corner")

#sourceLocation(file: "lessons/04-shapes.md", line: 208)
Notebook.show(
Table(columns: ["tensor", "shape", "axes"], rows: [
    Row("output", output.shape, "batch, time, hidden"),
    Row("state.hidden", state.hidden.shape, "layer, batch, hidden"),
    Row("output[.all, -1]", output[.all, -1].shape, "batch, hidden"),
    Row("state.hidden[2]", state.hidden[2].shape, "batch, hidden"),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 219)
Notebook.beginCell("parameters", of: notebook)
#sourceLocation(file: "lessons/04-shapes.md", line: 219)
Notebook.show(
Table(
    columns: ["parameter", "shape"],
    rows: deep.namedParameters.map { Row($0.name, $0.tensor.shape) }))

#sourceLocation(file: "lessons/04-shapes.md", line: 230)
Notebook.beginCell("batch-first", of: notebook)
let timeFirst = RNN(inputSize: 3, hiddenSize: 32, layerCount: 3)
for (a, b) in zip(timeFirst.parameters, deep.parameters) { a.data = b.data }

let swapped = timeFirst(x.transposed(0, 1))
require(
    swapped.output.transposed(0, 1).scalars == output.scalars
        && swapped.state.hidden.scalars == state.hidden.scalars,
    "the same numbers come out")
#sourceLocation(file: "lessons/04-shapes.md", line: 238)
Notebook.show(
Table(columns: ["", "batch first", "time first"], rows: [
    Row("input", x.shape, x.transposed(0, 1).shape),
    Row("output", output.shape, swapped.output.shape),
    Row("state", state.hidden.shape, swapped.state.hidden.shape),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 268)
Notebook.beginCell("no-batch", of: notebook)
let one = deep(x[0]).output
#sourceLocation(file: "lessons/04-shapes.md", line: 269)
Notebook.show(
Table(columns: ["expression", "shape", "what it is"], rows: [
    Row("output", one.shape, "time, hidden"),
    Row("output[.all, -1]", one[.all, -1].shape, "one number of each day: wrong"),
    Row("output[-1]", one[-1].shape, "the last day: right"),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 282)
Notebook.beginCell("silent", of: notebook)
let wrong = timeFirst(x).output
require(wrong.shape == output.shape, "the shapes cannot tell")

let difference = (wrong - output).pow(2).sum(axis: 2)
require(difference[0, 0].item == 0, "the first day of station 0 agrees")
require(difference.scalars.dropFirst().allSatisfy { $0 > 0 }, "nothing else does")
#sourceLocation(file: "lessons/04-shapes.md", line: 288)
Notebook.show(
HeatMap(
    "How far the two outputs are apart",
    (0..<2).map { difference[$0].scalars.map { sqrt($0) } },
    rows: "Station", columns: "Day", values: "Distance"))

#sourceLocation(file: "lessons/04-shapes.md", line: 298)
Notebook.beginCell("probe", of: notebook)
func staysApart(_ run: (Tensor) -> Tensor) -> Bool {
    let changed = concatenated([x[0..<1] * 2, x[1..<2]], axis: 0)
    return run(changed)[1].scalars == run(x)[1].scalars
}

require(staysApart { deep($0).output }, "the right layer keeps them apart")
require(!staysApart { timeFirst($0).output }, "the wrong one mixes them")
#sourceLocation(file: "lessons/04-shapes.md", line: 305)
Notebook.show(
Table(columns: ["layer", "do the stations stay apart?"], rows: [
    Row("batchFirst: true", staysApart { deep($0).output }),
    Row("batchFirst: false", staysApart { timeFirst($0).output }),
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 332)
Notebook.beginCell("solution-count", of: notebook)
  let lowest = 32 * 3 + 32 * 32 + 2 * 32
  let upper = 32 * 32 + 32 * 32 + 2 * 32
  let all = lowest + 2 * upper
  require(deep.parameterCount == all, "counted right")
#sourceLocation(file: "lessons/04-shapes.md", line: 336)
Notebook.show(
  [lowest, all])

#sourceLocation(file: "lessons/04-shapes.md", line: 346)
Notebook.beginCell("solution-daily", of: notebook)
  var carried = deep.zeroState(batchSize: 2)
  var last = Tensor.zeros([2, 1, 32])
  for day in 0..<5 {
      (last, carried) = deep(x[.all, day..<day + 1], carried)
  }
  require(
      last[.all, 0].scalars == output[.all, -1].scalars,
      "the same, to the bit")
#sourceLocation(file: "lessons/04-shapes.md", line: 354)
Notebook.show(
  carried.hidden.shape)

#sourceLocation(file: "lessons/04-shapes.md", line: 365)
Notebook.beginCell("solution-both", of: notebook)
  let both = RNN(
      inputSize: 3, hiddenSize: 32, layerCount: 3,
      batchFirst: true, bidirectional: true)
  let result = both(x)
  let shapes = [result.output.shape, result.state.hidden.shape]
  require(shapes[0] == [2, 5, 64], "both directions side by side")
  require(shapes[1] == [6, 2, 32], "each layer and direction")
#sourceLocation(file: "lessons/04-shapes.md", line: 372)
Notebook.show(
  shapes)

#sourceLocation()
Notebook.endLesson(notebook)
