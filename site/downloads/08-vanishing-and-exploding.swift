// 08-vanishing-and-exploding.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/08-vanishing-and-exploding.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 19)
Notebook.beginCell("question", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 19)
Notebook.show(
Chart("One factor, again and again") {
    for factor in [0.5, 0.9, 1.0, 1.1, 1.5] {
        for lag in 0...50 {
            let left = pow(factor, Double(lag))
            LineMark(x: .value("times", lag), y: .value("left", left))
                .foregroundStyle(by: .value("factor", "\(factor)"))
        }
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 31)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 31)
Notebook.show(
                   about(pow(0.9, 50.0)))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 31)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 31)
Notebook.show(
                                                                                    about(pow(1.1, 50.0)))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 52)
Notebook.beginCell("radius", of: notebook)
let units = 32

/// How long the numbers of a matrix are together.
func length(_ m: Tensor) -> Float { sqrt(m.pow(2).sum().item) }

/// The stretch of one step, from W raised to the power of 1024.
func spectralRadius(_ w: Tensor) -> Float {
    var power = w
    var logarithm: Float = 0
    for _ in 0..<10 {
        power = power.matmul(power)
        let size = length(power)
        power = power / size
        logarithm = 2 * logarithm + log(size)
    }
    return exp(logarithm / 1024)
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 75)
Notebook.beginCell("cell", of: notebook)
func layer(seed: Int, radius: Float, _ nonlinearity: Nonlinearity = .tanh) -> RNN {
    manualSeed(seed)
    let rnn = RNN(
        inputSize: 1, hiddenSize: units,
        nonlinearity: nonlinearity, bias: false)
    let w = Tensor.normal([units, units])
    let u = Tensor.normal([units, 1], standardDeviation: 0.1)
    rnn.parameters[0].data = u
    rnn.parameters[1].data = w * (radius / spectralRadius(w))
    return rnn
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 95)
Notebook.beginCell("measure", of: notebook)
func survival(_ rnn: RNN, relu: Bool = false) -> [Float] {
    let (_, recording) = record(rnn) {
        withoutGradients { rnn(Tensor.randn([50, 1, 1])) }
    }
    let diagonal = (0..<units * units).map { $0 % (units + 1) == 0 }
    var product = Tensor(
        shape: [units, units], scalars: diagonal.map { $0 ? 1 : 0 })
    let w = rnn.parameters[1].detached()
    var sizes: [Float] = [1]
    for step in recording.passes[0].steps.reversed() {
        let h = step.hidden
        let slope = relu ? h .> 0 : 1 - h * h
        product = product.matmul(slope.reshaped([units, 1]) * w)
        sizes.append(length(product) / sqrt(Float(units)))
    }
    return sizes
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 115)
Notebook.beginCell("lags", of: notebook)
let radii: [Float] = [0.5, 1.0, 1.5]
let decay = radii.map { radius in
    (0..<3).map { survival(layer(seed: $0, radius: radius)) }
}

func lagChart(_ title: String, _ curves: [[[Float]]]) -> Chart {
    Chart(title) {
        for (radius, seeds) in zip(radii, curves) {
            for (seed, sizes) in seeds.enumerated() {
                for (lag, size) in sizes.enumerated() where size > 1e-12 {
                    LineMark(
                        x: .value("lag", lag), y: .value("left", size),
                        series: .value("run", "\(radius) \(seed)")
                    )
                    .foregroundStyle(by: .value("radius", "\(radius)"))
                }
            }
        }
    }
    .yScale(.log)
}
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 136)
Notebook.show(
lagChart("What is left of a change, tanh", decay))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 140)
Notebook.beginCell("lag-claims", of: notebook)
require(decay[0].allSatisfy { $0[20] < 1e-5 }, "small weights forget")
require(
    decay[1].allSatisfy { $0[50] > 1e-4 && $0[50] < 0.5 },
    "a radius of 1 fades slowly")
require(decay[2].allSatisfy { $0[50] > 1 }, "large weights let changes grow")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 145)
Notebook.show(
Table(
    columns: ["radius", "lag", "seed 0", "seed 1", "seed 2"],
    rows: zip(radii, decay).flatMap { radius, seeds in
        [10, 20, 50].map { lag in
            Row(radius, lag) + seeds.map { about($0[lag]) }
        }
    }))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 154)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 154)
Notebook.show(
                                                                        about(decay[0].map { $0[20] }.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 159)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 159)
Notebook.show(
         about(decay[2].map { $0[50] }.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 164)
Notebook.beginCell("radius-of-yours", of: notebook)
live(
    Slider("radius", 0.5...1.5, step: 0.05, initially: 1),
    Picker("nonlinearity", ["tanh": false, "ReLU": true])
) { radius, isReLU in
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 168)
Notebook.show(
    Chart("What is left of a change") {
        for seed in 0..<3 {
            let rnn = layer(
                seed: seed, radius: radius, isReLU ? .relu : .tanh)
            let sizes = survival(rnn, relu: isReLU)
            for (lag, size) in sizes.enumerated() where size > 1e-12 {
                LineMark(x: .value("lag", lag), y: .value("left", size))
                    .foregroundStyle(by: .value("seed", "seed \(seed)"))
            }
        }
    }
    .yScale(.log))
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 196)
Notebook.beginCell("tape", of: notebook)
func disagreement(seed: Int, radius: Float, lag: Int) -> Float {
    let rnn = layer(seed: seed, radius: radius)
    let (_, recording) = record(rnn) {
        rnn(Tensor.randn([50, 1, 1])).output[-1].sum().backward()
    }
    let steps = recording.passes[0].steps
    var row = Tensor.ones([1, units])
    for step in steps.suffix(lag).reversed() {
        let slope = 1 - step.hidden * step.hidden
        row = (row * slope).matmul(rnn.parameters[1].detached())
    }
    let taped = steps[49 - lag].hiddenGradientNorm!
    return abs(length(row) / taped - 1)
}

let worst = (0..<3).flatMap { seed in
    radii.map { disagreement(seed: seed, radius: $0, lag: 10) }
}.max()!
require(worst < 0.001, "the product and backpropagation agree")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 215)
Notebook.show(
worst)

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 218)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 218)
Notebook.show(
                                                                                         about(worst))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 227)
Notebook.beginCell("relu", of: notebook)
let open = radii.map { radius in
    (0..<3).map { survival(layer(seed: $0, radius: radius, .relu), relu: true) }
}
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 230)
Notebook.show(
lagChart("What is left of a change, ReLU", open))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 234)
Notebook.beginCell("relu-claims", of: notebook)
let last = open[2].map { $0[50] }
let lastOfTanh = decay[2].map { $0[50] }
let spread = last.max()! / last.min()!
let spreadOfTanh = lastOfTanh.max()! / lastOfTanh.min()!
require(spread > 100 * spreadOfTanh, "ReLU differs far more from seed to seed")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 239)
Notebook.show(
Table(
    columns: ["at radius 1.5 and lag 50", "seed 0", "seed 1", "seed 2"],
    rows: [
        ["tanh"] + lastOfTanh.map { about($0) },
        ["ReLU"] + last.map { about($0) },
    ]))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 247)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 247)
Notebook.show(
                                                             about(spreadOfTanh))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 248)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 248)
Notebook.show(
         about(spread))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 259)
Notebook.beginCell("task", of: notebook)
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

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 280)
Notebook.beginCell("adder", of: notebook)
struct Adder: Layer {
    let rnn = RNN(
        inputSize: 2, hiddenSize: 24, nonlinearity: .relu, batchFirst: true)
    let head = Linear(inputSize: 24, outputSize: 1)
    func callAsFunction(_ x: Tensor) -> Tensor {
        head(rnn(x).output[.all, -1])
    }
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 291)
Notebook.beginCell("start", of: notebook)
func onTheEdge(seed: Int) -> Adder {
    manualSeed(seed)
    let model = Adder()
    let identity = (0..<24 * 24).map { Float($0 % 25 == 0 ? 1 : 0) }
    model.rnn.parameters[1].data = Tensor(shape: [24, 24], scalars: identity)
    return model
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 304)
Notebook.beginCell("walk", of: notebook)
/// The length of the first gradient; the loss after a step of any length.
func look(seed: Int) -> (gradient: Float, loss: (Float) -> Float) {
    let model = onTheEdge(seed: seed)
    let (x, y) = additions(length: 30, count: 32)
    meanSquaredError(model(x), y).backward()
    let start = model.parameters.map { $0.detached().copied() }
    let gradients = model.parameters.map { $0.gradient!.copied() }
    let size = sqrt(gradients.map { $0.pow(2).sum().item }.reduce(0, +))
    func loss(_ length: Float) -> Float {
        for (index, parameter) in model.parameters.enumerated() {
            parameter.data = start[index] - gradients[index] * (length / size)
        }
        return withoutGradients { meanSquaredError(model(x), y).item }
    }
    return (size, loss)
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 323)
Notebook.beginCell("cliff", of: notebook)
let views = (0..<3).map { look(seed: $0) }

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 325)
Notebook.show(
Chart("One step from the edge") {
    for (seed, view) in views.enumerated() {
        for length in (-30...5).map({ pow(10, Float($0) / 10) }) {
            LineMark(
                x: .value("length of step", length),
                y: .value("loss", view.loss(length))
            )
            .foregroundStyle(by: .value("seed", "seed \(seed)"))
        }
        let free = 0.01 * view.gradient
        PointMark(
            x: .value("length of step", free),
            y: .value("loss", view.loss(free))
        )
        .foregroundStyle(by: .value("seed", "seed \(seed)"))
    }
    RuleMark(x: .value("clipped", 0.01))
}
.xScale(.log)
.yScale(.log))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 348)
Notebook.beginCell("cliff-claims", of: notebook)
let free = views.map { $0.loss(0.01 * $0.gradient) }
let held = views.map { $0.loss(0.01) }
for (free, held) in zip(free, held) {
    require(free > 100 * held, "unclipped, the first step falls off the cliff")
}
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 353)
Notebook.show(
Table(columns: ["", "seed 0", "seed 1", "seed 2"], rows: [
    ["gradient's length"] + views.map { about($0.gradient) },
    ["loss after the step"] + free.map { about($0) },
    ["loss, step clipped"] + held.map { about($0) },
]))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 360)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 360)
Notebook.show(
                                                        about(free.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 361)
Notebook.beginCell("{swift} 9", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 361)
Notebook.show(
         about(held.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 364)
Notebook.beginCell("train", of: notebook)
func train(seed: Int, clip: Double) -> (losses: [Float], norms: [Float]) {
    let model = onTheEdge(seed: seed)
    let optimizer = SGD(model.parameters, learningRate: 0.01, momentum: 0.9)
    var trace: (losses: [Float], norms: [Float]) = ([], [])
    for _ in 0..<400 {
        let (x, y) = additions(length: 30, count: 32)
        let loss = meanSquaredError(model(x), y)
        optimizer.zeroGradients()
        loss.backward()
        trace.norms.append(clipGradients(model.parameters, norm: clip))
        optimizer.step()
        trace.losses.append(loss.item)
    }
    return trace
}

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 382)
Notebook.beginCell("spikes", of: notebook)
let wild = (0..<3).map { train(seed: $0, clip: .infinity) }
let tame = (0..<3).map { train(seed: $0, clip: 1) }

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 385)
Notebook.show(
Chart("Loss with and without clipping") {
    for (kind, runs) in [("unclipped", wild), ("clipped", tame)] {
        for (seed, run) in runs.enumerated() {
            for (step, loss) in run.losses.enumerated() {
                LineMark(
                    x: .value("step", step), y: .value("loss", loss),
                    series: .value("run", "\(kind) \(seed)")
                )
                .foregroundStyle(by: .value("kind", kind))
            }
        }
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 402)
Notebook.beginCell("spike-claims", of: notebook)
func worstLoss(_ run: (losses: [Float], norms: [Float])) -> Float {
    run.losses.dropFirst(20).max()!
}

for (free, clipped) in zip(wild, tame) {
    require(
        worstLoss(free) > 2 * worstLoss(clipped),
        "clipping makes spikes smaller")
}
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 411)
Notebook.show(
Table(columns: ["after step 20", "seed 0", "seed 1", "seed 2"], rows: [
    ["worst loss"] + wild.map { about(worstLoss($0)) },
    ["worst loss, clipped"] + tame.map { about(worstLoss($0)) },
    ["longest gradient, clipped"] + tame.map { about($0.norms.max()!) },
]))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 418)
Notebook.beginCell("{swift} 10", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 418)
Notebook.show(
                                                                                         about(tame.map { $0.norms.max()! }.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 424)
Notebook.beginCell("{swift} 11", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 424)
Notebook.show(
                                           about(decay[0].map { $0[20] }.max()!))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 430)
Notebook.beginCell("unlearned", of: notebook)
let final = tame.map { $0.losses.suffix(20).reduce(0, +) / 20 }
require(final.allSatisfy { $0 > 0.1 }, "clipped, but not learned")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 432)
Notebook.show(
Table(
    columns: ["at the end", "seed 0", "seed 1", "seed 2"],
    rows: [["loss, clipped"] + final.map { about($0) }]))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 437)
Notebook.beginCell("{swift} 12", of: notebook)
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 437)
Notebook.show(
                                                                        about(Float(1) / 6))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 449)
Notebook.beginCell("edge", of: notebook)
  let edge = [1.1, 1.3].map { radius in
      (0..<3).map { seed in
          survival(layer(seed: seed, radius: Float(radius)))[50]
      }
  }
  require(edge[1].allSatisfy { $0 > 1 }, "at 1.3 changes grow")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 455)
Notebook.show(
  Table(
      columns: ["seed", "1.1", "1.3"],
      rows: (0..<3).map { seed in
          Row(seed) + edge.map { about($0[seed]) }
      }))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 470)
Notebook.beginCell("loud", of: notebook)
  let loud = (0..<3).map { seed -> Float in
      let rnn = layer(seed: seed, radius: 1)
      rnn.parameters[0].data *= 10
      return survival(rnn)[20]
  }
  for (loud, usual) in zip(loud, decay[1]) {
      require(loud < usual[20], "saturation forgets")
  }
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 478)
Notebook.show(
  Table(columns: ["lag 20", "seed 0", "seed 1", "seed 2"], rows: [
      ["as before"] + decay[1].map { about($0[20]) },
      ["louder inputs"] + loud.map { about($0) },
  ]))

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 495)
Notebook.beginCell("last-five", of: notebook)
  func lastFive(seed: Int, radius: Float) -> Float {
      let rnn = layer(seed: seed, radius: radius)
      let (_, recording) = record(rnn) {
          rnn(Tensor.randn([50, 1, 1])).output[-1].sum().backward()
      }
      let steps = recording.passes[0].steps
      let sizes = (1..<50).map { t -> Float in
          let h = steps[t].hidden
          let arriving = steps[t].hiddenGradient! * (1 - h * h)
          return length(arriving) * length(steps[t - 1].hidden)
      }
      return sizes.suffix(5).reduce(0, +) / sizes.reduce(0, +)
  }

#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 511)
Notebook.beginCell("last-five-table", of: notebook)
  let shares = radii.map { radius in
      (0..<3).map { 100 * lastFive(seed: $0, radius: radius) }
  }
  require(shares[0].min()! > 90, "small weights: nearly all of it")
  require(shares[2].max()! < 50, "large weights: the smaller part")
#sourceLocation(file: "lessons/08-vanishing-and-exploding.md", line: 516)
Notebook.show(
  Table(
      columns: ["radius", "seed 0", "seed 1", "seed 2"],
      rows: zip(radii, shares).map { radius, shares in
          Row(radius) + shares.map { about($0) }
      }))

#sourceLocation()
Notebook.endLesson(notebook)
