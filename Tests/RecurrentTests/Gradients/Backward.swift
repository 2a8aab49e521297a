import Recurrent
import Testing

@Suite("Backward") struct BackwardTests {
    @Test("adds to the gradient until it is dropped") func accumulation() {
        let w = Tensor([1, 2]).requiringGradient()
        (w * 3).sum().backward()
        (w * 4).sum().backward()
        #expect(w.gradient?.scalars == [7, 7])
        w.zeroGradient()
        #expect(w.gradient == nil)
        (w * w).sum().backward()
        #expect(w.gradient?.scalars == [2, 4])
        w.gradient = nil
        #expect(w.gradient == nil)
    }

    @Test("adds up over all uses of a tensor") func manyUses() {
        let x = Tensor(3).requiringGradient()
        let y = x * x
        let z = y * x + y + x
        z.backward()
        #expect(x.gradient?.item == 34)
    }

    @Test("leaves alone a gradient that was read before") func gradientsAreSnapshots() throws {
        let w = Tensor([1, 2]).requiringGradient()
        w.sum().backward()
        let first = try #require(w.gradient)
        w.sum().backward()
        #expect(first.scalars == [1, 1])
        w.zeroGradient()
        #expect(first.scalars == [1, 1])
        #expect(w.gradient == nil)
    }

    @Test("gives two leaves of one sum gradients of their own") func noSharedGradients() throws {
        let (a, b) = (Tensor([1]).requiringGradient(), Tensor([2]).requiringGradient())
        (a + b).sum().backward()
        try #require(a.gradient).data *= 5
        #expect(a.gradient?.scalars == [5])
        #expect(b.gradient?.scalars == [1])
    }

    @Test("takes weights for a result of any shape") func upstream() {
        let x = Tensor([1, 2, 3]).requiringGradient()
        (x * x).backward(Tensor([1, 10, 100]))
        #expect(x.gradient?.scalars == [2, 40, 600])
    }

    @Test("can be run again when the recording is kept") func retainedGraph() {
        let x = Tensor(2).requiringGradient()
        let y = x * x * x
        y.backward(retainGraph: true)
        y.backward()
        #expect(x.gradient?.item == 24)
    }

    @Test("keeps the gradient of an intermediate result on request") func retainedGradient() {
        let x = Tensor(2).requiringGradient()
        let y = x * x
        y.retainGradient()
        let z = y * 5
        z.backward(retainGraph: true)
        #expect(y.gradient?.item == 5)
        z.backward()
        #expect(y.gradient?.item == 10)
        #expect(x.gradient?.item == 40)
    }

    @Test("does not pass a detached tensor, nor what was made without gradients") func cuts() {
        let w = Tensor(3).requiringGradient()
        let state = (w * 2).detached()
        #expect(!state.requiresGradient)
        (w * state).backward()
        #expect(w.gradient?.item == 6)
        let silent = withoutGradients { w * 2 }
        #expect(!silent.requiresGradient)
        #expect((w * 2).requiresGradient)
    }

    @Test("moves parameters through data, past the tape") func trainingStep() throws {
        let w = Tensor([1, 2]).requiringGradient()
        (w * w).sum().backward()
        w.data -= 0.5 * (try #require(w.gradient))
        #expect(w.scalars == [0, 0])
        #expect(w.requiresGradient)
    }

    @Test("walks a recording of 100,000 operations, and takes it apart, without recursion") func depth() {
        let w = Tensor(1).requiringGradient()
        do {
            var y = w * 1
            for _ in 0..<100_000 { y = y + w }
            y.backward()
            #expect(w.gradient?.item == 100_001)
        }
        do {
            // Never walked: the release alone has to get along without recursion.
            var y = w.reshaped(1)
            for _ in 0..<100_000 { y = concatenated([y * w]) + y }
            #expect(y.requiresGradient)
        }
    }

    @Test("adds contributions last use first, however the graph branches") func order() {
        // Three terms whose sum depends on the order: (1e8 + 1) − 1e8 ≠ (1e8 − 1e8) + 1.
        let w = Tensor(1).requiringGradient()
        let first = w * 1
        let second = w * -1e8
        let third = w * 1e8
        (second + (first + third)).backward()
        #expect(w.gradient?.item == 1)
        let v = Tensor(1).requiringGradient()
        let middle = [v * -1e8, v * 1, v * 1e8]
        (middle[0] + (middle[1] + middle[2])).backward()
        #expect(v.gradient?.item == 0)
    }
}
