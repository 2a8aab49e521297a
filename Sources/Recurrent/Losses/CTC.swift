/// The connectionist temporal classification of sequences whose labels have no known times:
/// `l = −ln Σ Π y_t(π_t)`, over all paths π that give the labels once repetitions are joined and blanks left out.
///
///     let loss = ctcLoss(logSoftmax(model(sound)), letters, inputLengths: frames, targetLengths: counts)
///
/// A sequence that is too short for its labels costs infinity, and its gradients are NaN: leave such sequences out, or
/// pass `zeroInfinity: true`.
///
/// - Shape: logProbabilities [time, batch, classes], targets [batch, labels] → [], or [batch] for `.none`
/// - Parameters:
///   - logProbabilities: ln y, as from `logSoftmax` along the last axis. The gradient is that of PyTorch, which presumes
///     this: `y − (the share of the paths through it)`, where the derivative alone is the second term.
///   - targets: The labels, padded with anything.
///   - inputLengths: The number of time steps of each sequence.
///   - targetLengths: The number of labels of each sequence.
///   - blank: The class that stands for no label.
///   - reduction: The way in which the losses are joined; the mean divides each by its number of labels first.
///   - zeroInfinity: Whether infinite losses, and their gradients, count as 0.
///
/// Source: A. Graves et al., "Connectionist temporal classification" (2006); PyTorch's `CTCLoss`.
@export(interface)
public func ctcLoss(
    _ logProbabilities: Tensor,
    _ targets: IntTensor,
    inputLengths: [Int],
    targetLengths: [Int],
    blank: Int = 0,
    reduction: LossReduction = .mean,
    zeroInfinity: Bool = false,
    file: StaticString = #filePath,
    line: UInt = #line
) -> Tensor {
    let shape = logProbabilities.shape
    requireSequences(shape, targets, inputLengths, targetLengths, blank, file: file, line: line)
    let numbers = logProbabilities.storage.converted(to: .double)
    let isTracked = logProbabilities.tracked != nil
    let slopes = isTracked ? Storage.zeros(count: numbers.count, precision: .double) : nil
    let result = Storage.make(count: shape[1], precision: .double)
    withExtendedLifetime(numbers) {
        for sequence in 0..<shape[1] {
            let start = sequence * targets.shape[1]
            let paths = LabelPaths(
                labels: Array(targets.scalars[start..<start + targetLengths[sequence]]),
                blank: blank,
                steps: inputLengths[sequence],
                stride: shape[1] * shape[2],
                numbers: numbers.pointer(Double.self) + sequence * shape[2]
            )
            result.pointer(Double.self)[sequence] = paths.loss(
                gradient: slopes.map { $0.pointer(Double.self) + sequence * shape[2] },
                classes: shape[2],
                zeroInfinity: zeroInfinity
            )
        }
    }
    let precision = logProbabilities.storage.precision
    let node = logProbabilities.tracked.flatMap { input in
        slopes.map { CTCNode(slopes: $0.converted(to: precision), shape: [shape[1]], input: input) }
    }
    let loss = Tensor(result.converted(to: precision), shape: [shape[1]], node: node)
    guard reduction == .mean else { return loss.reduced(reduction) }
    return (loss / Tensor(targetLengths.map { Float(max($0, 1)) })).mean()
}

/// The paths that give a sequence's labels, in sums over states: a blank, a label, a blank, … a label, a blank.
private struct LabelPaths {
    let labels: [Int]
    let blank: Int
    let steps: Int
    /// The distance from one step's numbers to the next's.
    let stride: Int
    /// The logarithms of the classes' probabilities at the first step.
    let numbers: UnsafeMutablePointer<Double>

    private var states: Int { 2 * labels.count + 1 }
    private func label(_ state: Int) -> Int { state % 2 == 0 ? blank : labels[state / 2] }
    private func number(_ step: Int, _ state: Int) -> Double { numbers[step * stride + label(state)] }

    /// Whether a path may skip the blank before a label, which would join it with its like.
    private func skips(to state: Int) -> Bool { state > 1 && label(state) != label(state - 2) }

    /// Returns the loss, and writes its gradient for the steps of the sequence.
    func loss(gradient: UnsafeMutablePointer<Double>?, classes: Int, zeroInfinity: Bool) -> Double {
        if steps == 0 { return labels.isEmpty || zeroInfinity ? 0 : .infinity }
        let ahead = sumsFromStart()
        let last = steps * states
        let loss = -logarithmOfSum(
            ahead[last - 1],
            states > 1 ? ahead[last - 2] : -.infinity,
            -.infinity
        )
        if loss == .infinity && zeroInfinity { return 0 }
        guard let gradient else { return loss }
        let back = sumsFromEnd()
        var through = [Double](repeating: -.infinity, count: classes)
        for step in 0..<steps {
            for place in 0..<classes { through[place] = -.infinity }
            for state in 0..<states {
                let (place, index) = (label(state), step * states + state)
                through[place] = logarithmOfSum(through[place], ahead[index] + back[index], -.infinity)
            }
            for place in 0..<classes {
                let x = numbers[step * stride + place]
                gradient[step * stride + place] = Double.exp(x) - Double.exp(through[place] + loss - x)
            }
        }
        return loss
    }

    /// The logarithm of the probability of all paths up to each step and state.
    private func sumsFromStart() -> [Double] {
        var sums = [Double](repeating: -.infinity, count: steps * states)
        for state in 0..<min(2, states) { sums[state] = number(0, state) }
        for step in 1..<max(steps, 1) {
            let before = (step - 1) * states
            for state in 0..<states {
                let sum = logarithmOfSum(
                    sums[before + state],
                    state > 0 ? sums[before + state - 1] : -.infinity,
                    skips(to: state) ? sums[before + state - 2] : -.infinity
                )
                sums[step * states + state] = sum + number(step, state)
            }
        }
        return sums
    }

    /// The logarithm of the probability of all paths from each step and state on.
    private func sumsFromEnd() -> [Double] {
        var sums = [Double](repeating: -.infinity, count: steps * states)
        for state in max(states - 2, 0)..<states {
            sums[(steps - 1) * states + state] = number(steps - 1, state)
        }
        for step in (0..<steps - 1).reversed() {
            let after = (step + 1) * states
            for state in 0..<states {
                let sum = logarithmOfSum(
                    sums[after + state],
                    state + 1 < states ? sums[after + state + 1] : -.infinity,
                    state + 2 < states && skips(to: state + 2) ? sums[after + state + 2] : -.infinity
                )
                sums[step * states + state] = sum + number(step, state)
            }
        }
        return sums
    }

    /// ln(eᵃ + eᵇ + eᶜ).
    private func logarithmOfSum(_ a: Double, _ b: Double, _ c: Double) -> Double {
        let largest = max(a, b, c)
        if largest == -.infinity { return largest }
        var sum = 0.0
        for term in [a, b, c] where term != -.infinity {
            sum += term == largest ? 1 : Double.exp(term - largest)
        }
        return sum == 1 ? largest : largest + Double.log(sum)
    }
}

/// The tape's record of the losses of sequences: each sends on its slopes, times its own gradient.
private final class CTCNode: Node {
    init(slopes: Storage, shape: [Int], input: Node) {
        super.init(shape: shape, first: input, saving: slopes)
    }

    override var name: String { "ctcLoss" }

    override func backward(_ gradient: Storage) {
        switch gradient.precision {
        case .single: send(Float.self, gradient)
        case .double: send(Double.self, gradient)
        }
    }

    private func send<Scalar: Real>(_: Scalar.Type, _ gradient: Storage) {
        guard let first, let slopes = savedFirst?.storage else { return }
        let result = Storage.make(count: slopes.count, precision: slopes.precision)
        let (g, slope) = (gradient.pointer(Scalar.self), slopes.pointer(Scalar.self))
        let (y, batch, classes) = (result.pointer(Scalar.self), first.shape[1], first.shape[2])
        for index in 0..<slopes.count { y[index] = slope[index] * g[index / classes % batch] }
        first.receive(result)
    }
}

/// Stops where lengths, labels and probabilities do not belong together.
private func requireSequences(
    _ shape: [Int],
    _ targets: IntTensor,
    _ inputLengths: [Int],
    _ targetLengths: [Int],
    _ blank: Int,
    file: StaticString,
    line: UInt
) {
    require(
        shape.count == 3 && targets.shape.count == 2 && targets.shape[0] == shape[1],
        "ctcLoss: expected logProbabilities [time, batch, classes] and targets [batch, labels] of one batch, not "
            + "tensors of shape \(Shape.text(shape)) and \(Shape.text(targets.shape)). The time is first: exchange two "
            + "axes with transposed(0, 1)?",
        file: file,
        line: line
    )
    require(
        blank >= 0 && blank < shape[2],
        "ctcLoss: the blank \(blank) is none of the \(shape[2]) classes, which run from 0.",
        file: file,
        line: line
    )
    for (lengths, limit, name, axis) in [
        (inputLengths, shape[0], "inputLengths", "time steps"),
        (targetLengths, targets.shape[1], "targetLengths", "labels"),
    ] {
        require(
            lengths.count == shape[1] && lengths.allSatisfy { $0 >= 0 && $0 <= limit },
            "ctcLoss: expected \(name) of the \(shape[1]) sequences, each from 0 to the \(limit) \(axis) that there are, "
                + "not \(lengths).",
            file: file,
            line: line
        )
    }
    for sequence in 0..<shape[1] {
        for place in 0..<targetLengths[sequence] {
            let label = targets.scalars[sequence * targets.shape[1] + place]
            require(
                label >= 0 && label < shape[2] && label != blank,
                "ctcLoss: label \(place) of sequence \(sequence) is \(label); labels are classes from 0 to "
                    + "\(shape[2] - 1), without the blank, \(blank).",
                file: file,
                line: line
            )
        }
    }
}
