package import Records

/// The run of a lesson in the reader's browser, which keeps what cells show until the page asks for it.
package final class Session {
    /// The run of this module, which has one thread.
    package nonisolated(unsafe) static let current = Session()

    /// The record of the run so far.
    package private(set) var run = RunRecord(lesson: "", cells: [])
    /// The program that runs, once it has started.
    private(set) var program: ObjectIdentifier?
    private var figures = FigureNames()
    private var printed: [UInt8] = []

    private init() {}

    /// Starts a program, and returns whether it is the first.
    func start(_ program: ObjectIdentifier) -> Bool {
        guard self.program == nil else { return false }
        self.program = program
        return true
    }

    /// Begins a cell.
    func begin(cell: String) {
        endText()
        figures = FigureNames(cell: cell)
        run.cells.append(CellRecord(name: cell))
    }

    /// Ends the last cell.
    func end() {
        endText()
    }

    /// Takes a byte of what the program prints.
    package func take(printed byte: UInt8) {
        printed.append(byte)
    }

    /// Puts an output under the current cell.
    func show(_ output: Output) {
        endText()
        add(output)
    }

    /// Puts the shape of a tensor under the current cell.
    func record(_ shape: TensorShape) {
        guard !run.cells.isEmpty else { return }
        run.cells[run.cells.count - 1].shapes.append(shape)
    }

    /// Returns a name for the next figure of the current cell, unlike any other of the lesson.
    func nextFigureName() -> String { figures.next() }

    /// Makes one text of what was printed since the last output.
    private func endText() {
        guard !printed.isEmpty else { return }
        add(.text(String(decoding: printed, as: UTF8.self)))
        printed = []
    }

    private func add(_ output: Output) {
        guard !run.cells.isEmpty else { return }
        run.cells[run.cells.count - 1].outputs.append(output)
    }
}
