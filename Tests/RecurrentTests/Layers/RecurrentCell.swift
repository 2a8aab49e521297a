import Recurrent
import Testing

@Suite("A recurrent cell") struct RecurrentCellTests {
    @Test("run over the steps one by one equals the layer over the sequence, to the bit") func cells() {
        let x = scatteredParameters([5, 3, 2])[0]
        let layer = RNN(inputSize: 2, hiddenSize: 4, generator: Generator(seed: 2))
        let cells = Unrolled(RNNCell(inputSize: 2, hiddenSize: 4, generator: Generator(seed: 2)))
        layer(x).output.sum().backward()
        let ofLayer = x.gradient?.scalars
        x.gradient = nil
        cells(x).output.sum().backward()
        #expect(x.gradient?.scalars == ofLayer)
        for (ours, theirs) in zip(cells.parameters, layer.parameters) {
            #expect(ours.gradient?.scalars == theirs.gradient?.scalars)
        }
    }
}
