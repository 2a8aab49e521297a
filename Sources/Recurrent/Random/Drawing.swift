extension Generator {
    /// Entries drawn by their probabilities, as `torch.multinomial` draws them.
    ///
    ///     let word = generator.draw(from: softmax(logits)).item
    ///     let throws = generator.draw(from: Tensor.ones([6]), count: 10, replacing: true)
    ///
    /// The probabilities need not add up to 1. An entry of probability 0 is never drawn.
    ///
    /// Different entries, and one entry alone, are those with the largest pᵢ / qᵢ, the largest first; the qᵢ come from the
    /// exponential distribution, two words each, drawn for every entry of every row. With replacement, each entry takes
    /// one double, two words, and is the first up to which the probabilities add up to it. PyTorch has another path for
    /// Intel's MKL, which draws other qᵢ; this is the one without.
    ///
    /// - Shape: [entries] → [count], [rows, entries] → [rows, count]; without a count, the axis of the drawn ones is left
    ///   out
    /// - Parameters:
    ///   - probabilities: p, each finite and from 0 up.
    ///   - count: The number of entries to draw from each row.
    ///   - replacing: Whether an entry may be drawn again.
    /// - Precondition: In each row there are probabilities above 0, without replacement at least `count`.
    ///
    /// Source: PyTorch's `torch.multinomial`.
    @export(interface)
    public func draw(
        from probabilities: Tensor,
        count: Int? = nil,
        replacing: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        let shape = probabilities.shape
        require(
            shape.count == 1 || shape.count == 2,
            "draw: expected probabilities [entries] or [rows, entries], not a tensor of shape \(Shape.text(shape)).",
            file: file,
            line: line
        )
        let drawn = count ?? 1
        requireCount(drawn, of: "draw", file: file, line: line)
        let draws = Draws(count: drawn, entries: shape[shape.count - 1], isReplacing: replacing && drawn > 1)
        let storage = probabilities.storage
        let numbers =
            switch storage.precision {
            case .single: draws.entries(of: storage.floats, storage.count, self, file: file, line: line)
            case .double:
                draws.entries(of: storage.pointer(Double.self), storage.count, self, file: file, line: line)
            }
        return IntTensor(shape: shape.dropLast() + (count == nil ? [] : [drawn]), scalars: numbers)
    }
}

extension IntTensor {
    /// Entries drawn by their probabilities, as `torch.multinomial` draws them; see `Generator.draw(from:)`.
    ///
    ///     manualSeed(0)
    ///     let word = IntTensor.drawn(from: softmax(logits)).item
    ///
    /// - Shape: [entries] → [count], [rows, entries] → [rows, count]; without a count, the axis of the drawn ones is left
    ///   out
    /// - Parameters:
    ///   - probabilities: p, each finite and from 0 up.
    ///   - count: The number of entries to draw from each row.
    ///   - replacing: Whether an entry may be drawn again.
    ///   - generator: The generator of the random numbers.
    public static func drawn(
        from probabilities: Tensor,
        count: Int? = nil,
        replacing: Bool = false,
        generator: Generator = .default,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> IntTensor {
        generator.draw(from: probabilities, count: count, replacing: replacing, file: file, line: line)
    }
}

/// A number of entries to draw from each row of probabilities.
private struct Draws {
    let count: Int
    let entries: Int
    let isReplacing: Bool

    /// Draws from every row, the first row first.
    func entries<Scalar: Real>(
        of probabilities: UnsafePointer<Scalar>,
        _ total: Int,
        _ generator: Generator,
        file: StaticString,
        line: UInt
    ) -> [Int] {
        require(entries > 0, "draw: there is no entry to draw.", file: file, line: line)
        for row in 0..<(total / entries) {
            check(probabilities + row * entries, row, file: file, line: line)
        }
        var drawn: [Int] = []
        drawn.reserveCapacity(total / entries * count)
        for row in 0..<(count == 0 ? 0 : total / entries) {
            let start = probabilities + row * entries
            drawn += isReplacing ? repeated(start, generator) : different(start, generator)
        }
        return drawn
    }

    private func check<Scalar: Real>(
        _ probabilities: UnsafePointer<Scalar>,
        _ row: Int,
        file: StaticString,
        line: UInt
    ) {
        var possible = 0
        for entry in 0..<entries {
            let probability = probabilities[entry]
            require(
                probability >= 0 && probability < .infinity,
                "draw: the probability of entry \(entry) in row \(row) is \(probability); it must be a finite number from 0 "
                    + "up. Logits are drawn from with draw(fromLogits:).",
                file: file,
                line: line
            )
            if probability > 0 { possible += 1 }
        }
        require(
            possible > 0 || count == 0,
            "draw: no entry of row \(row) has a probability above 0.",
            file: file,
            line: line
        )
        require(
            isReplacing || count <= possible,
            "draw: \(count) different entries of row \(row), where \(possible) of \(entries) have a probability above 0. "
                + "Draw fewer, or let entries be drawn again with replacing: true.",
            file: file,
            line: line
        )
    }

    /// The entries with the largest p / q.
    private func different<Scalar: Real>(
        _ probabilities: UnsafePointer<Scalar>,
        _ generator: Generator
    ) -> ArraySlice<Int> {
        let keys = (0..<entries).map { entry in
            let waiting = Scalar(-Logarithm.natural(ofOnePlus: -generator.nextDouble()))
            // A zero is none, though it be divided by zero.
            return probabilities[entry] == 0 ? 0 : probabilities[entry] / waiting
        }
        return keys.withUnsafeBufferPointer {
            Ranking.places($0.baseAddress!, count: entries, stride: 1, descending: true).prefix(count)
        }
    }

    /// Entries that may be drawn again.
    private func repeated<Scalar: Real>(
        _ probabilities: UnsafePointer<Scalar>,
        _ generator: Generator
    ) -> ArraySlice<Int> {
        var sums: [Scalar] = []
        sums.reserveCapacity(entries)
        var sum: Scalar = 0
        for entry in 0..<entries {
            sum += probabilities[entry]
            sums.append(sum)
        }
        for entry in 0..<entries { sums[entry] = entry == entries - 1 ? 1 : sums[entry] / sum }
        return (0..<count).map { _ in
            let number = generator.nextDouble()
            var (low, high) = (0, entries)
            while low < high {
                let middle = low + (high - low) / 2
                if Double(sums[middle]) < number { low = middle + 1 } else { high = middle }
            }
            return low
        }[...]
    }
}
