internal import Lessons
internal import Serialization

extension Syntax {
    /// The syntax as it is kept from one build to the next, in few words: most is never read back, and a text takes less
    /// time to pass over than numbers.
    var json: JSON {
        func numbers(_ ranges: [Range<Int>]) -> JSON {
            .string(ranges.map { "\($0.lowerBound) \($0.upperBound)" }.joined(separator: " "))
        }
        return [
            .string(String(decoding: tokens.map(\.kind.letter), as: UTF8.self)),
            numbers(tokens.map(\.range)),
            numbers(constructs),
            numbers(variables.flatMap { [$0.name, $0.declaration] }),
            .array(problems.map(\.json)),
        ]
    }

    /// Reads a syntax back; `nil` for what is none.
    init?(json: JSON) {
        func ranges(_ json: JSON) -> [Range<Int>]? {
            guard let words = json.string?.utf8.split(separator: UInt8(ascii: " ")) else { return nil }
            let numbers = words.compactMap { Int(Substring($0)) }
            guard numbers.count == words.count, numbers.count.isMultiple(of: 2) else { return nil }
            let pairs = stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
            return pairs.allSatisfy { 0 <= $0 && $0 <= $1 } ? pairs.map { $0..<$1 } : nil
        }
        guard let parts = json.array, parts.count == 5, let letters = parts[0].string,
            let places = ranges(parts[1]), let constructs = ranges(parts[2]),
            let variables = ranges(parts[3]), let problems = parts[4].array
        else { return nil }
        let kinds = letters.utf8.compactMap { SyntaxToken.Kind.byLetter[$0] }
        guard kinds.count == places.count, variables.count.isMultiple(of: 2) else { return nil }
        tokens = zip(kinds, places).map { SyntaxToken($0, $1) }
        self.constructs = constructs
        self.variables = stride(from: 0, to: variables.count, by: 2).map {
            Variable(name: variables[$0], declaration: variables[$0 + 1])
        }
        self.problems = problems.compactMap(Problem.init(json:))
    }
}

extension SyntaxToken.Kind {
    /// The first letter of its name, which no two have in common.
    fileprivate var letter: UInt8 { rawValue.utf8.first! }
    fileprivate static let byLetter = Dictionary(uniqueKeysWithValues: allCases.map { ($0.letter, $0) })
}

extension Syntax.Problem {
    /// The problem as line, column, words and notes.
    fileprivate var json: JSON {
        [.integer(line), .integer(column), .string(message), .array(notes.map(\.json))]
    }

    /// Reads a problem back.
    fileprivate init?(json: JSON) {
        guard let parts = json.array, parts.count == 4, let line = parts[0].integer,
            let column = parts[1].integer, let message = parts[2].string, let notes = parts[3].array
        else { return nil }
        self.init(
            line: line,
            column: column,
            message: message,
            notes: notes.compactMap(Syntax.Problem.init(json:))
        )
    }
}
