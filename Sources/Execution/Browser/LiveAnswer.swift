package import Records

/// The answer of a live cell to a call.
package enum LiveAnswer: Sendable, Equatable {
    /// What the cell showed.
    case record(CellRecord)
    /// The sentence with which it stopped, as a reader would see it.
    case stopped(String)
}

extension LiveProgram {
    /// Returns the calls by which the program and its modules are compared: those of each cell in its tested settings.
    ///
    /// - Parameter record: What the lesson showed, which has the controls.
    package func testedCalls(of record: RunRecord) -> [LiveCall] {
        cells.flatMap { name -> [LiveCall] in
            let live = record.cells.first { $0.name == name }?.live
            return live?.testedSettings().map { LiveCall(cell: name, settings: $0) } ?? []
        }
    }
}
