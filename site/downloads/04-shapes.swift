// 04-shapes.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/04-shapes.swift && ./lesson
import Notebook

#sourceLocation(file: "lessons/04-shapes.md", line: 18)
Notebook.beginCell("question")
let weather = Tensor([
    [[14, 71, 1012], [16, 66, 1015], [18, 60, 1017], [17, 64, 1013], [13, 80, 1004]],
    [[21, 40, 1009], [22, 38, 1010], [24, 35, 1012], [25, 33, 1013], [23, 42, 1008]],
])
let features = ["temperature", "humidity", "pressure"]

#sourceLocation(file: "lessons/04-shapes.md", line: 24)
Notebook.show(
Chart("What two stations measured") {
    for station in 0..<2 {
        for day in 0..<5 {
            for (index, feature) in features.enumerated() {
                let all = (0..<10).map { weather[$0 / 5, $0 % 5, index].item }
                let range = all.max()! - all.min()!
                let value = (weather[station, day, index].item - all.min()!) / range
                LineMark(x: .value("day", day + 1), y: .value("share of its range", value))
                    .foregroundStyle(by: .value("feature", feature))
                    .facet(by: .value("station", "Station \(station)"))
            }
        }
    }
})

#sourceLocation(file: "lessons/04-shapes.md", line: 54)
Notebook.beginCell("axes")
require(weather.shape == [2, 5, 3], "batch, time, feature")
#sourceLocation(file: "lessons/04-shapes.md", line: 55)
Notebook.show(
Table(columns: ["expression", "means", "shape"], rows: [
    ["weather", "everything", weather.shape],
    ["weather[0]", "all days of station 0", weather[0].shape],
    ["weather[.all, -1]", "the last day of both", weather[.all, -1].shape],
    ["weather[.all, .all, 0]", "all temperatures", weather[.all, .all, 0].shape],
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 77)
Notebook.beginCell("examples")
let tasks: [(name: String, x: Tensor)] = [
    ("a stock's price over 250 days", Tensor.zeros([1, 250, 1])),
    ("weather of two stations", weather),
    ("8 sentences of 12 words", Tensor.zeros([8, 12, 100])),
]
#sourceLocation(file: "lessons/04-shapes.md", line: 82)
Notebook.show(
Table(columns: ["task", "input", "output", "state"], rows: tasks.map { task in
    let inputSize = task.x.shape[2]
    let rnn = RNN(inputSize: inputSize, hiddenSize: 32, batchFirst: true)
    let (output, state) = rnn(task.x)
    require(output.shape == task.x.shape.dropLast() + [32], "batch and time stay")
    return [task.name, task.x.shape, output.shape, state.hidden.shape]
}))

#sourceLocation(file: "lessons/04-shapes.md", line: 100)
Notebook.beginCell("hidden-cost")
let hiddenSizes = [8, 16, 32, 64, 128, 256]
let counts = hiddenSizes.map { RNN(inputSize: 3, hiddenSize: $0).parameterCount }

#sourceLocation(file: "lessons/04-shapes.md", line: 103)
Notebook.show(
Chart("Weights of a layer that reads three features") {
    for (size, count) in zip(hiddenSizes, counts) {
        LineMark(x: .value("hidden size", size), y: .value("weights", count))
        PointMark(x: .value("hidden size", size), y: .value("weights", count))
    }
}
.xScale(.log)
.yScale(.log))

#sourceLocation(file: "lessons/04-shapes.md", line: 113)
Notebook.beginCell("{swift} 1")
#sourceLocation(file: "lessons/04-shapes.md", line: 113)
Notebook.show(
                                          about(Float(counts[5]) / Float(counts[4])))

#sourceLocation(file: "lessons/04-shapes.md", line: 122)
Notebook.beginCell("stacked")
#sourceLocation(file: "lessons/04-shapes.md", line: 122)
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

#sourceLocation(file: "lessons/04-shapes.md", line: 138)
Notebook.beginCell("corner")
manualSeed(0)
let deep = RNN(inputSize: 3, hiddenSize: 32, layerCount: 3, batchFirst: true)
let (output, state) = deep(weather / 1000)
require(output[.all, -1].scalars == state.hidden[2].scalars, "the same corner")

#sourceLocation(file: "lessons/04-shapes.md", line: 143)
Notebook.show(
Table(columns: ["tensor", "shape", "axes"], rows: [
    ["output", output.shape, "batch, time, hidden"],
    ["state.hidden", state.hidden.shape, "layer, batch, hidden"],
    ["output[.all, -1]", output[.all, -1].shape, "batch, hidden"],
    ["state.hidden[2]", state.hidden[2].shape, "batch, hidden"],
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 154)
Notebook.beginCell("parameters")
#sourceLocation(file: "lessons/04-shapes.md", line: 154)
Notebook.show(
Table(
    columns: ["parameter", "shape"],
    rows: deep.namedParameters.map { [$0.name, $0.tensor.shape] }))

#sourceLocation(file: "lessons/04-shapes.md", line: 165)
Notebook.beginCell("batch-first")
let timeFirst = RNN(inputSize: 3, hiddenSize: 32, layerCount: 3)
for (a, b) in zip(timeFirst.parameters, deep.parameters) { a.data = b.data }

let swapped = timeFirst((weather / 1000).transposed(0, 1))
require(
    swapped.output.transposed(0, 1).scalars == output.scalars
        && swapped.state.hidden.scalars == state.hidden.scalars,
    "the same numbers come out")
#sourceLocation(file: "lessons/04-shapes.md", line: 173)
Notebook.show(
Table(columns: ["", "batch first", "time first"], rows: [
    ["input", weather.shape, [5, 2, 3]],
    ["output", output.shape, swapped.output.shape],
    ["state", state.hidden.shape, swapped.state.hidden.shape],
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 203)
Notebook.beginCell("no-batch")
let one = deep(weather[0] / 1000).output
#sourceLocation(file: "lessons/04-shapes.md", line: 204)
Notebook.show(
Table(columns: ["expression", "shape", "what it is"], rows: [
    ["output", one.shape, "time, hidden"],
    ["output[.all, -1]", one[.all, -1].shape, "one number of each day: wrong"],
    ["output[-1]", one[-1].shape, "the last day: right"],
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 217)
Notebook.beginCell("silent")
let wrong = timeFirst(weather / 1000).output
require(wrong.shape == output.shape, "the shapes cannot tell")

let difference = (wrong - output).pow(2).sum(axis: 2)
require(difference[0, 0].item == 0, "the first day of station 0 agrees")
require(difference.scalars.dropFirst().allSatisfy { $0 > 0 }, "nothing else does")
#sourceLocation(file: "lessons/04-shapes.md", line: 223)
Notebook.show(
HeatMap(
    "How far the two outputs are apart",
    (0..<2).map { difference[$0].scalars.map { sqrt($0) } },
    rows: "Station", columns: "Day", values: "Distance"))

#sourceLocation(file: "lessons/04-shapes.md", line: 233)
Notebook.beginCell("probe")
func staysApart(_ run: (Tensor) -> Tensor) -> Bool {
    let changed = concatenated([weather[0..<1] * 2, weather[1..<2]], axis: 0)
    return run(changed / 1000)[1].scalars == run(weather / 1000)[1].scalars
}

require(staysApart { deep($0).output }, "the right layer keeps them apart")
require(!staysApart { timeFirst($0).output }, "the wrong one mixes them")
#sourceLocation(file: "lessons/04-shapes.md", line: 240)
Notebook.show(
Table(columns: ["layer", "do the stations stay apart?"], rows: [
    ["batchFirst: true", staysApart { deep($0).output }],
    ["batchFirst: false", staysApart { timeFirst($0).output }],
]))

#sourceLocation(file: "lessons/04-shapes.md", line: 267)
Notebook.beginCell("solution-count")
  let lowest = 32 * 3 + 32 * 32 + 2 * 32
  let upper = 32 * 32 + 32 * 32 + 2 * 32
  require(deep.parameterCount == lowest + 2 * upper, "counted right")
#sourceLocation(file: "lessons/04-shapes.md", line: 270)
Notebook.show(
  [lowest, lowest + 2 * upper])

#sourceLocation(file: "lessons/04-shapes.md", line: 280)
Notebook.beginCell("solution-daily")
  var carried = deep.zeroState(batchSize: 2)
  var last = Tensor.zeros([2, 1, 32])
  for day in 0..<5 {
      (last, carried) = deep(weather[.all, day..<day + 1] / 1000, carried)
  }
  require(last[.all, 0].scalars == output[.all, -1].scalars, "the same, to the bit")
#sourceLocation(file: "lessons/04-shapes.md", line: 286)
Notebook.show(
  carried.hidden.shape)

#sourceLocation(file: "lessons/04-shapes.md", line: 296)
Notebook.beginCell("solution-both")
  let both = RNN(
      inputSize: 3, hiddenSize: 32, layerCount: 3, batchFirst: true, bidirectional: true)
  let result = both(weather / 1000)
  require(result.output.shape == [2, 5, 64], "both directions side by side")
  require(result.state.hidden.shape == [6, 2, 32], "one for each layer and direction")
#sourceLocation(file: "lessons/04-shapes.md", line: 301)
Notebook.show(
  [result.output.shape, result.state.hidden.shape])

#sourceLocation()
Notebook.endLesson()
