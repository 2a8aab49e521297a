import Recurrent
import Testing

@Suite struct LBFGSTests {
    @Test(arguments: [nil, .strongWolfe] as [LBFGS.LineSearch?])
    func `a parabola is at its bottom after a few iterations`(search: LBFGS.LineSearch?) {
        let w = Tensor([3, -2]).requiringGradient()
        let unused = Tensor([5]).requiringGradient()
        let optimizer = LBFGS([w, unused], lineSearch: search)
        let before = optimizer.step {
            optimizer.zeroGradients()
            let loss = (Tensor([1, 10]) * w.pow(2)).sum()
            loss.backward()
            return loss
        }
        #expect(before.item == 49)
        expectClose(w.scalars, [0, 0], within: 1e-4, "the bottom")
        #expect(unused.scalars == [5])
    }

    @Test func `at the bottom nothing moves, and the closure is called once`() {
        let w = Tensor([0, 0]).requiringGradient()
        let optimizer = LBFGS([w])
        optimizer.step {
            optimizer.zeroGradients()
            let loss = w.pow(2).sum()
            loss.backward()
            return loss
        }
        #expect(optimizer.evaluationCount == 1 && w.scalars == [0, 0])
    }

    @Test func `the objective can be made larger`() {
        let w = Tensor([3]).requiringGradient()
        let optimizer = LBFGS([w], lineSearch: .strongWolfe)
        optimizer.maximizes = true
        optimizer.step {
            optimizer.zeroGradients()
            let gain = -(w - 1).pow(2).sum()
            gain.backward()
            return gain
        }
        expectClose(w.scalars, [1], within: 1e-4, "the top")
    }

    @Test func `a search ends where the loss is no number`() {
        let w = Tensor([1]).requiringGradient()
        let optimizer = LBFGS([w], learningRate: 10, lineSearch: .strongWolfe)
        optimizer.step {
            optimizer.zeroGradients()
            let loss = w.sum() - log(w).sum() * 0.5
            loss.backward()
            return loss
        }
        #expect(optimizer.evaluationCount <= 26)
    }
}
