/// Work on a row of numbers that is the same at every position.
protocol LaneWork {
    /// Does the work for the lanes that begin at `index`.
    func run<L: Lanes>(_: L.Type, at index: Int)
}

extension LaneWork {
    /// Does the work for a whole row: wide lanes first, then narrower for what remains.
    @inline(__always)
    func run(count: Int) {
        var index = 0
        while index + Widest.count <= count {
            run(Widest.self, at: index)
            index += Widest.count
        }
        while index + 4 <= count {
            run(SIMD4<Float>.self, at: index)
            index += 4
        }
        while index < count {
            run(Float.self, at: index)
            index += 1
        }
    }
}
