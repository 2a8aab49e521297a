internal import Foundation
import Recurrent
import Testing
internal import Turns

/// Each test has a process of its own, for the number of threads is the whole process's.
@Suite("Threads", .inTurns) struct ThreadTests {
    @Test("at once train their models to the bits that each gets alone", arguments: [1, 2, 7])
    func callers(threads: Int) async {
        await #expect(processExitsWith: .success) { [threads = threads as Int] in
            let examples = Examples()
            let alone = (0..<4).map { trained(seed: $0, on: examples) }
            #expect(Set(alone).count == 4)
            threadCount = threads
            for _ in 0..<3 {
                let together = Results()
                onThreads(4) { caller in together[caller] = trained(seed: caller, on: examples) }
                #expect(together.all == alone)
            }
            let performed = Results()
            DispatchQueue.concurrentPerform(iterations: 4) { caller in
                performed[caller] = trained(seed: caller, on: examples)
            }
            #expect(performed.all == alone)
            let tasks = Results()
            await withTaskGroup { group in
                for caller in 0..<4 {
                    group.addTask { tasks[caller] = trained(seed: caller, on: examples) }
                }
            }
            #expect(tasks.all == alone)
        }
    }

    @Test("at once ask one model that none of them trains") func shared() async {
        await #expect(processExitsWith: .success) {
            threadCount = 3
            let model = SharedModel()
            let expected = withoutGradients { model.answer() }
            onThreads(4) { _ in
                for _ in 0..<10 {
                    #expect(withoutGradients { model.answer() } == expected)
                    // Recording what they do, too.
                    #expect(model.answer() == expected)
                }
            }
        }
    }

    @Test("of a recorded run's tasks are not recorded") func recorder() {
        let model = SharedModel()
        let (_, recording) = record(model.lstm) {
            _ = model.answer()
            let done = DispatchSemaphore(value: 0)
            // A task gets the values of the one that starts it.
            Task(executorPreference: OwnThread()) {
                _ = model.answer()
                done.signal()
            }
            done.wait()
        }
        #expect(recording.passes.count == 1)
    }

    @Test("are as many as asked for") func count() async {
        await #expect(processExitsWith: .success) {
            setenv("UNROLL_THREADS", "3", 1)
            #expect(threadCount == 3)
            threadCount = 256
            #expect(threadCount == 256)
        }
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            threadCount = 0
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("threadCount: 0 threads; there can be 1 to 256."))
    }
}

/// Numbers that all callers read.
private struct Examples: @unchecked Sendable {
    let x: Tensor
    let y: Tensor

    init() {
        manualSeed(77)
        x = .randn([32, 20, 24])
        y = .randn([32, 1])
    }
}

/// The fingerprint of a model after some steps of training, which draw, drop, clip and look.
private func trained(seed: Int, on examples: Examples) -> UInt64 {
    manualSeed(seed)
    let layer = LSTM(inputSize: 24, hiddenSize: 96, batchFirst: true)
    let dropout = Dropout(0.2)
    let head = Linear(inputSize: 96, outputSize: 1)
    let parameters = layer.namedParameters + head.namedParameters
    let optimizer = Adam(parameters.map(\.tensor), learningRate: 0.01)
    for _ in 0..<3 {
        let loss = meanSquaredError(head(dropout(layer(examples.x).output[.all, -1])), examples.y)
        optimizer.zeroGradients()
        loss.backward()
        clipGradients(parameters.map(\.tensor), norm: 1)
        optimizer.step()
        #expect(!withoutGradients { layer(examples.x).output.requiresGradient })
        #expect(layer(examples.x[0..<1]).output.requiresGradient)
    }
    return Trace(parameters).digest
}

/// A place for each caller's result.
private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var results = [UInt64](repeating: 0, count: 4)

    subscript(caller: Int) -> UInt64 {
        get { lock.withLock { results[caller] } }
        set { lock.withLock { results[caller] = newValue } }
    }

    var all: [UInt64] { lock.withLock { results } }
}

/// A model that several threads ask, which only read it.
private struct SharedModel: @unchecked Sendable {
    let lstm: LSTM
    private let x: Tensor

    init() {
        manualSeed(0)
        lstm = LSTM(inputSize: 16, hiddenSize: 64, batchFirst: true)
        x = .randn([64, 30, 16])
    }

    func answer() -> [Float] { lstm(x).output.scalars }
}

/// Runs each part of a task on a new thread.
private final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs `body` on some threads at once, and waits for all.
private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let done = DispatchSemaphore(value: 0)
    for index in 0..<count {
        Thread.detachNewThread {
            body(index)
            done.signal()
        }
    }
    for _ in 0..<count { done.wait() }
}
