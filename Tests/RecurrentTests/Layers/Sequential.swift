import Recurrent
import Testing

@Suite struct SequentialTests {
    @Test func `a sequence of layers names them by their places`() {
        let layers = Sequential(
            Linear(inputSize: 2, outputSize: 3),
            Tanh(),
            Linear(inputSize: 3, outputSize: 1)
        )
        #expect(layers.namedParameters.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
        #expect(layers(Tensor.ones([5, 2])).shape == [5, 1])
    }
}
