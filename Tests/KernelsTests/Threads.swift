internal import Foundation
import KernelInterface
import Kernels
import Testing
import Turns

#if canImport(Glibc)
    internal import Glibc
#endif

/// Each test has a process of its own, for the number of threads is the whole process's.
@Suite(.inTurns) struct ThreadTests {
    @Test(arguments: [1, 2, 7])
    func `four callers at once get the products that each gets alone`(threads: Int) async {
        await #expect(processExitsWith: .success) { [threads = threads as Int] in
            let products = (0..<4).map { SharedProduct(seed: $0) }
            let alone = products.map { $0.result() }
            threadCount = threads
            onThreads(4) { caller in
                for _ in 0..<40 { #expect(sameBits(products[caller].result(), alone[caller])) }
            }
            DispatchQueue.concurrentPerform(iterations: 40) { round in
                #expect(sameBits(products[round % 4].result(), alone[round % 4]))
            }
            await withTaskGroup { group in
                for round in 0..<40 {
                    group.addTask {
                        await Task.yield()
                        #expect(sameBits(products[round % 4].result(), alone[round % 4]))
                    }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 7])
    func `work that is shared within shared work is done once`(threads: Int) async {
        await #expect(processExitsWith: .success) { [threads = threads as Int] in
            threadCount = threads
            onThreads(4) { _ in
                for _ in 0..<50 {
                    let counts = Counts(rows: 16, columns: 16)
                    share(16, grain: 1, work: .max) { rows in
                        for row in rows {
                            share(16, grain: 1, work: .max) { columns in
                                for column in columns { counts.add(row, column) }
                            }
                        }
                    }
                    #expect(counts.areAllOne)
                }
            }
        }
    }

    @Test func `the number of threads may change while others compute`() async {
        await #expect(processExitsWith: .success) {
            let product = SharedProduct(seed: 9)
            let alone = product.result()
            onThreads(4) { caller in
                for round in 0..<40 {
                    threadCount = 1 + (round + caller) % 5
                    #expect(sameBits(product.result(), alone))
                }
            }
        }
    }

    #if canImport(Glibc)
        @Test func `a system that gives no thread leaves the work to the caller`() async {
            await #expect(processExitsWith: .success) {
                let product = SharedProduct(seed: 3)
                let alone = product.result()
                // The superuser is not counted.
                if geteuid() == 0 { #expect(setuid(65534) == 0) }
                var limit = rlimit(rlim_cur: 0, rlim_max: 0)
                #expect(setrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit) == 0)
                var thread = pthread_t()
                #expect(pthread_create(&thread, nil, { _ in nil }, nil) == EAGAIN)
                threadCount = 7
                for _ in 0..<10 { #expect(sameBits(product.result(), alone)) }
            }
        }

        @Test func `a process that was forked computes without the threads of its parent`() async {
            await #expect(processExitsWith: .success) {
                let product = SharedProduct(seed: 5)
                let alone = product.result()
                threadCount = 4
                #expect(sameBits(product.result(), alone))
                let child = forked()
                if child == 0 { _exit(sameBits(product.result(), alone) ? 0 : 1) }
                var status: Int32 = 0
                #expect(waitpid(child, &status, 0) == child && status == 0)
            }
        }
    #endif
}

/// A product of random matrices, large enough to be shared among seven threads.
private struct SharedProduct {
    private let rows = 512
    private let depth = 128
    private let columns = 256
    private let left: [Float]
    private let right: [Float]

    init(seed: Int) {
        var samples = Samples(seed: UInt64(seed))
        left = samples.numbers(rows * depth)
        right = samples.numbers(depth * columns)
    }

    func result() -> [Float] {
        [Float](unsafeUninitializedCapacity: rows * columns) { result, count in
            left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    multiply(
                        Matrix(left.baseAddress!, rows: rows, columns: depth),
                        Matrix(right.baseAddress!, rows: depth, columns: columns),
                        into: result.baseAddress!,
                        rowStride: columns
                    )
                }
            }
            count = rows * columns
        }
    }
}

/// The number of times that each position was worked on; each is one thread's own.
private final class Counts: @unchecked Sendable {
    private let columns: Int
    private let counts: UnsafeMutableBufferPointer<Int>

    init(rows: Int, columns: Int) {
        self.columns = columns
        counts = .allocate(capacity: rows * columns)
        counts.initialize(repeating: 0)
    }

    deinit { counts.deallocate() }

    func add(_ row: Int, _ column: Int) { counts[row * columns + column] += 1 }

    var areAllOne: Bool { counts.allSatisfy { $0 == 1 } }
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

#if canImport(Glibc)
    /// Swift hides `fork`, for a child has none of the other threads.
    private func forked() -> pid_t {
        typealias Fork = @convention(c) () -> pid_t
        return unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)()
    }
#endif
