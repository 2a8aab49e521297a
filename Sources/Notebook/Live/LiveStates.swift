/// The way in which a live cell comes to what it shows in each state of its controls.
public struct LiveStates: Sendable {
    /// The limits of states that are built; `nil` for such that are computed.
    let limits: Limits?

    struct Limits: Sendable {
        let states: Int
        let bytes: Int
    }

    /// States that are computed in the reader's browser, when a control moves.
    public static let computed = LiveStates(limits: nil)

    /// States that are all built with the lesson: at most 100, and 2 MB.
    public static let built = LiveStates.built()

    /// States that are all built with the lesson.
    ///
    ///     live(states: .built(limit: 240), Selection("run", of: "map", options: names)) { run in … }
    ///
    /// - Parameters:
    ///   - limit: The most states.
    ///   - bytes: The most bytes that all of them take.
    public static func built(limit: Int = 100, bytes: Int = 2_000_000) -> LiveStates {
        LiveStates(limits: Limits(states: limit, bytes: bytes))
    }
}
