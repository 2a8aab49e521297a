/// The end of a training run that no longer helps: when a validation loss has not become smaller for a while.
///
///     let stopping = EarlyStopping(patience: 5)
///     for epoch in 1...200 {
///         train(model)
///         if stopping.shouldStop(after: validationLoss(model), model) { break }
///     }
///     stopping.restoreBest(model)
///
/// Source: L. Prechelt, "Early stopping — but when?" (1998).
public final class EarlyStopping {
    /// The number of losses in a row without progress after which it stops.
    public let patience: Int
    /// The least difference from the best loss that counts as progress.
    public let leastChange: Double

    /// The smallest loss so far; infinite before the first.
    public private(set) var best = Double.infinity
    /// The number of losses so far.
    public private(set) var count = 0
    /// The number of the smallest loss, from 1; 0 before the first.
    public private(set) var bestCount = 0
    private var bestWeights: [NamedTensor] = []

    /// Creates a watch over a run.
    ///
    /// - Parameters:
    ///   - patience: The number of losses in a row without progress after which it stops; at least 1.
    ///   - leastChange: The least difference from the best loss that counts as progress.
    public init(
        patience: Int,
        leastChange: Double = 0,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            patience > 0,
            "EarlyStopping: the patience is \(patience) losses; it must be at least 1, or training stops at once.",
            file: file,
            line: line
        )
        require(
            leastChange >= 0,
            "EarlyStopping: leastChange is \(leastChange); it must be at least 0.",
            file: file,
            line: line
        )
        self.patience = patience
        self.leastChange = leastChange
    }

    /// The number of losses in a row that were no progress.
    public var badCount: Int { count - bestCount }

    /// Takes note of a loss, keeps the weights if it is the smallest so far, and returns whether to stop. A NaN is no
    /// progress.
    public func shouldStop(after loss: Float, _ model: some Layer) -> Bool {
        shouldStop(after: Double(loss), model)
    }

    /// Takes note of a loss, keeps the weights if it is the smallest so far, and returns whether to stop. A NaN is no
    /// progress.
    public func shouldStop(after loss: Double, _ model: some Layer) -> Bool {
        count += 1
        if loss < best - leastChange {
            best = loss
            bestCount = count
            bestWeights = model.namedParameters.map { NamedTensor($0.name, $0.tensor.copied()) }
        }
        return badCount >= patience
    }

    /// Gives the model the weights that it had at the smallest loss.
    ///
    /// - Precondition: There was a loss that is a number, and the model is the same.
    public func restoreBest(_ model: some Layer, file: StaticString = #filePath, line: UInt = #line) {
        require(
            bestCount > 0,
            "EarlyStopping.restoreBest: there are no best weights. Of \(count) given to shouldStop, no loss was a number "
                + "below infinity.",
            file: file,
            line: line
        )
        let parameters = model.parameters
        require(
            parameters.map { $0.shape } == bestWeights.map { $0.tensor.shape },
            "EarlyStopping.restoreBest: the model has other parameters than the one that was given to shouldStop.",
            file: file,
            line: line
        )
        for (parameter, best) in zip(parameters, bestWeights) {
            parameter.data = best.tensor
            parameter.storage.noteChange()
        }
    }
}

extension EarlyStopping: Resumable {
    /// Its name in a checkpoint.
    public var trainingRole: String { "stopping" }

    /// The losses' count, the best one, and the weights that it was reached with.
    public var trainingState: TrainingState? {
        var state = TrainingState(["best": best, "count": Double(count), "best_count": Double(bestCount)])
        for weight in bestWeights { state.add("weights." + weight.name, weight.tensor) }
        return state
    }

    /// Goes on after the losses of another one.
    public func restore(_ state: TrainingState) throws(SafetensorsError) {
        let (best, count) = (try state.number("best"), try state.count("count"))
        let bestCount = try state.count("best_count")
        guard bestCount <= count else { throw .wrongNumber("\(bestCount)", of: state.owner + "best_count") }
        (self.best, self.count, self.bestCount) = (best, count, bestCount)
        let prefix = "weights."
        bestWeights = state.tensors.filter { $0.name.hasPrefix(prefix) }.map {
            NamedTensor(String($0.name.dropFirst(prefix.count)), $0.tensor)
        }
    }
}
