// 06-live-cells.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 06-live-cells
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/06-live-cells.md", line: 12)
Notebook.beginCell("first", of: notebook)
live(
    Slider("shift", 0...12, step: 0.5, initially: 3),
    Toggle("show both waves", initially: true)
) { shift, showsBoth in
#sourceLocation(file: "lessons/06-live-cells.md", line: 16)
Notebook.show(
    Chart("Two tides meet") {
        for hour in 0...48 {
            let one = sin(Float(hour) * 2 * Float.pi / 12)
            let two = sin((Float(hour) - shift) * 2 * Float.pi / 12)
            if showsBoth {
                LineMark(x: .value("hour", hour), y: .value("height", one))
                    .foregroundStyle(by: .value("wave", "one"))
                LineMark(x: .value("hour", hour), y: .value("height", two))
                    .foregroundStyle(by: .value("wave", "two"))
            }
            LineMark(x: .value("hour", hour), y: .value("height", one + two))
                .foregroundStyle(by: .value("wave", "sum"))
        }
    }
    .yScale(domain: -2.2...2.2))
}

#sourceLocation(file: "lessons/06-live-cells.md", line: 60)
Notebook.beginCell("harbors", of: notebook)
live(
    Picker("mark", ["line", "points"]),
    Stepper("waves", 1...3, initially: 2),
    TextField("harbor", initially: "Ystad", length: 16)
) { mark, waves, harbor in
#sourceLocation(file: "lessons/06-live-cells.md", line: 65)
Notebook.show(
    Chart("Water level in \(harbor)") {
        for hour in 0...24 {
            let angle = Float(hour) * 2 * Float.pi / 24
            let height = (1...waves).reduce(Float(2)) {
                $0 + sin(angle * Float($1)) / Float($1)
            }
            if mark == "line" {
                LineMark(x: .value("hour", hour), y: .value("meters", height))
            } else {
                PointMark(x: .value("hour", hour), y: .value("meters", height))
            }
        }
    }
    .yScale(domain: 0...4))
}

#sourceLocation(file: "lessons/06-live-cells.md", line: 86)
Notebook.beginCell("ranges", of: notebook)
let range: [[Float]] = [[0.5, 1, 2], [3, 4, 5]]
#sourceLocation(file: "lessons/06-live-cells.md", line: 87)
Notebook.show(
HeatMap(
    "Range", range.map { $0.map { Double($0) } },
    rows: "Coast", named: ["north", "south"],
    columns: "Place", named: ["bay", "cape", "sound"], values: "Meters"))

#sourceLocation(file: "lessons/06-live-cells.md", line: 94)
Notebook.beginCell("chosen", of: notebook)
let places = (0..<2).flatMap { coast in (0..<3).map { (coast, $0) } }
live(
    Selection(
        "place", of: "ranges",
        options: places.map { "\(["north", "south"][$0]), \(["bay", "cape", "sound"][$1])" },
        initially: 4)
) { index in
    let (coast, place) = places[index]
#sourceLocation(file: "lessons/06-live-cells.md", line: 102)
Notebook.show(
    Chart("Water level") {
        for hour in 0...24 {
            let height = range[coast][place] / 2 * sin(Float(hour) * 2 * Float.pi / 12.42)
            LineMark(x: .value("hour", hour), y: .value("meters", height))
        }
    }
    .yScale(domain: -3...3))
}

#sourceLocation(file: "lessons/06-live-cells.md", line: 140)
Notebook.beginCell("wave", of: notebook)
animate(over: 0...11, label: "hour") { hour in
#sourceLocation(file: "lessons/06-live-cells.md", line: 141)
Notebook.show(
    Chart("Water level along a coast") {
        for place in 0...40 {
            let phase = Float(place) / 40 * 2 * Float.pi - Float(hour) * Float.pi / 6
            LineMark(x: .value("kilometers", place), y: .value("meters", sin(phase)))
        }
    })
}

#sourceLocation(file: "lessons/06-live-cells.md", line: 160)
Notebook.beginCell("fit", of: notebook)
manualSeed(0)
let hours = Tensor((0..<24).map { Float($0) }).reshaped([24, 1])
let phase = hours * (2 * Float.pi / 12.42)
let inputs = concatenated([sin(phase), cos(phase)], axis: 1)
let heights = (sin(phase - 1.3) * 1.4) + 2.1
let line = Linear(inputSize: 2, outputSize: 1)
let optimizer = SGD(line.parameters, learningRate: 0.2)
for _ in 0..<200 {
    optimizer.zeroGradients()
    meanSquaredError(line(inputs), heights).backward()
    optimizer.step()
}
require(meanSquaredError(line(inputs), heights).item < 1e-6, "the tide is learned")

#sourceLocation(file: "lessons/06-live-cells.md", line: 178)
Notebook.beginCell("forecast", of: notebook)
live(Slider("hour", 0...200, initially: 100)) { hour in
    let angle = Float(hour) * 2 * Float.pi / 12.42
#sourceLocation(file: "lessons/06-live-cells.md", line: 180)
Notebook.show(
    "\(about(line(Tensor([[sin(angle), cos(angle)]])).item)) m at hour \(hour)")
}

#sourceLocation(file: "lessons/06-live-cells.md", line: 204)
Notebook.beginCell("runs", of: notebook)
let rates: [Float] = [0.01, 0.03, 0.1, 0.3, 0.5]
let losses = runs("rates", over: rates) { rate in
    manualSeed(0)
    let line = Linear(inputSize: 2, outputSize: 1)
    let optimizer = SGD(line.parameters, learningRate: Double(rate))
    for _ in 0..<20 {
        optimizer.zeroGradients()
        meanSquaredError(line(inputs), heights).backward()
        optimizer.step()
    }
    return meanSquaredError(line(inputs), heights).item
}
#sourceLocation(file: "lessons/06-live-cells.md", line: 216)
Notebook.show(
Chart("Which rate?") {
    for (rate, loss) in zip(rates, losses) {
        LineMark(x: .value("learning rate", rate), y: .value("loss", loss))
        PointMark(x: .value("learning rate", rate), y: .value("loss", loss))
    }
}
.xScale(.log)
.yScale(.log))

#sourceLocation()
Notebook.endLesson(notebook)
