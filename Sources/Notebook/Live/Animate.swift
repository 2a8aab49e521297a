internal import Records
internal import Recurrent

/// Shows the frames of an animation: runs a body for each step, and keeps what it shows every so often.
///
///     animate(over: 0..<300, every: 10, label: "epoch") { epoch in
///         losses.append(step())
///         Chart("Loss") {
///             for (epoch, loss) in losses.enumerated() {
///                 LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
///             }
///         }
///     }
///
/// The body runs for every step. Of what it shows, each `every`-th frame is kept, and always the first and the last; of more
/// than 60 frames some are left out, evenly. The scales of the charts that stand at one place of the frames hold the values
/// of all, so that what moves means a change. The still page shows the last frame.
///
/// - Parameters:
///   - steps: The steps, in order.
///   - every: The distance of the steps that are kept.
///   - label: The name of a step: "epoch".
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The body, which gets the step.
/// - Precondition: There is at least one step, and `every` is at least 1; otherwise the lesson stops at the caller's line.
public func animate<Steps: Sequence>(
    over steps: Steps,
    every: Int = 1,
    label: String = "step",
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: (Steps.Element) -> Void
) where Steps.Element: Showable {
    let steps = Array(steps)
    func require(_ condition: Bool, _ sentence: @autoclosure () -> String) {
        Recurrent.require(condition, "animate(over:every:) \(sentence())", file: file, line: line)
    }
    require(!steps.isEmpty, "has no steps to go through; give it at least one")
    require(every > 0, "keeps every \(every)th frame; give 1 or more")
    requireLabel(label, of: .frames, file: file, line: line)
    let session = Session.current
    let (calls, isSecond) = session.state { ($0.calls, $0.hasAnimation) }
    require(!calls.contains { $0.isAnimation }, "stands within animate; let one of them be a loop")
    require(
        !calls.contains { $0.isBuilt },
        "stands within live(states: .built), whose states are single pictures; leave one out"
    )
    require(!isSecond, "stands twice in one cell or live function, which can have one animation")
    session.state { $0.hasAnimation = true }

    let kept = keptFrames(of: steps.count, every: every)
    let figures = session.state { $0.figures }
    var greatest = figures
    var frames: [[PendingOutput]] = []
    session.within(.animation) {
        for (index, step) in steps.enumerated() {
            if frames.count < kept.count, kept[frames.count] == index {
                session.state { $0.figures = figures }
                frames.append(session.collecting { body(step) })
                greatest = session.state { FigureNames.further($0.figures, greatest) }
            } else {
                session.muted { body(step) }
            }
            session.note(progress: index + 1, of: steps.count)
        }
    }
    session.state { $0.figures = greatest }
    guard !session.state({ $0.isMuted }) else { return }
    PendingDrawing.uniteScales(in: &frames)
    guard session.keepsFrames else {
        for output in frames[frames.count - 1] { session.show(output.output) }
        return
    }
    let texts = kept.map { steps[$0].shown }
    session.send(
        .live(
            controls: [ControlFace(.frames, label, positions: texts, initial: kept.count - 1)],
            isBuilt: true
        )
    )
    for (index, frame) in frames.enumerated() {
        session.send(.state(index))
        for output in frame { session.show(output.output) }
    }
    session.send(.statesEnd)
}

/// The most frames of an animation.
private let greatestFrameCount = 60

/// Returns the indices of the frames that are kept.
@export(interface)
package func keptFrames(of count: Int, every: Int) -> [Int] {
    var kept = Array(stride(from: 0, to: count, by: every))
    if kept.last != count - 1 { kept.append(count - 1) }
    guard kept.count > greatestFrameCount else { return kept }
    let last = greatestFrameCount - 1
    return (0...last).map { kept[($0 * (kept.count - 1) + last / 2) / last] }
}

extension SessionState.Call {
    fileprivate var isAnimation: Bool {
        if case .animation = self { true } else { false }
    }

    fileprivate var isBuilt: Bool {
        if case .built = self { true } else { false }
    }
}
