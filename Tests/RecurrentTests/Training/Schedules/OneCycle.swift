import Recurrent
import Testing

@Suite struct OneCycleTests {
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
