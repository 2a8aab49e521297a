import Recurrent
import Testing

@Suite("Beam search") struct BeamSearchTests {
    /// Log probabilities that depend on all tokens so far.
    private func model(_ tokens: [Int], _ token: Int) -> (logProbabilities: Tensor, state: [Int]) {
        let read = tokens + [token]
        let seed = read.reduce(7) { ($0 * 31 + $1) % 1009 }
        return (logSoftmax(Tensor(Generator(seed: UInt64(seed)).normal(4, standardDeviation: 2))), read)
    }

    /// All sequences, by trying them.
    private func everySequence(limit: Int, end: Int) -> [(tokens: [Int], sum: Double)] {
        var (open, done): ([(tokens: [Int], sum: Double)], [(tokens: [Int], sum: Double)]) = ([([], 0)], [])
        for _ in 0..<limit {
            var next: [(tokens: [Int], sum: Double)] = []
            for (tokens, sum) in open {
                let read = [0] + tokens
                let numbers = model(Array(read.dropLast()), read[read.count - 1]).logProbabilities.scalars
                for (token, number) in numbers.enumerated() {
                    let found = (tokens: tokens + [token], sum: sum + Double(number))
                    if token == end { done.append(found) } else { next.append(found) }
                }
            }
            open = next
        }
        return done + open
    }

    @Test("that is wide enough finds the likeliest of all") func exhaustive() {
        for penalty in [0, 0.7, 1] {
            let all = everySequence(limit: 4, end: 3)
            let best = all.max {
                $0.sum / pow(Double($0.tokens.count), penalty) < $1.sum
                    / pow(Double($1.tokens.count), penalty)
            }
            let found = beamSearch(
                width: 400,
                from: [Int](),
                first: 0,
                end: 3,
                limit: 4,
                lengthPenalty: penalty
            ) {
                model($0, $1)
            }
            #expect(found[0].tokens == best?.tokens)
            #expect(found[0].logProbability == best?.sum)
            #expect(found.count == all.count)
            for (one, next) in zip(found, found.dropFirst()) { #expect(one.score >= next.score) }
        }
    }

    @Test("of width 1 is greedy") func greedy() {
        let found = beamSearch(width: 1, from: [Int](), first: 0, limit: 6) { model($0, $1) }
        var (tokens, state, token): ([Int], [Int], Int) = ([], [], 0)
        for _ in 0..<6 {
            let (numbers, next) = model(state, token)
            (state, token) = (next, numbers.argmax())
            tokens.append(token)
        }
        #expect(found.map(\.tokens) == [tokens])
        #expect(found[0].state == state)
        #expect(!found[0].isFinished)
    }

    @Test("keeps the earlier of equals") func ties() {
        let found = beamSearch(width: 3, from: 0, first: 0, end: 2, limit: 2) { state, _ in
            (Tensor([[-1, -1, -1]]), state)
        }
        // The sequence that has ended keeps its −1; the others go on to −2.
        #expect(found.map(\.tokens) == [[2], [0, 0], [0, 1]])
        #expect(found.map(\.isFinished) == [true, false, false])
        #expect(found.map(\.score) == [-1, -2, -2])
    }

    @Test("never takes what is impossible, and stops where all have ended") func ends() {
        var calls = 0
        let found = beamSearch(width: 4, from: 0, first: 1, end: 0, limit: 100) { state, token in
            calls += 1
            return (
                Tensor(token == 1 ? [-.infinity, -.infinity, -0.5] : [-0.25, -.infinity, -.infinity]), state
            )
        }
        #expect(found.map(\.tokens) == [[2, 0]])
        #expect(found[0].logProbability == -0.75)
        #expect(calls == 2)
        let none = beamSearch(width: 4, from: 0, first: 1, limit: 3) { state, _ in
            (Tensor([-.infinity]), state)
        }
        #expect(none.isEmpty)
        #expect(
            beamSearch(width: 1, from: 0, first: 1, limit: 0) { state, _ in (Tensor([0]), state) }[0].tokens
                == []
        )
    }

    @Test("prefers longer sequences under a length penalty") func penalty() {
        func tokens(_ penalty: Double) -> [Int] {
            beamSearch(width: 2, from: 0, first: 1, end: 0, limit: 2, lengthPenalty: penalty) {
                state,
                token in
                (Tensor(token == 1 ? [-1, -.infinity, -0.9] : [-0.4, -.infinity, -.infinity]), state)
            }[0].tokens
        }
        #expect(tokens(0) == [0])
        #expect(tokens(1) == [2, 0])
    }

    @Test("records no gradients") func gradients() {
        let w = Tensor([-1, -2]).requiringGradient()
        let found = beamSearch(width: 1, from: Tensor(0), first: 0, limit: 2) { state, _ in
            (w, state + w.sum())
        }
        #expect(!found[0].state.requiresGradient)
    }
}

@Suite("Perplexity") struct PerplexityTests {
    @Test("of logits that know nothing is the number of classes") func uniform() {
        let logits = Tensor.zeros([3, 5])
        #expect(abs(perplexity(logits, IntTensor([0, 4, 2])).item - 5) < 1e-5)
        #expect(abs(perplexity(logits, IntTensor([0, -100, 2])).item - 5) < 1e-5)
        #expect(perplexity(Tensor(0)).item == 1)
    }
}
