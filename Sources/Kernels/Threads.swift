#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif
#if canImport(Glibc) || canImport(Darwin)
    internal import Synchronization
#endif

/// The number of threads that a large kernel shares its work among: at first 1, or what the environment variable
/// `UNROLL_THREADS` says.
///
/// Results do not depend on it, for threads share outputs, never a sum.
package var threadCount: Int {
    get {
        #if canImport(Glibc) || canImport(Darwin)
            ThreadPool.shared.threadCount.load(ordering: .relaxed)
        #else
            1
        #endif
    }
    set {
        #if canImport(Glibc) || canImport(Darwin)
            ThreadPool.shared.resize(to: max(1, newValue))
        #endif
    }
}

/// The least number of multiply-adds that repay waking a thread: with AVX-512 they take about 20 µs, as long as it may
/// take the system to wake one.
private let leastWakingWork: Int64 = 1 << 21

/// The least number of multiply-adds for each thread that repay handing work to one that is awake.
private let leastSharedWork: Int64 = 1 << 17

/// Cuts 0 ..< count into one range for each thread, whose lengths are multiples of `grain`, and works
/// on them at the same time; on the whole range at once if `work` multiply-adds do not repay it.
///
/// Any number of threads may call it at once, and `body` may do so itself.
package func share(_ count: Int, grain: Int, work: Int64, _ body: (Range<Int>) -> Void) {
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

/// Returns the number of ranges into which `share` cuts: two for each thread where others must be woken first, so that the
/// caller does more of the work meanwhile.
func pieceCount(_ count: Int, grain: Int, work: Int64) -> Int {
    #if canImport(Glibc) || canImport(Darwin)
        let threads = threadCount
        if threads == 1 || work < leastSharedWork { return 1 }
        let isAwake = ThreadPool.shared.isAwake
        if !isAwake, work < leastWakingWork { return 1 }
        let pieces = min(isAwake ? threads : 2 * threads, (count + grain - 1) / grain)
        return Int(max(1, min(Int64(pieces), work / leastSharedWork)))
    #else
        return 1
    #endif
}

/// Returns the number of multiply-adds of a product with these lengths, which an `Int` of 32 bits may not hold.
func multiplyAdds(_ rows: Int, _ terms: Int, _ columns: Int) -> Int64 {
    Int64(rows) * Int64(terms) * Int64(columns)
}

#if canImport(Glibc) || canImport(Darwin)
    /// Threads that wait for work, for any number of callers at once.
    ///
    /// A caller takes pieces of its own job like everyone else, so that it gets on without help: while the threads work
    /// for others, in a process that was forked, or where the system refuses a thread. It waits only for pieces that
    /// another thread is working on, and that one never for the caller's; so calls may be nested.
    ///
    /// Who waits stays awake for a while: to be woken takes longer than what most kernels do in between.
    private final class ThreadPool: @unchecked Sendable {
        static let shared = ThreadPool()

        let threadCount = Atomic(1)
        /// The number of jobs that have pieces which nobody has taken, for those who wait awake.
        private let openCount = Atomic(0)
        /// The number of threads that wait awake.
        private let awakeCount = Atomic(0)
        private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        // Guarded by the lock.
        private var workerCount = 0
        /// The threads that must be woken.
        private var asleepCount = 0
        /// The jobs that have pieces which nobody has taken, the oldest first.
        private var open: [Job] = []

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

        /// Starts the threads that are missing, as far as the system lets it; those that are too many stay asleep.
        func resize(to count: Int) {
            pthread_mutex_lock(lock)
            threadCount.store(count, ordering: .relaxed)
            while workerCount < count - 1, startWorker() { workerCount += 1 }
            pthread_mutex_unlock(lock)
        }

        /// Whether a thread waits that need not be woken.
        var isAwake: Bool { awakeCount.load(ordering: .relaxed) > 0 }

        func run(pieces: Int, _ body: (Int) -> Void) {
            withoutActuallyEscaping(body) { body in
                let job = Job(count: pieces, body)
                pthread_mutex_lock(lock)
                open.append(job)
                openCount.store(open.count, ordering: .relaxed)
                let wanted = pieces - 1 - awakeCount.load(ordering: .relaxed)
                for _ in 0..<max(0, min(wanted, asleepCount)) { pthread_cond_signal(changed) }
                workOff(job)
                if !job.isFinished {
                    pthread_mutex_unlock(lock)
                    _ = Patience.wait { job.isFinished }
                    pthread_mutex_lock(lock)
                    while !job.isFinished { pthread_cond_wait(finished, lock) }
                }
                job.body = nil
                pthread_mutex_unlock(lock)
            }
        }

        /// Takes pieces of a job until none is left. Called, and returns, with the lock held.
        private func workOff(_ job: Job) {
            while let piece = takePiece(of: job) {
                pthread_mutex_unlock(lock)
                job.perform(piece)
                pthread_mutex_lock(lock)
                if job.finishPiece() { pthread_cond_broadcast(finished) }
            }
        }

        /// The next piece of a job, which is closed with its last one.
        private func takePiece(of job: Job) -> Int? {
            guard job.next < job.count else { return nil }
            job.next += 1
            if job.next == job.count {
                open.removeAll { $0 === job }
                openCount.store(open.count, ordering: .relaxed)
            }
            return job.next - 1
        }

        private func wait() -> Never {
            pthread_mutex_lock(lock)
            while true {
                while let job = open.first { workOff(job) }
                awakeCount.add(1, ordering: .relaxed)
                pthread_mutex_unlock(lock)
                let isWanted = Patience.wait { openCount.load(ordering: .relaxed) > 0 }
                pthread_mutex_lock(lock)
                awakeCount.subtract(1, ordering: .relaxed)
                guard !isWanted, open.isEmpty else { continue }
                asleepCount += 1
                pthread_cond_wait(changed, lock)
                asleepCount -= 1
            }
        }

        /// - Returns: Whether the system gave a thread.
        private func startWorker() -> Bool {
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            guard pthread_create(&thread, nil, { _ in ThreadPool.shared.wait() }, nil) == 0 else {
                return false
            }
            #if canImport(Darwin)
                if let thread { pthread_detach(thread) }
            #else
                pthread_detach(thread)
            #endif
            return true
        }
    }

    /// The time that a thread waits awake before it lets the processor go.
    private enum Patience {
        /// In nanoseconds: longer than the gaps between the kernels of a training step, and about as long as waking takes.
        static let length = 200_000

        /// Waits until something is so.
        ///
        /// - Returns: Whether it was so in time.
        @inline(__always)
        static func wait(for condition: () -> Bool) -> Bool {
            // No hint to the processor that a loop waits: a virtual one is taken away from who gives many.
            let end = time + length
            while time < end {
                for _ in 0..<8 where condition() { return true }
            }
            return condition()
        }

        private static var time: Int {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
    }

    /// The work that one caller shares. Its variables are guarded by the pool's lock, but for the number that is not done.
    private final class Job {
        let count: Int
        var next = 0
        private let unfinished: Atomic<Int>
        /// The work on a piece; nil once all is done.
        var body: ((Int) -> Void)?

        init(count: Int, _ body: @escaping (Int) -> Void) {
            self.count = count
            unfinished = Atomic(count)
            self.body = body
        }

        /// Whether all pieces are done, and what they wrote is seen.
        var isFinished: Bool { unfinished.load(ordering: .acquiring) == 0 }

        /// Counts a piece as done.
        ///
        /// - Returns: Whether it was the last.
        func finishPiece() -> Bool { unfinished.subtract(1, ordering: .releasing).newValue == 0 }

        /// Runs a piece, in a function of its own, so that nobody holds `body` any more when the piece counts as done.
        @inline(never)
        func perform(_ piece: Int) { body?(piece) }
    }
#endif
