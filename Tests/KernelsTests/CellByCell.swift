import KernelInterface
import Kernels

/// The same layer without any matrix: one number after the other, in the order that the kernels promise.
extension Layer {
    /// The chain of fused multiply-adds.
    private func chain(_ start: Float, _ count: Int, _ a: (Int) -> Float, _ b: (Int) -> Float) -> Float {
        var sum = start
        for k in 0..<count { sum.addProduct(a(k), b(k)) }
        return sum
    }

    /// Adds up what a step's sequences give, from the last to the first, no more than 128 in one sum.
    private func addFromLast(_ count: Int, to total: inout Float, _ add: (inout Float, Int) -> Void) {
        for end in stride(from: count, to: 0, by: -128) {
            var sum: Float = 0
            for sequence in (max(0, end - 128)..<end).reversed() { add(&sum, sequence) }
            total += sum
        }
    }

    func runCellByCell() -> [String: [Float]] {
        let (input, size) = (test.input, test.hidden)
        let order = test.isReversed ? Array((0..<test.lengths[0]).reversed()) : Array(0..<test.lengths[0])
        let wi = weights["inputWeight"]!, wh = weights["hiddenWeight"]!, x = weights["x"]!
        var y = [Float](repeating: 0, count: rowCount * size)
        var hidden = weights["h0"]!, cell = weights["c0"]!
        // One record for each step and sequence, in the order in which they were taken.
        var tape: [Record] = []
        for step in order {
            for b in 0..<(starts[step + 1] - starts[step]) {
                let r = row(step, b)
                var record = Record(step: step, sequence: b, row: r)
                record.h = Array(hidden[b * size..<(b + 1) * size])
                record.c = Array(cell[b * size..<(b + 1) * size])
                let a = (0..<gates).map { g in
                    chain(
                        test.hasBias ? weights["inputBias"]![g] : 0,
                        input,
                        { x[r * input + $0] },
                        { wi[g * input + $0] }
                    )
                }
                let s = (0..<gates).map { g in
                    chain(
                        test.hasBias ? weights["hiddenBias"]![g] : 0,
                        size,
                        { record.h[$0] },
                        { wh[g * size + $0] }
                    )
                }
                for j in 0..<size {
                    let (h, c) = record.advance(test.kind, a, s, j, size)
                    hidden[b * size + j] = h
                    cell[b * size + j] = c
                    y[r * size + j] = h
                }
                tape.append(record)
            }
        }
        var results = ["y": y, "hn": hidden]
        if test.kind == .lstm { results["cn"] = cell }
        runBack(tape, order, y, &results)
        return results
    }

    private func runBack(_ tape: [Record], _ order: [Int], _ y: [Float], _ results: inout [String: [Float]]) {
        let (input, size) = (test.input, test.hidden)
        let wi = weights["inputWeight"]!, wh = weights["hiddenWeight"]!, x = weights["x"]!
        let dy = test.usesOutput ? weights["dy"]! : [Float](repeating: 0, count: rowCount * size)
        // ∂L/∂h and ∂L/∂c of the state that each sequence is in.
        var dh = weights["dh"]!, dc = weights["dc"]!
        var isFinal = [Bool](repeating: true, count: batch)
        var dWh = Array(weights["old"]!.prefix(gates * size))
        var dbh = [Float](repeating: 0, count: gates)
        var da = [[Float]](repeating: [], count: rowCount)
        for (place, step) in order.enumerated().reversed() {
            let count = starts[step + 1] - starts[step]
            let records = tape.filter { $0.step == step }
            var ds = [[Float]](repeating: [], count: count)
            var direct = [[Float]](repeating: [], count: count)
            for record in records {
                let b = record.sequence
                if isFinal[b] {
                    for j in 0..<size { dh[b * size + j] += dy[record.row * size + j] }
                    isFinal[b] = false
                }
                let back = record.stepBack(
                    test.kind,
                    Array(dh[b * size..<(b + 1) * size]),
                    Array(dc[b * size..<(b + 1) * size]),
                    size
                )
                (da[record.row], ds[b], direct[b]) = (back.a, back.b, back.h)
                for j in 0..<size { dc[b * size + j] = back.c[j] }
            }
            for g in 0..<gates {
                for k in 0..<size {
                    addFromLast(count, to: &dWh[g * size + k]) { $0.addProduct(ds[$1][g], records[$1].h[k]) }
                }
                addFromLast(count, to: &dbh[g]) { $0 += ds[$1][g] }
            }
            let before = place > 0 ? starts[order[place - 1] + 1] - starts[order[place - 1]] : 0
            for b in 0..<count {
                let start: [Float] = (0..<size).map { j in
                    guard b < before, before == count else { return direct[b][j] }
                    return direct[b][j] + dy[row(order[place - 1], b) * size + j]
                }
                for j in 0..<size {
                    let sum = chain(start[j], gates, { ds[b][$0] }, { wh[$0 * size + j] })
                    let joins = b < before && before != count
                    dh[b * size + j] = joins ? sum + dy[row(order[place - 1], b) * size + j] : sum
                }
            }
        }
        var dWi = Array(weights["old"]!.prefix(gates * input))
        var dbi = Array(weights["old"]!.prefix(gates))
        var dx = [Float](repeating: 0, count: rowCount * input)
        for step in (0..<test.lengths[0]).reversed() {
            let count = starts[step + 1] - starts[step]
            for g in 0..<gates {
                for k in 0..<input {
                    addFromLast(count, to: &dWi[g * input + k]) {
                        $0.addProduct(da[row(step, $1)][g], x[row(step, $1) * input + k])
                    }
                }
                addFromLast(count, to: &dbi[g]) { $0 += da[row(step, $1)][g] }
            }
            for r in (0..<count).map({ row(step, $0) }) {
                for k in 0..<input {
                    dx[r * input + k] = chain(0, gates, { da[r][$0] }, { wi[$0 * input + k] })
                }
            }
        }
        results["dx"] = dx
        results["dh0"] = dh
        if test.kind == .lstm { results["dc0"] = dc }
        results["dWi"] = dWi
        results["dWh"] = dWh
        if test.hasBias {
            results["dbi"] = dbi
            results["dbh"] = dbh
        }
    }
}

/// The numbers of one step of one sequence.
private struct Record {
    let step: Int
    let sequence: Int
    let row: Int
    /// The state before.
    var h: [Float] = []
    var c: [Float] = []
    /// The numbers that the backward pass needs of each unit.
    var kept: [[Float]] = []

    init(step: Int, sequence: Int, row: Int) {
        self.step = step
        self.sequence = sequence
        self.row = row
    }

    mutating func advance(_ kind: RecurrentKind, _ a: [Float], _ s: [Float], _ j: Int, _ size: Int) -> (
        Float, Float
    ) {
        switch kind {
        case .tanh:
            let y = Kernels.tanh(s[j] + a[j])
            kept.append([y])
            return (y, 0)
        case .relu:
            let sum = s[j] + a[j]
            let y = sum <= 0 ? 0 : sum
            kept.append([y])
            return (y, 0)
        case .lstm:
            let i = Kernels.sigmoid(s[j] + a[j]), f = Kernels.sigmoid(s[size + j] + a[size + j])
            let g = Kernels.tanh(s[2 * size + j] + a[2 * size + j]),
                o = Kernels.sigmoid(s[3 * size + j] + a[3 * size + j])
            let cell = (f * c[j]) + (i * g)
            let t = Kernels.tanh(cell)
            kept.append([i, f, g, o, t])
            return (o * t, cell)
        case .gru:
            let r = Kernels.sigmoid(s[j] + a[j]), z = Kernels.sigmoid(s[size + j] + a[size + j])
            let n = Kernels.tanh(a[2 * size + j] + s[2 * size + j] * r)
            kept.append([r, z, n, s[2 * size + j]])
            return ((h[j] - n) * z + n, 0)
        }
    }

    /// Gradients of a and b, of h as far as it does not come through b, and of c.
    func stepBack(_ kind: RecurrentKind, _ dh: [Float], _ dc: [Float], _ size: Int)
        -> (a: [Float], b: [Float], h: [Float], c: [Float])
    {
        let zeros = [Float](repeating: 0, count: size)
        switch kind {
        case .tanh:
            let d = (0..<size).map { dh[$0] * (1 - kept[$0][0] * kept[$0][0]) }
            return (d, d, zeros, zeros)
        case .relu:
            let d = (0..<size).map { kept[$0][0] > 0 ? dh[$0] : 0 }
            return (d, d, zeros, zeros)
        case .lstm:
            var d = [Float](repeating: 0, count: 4 * size)
            var before = zeros
            for j in 0..<size {
                let (i, f, g, o, t) = (kept[j][0], kept[j][1], kept[j][2], kept[j][3], kept[j][4])
                let cell = dc[j] + (dh[j] * o) * (1 - t * t)
                d[j] = (cell * g) * ((1 - i) * i)
                d[size + j] = (cell * c[j]) * ((1 - f) * f)
                d[2 * size + j] = (cell * i) * (1 - g * g)
                d[3 * size + j] = (dh[j] * t) * ((1 - o) * o)
                before[j] = cell * f
            }
            return (d, d, zeros, before)
        case .gru:
            var a = [Float](repeating: 0, count: 3 * size), b = a
            var direct = zeros
            for j in 0..<size {
                let (r, z, n, s) = (kept[j][0], kept[j][1], kept[j][2], kept[j][3])
                direct[j] = dh[j] * z
                let sum = (dh[j] - direct[j]) * (1 - n * n)
                a[j] = (sum * s) * ((1 - r) * r)
                a[size + j] = (dh[j] * (h[j] - n)) * ((1 - z) * z)
                a[2 * size + j] = sum
                b[j] = a[j]
                b[size + j] = a[size + j]
                b[2 * size + j] = sum * r
            }
            return (a, b, direct, zeros)
        }
    }
}
