import Foundation
import Recurrent

/// Times the workload that each line of standard input names, once, and answers with its seconds.
///
/// `Benchmarks/against-pytorch` asks this program and PyTorch in turns.
@main
struct Workloads {
    static func main() {
        while let name = readLine() {
            guard let run = workload(name) else { fatalError("There is no workload '\(name)'.") }
            print(run().seconds)
            fflush(nil)
        }
    }

    /// The timed part of a workload, set up afresh.
    private static func workload(_ name: String) -> (() -> Duration)? {
        manualSeed(0)
        switch name {
        case "000": return lastPoint()
        case "001": return nextNumber()
        case "002": return textClasses()
        case "003": return sineToCosine()
        case "004": return networkByHand()
        default: return trainingSteps(name)
        }
    }
}

/// Measures a workload's loop, not its preparation.
func timed(_ loop: @escaping () -> Void) -> () -> Duration {
    { ContinuousClock().measure(loop) }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
