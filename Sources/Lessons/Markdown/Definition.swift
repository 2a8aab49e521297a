/// A term and what it means.
///
///     Hidden state
///     : The vector that a network carries from one time step to the next.
public struct Definition: Sendable, Hashable {
    /// The term as it is shown.
    public var term: [Inline]
    /// What it means.
    public var blocks: [Block]
    /// Where the term stands.
    public var location: SourceLocation

    /// Makes a definition.
    public init(term: [Inline], blocks: [Block], at location: SourceLocation) {
        self.term = term
        self.blocks = blocks
        self.location = location
    }
}

/// A line, and below it lines that begin with `: `, which say what it means.
struct DefinitionLines {
    /// What stands above the first line that begins so.
    let term: [Inline]
    /// What each of them says, without its mark.
    let bodies: [[Inline]]
    /// Where the first of them begins.
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

    /// What was read.
    var definition: Definition {
        let place = term.first?.location ?? location
        let blocks = bodies.map { Block(.paragraph($0), at: $0.first?.location ?? place) }
        return Definition(term: term, blocks: blocks, at: place)
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
