internal import Charting
internal import Notebook
internal import OutputHTML
internal import Records
internal import Recurrent
internal import Serialization

// What the test's side calls: it gives back what the lesson prints, and reads what the lesson showed, which is printed.

/// Takes a byte of what the lesson prints.
@_expose(wasm, "takePrinted")
public func takePrinted(_ byte: Int32) { Session.current.take(printed: UInt8(truncatingIfNeeded: byte)) }

/// Prints the record of the run.
@_expose(wasm, "printRecord")
public func printRecord() { print(Session.current.run.json.lines, terminator: "") }

/// The number of cells.
@_expose(wasm, "cellCount")
public func cellCount() -> Int32 { Int32(Session.current.run.cells.count) }

/// Prints the HTML of what a cell showed.
@_expose(wasm, "printHTML")
public func printHTML(_ cell: Int32) {
    let outputs = Session.current.run.cells[Int(cell)].outputs
    print(OutputRenderer.render(outputs).html.string, terminator: "")
}

/// Draws a chart that is too low.
@_expose(wasm, "drawTooLow")
public func drawTooLow() { show(Chart("Low", file: "lesson.md", line: 7) {}.plotHeight(1)) }

/// Draws a row of a tensor that has three axes.
@_expose(wasm, "drawTooDeep")
public func drawTooDeep() { show(HeatMap("Deep", Tensor.zeros([1, 1, 1]), file: "lesson.md", line: 8)) }
