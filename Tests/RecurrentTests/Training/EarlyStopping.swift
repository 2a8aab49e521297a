import Recurrent
import Testing

@Suite struct EarlyStoppingTests {
    @Test func `it stops after as many losses without progress as it is patient`() {
        let model = Linear(inputSize: 1, outputSize: 1)
        let stopping = EarlyStopping(patience: 2, leastChange: 0.1)
        let losses: [Float] = [.nan, 3, 2.95, 2, 2.5, 1, 0.95, .nan, 0.5]
        let answers = losses.map { stopping.shouldStop(after: $0, model) }
        // The second loss is one of progress, and so are the fourth, the sixth and the last.
        #expect(answers == [false, false, false, false, false, false, false, true, false])
        #expect(stopping.best == 0.5 && stopping.count == 9)
        #expect(stopping.bestCount == 9 && stopping.badCount == 0)
    }

    @Test func `a loss that is never a number stops it, too`() {
        let model = Linear(inputSize: 1, outputSize: 1)
        let stopping = EarlyStopping(patience: 2)
        #expect(!stopping.shouldStop(after: Double.nan, model))
        #expect(stopping.shouldStop(after: Double.infinity, model))
    }

    @Test func `the best weights come back, whatever happened to the model since`() {
        let model = Linear(inputSize: 2, outputSize: 1)
        let stopping = EarlyStopping(patience: 5)
        for (weight, loss) in [(1, 3), (2, 1), (3, 2)] as [(Float, Float)] {
            model.weight.data = Tensor([[weight, -weight]])
            #expect(!stopping.shouldStop(after: loss, model))
        }
        let output = model(Tensor([[1, 2]]).requiringGradient())
        stopping.restoreBest(model)
        #expect(model.weight.scalars == [2, -2])
        #expect(reachesStaleNumbers(output))
        // What was kept is not what training goes on to change.
        model.weight.data = Tensor([[9, 9]])
        stopping.restoreBest(model)
        #expect(model.weight.scalars == [2, -2])
    }
}
