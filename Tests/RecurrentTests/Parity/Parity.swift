import Testing
import Turns

/// Our numbers against PyTorch's, from the files in `Fixtures/pytorch`.
///
/// Every test runs over all cases of its kind that the folder holds, whatever their seeds, shapes and options.
@Suite(.inTurns) struct Parity {
    @Test func `every fixture is of a kind that a test reads`() {
        let known = [
            "rng", "layers", "losses", "optim", "sched", "values", "weights", "lbfgs", "split", "programs",
            "attention", "000", "001", "002", "003", "004",
        ]
        for fixture in Fixture.all {
            #expect(known.contains(fixture.kind), "\(fixture.name) is of the unknown kind \(fixture.kind)")
        }
        #expect(!Fixture.all.isEmpty)
    }
}
