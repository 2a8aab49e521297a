import Recurrent

/// Calculations whose numbers between input and result need more than 32 bits, which is all that an `Int` of
/// WebAssembly has.
enum WideNumbers {
    /// A line for each calculation.
    static var lines: String {
        let generator = Generator(seed: 0)
        let permutations = (0..<3).map { _ in generator.permutation(24) }
        let integers = generator.integers(12, in: -1_000_000_000..<1_000_000_000)
        return """
            permutations: \(permutations.map(list).joined(separator: "; "))
            integers: \(list(integers))
            a permutation after them: \(list(generator.permutation(9)))
            printed: \(Tensor([999_999.9375, -214_748.375, 0.5]).description)
            whole parts: \(list(IntTensor(Tensor([-2_147_483_648, 2_147_483_520, -0.75])).scalars))

            """
    }

    private static func list(_ numbers: [Int]) -> String {
        numbers.map { "\($0)" }.joined(separator: " ")
    }
}
