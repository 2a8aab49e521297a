/// An index in a tensor's brackets: a number, a range, `.all`, or a stride.
///
///     x[0]                 // the first entry along axis 0; the axis goes away
///     x[.all, -1]          // the last entry along axis 1
///     x[2..<5]             // entries 2, 3, 4
///     x[(-3)...]           // the last three
///     x[stride(from: 0, to: 10, by: 2)]
public protocol AxisIndex {
    /// The entries that the index picks along an axis.
    func selection(ofLength length: Int) -> AxisSelection
}

/// The entries that an index picks along one axis.
public struct AxisSelection {
    var start: Int
    var count: Int
    var step: Int

    /// Whether the axis goes away.
    var isSingle: Bool

    /// The fault of the index, for the message; nil if there is none.
    var failure: String?

    /// The entries start, start + step, …
    init(start: Int, count: Int, step: Int = 1, isSingle: Bool = false, failure: String? = nil) {
        self.start = start
        self.count = count
        self.step = step
        self.isSingle = isSingle
        self.failure = failure
    }

    /// The entries from `lower` to before `upper`; negative bounds count from the end, and each must lie on the axis.
    init(lower: Int, upper: Int, length: Int) {
        let start = lower < 0 ? lower + length : lower
        let end = upper < 0 ? upper + length : upper
        let fits = start >= 0 && end <= length && start <= end
        self.init(
            start: start,
            count: fits ? end - start : 0,
            failure: fits ? nil : "the range from \(lower) to before \(upper)"
        )
    }
}

extension Int: AxisIndex {
    /// One entry; negative numbers count from the end.
    public func selection(ofLength length: Int) -> AxisSelection {
        let place = self < 0 ? self + length : self
        let fits = place >= 0 && place < length
        return AxisSelection(start: place, count: 1, isSingle: true, failure: fits ? nil : "index \(self)")
    }
}

extension Range<Int>: AxisIndex {
    /// The entries of the range.
    public func selection(ofLength length: Int) -> AxisSelection {
        AxisSelection(lower: lowerBound, upper: upperBound, length: length)
    }
}

extension ClosedRange<Int>: AxisIndex {
    /// The entries of the range, the last one included.
    public func selection(ofLength length: Int) -> AxisSelection {
        AxisSelection(lower: lowerBound, upper: .past(upperBound, length), length: length)
    }
}

extension PartialRangeFrom<Int>: AxisIndex {
    /// The entries from the bound to the end.
    public func selection(ofLength length: Int) -> AxisSelection {
        AxisSelection(lower: lowerBound, upper: length, length: length)
    }
}

extension PartialRangeUpTo<Int>: AxisIndex {
    /// The entries before the bound.
    public func selection(ofLength length: Int) -> AxisSelection {
        AxisSelection(lower: 0, upper: upperBound, length: length)
    }
}

extension PartialRangeThrough<Int>: AxisIndex {
    /// The entries up to the bound, which is included.
    public func selection(ofLength length: Int) -> AxisSelection {
        AxisSelection(lower: 0, upper: .past(upperBound, length), length: length)
    }
}

extension Int {
    /// The bound after an entry that a range includes; -1 is the last of the axis.
    fileprivate static func past(_ entry: Int, _ length: Int) -> Int {
        entry == -1 ? length : entry == .max ? entry : entry + 1
    }
}

extension StrideTo<Int>: AxisIndex {
    /// The entries of the stride, which may run backward.
    public func selection(ofLength length: Int) -> AxisSelection { AxisSelection(self, length) }
}

extension StrideThrough<Int>: AxisIndex {
    /// The entries of the stride, which may run backward.
    public func selection(ofLength length: Int) -> AxisSelection { AxisSelection(self, length) }
}

extension AxisSelection {
    /// Entries in equal steps, which are followed no further than the axis goes.
    fileprivate init(_ stride: some Sequence<Int>, _ length: Int) {
        self.init(start: 0, count: 0)
        for place in stride {
            guard place >= 0 && place < length else {
                failure = "entry \(place) of the stride"
                return
            }
            if count == 0 { start = place }
            if count == 1 { step = place - start }
            count += 1
        }
    }
}

/// Every entry of an axis.
public struct AllEntries: AxisIndex {
    /// The whole axis.
    public func selection(ofLength length: Int) -> AxisSelection { AxisSelection(start: 0, count: length) }
}

extension AxisIndex where Self == AllEntries {
    /// Every entry of the axis.
    public static var all: AllEntries { AllEntries() }
}

extension Tensor {
    /// The entries that an index picks along axis 0.
    ///
    /// - Shape: a number takes the axis away, [7, 6] → [6]; a range keeps it, [7, 6] → [count, 6]
    public subscript<A: AxisIndex>(
        _ a: A, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        get {
            let selection = rank > 0 ? a.selection(ofLength: shape[0]) : nil
            if let selection, selection.failure == nil, selection.step == 1 { return rows(selection) }
            return copy(Picking.view(of: shape, a, file: file, line: line), name: "subscript")
        }
        set {
            let view = Picking.view(of: shape, a, file: file, line: line)
            write(newValue, to: .strided(view), shape: view.shape, file: file, line: line)
        }
    }

    /// The entries that two indices pick along axes 0 and 1.
    public subscript<A: AxisIndex, B: AxisIndex>(
        _ a: A, _ b: B, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        get { copy(Picking.view(of: shape, a, b, file: file, line: line), name: "subscript") }
        set {
            let view = Picking.view(of: shape, a, b, file: file, line: line)
            write(newValue, to: .strided(view), shape: view.shape, file: file, line: line)
        }
    }

    /// The entries that three indices pick along axes 0 to 2.
    public subscript<A: AxisIndex, B: AxisIndex, C: AxisIndex>(
        _ a: A, _ b: B, _ c: C, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        get { copy(Picking.view(of: shape, a, b, c, file: file, line: line), name: "subscript") }
        set {
            let view = Picking.view(of: shape, a, b, c, file: file, line: line)
            write(newValue, to: .strided(view), shape: view.shape, file: file, line: line)
        }
    }

    /// The entries that four indices pick along axes 0 to 3.
    public subscript<A: AxisIndex, B: AxisIndex, C: AxisIndex, D: AxisIndex>(
        _ a: A, _ b: B, _ c: C, _ d: D, file file: StaticString = #filePath, line line: UInt = #line
    ) -> Tensor {
        get { copy(Picking.view(of: shape, a, b, c, d, file: file, line: line), name: "subscript") }
        set {
            let view = Picking.view(of: shape, a, b, c, d, file: file, line: line)
            write(newValue, to: .strided(view), shape: view.shape, file: file, line: line)
        }
    }
}

extension Tensor {
    /// Entries of axis 0 that follow each other: one block of memory.
    private func rows(_ selection: AxisSelection) -> Tensor {
        let width = shape[0] == 0 ? 0 : count / shape[0]
        var shape = shape
        if selection.isSingle { shape.removeFirst() } else { shape[0] = selection.count }
        return copy(
            .consecutive(start: selection.start * width, count: Shape.count(shape)),
            name: "subscript",
            shape: shape
        )
    }
}

extension IntTensor {
    /// The entries that an index picks along axis 0.
    public subscript<A: AxisIndex>(
        _ a: A, file file: StaticString = #filePath, line line: UInt = #line
    ) -> IntTensor {
        read(Picking.view(of: shape, a, file: file, line: line))
    }

    /// The entries that two indices pick along axes 0 and 1.
    public subscript<A: AxisIndex, B: AxisIndex>(
        _ a: A, _ b: B, file file: StaticString = #filePath, line line: UInt = #line
    ) -> IntTensor {
        read(Picking.view(of: shape, a, b, file: file, line: line))
    }

    /// The entries that three indices pick along axes 0 to 2.
    public subscript<A: AxisIndex, B: AxisIndex, C: AxisIndex>(
        _ a: A, _ b: B, _ c: C, file file: StaticString = #filePath, line line: UInt = #line
    ) -> IntTensor {
        read(Picking.view(of: shape, a, b, c, file: file, line: line))
    }
}
