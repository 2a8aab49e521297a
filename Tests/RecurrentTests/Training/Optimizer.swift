import Recurrent
import Testing

@Suite struct OptimizerTests {
    /// Two tensors that take part in turn, six steps; PyTorch 2.15 gives `expected` after the last.
    private func checkTurns<Rule>(
        _ make: ([Tensor]) -> Optimizer<Rule>,
        _ expected: [Float],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let start: [[Float]] = [[1, 2], [3, 4]]
        let together = start.map { Tensor($0).requiringGradient() }
        let optimizer = make(together)
        for turn in 0..<6 {
            optimizer.zeroGradients()
            together[turn % 2].pow(2).sum().backward()
            optimizer.step()
        }
        // As if the other one were not there.
        let alone = start.map { Tensor($0).requiringGradient() }
        for tensor in alone {
            let optimizer = make([tensor])
            for _ in 0..<3 {
                optimizer.zeroGradients()
                tensor.pow(2).sum().backward()
                optimizer.step()
            }
        }
        #expect(together.map(\.scalars) == alone.map(\.scalars), sourceLocation: sourceLocation)
        expectClose(
            together.flatMap(\.scalars),
            expected,
            within: 1e-6,
            "turns",
            sourceLocation: sourceLocation
        )
    }

    @Test func `a parameter without a part in the loss stays, and what is remembered about it too`() {
        checkTurns({ Adam($0, learningRate: 0.1) }, [0.701586, 1.700623, 2.700382, 3.700274])
        checkTurns({ SGD($0, learningRate: 0.1, momentum: 0.9) }, [0.062, 0.124, 0.186, 0.248])
        checkTurns(
            { AdamW($0, learningRate: 0.1, weightDecay: 0.1) },
            [0.675101, 1.644369, 2.614406, 3.584587]
        )
        checkTurns(
            { SGD($0, learningRate: 0.1, weightDecay: 0.1) },
            [0.493039, 0.986078, 1.479117, 1.972156]
        )
    }

    @Test func `zeroing leaves no gradient, wherever it is called`() {
        let model = Sequential(Linear(inputSize: 2, outputSize: 1), Linear(inputSize: 1, outputSize: 1))
        let optimizer = RMSprop(model.parameters)
        for zero in [optimizer.zeroGradients, model.zeroGradients] {
            model(Tensor([[1, 2]])).sum().backward()
            #expect(model.parameters.allSatisfy { $0.gradient != nil })
            zero()
            #expect(model.parameters.allSatisfy { $0.gradient == nil })
        }
        #expect(clipGradients(model.parameters, norm: 1) == 0)
        clipGradients(model.parameters, value: 1)
        #expect(model.parameters.allSatisfy { $0.gradient == nil })
    }

    @Test func `gradients of several batches add up between two steps`() {
        let w = Tensor([1, 2]).requiringGradient()
        let optimizer = SGD([w], learningRate: 0.5)
        for _ in 0..<2 {
            optimizer.zeroGradients()
            for share in [Float(1), 3] { (w * share).sum().backward() }
            optimizer.step()
        }
        #expect(w.scalars == [-3, -2])
    }
}
