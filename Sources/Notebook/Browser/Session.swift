internal import Charting
package import Records

/// The run of a lesson in the reader's browser, which keeps what cells show until the page asks for it.
package final class Session {
    /// The run of this module, which has one thread.
    package nonisolated(unsafe) static let current = Session()

    private var state = SessionState()
    private var recordings: [CellRecording] = []
    private var printed: [UInt8] = []
    /// What the last call showed, once one was asked for.
    private var answer: CellRecording?
    /// The hundredth of its work that the running computation has done.
    private var progress = 0

    private init() {}

    /// The record of the run so far.
    package var run: RunRecord { RunRecord(lesson: "", cells: recordings.map { $0.record }) }

    /// The record of the last call.
    var answered: CellRecord? { answer?.record }

    /// Whether the events of the run are kept.
    var isRecording: Bool { true }

    /// Whether the results of runs side by side are kept: the lesson does that.
    var keepsRuns: Bool { false }

    /// Reads or changes the state of the session.
    func state<Result>(_ body: (inout SessionState) -> Result) -> Result { body(&state) }

    /// Begins a cell.
    @export(interface)
    func begin(cell: String) {
        end()
        state.begin(cell: cell)
        recordings.append(CellRecording(name: cell))
    }

    /// Ends the last cell.
    func end() {
        takePrints()
        change { $0.end() }
    }

    /// Takes a byte of what the program prints.
    @export(interface)
    package func take(printed byte: UInt8) {
        guard !state.isMuted else { return }
        count(printed: 1)
        printed.append(byte)
    }

    /// Puts an output under the current cell.
    @export(interface)
    func show(_ output: Output) {
        requireShowing()
        guard !state.isMuted else { return }
        guard state.collected.isEmpty else { return collect(.finished(output)) }
        takePrints()
        change { $0.add(output) }
    }

    /// Puts the shape of a tensor under the current cell.
    func record(_ shape: TensorShape) {
        guard !state.isMuted else { return }
        change { $0.add(shape) }
    }

    /// Takes an event of a live cell or of an animation.
    @export(interface)
    func send(_ event: Event) {
        takePrints()
        switch event {
        case .live(let controls, let isBuilt): change { $0.begin(controls, isBuilt: isBuilt) }
        case .state: change { $0.beginState() }
        case .statesEnd: change { $0.endStates() }
        case .cell, .output, .shape, .runs, .value, .end, .exit: break
        }
    }

    /// Tells the page how far a computation is, at each hundredth.
    @export(interface)
    func note(progress done: Int, of count: Int) {
        let hundredths = done * 100 / max(1, count)
        guard state.called != nil, hundredths != progress else { return }
        progress = hundredths
        showProgress(Int32(truncatingIfNeeded: done), Int32(truncatingIfNeeded: count))
    }

    /// Returns a name for the next figure of the current cell, unlike any other of the lesson.
    func nextFigureName() -> String { state.figures.next() }

    /// Drops what is shown and printed from here on.
    @export(interface)
    func beginMuting() {
        takePrints()
        state.mutes += 1
    }

    /// Runs a body whose outputs are dropped.
    @export(interface)
    func muted(_ body: () -> Void) {
        beginMuting()
        body()
        state.mutes -= 1
    }

    /// Runs a body, and returns what it showed and printed.
    @export(interface)
    func collecting(_ body: () -> Void) -> [PendingOutput] {
        takePrints()
        state.collected.append([])
        body()
        takePrints()
        return state.collected.removeLast()
    }

    /// Keeps an output for later.
    @export(interface)
    func collect(_ output: PendingOutput) {
        takePrints()
        state.collected[state.collected.count - 1].append(output)
    }

    /// Calls a live function, whose answer takes the place of the last one.
    func answer(_ function: LiveFunction, _ settings: [ControlSetting]) {
        let mutes = state.mutes
        state.mutes = 0
        printed = []
        answer = CellRecording(name: function.cell)
        call(function, settings)
        end()
        state.mutes = mutes
    }

    /// Makes one text of what was printed since the last output.
    @export(interface)
    func takePrints() {
        guard !printed.isEmpty else { return }
        let text = Output.text(String(decoding: printed, as: UTF8.self))
        printed = []
        if state.collected.isEmpty {
            change { $0.add(text) }
        } else {
            state.collected[state.collected.count - 1].append(.finished(text))
        }
    }

    /// Reads the values of built cells, which the page has.
    @export(interface)
    func readValues() -> [UInt8] {
        let count = Int(giveValues(nil))
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            if count > 0 { _ = giveValues(buffer.baseAddress) }
            written = count
        }
    }

    /// Changes the record of the call, or else of the cell.
    private func change(_ change: (inout CellRecording) -> Void) {
        if answer != nil {
            change(&answer!)
        } else if !recordings.isEmpty {
            change(&recordings[recordings.count - 1])
        }
    }
}

/// Tells the page how far a computation is.
@_extern(wasm, module: "page", name: "progress")
private func showProgress(_ done: Int32, _ count: Int32)

/// Writes the values of built cells to a place, or for none returns the number of their bytes.
@_extern(wasm, module: "page", name: "values")
private func giveValues(_ place: UnsafeMutablePointer<UInt8>?) -> Int32
