internal import Charting
internal import Records
internal import Recurrent

/// The state of a session: the cell that runs, where what it shows goes, and the live functions so far.
struct SessionState: Sendable {
    /// The program that runs, once it has started.
    var program: ObjectIdentifier?
    /// Whether the program is that of the lesson's live cells, which run when they are called.
    var isLive = false
    /// The name of the cell, once one has begun.
    var cell: String?
    /// The names of the cell's figures.
    var figures = FigureNames()
    /// The number of bodies around the running code whose outputs are dropped.
    var mutes = 0
    /// What is being collected in place of being shown, the innermost last.
    var collected: [[PendingOutput]] = []
    /// The calls around the running code, the innermost last.
    var calls: [Call] = []
    /// Whether the cell has a live call.
    var hasLiveCall = false
    /// Whether the cell, or the call, has an animation.
    var hasAnimation = false
    /// The bytes of the events so far.
    var bytes = 0
    /// The live function that was called, and the bytes that it printed.
    var called: (function: LiveFunction, printed: Int)?
    /// The values of built cells, once the first was asked for.
    var values: BuiltValues?
    /// The bytes of the values that built cells sent.
    var builtBytes = 0
    /// The live functions, in the order in which they were registered.
    var functions: [LiveFunction] = []

    /// A call that takes a body.
    enum Call: Sendable {
        /// A live call whose states are built.
        case built
        /// A live call.
        case live
        /// An animation.
        case animation
        /// Runs side by side, with the place of their call.
        case runs(file: StaticString, line: UInt)

        /// The name that an author writes.
        var name: String {
            switch self {
            case .built, .live: "live"
            case .animation: "animate"
            case .runs: "runs"
            }
        }
    }

    /// Begins a cell.
    mutating func begin(cell name: String) {
        cell = name
        figures = FigureNames(cell: name)
        (hasLiveCall, hasAnimation) = (false, false)
    }

    /// Whether what is shown is dropped: in a program of live cells, all but what a call shows.
    var isMuted: Bool { mutes > 0 }
}

extension Session {
    /// Shows a chart or a diagram, or keeps it for later. Nothing is drawn that nobody sees.
    func show(_ drawing: some Drawing, caption: String?) {
        requireShowing()
        guard !state({ $0.isMuted }) else { return }
        let pending = PendingDrawing(drawing, name: nextFigureName(), caption: caption)
        guard state({ $0.collected.isEmpty }) else { return collect(.drawing(pending)) }
        show(.figure(pending.figure))
    }

    /// Stops where runs side by side show something, which would come in another order each time.
    @export(interface)
    func requireShowing() {
        for case .runs(let file, let line) in state({ $0.calls }) {
            Recurrent.stop(
                "runs(_:over:) cannot show anything; return what was found, and show it after them",
                file: file,
                line: line
            )
        }
    }

    /// Whether the frames of an animation are kept as states, and not the last alone.
    var keepsFrames: Bool { isRecording && state { $0.calls.isEmpty || $0.called != nil } }

    /// Counts bytes that a live function printed, and stops at too many.
    func count(printed bytes: Int) {
        let overflowing = state { state -> LiveFunction? in
            guard let called = state.called else { return nil }
            state.called?.printed += bytes
            return called.printed + bytes > LiveFunction.greatestPrint ? called.function : nil
        }
        overflowing?.stopPrinting()
    }

    /// Calls a live function: what it shows is all that the run shows from here on.
    func call(_ function: LiveFunction, _ settings: [ControlSetting]) {
        state {
            $0.begin(cell: function.cell)
            $0.called = (function, 0)
        }
        function.call(settings)
        takePrints()
        state { $0.called = nil }
    }

    /// Runs a body as part of a call.
    func within<Result>(_ call: SessionState.Call, _ body: () -> Result) -> Result {
        state { $0.calls.append(call) }
        defer { state { _ = $0.calls.popLast() } }
        return body()
    }
}
