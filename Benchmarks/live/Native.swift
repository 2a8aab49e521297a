internal import Foundation
internal import Recurrent

/// Does the training that each line of standard input names by its index, and answers with its milliseconds.
@main
enum Native {
    static func main() {
        let clock = ContinuousClock()
        while let line = readLine(), let index = Int(line) {
            let time = clock.measure { _ = Digests.trainings[index].run() }
            print(time / .milliseconds(1))
            fflush(nil)
        }
    }
}
