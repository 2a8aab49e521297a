/// Indices applied to one axis after the other.
struct Picking {
    let shape: [Int]
    let file: StaticString
    let line: UInt

    var view: StridedView

    /// The axis that comes next, and its place in the view, which has lost those picked by a number.
    var axis = 0
    var place = 0

    init(_ shape: [Int], indices: Int, file: StaticString, line: UInt) {
        self.shape = shape
        self.file = file
        self.line = line
        view = StridedView(of: shape)
        require(
            indices <= shape.count,
            "subscript: \(indices) \(indices == 1 ? "index" : "indices") for a tensor of shape "
                + "\(Shape.text(shape)), which has \(shape.count) \(shape.count == 1 ? "axis" : "axes").",
            file: file,
            line: line
        )
    }

    @inline(__always)
    mutating func pick<Index: AxisIndex>(_ index: Index) {
        let length = shape[axis]
        let selection = index.selection(ofLength: length)
        if let failure = selection.failure {
            stop(
                "subscript: \(failure) is out of range: axis \(axis) of shape \(Shape.text(shape)) has length "
                    + (length == 0
                        ? "0."
                        : "\(length), so entries run from 0 to \(length - 1), or from -\(length) to -1."),
                file: file,
                line: line
            )
        }
        if selection.count > 0 { view.offset += selection.start * view.strides[place] }
        if selection.isSingle {
            view.shape.remove(at: place)
            view.strides.remove(at: place)
        } else {
            view.shape[place] = selection.count
            view.strides[place] *= selection.step
            place += 1
        }
        axis += 1
    }
}

extension Picking {
    /// The view of the entries that an index picks.
    static func view<A: AxisIndex>(
        of shape: [Int],
        _ a: A,
        file: StaticString,
        line: UInt
    ) -> StridedView {
        var picking = Picking(shape, indices: 1, file: file, line: line)
        picking.pick(a)
        return picking.view
    }

    /// The view of the entries that two indices pick.
    static func view<A: AxisIndex, B: AxisIndex>(
        of shape: [Int],
        _ a: A,
        _ b: B,
        file: StaticString,
        line: UInt
    ) -> StridedView {
        var picking = Picking(shape, indices: 2, file: file, line: line)
        picking.pick(a)
        picking.pick(b)
        return picking.view
    }

    /// The view of the entries that three indices pick.
    static func view<A: AxisIndex, B: AxisIndex, C: AxisIndex>(
        of shape: [Int],
        _ a: A,
        _ b: B,
        _ c: C,
        file: StaticString,
        line: UInt
    ) -> StridedView {
        var picking = Picking(shape, indices: 3, file: file, line: line)
        picking.pick(a)
        picking.pick(b)
        picking.pick(c)
        return picking.view
    }

    /// The view of the entries that four indices pick.
    static func view<A: AxisIndex, B: AxisIndex, C: AxisIndex, D: AxisIndex>(
        of shape: [Int],
        _ a: A,
        _ b: B,
        _ c: C,
        _ d: D,
        file: StaticString,
        line: UInt
    ) -> StridedView {
        var picking = Picking(shape, indices: 4, file: file, line: line)
        picking.pick(a)
        picking.pick(b)
        picking.pick(c)
        picking.pick(d)
        return picking.view
    }
}
