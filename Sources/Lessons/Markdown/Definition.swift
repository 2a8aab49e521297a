/// A term and its meaning.
///
///     Hidden state
///     : The vector that a network carries from one time step to the next.
public struct Definition: Sendable, Equatable {
    /// The term as it is shown.
    public var term: [Inline]
    /// The meaning.
    public var blocks: [Block]
    /// The location of the term.
    public var location: SourceLocation

    /// Makes a definition.
    public init(term: [Inline], blocks: [Block], at location: SourceLocation) {
        self.term = term
        self.blocks = blocks
        self.location = location
    }
}

/// The lines of a definition: a term, and below it lines that begin with `: `.
struct DefinitionLines {
    /// The text above the first line that begins so.
    let term: [Inline]
    /// The text of each of them, without its mark.
    let bodies: [[Inline]]
    /// The location of the first of them.
    let location: SourceLocation
    /// Whether the term is more than a line.
    let isTermLong: Bool

    /// Reads a paragraph; `nil` where no line below its first begins with a mark.
    init?(_ inlines: [Inline]) {
        guard inlines.contains(where: \.isDefinitionMark) else { return nil }
        let lines = inlines.split(omittingEmptySubsequences: false) { $0.content == .softBreak }
        guard let first = lines.firstIndex(where: { $0.first?.isDefinitionMark == true }), first > 0 else {
            return nil
        }
        term = Array(lines[0])
        isTermLong = first > 1
        location = lines[first].first?.location ?? inlines[0].location
        var bodies: [[Inline]] = []
        for line in lines[first...] {
            if line.first?.isDefinitionMark == true {
                bodies.append(line.dropDefinitionMark())
            } else {
                bodies[bodies.count - 1] +=
                    [Inline(.softBreak, at: line.first?.location ?? inlines[0].location)] + line
            }
        }
        self.bodies = bodies
    }

    /// The definition.
    var definition: Definition {
        let start = term.first?.location ?? location
        let blocks = bodies.map { Block(.paragraph($0), at: $0.first?.location ?? start) }
        return Definition(term: term, blocks: blocks, at: start)
    }
}

extension Inline {
    fileprivate var isDefinitionMark: Bool {
        guard case .text(let text) = content else { return false }
        return text.hasPrefix(": ")
    }
}

extension Collection<Inline> {
    /// A line of a definition without its mark.
    fileprivate func dropDefinitionMark() -> [Inline] {
        guard let first, case .text(let text) = first.content else { return Array(self) }
        let rest = String(text.dropFirst(2).drop { $0 == " " })
        let mark = rest.isEmpty ? [] : [Inline(.text(rest), at: first.location)]
        return mark + dropFirst()
    }
}
