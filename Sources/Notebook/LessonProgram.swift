internal import Records
public import Recurrent

/// A lesson's program, which says where each of its cells begins, and that it came to its end.
///
/// A lesson's program makes one before its first cell, under a name that none of its cells contains. A run makes
/// one only: what a cell prints and shows is put under that cell, whatever it calls.
@_documentation(visibility: internal)
public final class LessonProgram: Sendable {
    /// Begins the program of this run.
    ///
    /// - Parameter isLive: Whether it is the program of the lesson's live cells: its cells show nothing, and its live
    ///   functions run when they are called.
    public init(isLive: Bool = false) {
        let program = ObjectIdentifier(self)
        let isFirst = Session.current.state { state in
            guard state.program == nil else { return false }
            (state.program, state.isLive) = (program, isLive)
            return true
        }
        guard isFirst else { fatalError("a cell cannot begin the lesson's program, which runs already") }
        if isLive { Session.current.beginMuting() }
    }

    /// Stops where a cell made up the program to speak for.
    fileprivate func require() {
        guard Session.current.state({ $0.program }) == ObjectIdentifier(self) else {
            fatalError("a cell cannot speak for the lesson's program")
        }
    }
}

/// Begins the cell of this name: what is printed and shown from here on is its output.
///
/// A lesson's program has this call before each cell; authors cannot write it.
@_documentation(visibility: internal)
public func beginCell(_ name: String, of program: LessonProgram) {
    program.require()
    Session.current.begin(cell: name)
}

/// Says that the lesson came to its end, which a program that exits early does not.
///
/// A lesson's program has this call after its last cell; authors cannot write it.
@_documentation(visibility: internal)
public func endLesson(_ program: LessonProgram) {
    program.require()
    Session.current.end()
}

/// Records the shape of a tensor that the current cell defined.
///
/// A lesson's program has this call at the end of the line; authors do not write it.
@_documentation(visibility: internal)
public func recordShape(_ name: String, _ tensor: Tensor) {
    Session.current.record(TensorShape(name: name, shape: tensor.shape.shown))
}

/// Records the shape of a tensor that the current cell defined.
///
/// A lesson's program has this call at the end of the line; authors do not write it.
@_documentation(visibility: internal)
public func recordShape(_ name: String, _ tensor: IntTensor) {
    Session.current.record(TensorShape(name: name, shape: tensor.shape.shown))
}

/// Records nothing: a lesson may have a `Tensor` of its own, which need not have a shape.
@_documentation(visibility: internal)
public func recordShape<Value: ~Copyable>(_ name: String, _ value: borrowing Value) {}
