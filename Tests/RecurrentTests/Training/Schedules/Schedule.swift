import Recurrent
import Testing

@Suite struct ScheduleTests {
    private func optimizer(_ rate: Double = 1) -> SGD {
        SGD([Tensor([1]).requiringGradient()], learningRate: rate)
    }

    @Test func `a loop can hold any schedule, and hand its loss to all`() {
        let makers: [(SGD) -> any Schedule] = [
            { StepDecay($0, every: 2, factor: 0.5) },
            { ReduceLROnPlateau($0, factor: 0.5, patience: 1) },
            { FactorSchedule($0) { step in step < 2 ? 1 : 0.5 } },
        ]
        for make in makers {
            let optimizer = optimizer()
            let schedule = make(optimizer)
            for _ in 0..<3 { schedule.step(Float(0.25)) }
            #expect(optimizer.learningRate == 0.5)
        }
    }

    @Test func `a plateau can follow a warm-up`() {
        let optimizer = optimizer()
        let plateau = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 0)
        let schedule = SequentialSchedule([LinearWarmUp(optimizer, from: 0.5, over: 2), plateau], at: [2])
        var rates: [Double] = []
        for loss in [1, 1, 0.5, 0.75, 0.5] as [Double] {
            rates.append(optimizer.learningRate)
            schedule.step(loss)
        }
        // The step at which the plateau begins is its start; after the next, 0.5 is the best.
        #expect(rates == [0.5, 0.75, 1, 1, 0.5])
        #expect(optimizer.learningRate == 0.25)
    }

    @Test func `a schedule of one's own has one function, and begins where the last one ended`() {
        final class Halving: Schedule {
            let optimizer: SGD
            init(_ optimizer: SGD) { self.optimizer = optimizer }
            func step() { optimizer.learningRate /= 2 }
        }
        let optimizer = optimizer(8)
        let own = Halving(optimizer)
        let schedule = SequentialSchedule([StepDecay(optimizer, every: 1, factor: 0.5), own], at: [2])
        for _ in 0..<3 { schedule.step() }
        #expect(optimizer.learningRate == 2)
    }

    @Test func `a schedule made after another starts from the same rates`() {
        let optimizer = optimizer()
        _ = LinearWarmUp(optimizer, from: 0.25)
        #expect(optimizer.learningRate == 0.25)
        let cosine = CosineAnnealing(optimizer, over: 4)
        cosine.restart()
        #expect(optimizer.learningRate == 1)
    }

    @Test func `a schedule made after a plateau starts from the rates that this has left`() {
        let optimizer = optimizer()
        let plateau = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 0)
        for _ in 0..<2 { plateau.step(1.0) }
        let decay = ExponentialDecay(optimizer, factor: 0.5)
        decay.step()
        #expect(optimizer.learningRate == 0.25)
        decay.restart()
        #expect(optimizer.learningRate == 0.5)
        plateau.restart()
        #expect(optimizer.learningRate == 1 && plateau.best == .infinity)
    }

    @Test func `periods that grow without end go on`() {
        let optimizer = optimizer()
        let schedule = CosineRestarts(optimizer, every: 1, growth: .max)
        for _ in 0..<4 { schedule.step() }
        #expect(optimizer.learningRate > 0.99)
    }
}
