import Charting
import Golden
import Testing

/// Draws, and compares with the golden of that name.
func expectDrawing(_ name: String, _ drawing: some Drawing, filePath: String = #filePath) throws {
    let rendered = drawing.rendered(id: name)
    #expect(!rendered.summary.isEmpty)
    try WellFormed.check(rendered.svg)
    try expectGolden("\(name).svg", rendered.svg, filePath: filePath)
}

/// A number that swings between −1 and 1 with period 20, and needs no library function.
func wave(_ t: Double) -> Double {
    let phase = t.truncatingRemainder(dividingBy: 20)
    let half = phase.truncatingRemainder(dividingBy: 10)
    return (phase < 10 ? 1 : -1) * half * (10 - half) / 25
}

/// A number that falls from 1 toward 0, to five decimals.
func decay(_ t: Double, over scale: Double = 10) -> Double {
    let value = 1 / ((1 + t / scale) * (1 + t / scale))
    return (value * 1e5).rounded() / 1e5
}

/// The rows of a matrix from a function of row and column.
func matrix(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> [[Double]] {
    (0..<rows).map { row in (0..<columns).map { value(row, $0) } }
}
