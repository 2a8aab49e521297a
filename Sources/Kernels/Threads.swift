#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How many threads large kernels share their work among: at first 1, or what the environment variable
/// `UNROLL_THREADS` says.
///
/// Results do not depend on it, for threads share outputs, never a sum.
package var threadCount: Int {
    #if canImport(Glibc) || canImport(Darwin)
        ThreadPool.shared.threadCount
    #else
        1
    #endif
}

/// Sets how many threads large kernels share their work among. Call it between kernels, not during one.
package func setThreadCount(_ count: Int) {
    #if canImport(Glibc) || canImport(Darwin)
        ThreadPool.shared.resize(to: max(1, count))
    #endif
}

/// The least number of multiply-adds that repay waking a thread: with AVX-512 they take about 20 µs, as long as it may
/// take the system to wake one.
let leastSharedWork = 1 << 21

/// Cuts 0 ..< count into one range for each thread, whose lengths are multiples of `grain`, and works
/// on them at the same time; on the whole range at once if `work` multiply-adds do not repay it.
func share(_ count: Int, grain: Int, work: Int, _ body: (Range<Int>) -> Void) {
    #if canImport(Glibc) || canImport(Darwin)
        let grains = (count + grain - 1) / grain
        let pieces = pieceCount(count, grain: grain, work: work)
        if pieces > 1 {
            ThreadPool.shared.run(pieces: pieces) { piece in
                let lower = grains * piece / pieces * grain
                let upper = min(grains * (piece + 1) / pieces * grain, count)
                body(lower..<upper)
            }
            return
        }
    #endif
    body(0..<count)
}

/// Into how many ranges `share` cuts.
func pieceCount(_ count: Int, grain: Int, work: Int) -> Int {
    max(1, min(threadCount, (count + grain - 1) / grain, work / leastSharedWork))
}

#if canImport(Glibc) || canImport(Darwin)
    /// Threads that wait for work. The one that asks does the first piece itself.
    private final class ThreadPool: @unchecked Sendable {
        static let shared = ThreadPool()

        private(set) var threadCount = 1
        private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        // Guarded by the lock.
        private var workerCount = 0
        private var body: ((Int) -> Void)?
        private var nextPiece = 0
        private var pieceCount = 0
        private var unfinished = 0

        private init() {
            pthread_mutex_init(lock, nil)
            pthread_cond_init(changed, nil)
            pthread_cond_init(finished, nil)
            guard let value = getenv("UNROLL_THREADS") else { return }
            guard let count = Int(String(cString: value)), 1...256 ~= count else {
                fatalError("UNROLL_THREADS is '\(String(cString: value))'; it can be 1 to 256")
            }
            resize(to: count)
        }

        /// Threads that are too many stay asleep.
        func resize(to count: Int) {
            threadCount = count
            while workerCount < count - 1 {
                workerCount += 1
                startWorker()
            }
        }

        func run(pieces: Int, _ body: (Int) -> Void) {
            withoutActuallyEscaping(body) { body in
                pthread_mutex_lock(lock)
                self.body = body
                nextPiece = 0
                pieceCount = pieces
                unfinished = pieces
                pthread_cond_broadcast(changed)
                workOff()
                while unfinished > 0 { pthread_cond_wait(finished, lock) }
                self.body = nil
                pthread_mutex_unlock(lock)
            }
        }

        /// Takes pieces until none is left. Called, and returns, with the lock held.
        private func workOff() {
            while nextPiece < pieceCount, let body {
                let piece = nextPiece
                nextPiece += 1
                pthread_mutex_unlock(lock)
                body(piece)
                pthread_mutex_lock(lock)
                unfinished -= 1
                if unfinished == 0 { pthread_cond_signal(finished) }
            }
        }

        private func startWorker() {
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            let failure = pthread_create(&thread, nil, { _ in ThreadPool.shared.wait() }, nil)
            if failure != 0 { fatalError("The system refuses another thread: error \(failure)") }
            #if canImport(Darwin)
                if let thread { pthread_detach(thread) }
            #else
                pthread_detach(thread)
            #endif
        }

        private func wait() -> Never {
            pthread_mutex_lock(lock)
            while true {
                workOff()
                pthread_cond_wait(changed, lock)
            }
        }
    }
#endif
