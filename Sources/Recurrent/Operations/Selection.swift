/// The numbers of a block that an operation copies, in order: a slice, a transpose, a repetition, or rows by number.
///
/// On the way back each position receives the gradients of all its copies, the first copy first.
enum Selection {
    /// Consecutive numbers.
    case consecutive(start: Int, count: Int)
    /// Numbers in equal steps along each axis.
    case strided(StridedView)
    /// Pieces of one width, as rows that integers name. The piece that starts at `ignored` receives no gradient.
    case pieces(starts: [Int], width: Int, ignored: Int? = nil)

    private var count: Int {
        switch self {
        case .consecutive(_, let count): count
        case .strided(let view): Shape.count(view.shape)
        case .pieces(let starts, let width, _): starts.count * width
        }
    }

    /// Copies the selected numbers of a block.
    func read(_ block: Storage) -> Storage {
        let result = Storage.make(count: count, precision: block.precision)
        switch block.precision {
        case .single: read(block.floats, to: result.floats)
        case .double: read(block.pointer(Double.self), to: result.pointer(Double.self))
        }
        return result
    }

    private func read<Scalar: Real>(
        _ block: UnsafeMutablePointer<Scalar>,
        to target: UnsafeMutablePointer<Scalar>
    ) {
        switch self {
        case .consecutive(let start, let count): target.update(from: block + start, count: count)
        case .strided(let view): view.read(block, to: target)
        case .pieces(let starts, let width, _):
            for (index, start) in starts.enumerated() {
                (target + index * width).update(from: block + start, count: width)
            }
        }
    }

    /// Adds consecutive numbers to the positions in a block that they were copied from.
    func add(_ numbers: Storage, to block: Storage) {
        switch block.precision {
        case .single: add(numbers.floats, to: block.floats)
        case .double: add(numbers.pointer(Double.self), to: block.pointer(Double.self))
        }
    }

    /// Adds consecutive numbers to the positions in a block that they were copied from.
    fileprivate func add<Scalar: Real>(
        _ numbers: UnsafeMutablePointer<Scalar>,
        to block: UnsafeMutablePointer<Scalar>
    ) {
        switch self {
        case .consecutive(let start, let count):
            for index in 0..<count { block[start + index] += numbers[index] }
        case .strided(let view): view.add(numbers, to: block)
        case .pieces(let starts, let width, let ignored):
            for (index, start) in starts.enumerated() where start != ignored {
                let (from, to) = (numbers + index * width, block + start)
                for column in 0..<width { to[column] += from[column] }
            }
        }
    }

    /// Copies consecutive numbers to the positions in a block that they would be read from; of several for one position, the
    /// last stays.
    func write(_ numbers: Storage, to block: Storage) {
        switch block.precision {
        case .single: write(numbers.floats, to: block.floats)
        case .double: write(numbers.pointer(Double.self), to: block.pointer(Double.self))
        }
    }

    private func write<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        to block: UnsafeMutablePointer<Scalar>
    ) {
        forEachRun { place, start, count, stride in
            for index in 0..<count { block[start + index * stride] = numbers[place + index] }
        }
    }

    /// Moves the selected numbers of a block out of it, zeros in their place; one that is selected several times goes to the
    /// last copy.
    func take(from block: Storage) -> Storage {
        let result = Storage.make(count: count, precision: block.precision)
        switch block.precision {
        case .single: take(from: block.floats, to: result.floats)
        case .double: take(from: block.pointer(Double.self), to: result.pointer(Double.self))
        }
        return result
    }

    private func take<Scalar: Real>(
        from block: UnsafeMutablePointer<Scalar>,
        to target: UnsafeMutablePointer<Scalar>
    ) {
        func move(_ place: Int, _ start: Int, _ count: Int, _ stride: Int) {
            for index in 0..<count {
                target[place + index] = block[start + index * stride]
                block[start + index * stride] = 0
            }
        }
        if case .pieces(let starts, let width, _) = self {
            for index in starts.indices.reversed() { move(index * width, starts[index], width, 1) }
        } else {
            forEachRun(move)
        }
    }

    /// Calls `body` for each run of numbers: its offset in what is read, its offset in the block, its count, and its stride
    /// in the block.
    private func forEachRun(_ body: (_ place: Int, _ start: Int, _ count: Int, _ stride: Int) -> Void) {
        switch self {
        case .consecutive(let start, let count): body(0, start, count, 1)
        case .strided(let view): view.forEachRow(body)
        case .pieces(let starts, let width, _):
            for (index, start) in starts.enumerated() { body(index * width, start, width, 1) }
        }
    }
}

extension Tensor {
    /// Returns the selected numbers as a tensor with numbers of its own.
    @export(interface)
    func copy(_ selection: Selection, name: StaticString, shape: [Int]) -> Tensor {
        let node = tracked.map { SelectionNode(selection, name: name, shape: shape, input: $0) }
        return Tensor(selection.read(storage), shape: shape, node: node)
    }
}

/// The tape's record of copied numbers.
private final class SelectionNode: Node {
    private let selection: Selection
    private let operation: StaticString

    init(_ selection: Selection, name: StaticString, shape: [Int], input: Node) {
        self.selection = selection
        operation = name
        super.init(shape: shape, first: input)
    }

    override var name: String { operation.description }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: first?.add(Float.self) { selection.add(gradient.floats, to: $0) }
        case .double: first?.add(Double.self) { selection.add(gradient.pointer(Double.self), to: $0) }
        }
    }
}
