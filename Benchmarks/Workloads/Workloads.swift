import Foundation
import Recurrent

/// Times the workload that each line of standard input names, once, and answers with its seconds; "4 × 001" is four
/// threads that each do 001, at once.
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
    fileprivate static func workload(_ name: String) -> (() -> Duration)? {
        let parts = name.split(separator: " × ", maxSplits: 1).map(String.init)
        if parts.count == 2, let count = Int(parts[0]) { return atOnce(count, parts[1]) }
        manualSeed(0)
        switch name {
        case "000": return lastPoint()
        case "001": return nextNumber()
        case "002": return textClasses()
        case "003": return sineToCosine()
        case "004": return networkByHand()
        case "idle": return idleTime()
        default: return gaps(name) ?? trainingSteps(name)
        }
    }
}

/// Threads that each set up a workload and do it.
private func atOnce(_ count: Int, _ name: String) -> () -> Duration {
    timed {
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<count {
            Thread.detachNewThread {
                guard let run = Workloads.workload(name) else {
                    fatalError("There is no workload '\(name)'.")
                }
                _ = run()
                done.signal()
            }
        }
        for _ in 0..<count { done.wait() }
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
