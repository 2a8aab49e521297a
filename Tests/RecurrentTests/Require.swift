import Recurrent
import Testing
import Turns

/// The message of a stopped program, after "Fatal error: ".
func message(of result: ExitTest.Result?) -> String {
    let error = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for line in error.split(separator: "\n") {
        if let start = line.firstRange(of: "Fatal error: ") { return String(line[start.upperBound...]) }
    }
    return error
}

@Suite("A failed requirement", .inTurns) struct RequireTests {
    @Test("speaks in an optimized build, at the caller's file and line") func speaks() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            brokenRequirement()
        }
        let error = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(error.contains("lessons/07-x.md:40: Fatal error: matmul: one is not two."))
    }

    @Test("names the caller of an operation") func namesTheCaller() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            misfitProduct()
        }
        let error = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(error.contains("lessons/07-x.md:41: Fatal error: matmul: [rows 2, columns 3] times"))
    }

    @Test("does not build its message when all is well") func isLazy() {
        var built = 0
        func sentence() -> String {
            built += 1
            return ""
        }
        require(true, sentence())
        #expect(built == 0)
    }
}

#sourceLocation(file:"lessons/07-x.md",line:40)
private func brokenRequirement() { require(1 > 2, "matmul: one is not two.", file: #filePath, line: #line) }
private func misfitProduct() { _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([2, 3])) }
#sourceLocation()

@Suite("A warning", .inTurns) struct WarningTests {
    private func said(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test("says what works but was hardly meant, at the caller's line, and the program goes on")
    func warnings() async {
        let dropout = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let layer = oneLayerWithDropout()
            if layer(Tensor.ones([3, 1, 1])).output.shape != [3, 1, 2] { fatalError("no output") }
        }
        #expect(
            said(dropout).contains(
                "lessons/07-x.md:40: warning: LSTM: dropout acts between layers, so that a dropout of 0.5 has no effect"
            )
        )
        let stale = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let w = Tensor([1]).requiringGradient()
            let optimizer = SGD([w])
            optimizer.warnsAboutStaleGradients = true
            for _ in 0..<3 {
                w.sum().backward()
                optimizer.step()
            }
        }
        #expect(
            said(stale).split(separator: "warning: Optimizer.step(): the gradients were not zeroed").count
                == 2
        )
    }
}

#sourceLocation(file:"lessons/07-x.md",line:40)
private func oneLayerWithDropout() -> LSTM { LSTM(inputSize: 1, hiddenSize: 2, dropout: 0.5) }
#sourceLocation()
