import Recurrent
import Testing

@Suite struct SGDTests {
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
}
