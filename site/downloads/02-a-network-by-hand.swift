// 02-a-network-by-hand.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/02-a-network-by-hand.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 14)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 14)
Notebook.show(
                             about(sin(2.0)))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 17)
Notebook.beginCell("question", of: notebook)
let times = Tensor.linspace(2, 10, count: 21)
let wave = sin(times).reshaped([21, 1])

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 20)
Notebook.show(
Chart("How does it go on?") {
    for t in 0..<3 {
        PointMark(
            x: .value("time", times[t].item),
            y: .value("value", wave[t].item))
    }
    RuleMark(x: .value("?", times[3].item))
}
.yScale(domain: -1...1))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 43)
Notebook.beginCell("data", of: notebook)
let x = wave[0..<20]
let y = wave[1..<21]
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 45)
Notebook.show(
Table(
    columns: ["step", "input", "target"],
    rows: (0..<5).map { Row($0, x[$0].item, y[$0].item) }))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 67)
Notebook.beginCell("network", of: notebook)
struct Network {
    let w1 = Tensor.normal([7, 6], mean: 0, standardDeviation: 0.4)
        .requiringGradient()
    let w2 = Tensor.normal([6, 1], mean: 0, standardDeviation: 0.3)
        .requiringGradient()

    func step(
        _ input: Tensor, _ state: Tensor
    ) -> (prediction: Tensor, state: Tensor) {
        let newState = tanh(concatenated([input, state], axis: 1).matmul(w1))
        return (newState.matmul(w2), newState)
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 86)
Notebook.beginCell("weights", of: notebook)
manualSeed(0)
let network = Network()
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 88)
Notebook.show(
network.w1)

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 100)
Notebook.beginCell("predictions", of: notebook)
func predictions(_ network: Network) -> [Float] {
    var state = Tensor.zeros([1, 6])
    return (0..<20).map { t in
        let (prediction, newState) = network.step(x[t..<t + 1], state)
        state = newState
        return prediction.item
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 113)
Notebook.beginCell("untrained", of: notebook)
func point(at step: Int, _ value: Float, _ series: String) -> some Mark {
    PointMark(x: .value("time", times[step].item), y: .value("value", value))
        .foregroundStyle(by: .value("points", series))
}

func picture(_ title: String, _ predicted: [Float]) -> Chart {
    Chart(title) {
        for t in 0...20 {
            point(at: t, wave[t].item, "actual")
        }
        for t in 0..<20 {
            point(at: t + 1, predicted[t], "predicted")
        }
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 129)
Notebook.show(
picture("Before training", predictions(network)))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 142)
Notebook.beginCell("descend", of: notebook)
/// Moves every weight against its gradient.
func descend(_ network: Network, rate: Float) {
    network.w1.data -= rate * network.w1.gradient!
    network.w2.data -= rate * network.w2.gradient!
    network.w1.zeroGradient()
    network.w2.zeroGradient()
}

func squaredError(_ prediction: Tensor, at t: Int) -> Tensor {
    (prediction - y[t..<t + 1]).pow(2).sum() / 2
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 159)
Notebook.beginCell("train", of: notebook)
func epoch(_ network: Network, rate: Float) -> Float {
    var total: Float = 0
    var state = Tensor.zeros([1, 6])
    for t in 0..<20 {
        let (prediction, newState) = network.step(x[t..<t + 1], state)
        let loss = squaredError(prediction, at: t)
        loss.backward()
        descend(network, rate: rate)
        state = newState.detached()
        total += loss.item
    }
    return total
}

func train(_ network: Network) -> [Float] {
    (0..<300).map { _ in epoch(network, rate: 0.1) }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 179)
Notebook.beginCell("losses", of: notebook)
let losses = train(network)
for epoch in stride(from: 0, to: 300, by: 50) {
    print("epoch \(epoch): loss \(losses[epoch])")
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 191)
Notebook.beginCell("loss", of: notebook)
func lossChart(_ losses: [Float]) -> Chart {
    Chart("Loss in each epoch") {
        for (epoch, loss) in losses.enumerated() {
            LineMark(x: .value("epoch", epoch), y: .value("loss", loss))
        }
    }
    .yScale(.log)
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 200)
Notebook.show(
lossChart(losses))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 204)
Notebook.beginCell("loss-claims", of: notebook)
let best = losses.firstIndex(of: losses.min()!)!
require(losses[20] < losses[0] / 10, "the first epochs do most of the work")
require(best > 150 && best < 290, "the best epoch is late, but not the last")
require(losses[299] > 1.5 * losses[best], "in the end the loss rises again")

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 210)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 210)
Notebook.show(
                                     best)

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 217)
Notebook.beginCell("trained", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 217)
Notebook.show(
picture("After training", predictions(network)))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 221)
Notebook.beginCell("crest", of: notebook)
let crest = predictions(network).suffix(10).max()!
let trueCrest = y.scalars.suffix(10).max()!
require(crest < 0.8 * trueCrest, "the second crest is too low")

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 227)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 227)
Notebook.show(
         about(crest, digits: 2))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 227)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 227)
Notebook.show(
                                                                   about(trueCrest, digits: 2))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 240)
Notebook.beginCell("looking-back", of: notebook)
/// The gradient of all errors in w1, when each looks back over some steps.
func gradient(_ network: Network, over depth: Int) -> Tensor {
    var states = [Tensor.zeros([1, 6])]
    for t in 0..<20 {
        states.append(network.step(x[t..<t + 1], states[t]).state.detached())
    }
    for t in 0..<20 {
        let start = max(0, t - depth + 1)
        var (prediction, state) = network.step(x[start..<start + 1], states[start])
        for s in start..<t {
            (prediction, state) = network.step(x[s + 1..<s + 2], state)
        }
        squaredError(prediction, at: t).backward()
    }
    defer { network.w1.zeroGradient() }
    return network.w1.gradient!.copied()
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 260)
Notebook.beginCell("missing", of: notebook)
func size(_ t: Tensor) -> Float { sqrt(t.pow(2).sum().item) }

let missing = (0..<3).map { seed -> [Float] in
    manualSeed(seed)
    let network = Network()
    let whole = gradient(network, over: 20)
    return (1...20).map {
        size(gradient(network, over: $0) - whole) / size(whole)
    }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 271)
Notebook.show(
Chart("What a short look back misses") {
    for (seed, shares) in missing.enumerated() {
        for (depth, share) in shares.enumerated() {
            LineMark(
                x: .value("steps looked back", depth + 1),
                y: .value("missing", share)
            )
            .foregroundStyle(by: .value("seed", "seed \(seed)"))
        }
    }
})

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 285)
Notebook.beginCell("missing-claims", of: notebook)
require(missing.allSatisfy { $0[0] > 0.1 }, "one step back misses a part")
require(missing.allSatisfy { $0[9] < $0[0] / 2 }, "ten steps miss far less")

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 289)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 289)
Notebook.show(
                                     about(100 * missing.map { $0[0] }.min()!, digits: 2))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 290)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 290)
Notebook.show(
         about(100 * missing.map { $0[0] }.max()!, digits: 2))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 300)
Notebook.beginCell("full", of: notebook)
func epochLookingBack(_ network: Network, rate: Float) -> Float {
    var total = Tensor(0)
    var state = Tensor.zeros([1, 6])
    for t in 0..<20 {
        let (prediction, newState) = network.step(x[t..<t + 1], state)
        total = total + squaredError(prediction, at: t)
        state = newState
    }
    total.backward()
    descend(network, rate: rate)
    return total.item
}

func trainLookingBack(_ network: Network) -> [Float] {
    (0..<300).map { _ in epochLookingBack(network, rate: 0.02) }
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 322)
Notebook.beginCell("compare", of: notebook)
func restingError(_ network: Network) -> Float {
    let said = Tensor(predictions(network)).reshaped([20, 1])
    return (said - y).pow(2).sum().item / 2
}

let contest = (0..<8).map { seed -> (near: Float, far: Float) in
    manualSeed(seed)
    let near = Network()
    _ = train(near)
    manualSeed(seed)
    let far = Network()
    _ = trainLookingBack(far)
    return (restingError(near), restingError(far))
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 339)
Notebook.beginCell("contest", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 339)
Notebook.show(
Chart("One step back, or all the way") {
    for (seed, errors) in contest.enumerated() {
        PointMark(x: .value("seed", seed), y: .value("error", errors.near))
            .foregroundStyle(by: .value("gradient", "one step back"))
        PointMark(x: .value("seed", seed), y: .value("error", errors.far))
            .foregroundStyle(by: .value("gradient", "all the way"))
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 351)
Notebook.beginCell("contest-claims", of: notebook)
let won = contest.filter { $0.far < $0.near }.count
let worstNear = contest.map { $0.near }.max()!
let worstFar = contest.map { $0.far }.max()!
require(won >= 6, "looking back wins nearly always")
require(worstFar < worstNear / 5, "and its worst run is far better")
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 356)
Notebook.show(
Table(columns: ["", "one step back", "all the way"], rows: [
    Row("smaller error, of 8", 8 - won, won),
    Row("worst error", about(worstNear), about(worstFar)),
]))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 362)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 362)
Notebook.show(
                                                               won)

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 363)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 363)
Notebook.show(
         about(worstFar))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 363)
Notebook.beginCell("{swift} 9", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 363)
Notebook.show(
                                                        about(worstNear))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 374)
Notebook.beginCell("learn", of: notebook)
live(
    Slider("learning rate", 0.001...1, scale: .log, initially: 0.1),
    Picker("looks back", ["one step": false, "all the way": true]),
    Stepper("seed", 0...9)
) { rate, looksBack, seed in
    manualSeed(seed)
    let network = Network()
    var losses: [Float] = []
    animate(over: 1...300, every: 20, label: "epoch") { _ in
        losses.append(
            looksBack
                ? epochLookingBack(network, rate: rate)
                : epoch(network, rate: rate))
        show(
            ChartRow("The network in training") {
                lossChart(losses)
                picture("What it says", predictions(network))
            })
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 392)
Notebook.show(
        HeatMap("Its first matrix", network.w1, values: "Weight"))
    }
    print("loss in the last epoch: \(losses.last!)")
}

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 401)
Notebook.beginCell("{swift} 10", of: notebook)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 401)
Notebook.show(
                             network.w1.count + network.w2.count)

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 411)
Notebook.beginCell("trace", of: notebook)
let second: [Float] = {
    manualSeed(1)
    return train(Network())
}()
show(
    Table(
        columns: ["epoch", "seed 0", "seed 1"],
        rows: (0..<300).map { Row($0, losses[$0], second[$0]) }))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 422)
Notebook.beginCell("second-seed", of: notebook)
require(abs(losses[299] / second[299] - 1) < 0.2, "about the same loss")
require(losses[299] > losses[280] && second[299] < second[280], "rise, fall")
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 424)
Notebook.show(
Chart("Two seeds") {
    for (seed, trace) in [losses, second].enumerated() {
        for epoch in stride(from: 0, to: 300, by: 6) {
            LineMark(x: .value("epoch", epoch), y: .value("loss", trace[epoch]))
                .foregroundStyle(by: .value("seed", "seed \(seed)"))
        }
    }
}
.yScale(.log))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 454)
Notebook.beginCell("solution-runs", of: notebook)
  func alone(_ network: Network) -> [Float] {
      var state = Tensor.zeros([1, 6])
      var said = Tensor.zeros([1, 1])
      return (0..<20).map { t in
          let heard = t < 10 ? x[t..<t + 1] : said
          (said, state) = network.step(heard, state)
          return said.item
      }
  }

  func runs(after train: (Network) -> [Float]) -> [[Float]] {
      (0..<3).map { seed in
          manualSeed(seed)
          let network = Network()
          _ = train(network)
          return alone(network)
      }
  }

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 475)
Notebook.beginCell("solution-alone", of: notebook)
  let near = runs(after: train)
  let far = runs(after: trainLookingBack)
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 477)
Notebook.show(
  Chart("Seed 0: ten points heard, the rest its own") {
      for t in 0..<20 {
          point(at: t + 1, y[t].item, "actual")
          point(at: t + 1, near[0][t], "one step back")
          point(at: t + 1, far[0][t], "all the way")
      }
  })

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 487)
Notebook.beginCell("solution-alone-errors", of: notebook)
  func drift(_ run: [Float]) -> Float {
      zip(run, y.scalars).suffix(10).map { abs($0 - $1) }.max()!
  }

  for run in far {
      require(drift(run) < 0.1, "all the way keeps to the wave")
  }
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 494)
Notebook.show(
  Table(
      columns: ["worst error", "seed 0", "seed 1", "seed 2"],
      rows: [
          ["one step back"] + near.map { about(drift($0)) },
          ["all the way"] + far.map { about(drift($0)) },
      ]))

#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 513)
Notebook.beginCell("solution-stateless", of: notebook)
  let stateless = (0..<3).map { seed -> Float in
      manualSeed(seed)
      let network = Network()
      let zero = Tensor.zeros([1, 6])
      var total: Float = 0
      for _ in 0..<300 {
          total = 0
          for t in 0..<20 {
              let said = network.step(x[t..<t + 1], zero).prediction
              let loss = squaredError(said, at: t)
              loss.backward()
              descend(network, rate: 0.1)
              total += loss.item
          }
      }
      return total
  }
  require(stateless.min()! > 5 * losses[299], "it does far worse")
#sourceLocation(file: "lessons/02-a-network-by-hand.md", line: 531)
Notebook.show(
  Table(
      columns: ["", "seed 0", "seed 1", "seed 2"],
      rows: [["loss without a state"] + stateless.map { about($0) }]))

#sourceLocation()
Notebook.endLesson(notebook)
