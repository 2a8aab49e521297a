import Recurrent
import Testing

@Suite struct RecurrentStackTests {
    @Test(arguments: [true, false]) func `a batch of no sequences has an empty output and gradients of zero`(
        bidirectional: Bool
    ) {
        let x = Tensor.zeros([0, 5, 3])
        func check(_ layer: some Layer, _ output: Tensor) {
            #expect(output.shape == [0, 5, bidirectional ? 4 : 2])
            output.sum().backward()
            for parameter in layer.parameters {
                #expect(parameter.gradient?.scalars.allSatisfy { $0 == 0 } == true)
            }
        }
        let rnn = RNN(inputSize: 3, hiddenSize: 2, batchFirst: true, bidirectional: bidirectional)
        check(rnn, rnn(x).output)
        let gru = GRU(inputSize: 3, hiddenSize: 2, batchFirst: true, bidirectional: bidirectional)
        check(gru, gru(x).output)
        let lstm = LSTM(inputSize: 3, hiddenSize: 2, batchFirst: true, bidirectional: bidirectional)
        check(lstm, lstm(x).output)
    }
}
