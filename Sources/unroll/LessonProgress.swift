internal import Execution
internal import Lessons
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
        /// How many lessons' lines have been printed.
        var printed = 0
        /// How many live lines stand on the terminal.
        var drawn = 0
    }

    private let order: [String]
    private let verbosity: Verbosity
    private let isLive: Bool
    private let state = Mutex(State())

    init(of lessons: [Lesson], verbosity: Verbosity) {
        order = lessons.map(\.slug)
        self.verbosity = verbosity
        isLive = verbosity != .quiet && Terminal.isInteractive
    }

    /// Takes what the queue says.
    @Sendable func take(_ progress: LessonQueue.Progress) {
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

    /// Keeps the live lines up to date until it is canceled.
    func tick() async {
        guard isLive else { return }
        while !Task.isCancelled {
            state.withLock { draw(&$0) }
            try? await Task.sleep(for: .milliseconds(100))
        }
        state.withLock { clear(&$0) }
    }

    private func report(_ lesson: String, _ run: LessonRun) -> String? {
        // On a terminal the live line has told enough.
        guard verbosity == .verbose || verbosity == .usual && !isLive else { return nil }
        if run.isCached { return verbosity == .verbose ? "\(lesson): unchanged" : nil }
        // One without cells has nothing to run.
        guard let cost = run.cost else { return run.record == nil ? "\(lesson): stopped" : nil }
        let compiling = verbosity == .verbose ? "compiled in \(cost.compiling.inHundredths) s, " : ""
        let running = verbosity == .verbose ? cost.running.inHundredths : cost.total.inTenths
        return "\(lesson): \(compiling)ran in \(running) s"
    }

    /// Prints the lines of all lessons that have ended, as far as all lessons before them have.
    private func printEnded(_ state: inout State) {
        while state.printed < order.count, state.ended.contains(order[state.printed]) {
            let lines = state.lines.removeValue(forKey: order[state.printed]) ?? []
            state.printed += 1
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
