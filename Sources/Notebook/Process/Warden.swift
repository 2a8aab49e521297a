#if os(Linux)
    #if canImport(Glibc)
        @preconcurrency internal import Glibc
    #else
        @preconcurrency internal import Musl
    #endif

    /// Splits this process in two: one that goes on as the lesson, and one that waits for it to end and then ends all
    /// that it started, in whatever group or session that is. Where Unroll itself is killed, both end, too.
    ///
    /// Within walls the system does this. To be called while there is one thread.
    func guardDescendants() {
        let signals = Warden.signals()
        var before = sigset_t()
        // Orphans of the lesson become children of the warden, wherever they hide.
        guard Warden.control(Warden.adoptOrphans, 1) == 0 else { return }
        let unroll = getppid()
        _ = Warden.control(Warden.signalWhenOrphaned, Int(SIGHUP))
        withUnsafePointer(to: signals) { _ = sigprocmask(SIG_BLOCK, $0, &before) }
        let lesson = Warden.fork()
        guard lesson == 0 else {
            // Where the system gives no second process, the lesson goes on without a warden.
            if lesson > 0 { Warden(lesson: lesson, unroll: unroll, signals: signals).watch() }
            sigprocmask(SIG_SETMASK, &before, nil)
            return
        }
        let warden = getppid()
        _ = Warden.control(Warden.signalWhenOrphaned, Int(SIGKILL))
        if getppid() != warden { _exit(1) }
        sigprocmask(SIG_SETMASK, &before, nil)
    }

    /// The process that waits for a lesson to end.
    private struct Warden {
        let lesson: pid_t
        let unroll: pid_t
        let signals: sigset_t

        /// Waits, ends what is left, and ends as the lesson did.
        func watch() -> Never {
            var status: Int32?
            var wait = timespec(tv_sec: 1, tv_nsec: 0)
            while status == nil {
                let signal = withUnsafePointer(to: signals) { sigtimedwait($0, nil, &wait) }
                // That a thread of Unroll has ended says nothing.
                if signal == SIGTERM || signal == SIGINT || getppid() != unroll { kill(lesson, SIGKILL) }
                status = reap()
            }
            endDescendants()
            Warden.leave(as: status ?? 0)
        }

        /// Reaps children that have ended.
        ///
        /// - Returns: How the lesson ended, once it has.
        private func reap() -> Int32? {
            var (ended, status): (Int32?, Int32) = (nil, 0)
            while case let child = waitpid(-1, &status, WNOHANG), child > 0 {
                if child == lesson { ended = status }
            }
            return ended
        }

        /// Ends children until none is left: those of one that ends become this process's own.
        private func endDescendants() {
            while true {
                let children = Warden.children
                for child in children { kill(child, SIGKILL) }
                var status: Int32 = 0
                // Where the system does not list them, nothing is waited for.
                guard waitpid(-1, &status, children.isEmpty ? WNOHANG : 0) > 0 || errno == EINTR else {
                    return
                }
            }
        }

        /// The children of this process.
        private static var children: [pid_t] {
            guard let file = fopen("/proc/self/task/\(getpid())/children", "r") else { return [] }
            defer { fclose(file) }
            var (text, byte): ([UInt8], Int32) = ([], getc(file))
            while byte != EOF {
                text.append(UInt8(truncatingIfNeeded: byte))
                byte = getc(file)
            }
            return text.split(separator: UInt8(ascii: " ")).compactMap {
                pid_t(String(decoding: $0, as: UTF8.self))
            }
        }

        /// Ends this process as another ended.
        private static func leave(as status: Int32) -> Never {
            let number = status & 0x7F
            guard number != 0 else { _exit(status >> 8 & 0xFF) }
            signal(number, SIG_DFL)
            var mask = sigset_t()
            sigemptyset(&mask)
            sigaddset(&mask, number)
            sigprocmask(SIG_UNBLOCK, &mask, nil)
            kill(getpid(), number)
            _exit(128 + number)
        }
    }

    // MARK: - The system's own words

    extension Warden {
        /// The options of `prctl` that are used here; see `linux/prctl.h`.
        static let (signalWhenOrphaned, adoptOrphans): (Int32, Int32) = (1, 36)

        /// `prctl`, which Swift does not import.
        static func control(_ option: Int32, _ value: Int) -> Int32 {
            typealias Call = @convention(c) (Int32, Int, Int, Int, Int) -> Int32
            return function("prctl", as: Call.self)?(option, value, 0, 0, 0) ?? -1
        }

        /// `fork`, which Swift does not import.
        static func fork() -> pid_t {
            typealias Call = @convention(c) () -> pid_t
            return function("fork", as: Call.self)?() ?? -1
        }

        private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
            dlsym(nil, name).map { unsafeBitCast($0, to: type) }
        }

        /// The signals for which the warden wakes up.
        static func signals() -> sigset_t {
            var signals = sigset_t()
            sigemptyset(&signals)
            for signal in [SIGCHLD, SIGHUP, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
            return signals
        }
    }
#endif
