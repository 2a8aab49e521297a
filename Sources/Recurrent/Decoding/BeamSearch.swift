/// A sequence that a beam search has found.
public struct BeamCandidate<State> {
    /// The tokens, without the first one that was given; the end token is the last, if it was reached.
    public let tokens: [Int]

    /// The sum of the tokens' log probabilities.
    public let logProbability: Double

    /// The number by which candidates are compared: the log probability, divided by the length to the power of the length
    /// penalty.
    public let score: Double

    /// Whether the end token was reached.
    public let isFinished: Bool

    /// The caller's state that the last token was chosen with.
    public let state: State
}

/// Searches for the likeliest sequences of tokens, `width` of them side by side.
///
///     let start = encoder(sentence)
///     let best = beamSearch(width: 4, from: start, first: startID, end: endID, limit: 20) { state, token in
///         let (logits, next) = decoder(IntTensor([token]), state)
///         return (logSoftmax(logits), next)
///     }
///     print(vocabulary.text(best[0].tokens))
///
/// After each step the `width` best of all candidates stay: those that have reached the end, as they are, and every other
/// one with each of its next tokens. Of equals the earlier candidate stays, and of one candidate's tokens the lower. With
/// a width of 1 the search is greedy. The closure runs without gradients.
///
/// - Parameters:
///   - width: The number of candidates that stay after each step.
///   - start: The state before the first token: whatever the closure needs, such as a recurrent state.
///   - first: The token that every sequence begins with.
///   - end: The token that ends a sequence; nil if none does.
///   - limit: The largest number of tokens in a sequence.
///   - lengthPenalty: α in Σ log p / lengthᵅ: with 0 short sequences win, with 1 the mean counts.
///   - next: The log probabilities of the tokens after a token, [tokens] or [1, tokens], and the state for those. A token
///     of log probability −∞ is never taken.
/// - Returns: The candidates that stayed, the best first; fewer than `width` where there were no more, and none where no
///   token was possible.
///
/// Source: I. Sutskever et al., "Sequence to Sequence Learning with Neural Networks" (2014), section 3.2; the penalty is that
/// of transformers' `length_penalty`.
public func beamSearch<State>(
    width: Int,
    from start: State,
    first: Int,
    end: Int? = nil,
    limit: Int,
    lengthPenalty: Double = 0,
    file: StaticString = #filePath,
    line: UInt = #line,
    _ next: (_ state: State, _ token: Int) -> (logProbabilities: Tensor, state: State)
) -> [BeamCandidate<State>] {
    require(
        width > 0,
        "beamSearch: a width of \(width); at least 1 candidate must stay.",
        file: file,
        line: line
    )
    require(
        limit >= 0,
        "beamSearch: a limit of \(limit) tokens; there can be from 0 up.",
        file: file,
        line: line
    )
    require(
        lengthPenalty.isFinite,
        "beamSearch: a length penalty of \(lengthPenalty); it must be finite, as a rule from 0 to 1.",
        file: file,
        line: line
    )
    return withoutGradients {
        var beam = [
            BeamCandidate(tokens: [], logProbability: 0, score: 0, isFinished: false, state: start)
        ]
        for length in stride(from: 1, through: limit, by: 1) where beam.contains(where: { !$0.isFinished }) {
            let divisor = Double.power(Double(length), lengthPenalty)
            var best = BestExtensions(width: width)
            var states: [State] = []
            for (origin, candidate) in beam.enumerated() {
                if candidate.isFinished {
                    best.insert(
                        BeamExtension(
                            origin: origin,
                            logProbability: candidate.logProbability,
                            score: candidate.score
                        )
                    )
                    states.append(candidate.state)
                    continue
                }
                let (logProbabilities, state) = next(candidate.state, candidate.tokens.last ?? first)
                states.append(state)
                let numbers = beamNumbers(logProbabilities, file: file, line: line)
                for (token, number) in numbers.enumerated() where number > -.infinity {
                    let sum = candidate.logProbability + Double(number)
                    best.insert(
                        BeamExtension(origin: origin, token: token, logProbability: sum, score: sum / divisor)
                    )
                }
            }
            beam = best.extensions.map { found in
                BeamCandidate(
                    tokens: beam[found.origin].tokens + (found.token.map { [$0] } ?? []),
                    logProbability: found.logProbability,
                    score: found.score,
                    isFinished: found.token == nil || found.token == end,
                    state: states[found.origin]
                )
            }
        }
        return beam
    }
}

/// A candidate with one more token, or a finished one as it is.
private struct BeamExtension {
    /// The index of the candidate.
    let origin: Int
    var token: Int?
    let logProbability: Double
    let score: Double
}

/// The extensions with the highest scores so far, the best first; of equals, those that came first.
private struct BestExtensions {
    let width: Int
    private(set) var extensions: [BeamExtension] = []

    init(width: Int) { self.width = width }

    mutating func insert(_ candidate: BeamExtension) {
        if extensions.count == width {
            if candidate.score <= extensions[width - 1].score { return }
            extensions.removeLast()
        }
        var index = extensions.count
        while index > 0 && extensions[index - 1].score < candidate.score { index -= 1 }
        extensions.insert(candidate, at: index)
    }
}

/// The log probabilities of the tokens, of which none may be NaN.
private func beamNumbers(_ logProbabilities: Tensor, file: StaticString, line: UInt) -> [Float] {
    let shape = logProbabilities.shape
    require(
        shape.count == 1 || (shape.count == 2 && shape[0] == 1),
        "beamSearch: expected log probabilities [tokens] or [1, tokens], not a tensor of shape \(Shape.text(shape)). The "
            + "closure is called for one candidate at a time.",
        file: file,
        line: line
    )
    let numbers = logProbabilities.scalars
    for (token, number) in numbers.enumerated() {
        require(
            number <= 0,
            "beamSearch: the log probability of token \(token) is \(number); it must be 0 or below. Of logits, take "
                + "logSoftmax.",
            file: file,
            line: line
        )
    }
    return numbers
}
