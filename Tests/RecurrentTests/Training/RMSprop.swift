import Recurrent
import Testing

@Suite struct RMSpropTests {
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
