/// The arithmetic of one kind of recurrent layer, for one row at one step, number by number.
///
/// Products and sums here are rounded one by one, as they are when the step is taken operation by
/// operation on a tape: both ways give the same bits.
protocol CellArithmetic {
    /// Whether each unit needs only the numbers at its own place, so that neighboring rows can be
    /// worked through as one.
    static var isElementwise: Bool { get }

    static func step<L: Lanes>(_: L.Type, _ row: StepRow, at unit: Int)
    static func stepBack<L: Lanes>(_: L.Type, _ row: StepBackRow, at unit: Int)
}

/// A row of a step forward.
struct StepRow {
    let hiddenSize: Int
    /// b = W_hh h + b_hh.
    var hiddenSums: UnsafePointer<Float>
    /// a = W_ih x + b_ih; may be the beginning of `saved`.
    let inputSums: UnsafePointer<Float>
    /// The numbers saved for the backward pass.
    let saved: UnsafeMutablePointer<Float>
    let output: UnsafeMutablePointer<Float>
    /// h, and then h'.
    var hidden: UnsafeMutablePointer<Float>
    /// c, and then c'.
    var cell: UnsafeMutablePointer<Float>

    /// Puts the new state where the next step and the caller look for it.
    @inline(__always)
    fileprivate func store<L: Lanes>(hidden lanes: L, at unit: Int) {
        lanes.store(to: hidden + unit)
        lanes.store(to: output + unit)
    }
}

/// A row of a step back.
struct StepBackRow {
    let hiddenSize: Int
    var saved: UnsafePointer<Float>
    var output: UnsafePointer<Float>
    var previousHidden: UnsafePointer<Float>
    var previousCell: UnsafePointer<Float>
    /// The gradient of h', and then the part of that of h which does not come through b.
    var hidden: UnsafeMutablePointer<Float>
    /// The gradient of c' from later steps, and then that of c.
    var cell: UnsafeMutablePointer<Float>
    /// The gradients of a and b.
    var sums: UnsafeMutablePointer<Float>
}

/// The gradient of x where y = tanh(x).
@inline(__always)
private func tanhGradient<L: Lanes>(_ gradient: L, _ y: L) -> L {
    gradient * (L(repeating: 1) - y * y)
}

/// The gradient of x where y = 1 / (1 + exp(-x)).
@inline(__always)
private func sigmoidGradient<L: Lanes>(_ gradient: L, _ y: L) -> L {
    gradient * ((L(repeating: 1) - y) * y)
}

enum TanhCell: CellArithmetic {
    static var isElementwise: Bool { true }

    @inline(__always)
    static func step<L: Lanes>(_: L.Type, _ row: StepRow, at unit: Int) {
        row.store(
            hidden: hyperbolicTangent(L(from: row.hiddenSums + unit) + L(from: row.inputSums + unit)),
            at: unit
        )
    }

    @inline(__always)
    static func stepBack<L: Lanes>(_: L.Type, _ row: StepBackRow, at unit: Int) {
        tanhGradient(L(from: row.hidden + unit), L(from: row.output + unit)).store(to: row.sums + unit)
    }
}

enum ReluCell: CellArithmetic {
    static var isElementwise: Bool { true }

    @inline(__always)
    static func step<L: Lanes>(_: L.Type, _ row: StepRow, at unit: Int) {
        let zero = L(repeating: 0)
        let sum = L(from: row.hiddenSums + unit) + L(from: row.inputSums + unit)
        // Adding zero takes the sign of a negative zero, and leaves NaN as it is.
        row.store(hidden: sum.replacing(with: zero, where: sum .< zero) + zero, at: unit)
    }

    @inline(__always)
    static func stepBack<L: Lanes>(_: L.Type, _ row: StepBackRow, at unit: Int) {
        let isZero = L(from: row.output + unit) .< L(repeating: .leastNonzeroMagnitude)
        L(from: row.hidden + unit).replacing(with: L(repeating: 0), where: isZero).store(to: row.sums + unit)
    }
}

enum LSTMCell: CellArithmetic {
    static var isElementwise: Bool { false }

    @inline(__always)
    static func step<L: Lanes>(_: L.Type, _ row: StepRow, at unit: Int) {
        let size = row.hiddenSize
        let saved = row.saved + unit
        let b = row.hiddenSums + unit
        let a = row.inputSums + unit
        let i = logistic(L(from: b) + L(from: a))
        let f = logistic(L(from: b + size) + L(from: a + size))
        let g = hyperbolicTangent(L(from: b + 2 * size) + L(from: a + 2 * size))
        let o = logistic(L(from: b + 3 * size) + L(from: a + 3 * size))
        let cell = f * L(from: row.cell + unit) + i * g
        let squashed = hyperbolicTangent(cell)
        i.store(to: saved)
        f.store(to: saved + size)
        g.store(to: saved + 2 * size)
        o.store(to: saved + 3 * size)
        cell.store(to: saved + 4 * size)
        cell.store(to: row.cell + unit)
        squashed.store(to: saved + 5 * size)
        row.store(hidden: o * squashed, at: unit)
    }

    @inline(__always)
    static func stepBack<L: Lanes>(_: L.Type, _ row: StepBackRow, at unit: Int) {
        let size = row.hiddenSize
        let saved = row.saved + unit
        let i = L(from: saved)
        let f = L(from: saved + size)
        let g = L(from: saved + 2 * size)
        let o = L(from: saved + 3 * size)
        let squashed = L(from: saved + 5 * size)
        let hidden = L(from: row.hidden + unit)
        let cell = L(from: row.cell + unit) + tanhGradient(hidden * o, squashed)
        let sums = row.sums + unit
        sigmoidGradient(cell * g, i).store(to: sums)
        sigmoidGradient(cell * L(from: row.previousCell + unit), f).store(to: sums + size)
        tanhGradient(cell * i, g).store(to: sums + 2 * size)
        sigmoidGradient(hidden * squashed, o).store(to: sums + 3 * size)
        (cell * f).store(to: row.cell + unit)
    }
}

enum GRUCell: CellArithmetic {
    static var isElementwise: Bool { false }

    @inline(__always)
    static func step<L: Lanes>(_: L.Type, _ row: StepRow, at unit: Int) {
        let size = row.hiddenSize
        let saved = row.saved + unit
        let b = row.hiddenSums + unit
        let a = row.inputSums + unit
        let r = logistic(L(from: b) + L(from: a))
        let z = logistic(L(from: b + size) + L(from: a + size))
        let candidate = L(from: b + 2 * size)
        let n = hyperbolicTangent(L(from: a + 2 * size) + candidate * r)
        r.store(to: saved)
        z.store(to: saved + size)
        n.store(to: saved + 2 * size)
        candidate.store(to: saved + 3 * size)
        row.store(hidden: (L(from: row.hidden + unit) - n) * z + n, at: unit)
    }

    /// Writes the gradients of b, and after them that of a_n; those of a_r and a_z are the same as b's.
    @inline(__always)
    static func stepBack<L: Lanes>(_: L.Type, _ row: StepBackRow, at unit: Int) {
        let size = row.hiddenSize
        let saved = row.saved + unit
        let r = L(from: saved)
        let z = L(from: saved + size)
        let n = L(from: saved + 2 * size)
        let hidden = L(from: row.hidden + unit)
        let kept = hidden * z
        let sum = tanhGradient(hidden - kept, n)
        let change = L(from: row.previousHidden + unit) - n
        let sums = row.sums + unit
        sigmoidGradient(sum * L(from: saved + 3 * size), r).store(to: sums)
        sigmoidGradient(hidden * change, z).store(to: sums + size)
        (sum * r).store(to: sums + 2 * size)
        sum.store(to: sums + 3 * size)
        kept.store(to: row.hidden + unit)
    }
}
