/// An optimizer that guesses the curvature of the loss from its last steps, for few parameters and whole data sets: BFGS
/// with limited memory.
///
/// A step computes the loss several times, so it takes a closure that zeroes, computes, goes backward and returns it:
///
///     let optimizer = LBFGS(model.parameters, learningRate: 0.8)
///     let loss = optimizer.step {
///         optimizer.zeroGradients()
///         let loss = meanSquaredError(model(x), y)
///         loss.backward()
///         return loss
///     }
///
/// Each iteration goes along d = −H g, with g the gradient and H the inverse curvature that the last changes of parameters
/// and gradients, s and y, are evidence of, beginning with `(s·y / y·y) I`. Without a line search it goes `η d`, at first
/// `min(1, 1 / Σ|g|) η d`; with one as far as the strong Wolfe conditions ask. Between iterations numbers are doubles.
///
/// Source: J. Nocedal and S. Wright, "Numerical Optimization" (2006), algorithms 7.4, 3.5 and 3.6; PyTorch's `LBFGS`.
public final class LBFGS {
    /// The ways to find how far to go.
    public enum LineSearch: Sendable {
        /// As far as makes the loss and the slope smaller enough.
        case strongWolfe
    }

    /// The parameters.
    public let parameters: [Tensor]
    /// η.
    public var learningRate: Double
    /// Whether the objective is made larger instead of smaller.
    public var maximizes = false
    /// The number of times that the closure was called so far.
    public private(set) var evaluationCount = 0

    private let maxIterations: Int
    private let maxEvaluations: Int
    private let gradientTolerance: Double
    private let changeTolerance: Double
    private let historySize: Int
    private let lineSearch: LineSearch?
    var curvature = InverseCurvature()

    /// Creates an optimizer with PyTorch's defaults.
    ///
    /// - Parameters:
    ///   - parameters: The tensors to optimize.
    ///   - learningRate: η.
    ///   - maxIterations: The number of iterations in a step.
    ///   - maxEvaluations: The number of calls of the closure in a step, which ends with the iteration that reaches it; by
    ///     default 5/4 of `maxIterations`.
    ///   - gradientTolerance: A step ends when no number of the gradient is larger.
    ///   - changeTolerance: A step ends when neither a parameter nor the loss changes by more.
    ///   - historySize: The number of changes that are remembered, each as large as all parameters and their gradients.
    ///   - lineSearch: The way to find how far to go; nil for η.
    /// - Precondition: there is a parameter, every one collects gradients, and the counts are at least 1.
    public init(
        _ parameters: [Tensor],
        learningRate: Double = 1,
        maxIterations: Int = 20,
        maxEvaluations: Int? = nil,
        gradientTolerance: Double = 1e-7,
        changeTolerance: Double = 1e-9,
        historySize: Int = 100,
        lineSearch: LineSearch? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireOptimizable(parameters, file: file, line: line)
        requireNonNegative(learningRate, "learningRate", of: "LBFGS", file: file, line: line)
        let evaluations = maxEvaluations ?? max(1, maxIterations &+ maxIterations / 4)
        require(
            maxIterations > 0 && evaluations > 0 && historySize > 0,
            "LBFGS: maxIterations is \(maxIterations), maxEvaluations \(evaluations) and historySize \(historySize); each "
                + "must be at least 1.",
            file: file,
            line: line
        )
        self.parameters = parameters
        self.learningRate = learningRate
        self.maxIterations = maxIterations
        self.maxEvaluations = evaluations
        self.gradientTolerance = gradientTolerance
        self.changeTolerance = changeTolerance
        self.historySize = historySize
        self.lineSearch = lineSearch
    }

    /// Drops all gradients, so that the next `backward` starts new sums.
    public func zeroGradients() {
        for parameter in parameters { parameter.zeroGradient() }
    }

    /// Moves the parameters by some iterations.
    ///
    /// - Parameter loss: Zeroes the gradients, computes the loss, calls `backward()` on it and returns it. It is called at
    ///   least once, and must compute the same each time: no dropout, no batches of its own.
    /// - Returns: The loss before the step.
    @discardableResult
    @export(interface)
    public func step(file: StaticString = #filePath, line: UInt = #line, _ loss: () -> Tensor) -> Tensor {
        let before = loss()
        require(
            before.count == 1,
            "LBFGS.step: the closure returned a tensor of shape \(Shape.text(before.shape)), not a loss of one number.",
            file: file,
            line: line
        )
        require(
            parameters.contains { $0.node?.gradient != nil },
            "LBFGS.step: no parameter has a gradient after the closure, so nothing would move. It must call backward() on "
                + "the loss: optimizer.step { optimizer.zeroGradients(); let loss = …; loss.backward(); return loss }.",
            file: file,
            line: line
        )
        let lastCount = evaluationCount + min(maxEvaluations, Int.max - evaluationCount)
        evaluationCount += 1
        var point = LossPoint(step: 0, loss: number(before), gradient: gradient)
        guard !(point.size <= gradientTolerance) else { return before }
        for iteration in 1...maxIterations {
            curvature.turn(to: point.gradient, historySize: historySize)
            let scale = curvature.iterations == 1 ? min(1, 1 / Norm.power(1)(point.gradient)) : 1
            curvature.length = scale * learningRate
            // From here on steps are counted from here.
            (point.step, point.slope) = (0, point.gradient.dot(curvature.direction))
            if point.slope > -changeTolerance { break }
            let lossBefore = point.loss
            let limit = lastCount - evaluationCount
            point = go(from: point, isLast: iteration == maxIterations, limit, loss)
            let change = Norm.maximum(curvature.direction) * curvature.length.magnitude
            if evaluationCount >= lastCount || point.size <= gradientTolerance || change <= changeTolerance
                || (point.loss - lossBefore).magnitude < changeTolerance
            {
                break
            }
        }
        return before
    }

    /// Moves the parameters along the direction, and returns what the loss is there. After the last iteration of a step,
    /// where nobody asks for that, it is what it was.
    private func go(from point: LossPoint, isLast: Bool, _ limit: Int, _ loss: () -> Tensor) -> LossPoint {
        let (direction, start) = (curvature.direction, numbers)
        guard lineSearch == .strongWolfe else {
            if isLast {
                move(to: start, along: direction, by: curvature.length)
                return point
            }
            return evaluate(at: curvature.length, along: direction, from: start, loss)
        }
        let reach = Norm.maximum(direction)
        var search = WolfeSearch(from: point, reach: reach, tolerance: changeTolerance, limit: limit)
        let found = search.run(first: curvature.length) {
            evaluate(at: $0, along: direction, from: start, loss)
        }
        curvature.length = found.step
        move(to: start, along: direction, by: found.step)
        return found
    }

    /// The loss, its gradient and its slope at a step along a direction, where the parameters stay.
    private func evaluate(
        at step: Double,
        along direction: [Double],
        from start: [Double],
        _ loss: () -> Tensor
    ) -> LossPoint {
        move(to: start, along: direction, by: step)
        evaluationCount += 1
        let value = number(loss())
        let gradient = gradient
        return LossPoint(step: step, loss: value, gradient: gradient, slope: gradient.dot(direction))
    }

    /// The loss that is to be made smaller.
    private func number(_ loss: Tensor) -> Double {
        let value = loss.storage.converted(to: .double).pointer(Double.self)[0]
        return maximizes ? -value : value
    }

    /// The gradients of all parameters one after the other, zeros where there is none.
    private var gradient: [Double] {
        parameters.flatMap { parameter -> [Double] in
            guard let gradient = parameter.node?.gradient else {
                return [Double](repeating: 0, count: parameter.count)
            }
            let numbers = gradient.doubles
            return maximizes ? numbers.map { -$0 } : numbers
        }
    }

    /// The numbers of all parameters one after the other.
    private var numbers: [Double] { parameters.flatMap { $0.storage.doubles } }

    /// Sets all parameters to start + step · direction.
    private func move(to start: [Double], along direction: [Double], by step: Double) {
        var place = 0
        for parameter in parameters {
            let storage = parameter.storage
            for index in 0..<storage.count {
                let number = start[place] + step * direction[place]
                switch storage.precision {
                case .single: storage.floats[index] = Float(number)
                case .double: storage.pointer(Double.self)[index] = number
                }
                place += 1
            }
            storage.noteChange()
        }
    }
}

extension Storage {
    /// The numbers in double precision.
    fileprivate var doubles: [Double] {
        let numbers = converted(to: .double)
        return [Double](UnsafeBufferPointer(start: numbers.pointer(Double.self), count: count))
    }
}

extension LBFGS: Resumable {
    /// Its name in a checkpoint.
    public var trainingRole: String { "optimizer" }

    /// The rate, and what is known of the curvature, under PyTorch's names; each double as the two halves of its bits.
    public var trainingState: TrainingState? {
        var state = TrainingState([
            "parameters": Double(parameters.reduce(0) { $0 + $1.count }), "lr": learningRate,
            "func_evals": Double(evaluationCount), "n_iter": Double(curvature.iterations),
            "t": curvature.length,
            "H_diag": curvature.scale, "old_stps": Double(curvature.moves.count),
        ])
        state.add("d", LBFGS.bits(curvature.direction))
        state.add("prev_flat_grad", LBFGS.bits(curvature.gradient))
        for (index, pair) in zip(curvature.moves, curvature.gradientChanges).enumerated() {
            state.add("old_stps.\(index)", LBFGS.bits(pair.0))
            state.add("old_dirs.\(index)", LBFGS.bits(pair.1))
        }
        return state
    }

    /// Goes on from the state of an optimizer of as many numbers.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        let count = parameters.reduce(0) { $0 + $1.count }
        let found = try state.count("parameters")
        guard found == count else { throw .otherParameterCount(expected: count, found: found) }
        var next = InverseCurvature()
        next.iterations = try state.count("n_iter")
        next.length = try state.number("t")
        next.scale = try state.number("H_diag")
        let known = next.iterations == 0 ? 0 : count
        next.direction = LBFGS.doubles(try state.integers("d", shape: [known, 2]))
        next.gradient = LBFGS.doubles(try state.integers("prev_flat_grad", shape: [known, 2]))
        for index in 0..<(try state.count("old_stps")) {
            next.moves.append(LBFGS.doubles(try state.integers("old_stps.\(index)", shape: [count, 2])))
            next.gradientChanges.append(
                LBFGS.doubles(try state.integers("old_dirs.\(index)", shape: [count, 2]))
            )
        }
        learningRate = try state.number("lr")
        evaluationCount = try state.count("func_evals")
        curvature = next
    }

    /// The high and the low half of each number's bits [numbers, 2]; an Int may hold no more.
    private static func bits(_ numbers: [Double]) -> IntTensor {
        IntTensor(
            shape: [numbers.count, 2],
            scalars: numbers.flatMap { number in
                [number.bitPattern >> 32, number.bitPattern].map { Int(Int32(truncatingIfNeeded: $0)) }
            }
        )
    }

    private static func doubles(_ bits: IntTensor) -> [Double] {
        (0..<bits.shape[0]).map { index in
            let halves = (0..<2).map { UInt64(UInt32(truncatingIfNeeded: bits.scalars[2 * index + $0])) }
            return Double(bitPattern: halves[0] << 32 | halves[1])
        }
    }
}
