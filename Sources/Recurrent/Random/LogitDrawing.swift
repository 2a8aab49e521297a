extension Generator {
    /// Entries drawn by the softmax of logits, more or less boldly.
    ///
    ///     let word = generator.draw(fromLogits: logits, temperature: 0.8, topK: 40, topP: 0.9).item
    ///
    /// First the logits are divided by the temperature, then only the `topK` largest stay, then only the fewest whose
    /// probabilities reach `topP`; the entries that stay are drawn as `draw(from:)` does.
    ///
    /// - Shape: as for `draw(from:)`
    /// - Parameters:
    ///   - logits: x, the higher the likelier; −∞ for what cannot be.
    ///   - count: The number of entries to draw from each row.
    ///   - replacing: Whether an entry may be drawn again.
    ///   - temperature: T in softmax(x / T), above 0: below 1 the likely entries become likelier, above 1 all more alike.
    ///   - topK: The number of largest logits that stay; what equals the last of them stays, too.
    ///   - topP: The probability that the entries that stay reach together, above 0 and at most 1; of equals, the first
    ///     come first.
    ///
    /// Source: A. Fan et al., "Hierarchical Neural Story Generation" (2018) for `topK`; A. Holtzman et al., "The Curious Case
    /// of Neural Text Degeneration" (2020), section 3.1, for `topP`.
    @export(interface)
    public func draw(
        fromLogits logits: Tensor,
        count: Int? = nil,
        replacing: Bool = false,
        temperature: Float = 1,
        topK: Int? = nil,
        topP: Float? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        let shape = logits.shape
        require(
            (shape.count == 1 || shape.count == 2) && shape[shape.count - 1] > 0,
            "draw: expected logits [entries] or [rows, entries], not a tensor of shape \(Shape.text(shape)).",
            file: file,
            line: line
        )
        requireLimits(temperature, topK, topP, file: file, line: line)
        requireLogits(logits, file: file, line: line)
        var x = logits.detached().reshaped([-1, shape[shape.count - 1]])
        if temperature != 1 { x = x / temperature }
        if let topK, topK < x.shape[1] {
            let least = x.topK(topK, axis: 1).values[.all, (topK - 1)..<topK]
            x = x.replacing(with: -.infinity, where: x .< least)
        }
        if let topP, topP < 1 { x = x.replacing(with: -.infinity, where: tail(of: softmax(x), beyond: topP)) }
        return draw(
            from: softmax(x).reshaped(shape),
            count: count,
            replacing: replacing,
            file: file,
            line: line
        )
    }
}

extension IntTensor {
    /// Entries drawn by the softmax of logits; see `Generator.draw(fromLogits:)`.
    ///
    /// - Shape: as for `drawn(from:)`
    /// - Parameters:
    ///   - logits: x, the higher the likelier.
    ///   - count: The number of entries to draw from each row.
    ///   - replacing: Whether an entry may be drawn again.
    ///   - temperature: T in softmax(x / T), above 0.
    ///   - topK: The number of largest logits that stay.
    ///   - topP: The probability that the entries that stay reach together.
    ///   - generator: The generator of the random numbers.
    public static func drawn(
        fromLogits logits: Tensor,
        count: Int? = nil,
        replacing: Bool = false,
        temperature: Float = 1,
        topK: Int? = nil,
        topP: Float? = nil,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        generator.draw(
            fromLogits: logits,
            count: count,
            replacing: replacing,
            temperature: temperature,
            topK: topK,
            topP: topP,
            file: file,
            line: line
        )
    }
}

/// Ones for the entries that are not needed to reach a probability, row by row.
private func tail(of shares: Tensor, beyond limit: Float) -> Tensor {
    let (values, places) = shares.sorted(axis: 1, descending: true)
    let (numbers, width) = (values.scalars, shares.shape[1])
    var mask = [Float](repeating: 0, count: numbers.count)
    for row in 0..<shares.shape[0] {
        var sum = 0.0
        for index in (row * width)..<((row + 1) * width) {
            if sum >= Double(limit) { mask[row * width + places.scalars[index]] = 1 }
            sum += Double(numbers[index])
        }
    }
    return Tensor(shape: shares.shape, scalars: mask)
}

/// Stops where the boldness of a draw makes no sense.
private func requireLimits(
    _ temperature: Float,
    _ topK: Int?,
    _ topP: Float?,
    file: StaticString,
    line: UInt
) {
    require(
        temperature > 0 && temperature < .infinity,
        "draw: the temperature is \(temperature); it must be above 0 and finite. The likeliest entry, as of temperature "
            + "0, is logits.argmax(axis: -1).",
        file: file,
        line: line
    )
    require(
        (topK ?? 1) > 0,
        "draw: topK is \(topK ?? 1); at least 1 entry must stay.",
        file: file,
        line: line
    )
    require(
        (topP ?? 1) > 0 && (topP ?? 1) <= 1,
        "draw: topP is \(topP ?? 1); it must be above 0 and at most 1.",
        file: file,
        line: line
    )
}

/// Stops where logits have no softmax.
private func requireLogits(_ logits: Tensor, file: StaticString, line: UInt) {
    let width = logits.shape[logits.rank - 1]
    var isPossible = false
    for (place, logit) in logits.scalars.enumerated() {
        require(
            logit < .infinity,
            "draw: the logit of entry \(place % width) in row \(place / width) is \(logit); it must be a finite number, or "
                + "-∞ for what cannot be drawn.",
            file: file,
            line: line
        )
        if logit > -.infinity { isPossible = true }
        guard place % width == width - 1 else { continue }
        require(
            isPossible,
            "draw: all logits of row \(place / width) are -∞, so that no entry can be drawn.",
            file: file,
            line: line
        )
        isPossible = false
    }
}
