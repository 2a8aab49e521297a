import Recurrent
import Testing

extension Parity {
    /// The cases of a program that PyTorch publishes.
    static func programs(_ name: String) -> [Case] {
        Fixture.cases("programs").filter { $0.id.hasPrefix(name) }
    }

    @Test(arguments: programs("names"))
    func `classifying names follows PyTorch's program`(names: Case) throws {
        let kinds = names["data"].at("kinds").ints
        let program = NamesProgram(
            examples: zip(names["data"].at("names").list?.compactMap(\.text) ?? [], kinds).map { ($0, $1) },
            kindCount: try #require(names["hyper"]["kinds"]?.list).count
        )
        #expect(program.alphabet.words.joined() == names["hyper"].at("letters").text)
        let result = program.run(
            seed: try names.seed,
            hiddenSize: try names.count("hidden"),
            learningRate: try names.number("lr"),
            batchSize: try names.count("batch"),
            epochs: try names.count("epochs"),
            clip: try names.number("clip")
        )
        names.expectRoad(result.losses, "losses")
        names.expectRoad(result.norms, "norms")
        if names.isCalm { #expect(result.confusion == names["confusion"].ints) }
    }

    @Test(arguments: programs("words"))
    func `the word language model follows PyTorch's program`(words: Case) throws {
        let program = WordsProgram(
            training: IntTensor(recorded: words["data"].at("train")),
            validation: IntTensor(recorded: words["data"].at("valid")),
            length: try words.count("bptt")
        )
        let result = program.run(
            seed: try words.seed,
            words: try words.count("words"),
            size: try words.count("size"),
            layers: try words.count("layers"),
            dropout: try words.number("dropout"),
            learningRate: try words.number("lr"),
            clip: try words.number("clip"),
            epochs: try words.count("epochs")
        )
        words.expectRoad(result.losses, "losses")
        guard words.isCalm else { return }
        words.expectEnd(result.validation, "validation")
        #expect(result.rates == words["rates"].doubles)
    }

    @Test(arguments: programs("sines"))
    func `going on with sine waves follows PyTorch's program`(sines: Case) throws {
        let waves = sines["data"].at("waves")
        let isDouble = sines["hyper"].at("dtype").text == "float64"
        let program = SinesProgram(
            waves: isDouble ? .double(shape: waves.shape, waves.doubles) : Tensor(waves),
            testCount: try sines.count("test")
        )
        let result = program.run(
            seed: try sines.seed,
            hiddenSize: try sines.count("hidden"),
            learningRate: try sines.number("lr"),
            maxIterations: try sines.count("max_iter"),
            steps: try sines.count("steps"),
            future: try sines.count("future")
        )
        sines.expectRoad(result.losses, "losses")
        if sines.isCalm { sines.expectEnd(result.ahead, "ahead") }
    }

    @Test(arguments: programs("translation"))
    func `translation with attention follows PyTorch's program`(translation: Case) throws {
        let program = TranslationProgram(
            sources: IntTensor(recorded: translation["data"].at("x")),
            targets: IntTensor(recorded: translation["data"].at("y")),
            words: try translation.count("words")
        )
        let result = program.run(
            seed: try translation.seed,
            hiddenSize: try translation.count("hidden"),
            dropout: try translation.number("dropout"),
            learningRate: try translation.number("lr"),
            batchSize: try translation.count("batch"),
            epochs: try translation.count("epochs"),
            asked: try translation.count("asked")
        )
        translation.expectRoad(result.losses, "losses")
        guard translation.isCalm else { return }
        #expect(result.said == translation["said"].ints)
        expectClose(result.attention, translation["attention"].floats, within: 1e-4, "attention")
    }
}

extension Case {
    fileprivate var seed: Int {
        get throws { try #require(content["seed"]?.int) }
    }

    /// A whole number among the hyperparameters.
    fileprivate func count(_ name: String) throws -> Int { try #require(content["hyper"]?[name]?.int) }

    /// A number among the hyperparameters.
    fileprivate func number(_ name: String) throws -> Double { try #require(content["hyper"]?[name]?.number) }

    /// How far PyTorch's own losses, up to each of them, are from those in doubles: rounding grows with the steps, and
    /// where rates are high by a lot. What PyTorch computed in doubles has no such list.
    private var noise: [Double] { content["noise"]?.doubles ?? [] }

    /// Whether rounding does not lead somewhere else in the end.
    fileprivate var isCalm: Bool { noise.last ?? 0 <= 1e-4 }

    /// Expects the recorded numbers of each step, about as near as PyTorch is to its doubles, or within 1e-6.
    fileprivate func expectRoad(_ ours: [Double], _ key: String) {
        expect(ours, key) { step in 30 * (step < noise.count ? noise[step] : 0) }
    }

    /// Expects the recorded numbers of the trained model.
    fileprivate func expectEnd(_ ours: [Double], _ key: String) {
        expect(ours, key) { _ in max(1e-5, 100 * (noise.last ?? 0)) }
    }

    private func expect(_ ours: [Double], _ key: String, _ tolerance: (Int) -> Double) {
        let theirs = self[key].doubles
        #expect(ours.count == theirs.count, "\(id): \(key)")
        for (step, (ours, theirs)) in zip(ours, theirs).enumerated() {
            let error = abs(ours - theirs) / max(1, abs(theirs))
            #expect(
                error <= max(1e-6, tolerance(step)),
                "\(id): number \(step) of \(key) is \(ours), not \(theirs)"
            )
        }
    }
}

extension IntTensor {
    fileprivate init(recorded: Recorded) {
        self.init(shape: recorded.shape, scalars: recorded.ints)
    }
}
