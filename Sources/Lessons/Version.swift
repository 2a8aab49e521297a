/// A version of Unroll, or of a tool: `2.0.0`, of which later numbers may be left out.
package struct Version: Sendable, Hashable, Comparable {
    /// The version of Unroll that these sources are.
    package static let current = Version(numbers: [2, 0, 0])

    /// The numbers: major, minor, patch.
    private let numbers: [Int]

    private init(numbers: [Int]) {
        self.numbers = numbers
    }

    /// Reads one to three numbers with dots between them; `nil` of any other text.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard numbers.count == parts.count, (1...3).contains(numbers.count) else { return nil }
        self.numbers = numbers + Array(repeating: 0, count: 3 - numbers.count)
    }

    package static func < (a: Version, b: Version) -> Bool {
        a.numbers.lexicographicallyPrecedes(b.numbers)
    }
}

extension Version: CustomStringConvertible {
    /// The three numbers.
    package var description: String { numbers.map(String.init).joined(separator: ".") }
}
