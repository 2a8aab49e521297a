extension Tensor {
    /// Picks rows along axis 0, in any order, any of them several times; one of them may be cut off from gradients.
    ///
    /// - Shape: [rows, ...] → [places, ...]
    /// - Precondition: every place is from 0 to the number of rows.
    func gatheringRows(_ places: [Int], ignoringGradientAt ignored: Int? = nil) -> Tensor {
        let width = Shape.count(Array(shape.dropFirst()))
        let result = Storage.make(count: places.count * width, precision: storage.precision)
        switch storage.precision {
        case .single: Rows(places, width).read(storage.pointer(Float.self), to: result.pointer(Float.self))
        case .double: Rows(places, width).read(storage.pointer(Double.self), to: result.pointer(Double.self))
        }
        let resultShape = [places.count] + shape.dropFirst()
        let node = tracked.map {
            RowGathering(Rows(places, width, ignored: ignored), shape: resultShape, input: $0)
        }
        return Tensor(result, shape: resultShape, node: node)
    }
}

/// Which rows are picked, and how long each is.
private struct Rows {
    let places: [Int]
    let width: Int
    /// A row that receives no gradient.
    let ignored: Int?

    init(_ places: [Int], _ width: Int, ignored: Int? = nil) {
        self.places = places
        self.width = width
        self.ignored = ignored
    }

    func read<Scalar: Real>(_ rows: UnsafeMutablePointer<Scalar>, to picked: UnsafeMutablePointer<Scalar>) {
        for (index, place) in places.enumerated() {
            (picked + index * width).update(from: rows + place * width, count: width)
        }
    }

    func add<Scalar: Real>(_ picked: UnsafeMutablePointer<Scalar>, to rows: UnsafeMutablePointer<Scalar>) {
        for (index, place) in places.enumerated() where place != ignored {
            let (from, to) = (picked + index * width, rows + place * width)
            for column in 0..<width { to[column] += from[column] }
        }
    }
}

/// The tape's record of picking rows: each row receives the gradients of all its copies.
private final class RowGathering: Node {
    let rows: Rows

    init(_ rows: Rows, shape: [Int], input: Node) {
        self.rows = rows
        super.init(shape: shape, first: input)
    }

    override var name: String { "row gathering" }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: first?.add(Float.self) { rows.add(gradient.pointer(Float.self), to: $0) }
        case .double: first?.add(Double.self) { rows.add(gradient.pointer(Double.self), to: $0) }
        }
    }
}
