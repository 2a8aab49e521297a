internal import Execution
internal import Synchronization

/// What people see while lessons run: on a terminal one live line for each that is running, elsewhere a line for each
/// that has run, in the order of the lessons.
final class LessonProgress: Sendable {
    /// How much is said.
    enum Verbosity: Sendable {
        case quiet, usual, verbose
    }

    private struct Running {
        var slug: String
        var cell: String?
        let start = ContinuousClock.now
    }

    private struct State {
        /// The lessons that are running, the first to begin first.
        var running: [Running] = []
        /// What is to be said of lessons, once those before them have ended.
        var lines: [String: [String]] = [:]
        var ended: Set<String> = []
        /// The lessons whose lines are not printed yet, in their order.
        var waiting: [String] = []
        /// The number of live lines on the terminal.
        var drawn = 0
        /// Keeps the live lines up to date.
        var ticking: Task<Void, Never>?
    }

    private let verbosity: Verbosity
    private let isLive: Bool
    private let state = Mutex(State())

    init(_ verbosity: Verbosity) {
        self.verbosity = verbosity
        isLive = verbosity != .quiet && Terminal.isInteractive
    }

    /// Begins with lessons of these slugs, which are run side by side.
    func begin(_ lessons: [String]) {
        state.withLock { state in
            state = State(waiting: lessons)
            guard isLive else { return }
            state.ticking = Task {
                while !Task.isCancelled {
                    self.state.withLock { if !Task.isCancelled { draw(&$0) } }
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
        }
    }

    /// Takes the live lines off the terminal: no lesson runs any longer.
    func end() {
        state.withLock { state in
            state.ticking?.cancel()
            clear(&state)
        }
    }

    /// Takes what the queue says.
    func take(_ progress: LessonQueue.Progress) {
        state.withLock { state in
            switch progress {
            case .began(let lesson):
                state.running.append(Running(slug: lesson))
            case .cell(let lesson, let name):
                guard let index = state.running.firstIndex(where: { $0.slug == lesson }) else { return }
                state.running[index].cell = name
                if verbosity == .verbose { state.lines[lesson, default: []].append("\(lesson): \(name)") }
            case .showed:
                break
            case .ended(let lesson, let run):
                state.running.removeAll { $0.slug == lesson }
                state.ended.insert(lesson)
                state.lines[lesson, default: []] += report(lesson, run).map { [$0] } ?? []
                printEnded(&state)
            }
        }
    }

    private func report(_ lesson: String, _ run: LessonRun) -> String? {
        // On a terminal the live line has told enough.
        guard verbosity == .verbose || verbosity == .usual && !isLive else { return nil }
        if run.isCached {
            return verbosity == .verbose
                ? "\(lesson): \(run.isTrusted ? "trusted" : run.isShared ? "shared" : "unchanged")" : nil
        }
        // One without cells has nothing to run.
        guard let cost = run.cost else { return run.record == nil ? "\(lesson): stopped" : nil }
        let compiling = verbosity == .verbose ? "compiled in \(cost.compiling.inHundredths) s, " : ""
        let running = verbosity == .verbose ? cost.running.inHundredths : cost.total.inTenths
        return "\(lesson): \(compiling)ran in \(running) s"
    }

    /// Prints the lines of all lessons that have ended, as far as all lessons before them have.
    private func printEnded(_ state: inout State) {
        while let lesson = state.waiting.first, state.ended.contains(lesson) {
            let lines = state.lines.removeValue(forKey: lesson) ?? []
            state.waiting.removeFirst()
            guard !lines.isEmpty else { continue }
            clear(&state)
            lines.forEach(Terminal.say)
        }
    }

    private func draw(_ state: inout State) {
        clear(&state)
        let width = Terminal.columns
        let lines = state.running.map { running in
            let time = running.start.duration(to: .now).inTenths
            return String("  \(running.slug)  \(running.cell ?? "compiling")  \(time) s".prefix(width - 1))
        }
        lines.forEach(Terminal.say)
        state.drawn = lines.count
    }

    /// Takes the live lines off the terminal.
    private func clear(_ state: inout State) {
        guard state.drawn > 0 else { return }
        Terminal.write("\u{1B}[\(state.drawn)A\u{1B}[J")
        state.drawn = 0
    }
}
