// A function for each number of controls: Embedded Swift knows no parameter packs.

/// Gives a cell a control, by which a reader runs a function of its value again, in the page.
///
///     live(Slider("learning rate", 0.001...1, scale: .log, initially: 0.1)) { rate in
///         manualSeed(0)
///         let losses = train(rate: rate)
///         Chart("Loss") { … }
///     }
///
/// The lesson itself runs the function once, with the control as it is at first. The function assigns nothing that the
/// lesson declared, and seeds what it draws; what it shows and prints takes the place of what it showed before.
///
/// - Parameters:
///   - states: The way in which the states of the control are made: computed in the page, or built with the lesson.
///   - a: The control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<A: LiveControl>(
    states: LiveStates = .computed,
    _ a: A,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value) -> Void
) {
    LiveFunction([a.face], file: file, line: line) {
        body(a.value(of: $0[0]))
    }
    .begin(states)
}

/// Gives a cell two controls, by which a reader runs a function of their values again, in the page.
///
/// - Parameters:
///   - states: The way in which the states of the controls are made: computed in the page, or built with the lesson.
///   - a: The first control.
///   - b: The second control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<A: LiveControl, B: LiveControl>(
    states: LiveStates = .computed,
    _ a: A,
    _ b: B,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value, B.Value) -> Void
) {
    LiveFunction([a.face, b.face], file: file, line: line) {
        body(a.value(of: $0[0]), b.value(of: $0[1]))
    }
    .begin(states)
}

/// Gives a cell three controls, by which a reader runs a function of their values again, in the page.
///
/// - Parameters:
///   - states: The way in which the states of the controls are made: computed in the page, or built with the lesson.
///   - a: The first control.
///   - b: The second control.
///   - c: The third control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<A: LiveControl, B: LiveControl, C: LiveControl>(
    states: LiveStates = .computed,
    _ a: A,
    _ b: B,
    _ c: C,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value, B.Value, C.Value) -> Void
) {
    LiveFunction([a.face, b.face, c.face], file: file, line: line) {
        body(a.value(of: $0[0]), b.value(of: $0[1]), c.value(of: $0[2]))
    }
    .begin(states)
}

/// Gives a cell four controls, by which a reader runs a function of their values again, in the page.
///
/// - Parameters:
///   - states: The way in which the states of the controls are made: computed in the page, or built with the lesson.
///   - a: The first control.
///   - b: The second control.
///   - c: The third control.
///   - d: The fourth control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<A: LiveControl, B: LiveControl, C: LiveControl, D: LiveControl>(
    states: LiveStates = .computed,
    _ a: A,
    _ b: B,
    _ c: C,
    _ d: D,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value, B.Value, C.Value, D.Value) -> Void
) {
    LiveFunction([a.face, b.face, c.face, d.face], file: file, line: line) {
        body(
            a.value(of: $0[0]),
            b.value(of: $0[1]),
            c.value(of: $0[2]),
            d.value(of: $0[3])
        )
    }
    .begin(states)
}

/// Gives a cell five controls, by which a reader runs a function of their values again, in the page.
///
/// - Parameters:
///   - states: The way in which the states of the controls are made: computed in the page, or built with the lesson.
///   - a: The first control.
///   - b: The second control.
///   - c: The third control.
///   - d: The fourth control.
///   - e: The fifth control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<A: LiveControl, B: LiveControl, C: LiveControl, D: LiveControl, E: LiveControl>(
    states: LiveStates = .computed,
    _ a: A,
    _ b: B,
    _ c: C,
    _ d: D,
    _ e: E,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value, B.Value, C.Value, D.Value, E.Value) -> Void
) {
    LiveFunction([a.face, b.face, c.face, d.face, e.face], file: file, line: line) {
        body(
            a.value(of: $0[0]),
            b.value(of: $0[1]),
            c.value(of: $0[2]),
            d.value(of: $0[3]),
            e.value(of: $0[4])
        )
    }
    .begin(states)
}

/// Gives a cell six controls, by which a reader runs a function of their values again, in the page.
///
/// - Parameters:
///   - states: The way in which the states of the controls are made: computed in the page, or built with the lesson.
///   - a: The first control.
///   - b: The second control.
///   - c: The third control.
///   - d: The fourth control.
///   - e: The fifth control.
///   - f: The sixth control.
///   - file: The caller's file.
///   - line: The caller's line.
///   - body: The function.
public func live<
    A: LiveControl,
    B: LiveControl,
    C: LiveControl,
    D: LiveControl,
    E: LiveControl,
    F: LiveControl
>(
    states: LiveStates = .computed,
    _ a: A,
    _ b: B,
    _ c: C,
    _ d: D,
    _ e: E,
    _ f: F,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ body: @escaping (A.Value, B.Value, C.Value, D.Value, E.Value, F.Value) -> Void
) {
    LiveFunction([a.face, b.face, c.face, d.face, e.face, f.face], file: file, line: line) {
        body(
            a.value(of: $0[0]),
            b.value(of: $0[1]),
            c.value(of: $0[2]),
            d.value(of: $0[3]),
            e.value(of: $0[4]),
            f.value(of: $0[5])
        )
    }
    .begin(states)
}
