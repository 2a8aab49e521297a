internal import Recurrent

// What the benchmark times besides the tutorials; native code and WebAssembly run this text.

/// A layer of 64 units with a linear head on its last output, trained by Adam on 32 sequences of 50 steps with 32 inputs.
enum Steps {
    nonisolated(unsafe) private static var model:
        (layer: RNN, head: Linear, optimizer: Adam, x: Tensor, y: Tensor) = {
            manualSeed(0)
            let layer = RNN(inputSize: 32, hiddenSize: 64, batchFirst: true)
            let head = Linear(inputSize: 64, outputSize: 1)
            let optimizer = Adam(layer.parameters + head.parameters, learningRate: 1e-3)
            return (layer, head, optimizer, .randn([32, 50, 32]), .randn([32, 1]))
        }()

    /// Trains some steps, and returns the last loss.
    static func train(_ count: Int) -> Float {
        let (layer, head, optimizer, x, y) = model
        var last: Float = 0
        for _ in 0..<count {
            let loss = meanSquaredError(head(layer(x).output[.all, -1]), y)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
            last = loss.item
        }
        return last
    }
}

/// Tutorial 000, whole.
func trainWholeSine() { _ = SineTutorial(seed: 0).run(seed: 0, epochs: 200) }
