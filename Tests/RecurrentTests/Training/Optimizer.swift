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

    @Test func `a momentum that is switched on later begins with the gradient, undamped`() {
        // PyTorch: −2.25 at the first number, of SGD(lr=0.1, dampening=0.5) with momentum 0.9 from the fifth step on.
        let w = Tensor([1]).requiringGradient()
        let optimizer = SGD([w], learningRate: 0.5, dampening: 0.5)
        func step() {
            optimizer.zeroGradients()
            w.sum().backward()
            optimizer.step()
        }
        step()
        #expect(w.item == 0.5)
        optimizer.groups[0].rule.momentum = 0.5
        step()
        #expect(w.item == 0)
        // The velocity is now 0.5 · 1 + 0.5 · 1.
        step()
        #expect(w.item == -0.5)
        // Switched off and on again, it goes on from where it was.
        optimizer.groups[0].rule.momentum = 0
        step()
        optimizer.groups[0].rule.momentum = 0.5
        step()
        #expect(w.item == -1.5)
    }

    @Test func `what is switched on later does not take another's memory`() {
        let w = Tensor([1, -2]).requiringGradient()
        let optimizer = RMSprop([w], learningRate: 0.1, alpha: 0.5, momentum: 0.5)
        var (place, square, velocity, mean): ([Double], [Double], [Double], [Double]) = (
            [1, -2], [0, 0], [0, 0], [0, 0]
        )
        for turn in 0..<6 {
            let isCentered = turn == 2 || turn == 3
            optimizer.groups[0].rule.centered = isCentered
            optimizer.zeroGradients()
            w.pow(2).sum().backward()
            optimizer.step()
            for index in 0..<2 {
                let slope = 2 * place[index]
                square[index] = 0.5 * square[index] + 0.5 * slope * slope
                if isCentered { mean[index] = 0.5 * mean[index] + 0.5 * slope }
                let spread = square[index] - (isCentered ? mean[index] * mean[index] : 0)
                velocity[index] = 0.5 * velocity[index] + slope / (spread.squareRoot() + 1e-8)
                place[index] -= 0.1 * velocity[index]
            }
            expectClose(w.scalars, place.map { Float($0) }, within: 1e-5, "step \(turn)")
        }
    }
}

@Suite struct ScheduleTests {
    private func rates(_ steps: Int, calls: Int) -> [Double] {
        let w = Tensor([1]).requiringGradient()
        let optimizer = SGD([w], learningRate: 1, momentum: 0.9)
        let schedule = OneCycle(optimizer, maximum: 1, steps: steps)
        return [optimizer.learningRate]
            + (0..<calls).map { _ in
                schedule.step()
                return optimizer.learningRate
            }
    }

    @Test(arguments: [1, 2, 3, 6, 10])
    func `a cycle takes as many steps as it has, and ends at its last rate`(
        steps: Int
    ) {
        let rates = rates(steps, calls: steps)
        #expect(rates[steps] == rates[steps - 1])
        #expect(abs(rates[steps] - 1 / 25 / 1e4) < 1e-9)
        #expect(rates.allSatisfy { $0 > 0 && $0 <= 1 })
    }
}
