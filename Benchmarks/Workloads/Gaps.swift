import Foundation
import Recurrent

/// A product that two threads share, again and again with gaps between: "gaps 100" waits 100 microseconds each time, with
/// the processor kept. The time is the median of one product's.
func gaps(_ name: String) -> (() -> Duration)? {
    let words = name.split(separator: " ")
    guard words.count == 2, words[0] == "gaps", let gap = Int(words[1]) else { return nil }
    let (a, b) = (Tensor.randn([192, 192]), Tensor.randn([192, 192]))
    let clock = ContinuousClock()
    return {
        withoutGradients {
            let times = (0..<501).map { _ in
                let start = clock.now
                while clock.now - start < .microseconds(gap) {}
                return clock.measure { _ = a.matmul(b) }
            }
            return times.sorted()[times.count / 2]
        }
    }
}

/// The processor time that threads use while there is nothing to do, in half a second after a product that they shared.
func idleTime() -> () -> Duration {
    let a = Tensor.randn([256, 256])
    return {
        _ = a.matmul(a)
        let start = clock()
        Thread.sleep(forTimeInterval: 0.5)
        return .microseconds(Int(clock() - start) * 1_000_000 / Int(CLOCKS_PER_SEC))
    }
}
