// gallery.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/gallery.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/gallery.md", line: 13)
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

#sourceLocation(file: "lessons/gallery.md", line: 38)
Notebook.beginCell("lines", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 38)
Notebook.show(
Chart("Two losses") {
    for epoch in 0..<40 {
        let loss = decay(Double(epoch))
        LineMark(x: .value("Epoch", epoch), y: .value("Training", loss))
        LineMark(x: .value("Epoch", epoch), y: .value("Validation", loss + 0.2))
    }
}
.yAxis("Loss"))

#sourceLocation(file: "lessons/gallery.md", line: 51)
Notebook.beginCell("interpolation", of: notebook)
let ways: [(String, InterpolationMethod, Double)] = [
    ("Linear", .linear, 0), ("Monotone", .monotone, 3),
    ("Mid step", .stepCenter, 6), ("End step", .stepEnd, 9),
]

#sourceLocation(file: "lessons/gallery.md", line: 56)
Notebook.show(
Chart("Four ways to join points") {
    for (name, method, offset) in ways {
        for (step, value) in [1.0, 3, 2.8, 6, 5, 7, 7.2].enumerated() {
            LineMark(x: .value("Step", step), y: .value("Value", value + offset))
                .foregroundStyle(by: .value("Way", name))
                .interpolationMethod(method)
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 70)
Notebook.beginCell("styles", of: notebook)
let styles = [LineStyle(width: 1), LineStyle(width: 4), .dashed, .dotted]

#sourceLocation(file: "lessons/gallery.md", line: 72)
Notebook.show(
Chart("Widths, dashes, opacity") {
    for (index, style) in styles.enumerated() {
        for step in 0..<5 {
            let value = step * (index + 1)
            LineMark(x: .value("Step", step), y: .value("Value", value))
                .lineStyle(style)
                .foregroundStyle(.magenta)
                .opacity(1 - 0.15 * Double(index))
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 88)
Notebook.beginCell("gap", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 88)
Notebook.show(
Chart("Accuracy, with a gap") {
    for epoch in 0..<12 {
        let accuracy = epoch == 5 ? Double.nan : 1 - 1 / Double(epoch + 1)
        LineMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
        PointMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 102)
Notebook.beginCell("points", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 102)
Notebook.show(
Chart("Actual and predicted values of a wave") {
    for step in 0..<20 {
        PointMark(x: .value("Time", step), y: .value("Value", wave(Double(step))))
            .foregroundStyle(by: .value("Kind", "Actual"))
        let predicted = 0.93 * wave(Double(step)) + 0.02
        PointMark(x: .value("Time", step), y: .value("Value", predicted))
            .foregroundStyle(by: .value("Kind", "Predicted"))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 116)
Notebook.beginCell("symbols", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 116)
Notebook.show(
Chart("Error by size") {
    for (place, cell) in ["RNN", "LSTM"].enumerated() {
        for (rank, size) in [8, 32, 128].enumerated() {
            for run in 0..<3 {
                let error = 9 - 2 * rank - place + run % 2
                PointMark(
                    x: .value("Seconds", 1 + 2 * rank + place + run),
                    y: .value("Error", error)
                )
                .foregroundStyle(by: .value("Cell", cell))
                .symbol(by: .value("Hidden size", "\(size)"))
            }
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 136)
Notebook.beginCell("hues", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 136)
Notebook.show(
Chart("Points colored by a number") {
    for step in 0..<30 {
        let t = Double(step)
        let (first, second) = (wave(t) * t, wave(t + 5) * t)
        PointMark(x: .value("First", first), y: .value("Second", second))
            .foregroundStyle(by: .value("Step", t))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 151)
Notebook.beginCell("bars", of: notebook)
let counts = [("a", 120), ("e", 98), ("i", 60), ("n", 77), ("o", 44)]

#sourceLocation(file: "lessons/gallery.md", line: 153)
Notebook.show(
Chart("Letters in the training names") {
    for (letter, count) in counts {
        BarMark(x: .value("Letter", letter), y: .value("Count", count))
            .annotation("\(count)")
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 164)
Notebook.beginCell("stacked", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 164)
Notebook.show(
Chart("Names by language") {
    let languages = ["Russian", "English", "Arabic", "Japanese"]
    for (index, language) in languages.enumerated() {
        for (set, count) in [("Training", 9000), ("Test", 2000)] {
            let names = count / (index + 1)
            BarMark(x: .value("Language", language), y: .value("Names", names))
                .foregroundStyle(by: .value("Set", set))
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 177)
Notebook.beginCell("grouped", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 177)
Notebook.show(
Chart("Error by cell") {
    for (index, cell) in ["RNN", "LSTM", "GRU"].enumerated() {
        for (place, set) in ["Training", "Validation", "Test"].enumerated() {
            let error = 0.2 / Double(index + 1) + 0.04 * Double(place)
            BarMark(x: .value("Cell", cell), y: .value("Error", error))
                .foregroundStyle(by: .value("Set", set))
                .position(by: .value("Set", set))
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 192)
Notebook.beginCell("lying", of: notebook)
let accuracies = [
    ("A recurrent network with one layer", 0.7), ("LSTM with two layers", 0.8),
    ("GRU", 0.9),
]

#sourceLocation(file: "lessons/gallery.md", line: 197)
Notebook.show(
Chart("Accuracy by model") {
    for (model, accuracy) in accuracies {
        BarMark(x: .value("Accuracy", accuracy), y: .value("Model", model))
            .annotation("\(accuracy)")
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 208)
Notebook.beginCell("leaning", of: notebook)
let months = [
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
]

#sourceLocation(file: "lessons/gallery.md", line: 213)
Notebook.show(
Chart("Lessons read by month") {
    for (index, month) in months.enumerated() {
        let lessons = 12 + index * 7 % 11
        BarMark(x: .value("Month", month), y: .value("Lessons", lessons))
            .foregroundStyle(.green)
    }
}
.plotHeight(160))

#sourceLocation(file: "lessons/gallery.md", line: 226)
Notebook.beginCell("histogram", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 226)
Notebook.show(
Chart("Gradients of one step") {
    for bin in -8...8 {
        let count = 600 / (4 + bin * bin)
        BarMark(x: .value("Gradient", Double(bin) / 10), y: .value("Count", count))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 239)
Notebook.beginCell("band", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 239)
Notebook.show(
Chart("Loss of five seeds") {
    for epoch in 0..<30 {
        let mean = 2 * decay(Double(epoch)) + 0.1
        AreaMark(
            x: .value("Epoch", epoch),
            yStart: .value("Least", mean * 0.8),
            yEnd: .value("Greatest", mean * 1.25)
        )
        LineMark(x: .value("Epoch", epoch), y: .value("Mean loss", mean))
    }
    RuleMark(y: .value("Loss of guessing", 1.2))
})

#sourceLocation(file: "lessons/gallery.md", line: 254)
Notebook.beginCell("stack", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 254)
Notebook.show(
Chart("Time by part") {
    for layers in 1...10 {
        for (index, part) in ["Forward", "Backward", "Update"].enumerated() {
            let time = layers + index * 2
            AreaMark(x: .value("Layers", layers), y: .value("Milliseconds", time))
                .foregroundStyle(by: .value("Part", part))
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 266)
Notebook.beginCell("regions", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 266)
Notebook.show(
Chart("When it stopped") {
    RectangleMark(xStart: .value("Epoch", 5), xEnd: .value("Epoch", 12))
    for epoch in 0..<40 {
        let loss = 1 / Double(epoch + 1)
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
    RuleMark(x: .value("Early stop", 31))
    RuleMark(y: .value("Target", 0.1)).foregroundStyle(.orange)
    TextMark("warm-up", x: .value("Epoch", 8.5), y: .value("Loss", 0.9))
})

#sourceLocation(file: "lessons/gallery.md", line: 281)
Notebook.beginCell("errors", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 281)
Notebook.show(
Chart("Error of three cells") {
    for (index, cell) in ["RNN", "LSTM", "GRU"].enumerated() {
        let mean = 0.3 - 0.05 * Double(index)
        RuleMark(
            x: .value("Cell", cell),
            yStart: .value("Low", mean - 0.04), yEnd: .value("High", mean + 0.06)
        )
        PointMark(x: .value("Cell", cell), y: .value("Error", mean))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 298)
Notebook.beginCell("log", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 298)
Notebook.show(
Chart("Loss on a log scale") {
    for epoch in 0..<60 {
        let loss = 1 / Double(1 + epoch * epoch)
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/gallery.md", line: 310)
Notebook.beginCell("powers", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 310)
Notebook.show(
Chart("Time by size") {
    for (index, name) in ["XS", "S", "M", "L", "XL"].enumerated() {
        let size = 16 << (2 * index)
        let time = 3e-4 * Double(size * size)
        PointMark(x: .value("Size", size), y: .value("ms", time))
            .identified(by: .value("Model", name))
    }
}
.xScale(.log)
.yScale(.log)
.xAxis("Hidden units")
.yAxis("Milliseconds"))

#sourceLocation(file: "lessons/gallery.md", line: 327)
Notebook.beginCell("symmetric", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 327)
Notebook.show(
Chart("Gradients of both signs") {
    for step in 0..<35 {
        let size = [0.001, 0.01, 0.1, 1, 10, 100, 1000][step % 7]
        let gradient = step % 2 == 0 ? size : -size
        PointMark(x: .value("Step", step), y: .value("Gradient", gradient))
    }
}
.yScale(.symmetricLog()))

#sourceLocation(file: "lessons/gallery.md", line: 340)
Notebook.beginCell("tiny", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 340)
Notebook.show(
Chart("Tiny numbers") {
    for epoch in 0..<40 {
        let loss = 1e-8 + 3e-6 * Double(epoch) / 40
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 349)
Notebook.beginCell("near", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 349)
Notebook.show(
Chart("Near one") {
    for epoch in 0...40 {
        let accuracy = 0.9999 + 2e-4 * Double(epoch) / 40
        LineMark(x: .value("Epoch", epoch), y: .value("Accuracy", accuracy))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 360)
Notebook.beginCell("perplexity", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 360)
Notebook.show(
Chart("Loss and perplexity") {
    for epoch in 0..<30 {
        let loss = 1 + 2 * decay(Double(epoch))
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
}
.yAxis(trailing: "Perplexity") { exp($0) })

#sourceLocation(file: "lessons/gallery.md", line: 373)
Notebook.beginCell("dense", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 373)
Notebook.show(
Chart("A hundred thousand points") {
    for step in 0..<100_000 {
        let loss = decay(Double(step), over: 10_000) + 0.1 * wave(Double(step))
        LineMark(x: .value("Step", step), y: .value("Loss", loss))
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 384)
Notebook.beginCell("reversed", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 384)
Notebook.show(
Chart("Ranks") {
    for epoch in 0..<10 {
        let rank = 1 + (epoch * 7) % 5
        LineMark(x: .value("Epoch", epoch), y: .value("Rank", rank))
        PointMark(x: .value("Epoch", epoch), y: .value("Rank", rank))
    }
}
.yScale(reversed: true))

#sourceLocation(file: "lessons/gallery.md", line: 395)
Notebook.beginCell("domain", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 395)
Notebook.show(
Chart("The first ten percent") {
    for step in 0..<40 {
        LineMark(x: .value("Step", step), y: .value("Loss", decay(Double(step))))
    }
}
.yScale(domain: 0...0.1))

#sourceLocation(file: "lessons/gallery.md", line: 408)
Notebook.beginCell("facets", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 408)
Notebook.show(
Chart("Four seeds") {
    for seed in 0..<4 {
        for epoch in 0..<20 {
            let loss = decay(Double(epoch), over: Double(3 + 2 * seed))
            LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                .facet(by: .value("Seed", "Seed \(seed)"))
        }
    }
    RuleMark(y: .value("Target", 0.1))
})

#sourceLocation(file: "lessons/gallery.md", line: 423)
Notebook.beginCell("row", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 423)
Notebook.show(
ChartRow("Two learning rates") {
    for (rate, scale) in [("0.1", 4.0), ("0.01", 20)] {
        Chart(rate) {
            for epoch in 0..<30 {
                let loss = decay(Double(epoch), over: scale)
                LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            }
        }
    }
})

#sourceLocation(file: "lessons/gallery.md", line: 438)
Notebook.beginCell("inset", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 438)
Notebook.show(
Chart("Loss, and its end in detail") {
    for epoch in 0..<150 {
        let loss = decay(Double(epoch)) + 0.003 * wave(Double(epoch))
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
}
.inset(x: 100...140))

#sourceLocation(file: "lessons/gallery.md", line: 452)
Notebook.beginCell("weights", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 452)
Notebook.show(
HeatMap(
    "Weights",
    matrix(7, 6) { wave(Double($0 * 3 + $1 * 2)) },
    rows: "Input", columns: "Hidden unit", values: "Weight"
))

#sourceLocation(file: "lessons/gallery.md", line: 462)
Notebook.beginCell("states", of: notebook)
struct Forecaster: Layer {
    let rnn = LSTM(inputSize: 1, hiddenSize: 8, batchFirst: true)
    let head = Linear(inputSize: 8, outputSize: 1)

    func callAsFunction(_ x: Tensor) -> Tensor { head(rnn(x).output[.all, -1]) }
}

manualSeed(0)
let model = Forecaster()
let signal = (0..<18).map { 3 * Float(wave(Double($0))) }
let x = Tensor(shape: [1, 18, 1], scalars: signal)
let (_, recording) = record(model) { model(x) }
#sourceLocation(file: "lessons/gallery.md", line: 474)
Notebook.show(
HeatMap.hiddenStates(of: recording["rnn"][0]))

#sourceLocation(file: "lessons/gallery.md", line: 478)
Notebook.beginCell("gate", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 478)
Notebook.show(
HeatMap.gate("o", of: recording["rnn"][0], "The output gate over time"))

#sourceLocation(file: "lessons/gallery.md", line: 482)
Notebook.beginCell("attention", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 482)
Notebook.show(
HeatMap(
    "Attention",
    matrix(6, 6) { 1 / Double(1 + ($0 - $1) * ($0 - $1) * 3) },
    rows: "Query", named: ["the", "cat", "sat", "on", "the", "mat"],
    columns: "Key", named: ["le", "chat", "s’est", "assis", "sur", "le tapis"],
    values: "Weight"
))

#sourceLocation(file: "lessons/gallery.md", line: 494)
Notebook.beginCell("embedding", of: notebook)
let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
let isVowel = letters.map { ["a", "e", "i", "o", "u"].contains($0) }
let vectors = matrix(26, 16) { letter, feature in
    wave(Double(letter * feature + letter)) + (isVowel[letter] ? 1.5 : 0)
}

#sourceLocation(file: "lessons/gallery.md", line: 500)
Notebook.show(
EmbeddingMap(
    "Letters as a model sees them",
    vectors, named: letters, kinds: isVowel.map { $0 ? "Vowel" : "Consonant" }
))

#sourceLocation(file: "lessons/gallery.md", line: 511)
Notebook.beginCell("flow", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 511)
Notebook.show(
FlowDiagram("How a network learns") {
    FlowStep("Draw random weights", shape: .terminal)
    FlowStep("Forward pass", detail: "state and output, step by step")
    FlowStep("Loss", detail: "how far the outputs are from the targets")
    FlowStep("Backward pass", detail: "gradients of all weights")
    FlowStep("Update weights")
    FlowStep("All epochs done?", shape: .decision)
    FlowStep("Predict", shape: .terminal, label: "yes")
    FlowArrow(from: "All epochs done?", to: "Forward pass", label: "no")
})

#sourceLocation(file: "lessons/gallery.md", line: 526)
Notebook.beginCell("branches", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 526)
Notebook.show(
FlowDiagram("A sequence-to-sequence network") {
    FlowStep("Source sentence", shape: .data)
    FlowStep("Encoder", detail: "one state for each token", shape: .memory)
    FlowStep("Last state", after: ["Encoder"])
    FlowStep("All states", after: ["Encoder"])
    FlowStep("Decoder", shape: .memory, after: ["Last state"])
    FlowStep("Attention", after: ["Decoder", "All states"])
    FlowStep("Next token", shape: .data, after: ["Attention"])
    FlowArrow(from: "Next token", to: "Decoder", label: "as input")
})

#sourceLocation(file: "lessons/gallery.md", line: 541)
Notebook.beginCell("network", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 541)
Notebook.show(
diagram(of: model, on: x) { model($0) })

#sourceLocation(file: "lessons/gallery.md", line: 547)
Notebook.beginCell("unrolled", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 547)
Notebook.show(
unrolled(model, steps: 4, outputs: .last))

#sourceLocation(file: "lessons/gallery.md", line: 551)
Notebook.beginCell("unrolled-many", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 551)
Notebook.show(
unrolled(RNN(inputSize: 1, hiddenSize: 8), steps: 20, "Twenty steps"))

#sourceLocation(file: "lessons/gallery.md", line: 557)
Notebook.beginCell("cell-rnn", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 557)
Notebook.show(
cell(.rnn))

#sourceLocation(file: "lessons/gallery.md", line: 561)
Notebook.beginCell("cell-lstm", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 561)
Notebook.show(
cell(.lstm))

#sourceLocation(file: "lessons/gallery.md", line: 565)
Notebook.beginCell("cell-gru", of: notebook)
#sourceLocation(file: "lessons/gallery.md", line: 565)
Notebook.show(
cell(.gru))

#sourceLocation()
Notebook.endLesson(notebook)
