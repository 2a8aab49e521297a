import Recurrent
import Testing

@Suite("The number of threads") struct ThreadCountTests {
    private func trained() -> [Float] {
        manualSeed(0)
        let layer = LSTM(inputSize: 64, hiddenSize: 128)
        let optimizer = SGD(layer.parameters, learningRate: 0.1)
        layer(.randn([20, 32, 64])).output.sum().backward()
        optimizer.step()
        return layer.parameters.flatMap(\.scalars)
    }

    @Test("is the caller's to set, and changes no bit of what a layer learns") func sameBits() {
        let before = threadCount
        defer { threadCount = before }
        let results = [1, 2, 7].map { count in
            threadCount = count
            return trained()
        }
        #expect(results[1] == results[0])
        #expect(results[2] == results[0])
    }
}
