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
