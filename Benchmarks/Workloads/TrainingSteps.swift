import Recurrent

/// Training steps of one layer with a linear head on its last output: "RNN 32 50 32 64 10" is ten steps
/// with a batch of 32, 50 time steps, 32 inputs and 64 hidden units; "Attention 16 64 4 64 10" are ten steps of attention
/// of sequences to themselves, with 4 heads and 64 features, "Transformer 16 64 4 64 10" of a transformer's layer.
func trainingSteps(_ name: String) -> (() -> Duration)? {
    let words = name.split(separator: " ")
    let sizes = words.dropFirst().compactMap { Int($0) }
    guard sizes.count == 5 else { return nil }
    let (input, hidden) = (sizes[2], sizes[3])
    switch words[0] {
    case "RNN":
        let layer = RNN(inputSize: input, hiddenSize: hidden, batchFirst: true)
        return trainingSteps(sizes, layer.parameters) { layer($0).output }
    case "GRU":
        let layer = GRU(inputSize: input, hiddenSize: hidden, batchFirst: true)
        return trainingSteps(sizes, layer.parameters) { layer($0).output }
    case "LSTM":
        let layer = LSTM(inputSize: input, hiddenSize: hidden, batchFirst: true)
        return trainingSteps(sizes, layer.parameters) { layer($0).output }
    case "Attention":
        let layer = MultiHeadAttention(size: hidden, heads: input, batchFirst: true)
        return trainingSteps(sizes, layer.parameters, features: hidden) { layer.output($0, $0, $0) }
    case "Transformer":
        let layer = TransformerEncoderLayer(
            size: hidden,
            heads: input,
            feedForwardSize: 4 * hidden,
            dropout: 0,
            activation: .gelu,
            batchFirst: true
        )
        return trainingSteps(sizes, layer.parameters, features: hidden) { layer($0) }
    default:
        return nil
    }
}

private func trainingSteps(
    _ sizes: [Int],
    _ parameters: [Tensor],
    features: Int? = nil,
    _ layer: @escaping (Tensor) -> Tensor
) -> () -> Duration {
    let head = Linear(inputSize: sizes[3], outputSize: 1)
    let optimizer = Adam(parameters + head.parameters, learningRate: 1e-3)
    let shape = [sizes[0], sizes[1], features ?? sizes[2]]
    let x = Tensor.normal(shape, mean: 0, standardDeviation: 1)
    let y = Tensor.normal([sizes[0], 1], mean: 0, standardDeviation: 1)
    let step = {
        let loss = meanSquaredError(head(layer(x)[.all, -1]), y)
        optimizer.zeroGradients()
        loss.backward()
        optimizer.step()
    }
    step()
    return timed { for _ in 0..<sizes[4] { step() } }
}
