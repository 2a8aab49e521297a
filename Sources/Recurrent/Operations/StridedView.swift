/// A way to read a row-major block in another order: slices, transposes and repetitions are all of this kind.
package struct StridedView {
    /// The offset of the first number.
    package var offset: Int

    /// The shape that is read.
    package var shape: [Int]

    /// The distance in the block from one number to the next, for each axis.
    package var strides: [Int]

    /// The view of everything, in order.
    package init(of shape: [Int]) {
        offset = 0
        self.shape = shape
        strides = Shape.strides(shape)
    }

    /// The view of a block, repeated to a larger shape as broadcasting does.
    ///
    /// - Precondition: The shapes fit.
    package init(of block: [Int], repeatedTo shape: [Int]) {
        offset = 0
        self.shape = shape
        let steps = Shape.strides(block)
        let missing = shape.count - block.count
        strides = shape.indices.map { axis in
            axis < missing || block[axis - missing] == 1 ? 0 : steps[axis - missing]
        }
    }

    /// Calls `body` for each run of numbers along the last axes: its offset in what is read, its offset in the block,
    /// its count, and its stride in the block.
    @inline(__always)
    func forEachRow(_ body: (_ place: Int, _ start: Int, _ count: Int, _ stride: Int) -> Void) {
        let total = Shape.count(shape)
        if total == 0 { return }
        // Axes that follow each other without a gap are one row.
        var axis = shape.count - 1
        var (length, stride) = (1, 1)
        while axis >= 0, length == 1 || shape[axis] == 1 || strides[axis] == stride * length {
            if shape[axis] != 1 {
                if length == 1 { stride = strides[axis] }
                length *= shape[axis]
            }
            axis -= 1
        }
        if axis < 0 { return body(0, offset, length, stride) }
        var counters = [Int](repeating: 0, count: axis + 1)
        var (place, start) = (0, offset)
        while true {
            body(place, start, length, stride)
            place += length
            if place == total { return }
            var outer = axis
            while true {
                counters[outer] += 1
                start += strides[outer]
                if counters[outer] < shape[outer] { break }
                counters[outer] = 0
                start -= strides[outer] * shape[outer]
                outer -= 1
            }
        }
    }

    /// Copies what the view reads of `block` to consecutive numbers.
    package func read<Scalar: Real>(
        _ block: UnsafeMutablePointer<Scalar>,
        to target: UnsafeMutablePointer<Scalar>
    ) {
        forEachRow { place, start, count, stride in
            let (y, x) = (target + place, block + start)
            if stride == 1 {
                y.update(from: x, count: count)
            } else if stride == 0 {
                y.update(repeating: x[0], count: count)
            } else {
                for index in 0..<count { y[index] = x[index * stride] }
            }
        }
    }

    /// Adds consecutive numbers to the positions of `block` that the view reads.
    package func add<Scalar: Real>(
        _ numbers: UnsafeMutablePointer<Scalar>,
        to block: UnsafeMutablePointer<Scalar>
    ) {
        forEachRow { place, start, count, stride in
            let (x, y) = (numbers + place, block + start)
            if stride == 1 {
                for index in 0..<count { y[index] += x[index] }
            } else {
                for index in 0..<count { y[index * stride] += x[index] }
            }
        }
    }
}

extension Tensor {
    /// Returns what `view` reads of this tensor, as a tensor with numbers of its own.
    @export(interface)
    func copy(_ view: StridedView, name: StaticString) -> Tensor {
        copy(.strided(view), name: name, shape: view.shape)
    }
}
