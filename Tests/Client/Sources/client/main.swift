import Charting
import Recurrent

// A recurrent network that learns to continue a sawtooth, and the curve of its losses.
manualSeed(0)
let waves = (0..<8).map { row in (0...12).map { Float((row + $0) % 5) / 5 } }
let x = Tensor(waves.map { $0.dropLast().map { [$0] } })  // [batch, time, 1]
let y = Tensor(waves.map { [$0[12]] })  // [batch, 1]

let rnn = RNN(inputSize: 1, hiddenSize: 16, batchFirst: true)
let head = Linear(inputSize: 16, outputSize: 1)
let optimizer = Adam(rnn.parameters + head.parameters, learningRate: 0.01)
var losses: [Float] = []
for _ in 1...200 {
    let loss = meanSquaredError(head(rnn(x).output[.all, -1]), y)
    optimizer.zeroGradients()
    loss.backward()
    optimizer.step()
    losses.append(loss.item)
}
print("loss from \(losses[0]) to \(losses[199])")
guard losses[199] < losses[0] / 100 else { fatalError("the network learned nothing") }

let chart = Chart("Loss while training") {
    for (epoch, loss) in losses.enumerated() {
        LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
    }
}
print(chart.rendered(id: "loss").svg)
