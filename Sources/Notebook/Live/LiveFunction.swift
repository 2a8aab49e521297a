internal import Records
internal import Recurrent

/// A live function with its controls, whatever the types of their values are.
struct LiveFunction: @unchecked Sendable {
    /// The name of its cell.
    private(set) var cell = ""
    /// Its controls.
    let controls: [ControlFace]
    private let file: StaticString
    private let line: UInt
    private let body: ([ControlSetting]) -> Void

    /// A live function.
    ///
    /// - Parameters:
    ///   - controls: The controls.
    ///   - file: The file of the call.
    ///   - line: The line of the call.
    ///   - body: The function of the settings of the controls, which are such as they have.
    init(
        _ controls: [ControlFace],
        file: StaticString,
        line: UInt,
        _ body: @escaping ([ControlSetting]) -> Void
    ) {
        self.controls = controls
        self.file = file
        self.line = line
        self.body = body
    }

    /// Begins the live cell: registers the function where it is called later, and else runs it with the controls as they
    /// are at first, or for all of their states.
    @export(interface)
    func begin(_ states: LiveStates) {
        let session = Session.current
        let (cell, calls, isSecond) = session.state { ($0.cell, $0.calls, $0.hasLiveCall) }
        guard let cell else {
            stop("live stands outside of a lesson's cell, where no page has a place for controls")
        }
        if let outer = calls.last {
            stop("live stands within \(outer.name); give it a cell of its own")
        }
        guard !isSecond else { stop("a cell has two live calls; give each a cell of its own") }
        for (index, control) in controls.enumerated() {
            guard !controls[..<index].contains(where: { $0.label == control.label }) else {
                stop("two controls have the label \"\(control.label)\"; give each a label of its own")
            }
        }
        session.state { $0.hasLiveCall = true }
        if session.state({ $0.isLive }) {
            guard states.limits == nil else { return }
            var named = self
            named.cell = cell
            session.state { $0.functions.append(named) }
        } else if let limits = states.limits {
            build(within: limits)
        } else {
            session.send(.live(controls: controls, isBuilt: false))
            run(controls.map { $0.initialSetting })
        }
    }

    /// Makes a call. What a page, or an address that a stranger made, asks for may be anything.
    @export(interface)
    func call(_ settings: [ControlSetting]) {
        guard settings.count == controls.count else {
            stop("the call has \(settings.count) values for \(controls.count) controls")
        }
        for (control, setting) in zip(controls, settings) {
            switch setting {
            case .position(let position) where control.kind != .text:
                guard control.positions.indices.contains(position) else {
                    stop(
                        "\"\(control.label)\" has no position \(position); it has 0 to \(control.positions.count - 1)"
                    )
                }
            case .text(let text) where control.kind == .text:
                if let problem = control.problem(withText: text) {
                    stop("\"\(control.label)\" was given a text \(problem)")
                }
            case .position: stop("\"\(control.label)\" takes a text, and was given a position")
            case .text: stop("\"\(control.label)\" takes a position, and was given a text")
            }
        }
        run(settings)
    }

    /// The most bytes that a call may print.
    static let greatestPrint = 65536

    /// Stops because the function printed too much.
    func stopPrinting() -> Never {
        stop("this live function prints more than 64 kB; print less, or show a table")
    }

    private func run(_ settings: [ControlSetting], as call: SessionState.Call = .live) {
        Session.current.within(call) {
            Generator.withoutSeed("this live function", file: file, line: line) { body(settings) }
        }
    }

    /// Runs the function for every state of its controls.
    private func build(within limits: LiveStates.Limits) {
        let session = Session.current
        if let control = controls.first(where: { $0.kind == .text }) {
            stop(
                "\"\(control.label)\" is a TextField, whose texts nobody can build beforehand; leave out states: .built"
            )
        }
        let live = LiveRecord(controls: controls)
        let count = live.stateCount
        guard count <= limits.states else {
            let counts = controls.map { "\($0.positions.count)" }.joined(separator: " × ")
            let remedy = count <= 10_000 ? ", or raise it: states: .built(limit: \(count))" : ""
            stop(
                "live(states: .built) has \(count == .max ? "too many" : "\(count)") states (\(counts)), and "
                    + "\(limits.states) are the limit; give fewer positions\(remedy)"
            )
        }
        guard session.isRecording else { return run(controls.map { $0.initialSetting }, as: .built) }
        session.send(.live(controls: controls, isBuilt: true))
        let figures = session.state { $0.figures }
        var greatest = figures
        var bytes = 0
        for state in 0..<count {
            session.send(.state(state))
            session.state { $0.figures = figures }
            let before = session.state { $0.bytes }
            run(live.positions(ofState: state).map { .position($0) }, as: .built)
            bytes += session.state { $0.bytes } - before
            greatest = session.state { FigureNames.further($0.figures, greatest) }
            guard bytes <= limits.bytes else {
                stop(
                    "live(states: .built) shows \(bytes) bytes in the first \(state + 1) of \(count) states, and \(limits.bytes) "
                        + "are the limit; show less, or raise it: states: .built(limit: \(limits.states), bytes: …)"
                )
            }
        }
        session.state { $0.figures = greatest }
        session.send(.statesEnd)
    }

    private func stop(_ sentence: String) -> Never { Recurrent.stop(sentence, file: file, line: line) }
}
