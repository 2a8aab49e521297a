/// The stop of a call that draws random numbers before it seeds the default generator.
final class MissingSeed: Sendable {
    private let caller: String
    private let file: StaticString
    private let line: UInt

    /// A stop at a place.
    ///
    /// - Parameters:
    ///   - caller: The words for what draws: "this live function".
    ///   - file: The file of the call.
    ///   - line: The line of the call.
    init(_ caller: String, file: StaticString, line: UInt) {
        self.caller = caller
        self.file = file
        self.line = line
    }

    /// Stops with a sentence.
    func stop() -> Never {
        Recurrent.stop(
            "\(caller) draws random numbers without a seed; begin it with manualSeed(0)",
            file: file,
            line: line
        )
    }
}

extension Generator {
    /// Runs a body that must seed the default generator before it draws from it; afterwards the generator goes on as if
    /// the body had not run.
    ///
    /// - Parameters:
    ///   - caller: The words for the body in the sentence with which it stops: "this live function".
    ///   - file: The file of the call.
    ///   - line: The line of the call.
    ///   - body: The body.
    package static func withoutSeed<Result>(
        _ caller: String,
        file: StaticString,
        line: UInt,
        _ body: () -> Result
    ) -> Result {
        let generator = Generator.default
        let former = generator.exchangeStream(
            for: Stream(missing: MissingSeed(caller, file: file, line: line))
        )
        let result = body()
        _ = generator.exchangeStream(for: former)
        return result
    }
}
