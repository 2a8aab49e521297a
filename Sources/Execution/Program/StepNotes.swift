internal import Lessons
internal import SwiftAnalysis

/// SourceKit's knowledge of a lesson's steps beyond their text, by the index of the step.
struct StepNotes: Sendable {
    /// The ranges of the expressions that are shown, in their order.
    var shown: [Int: [Range<Int>]] = [:]
    /// The notes on names.
    var names: [Int: [NameNote]] = [:]
    /// The tensors that are defined.
    var tensors: [Int: [TensorDefinition]] = [:]
    /// The notes on live cells; `nil` without such.
    var live: LiveNotes?

    /// Returns the notes with all ranges changed; what has none any more is left out.
    ///
    /// - Parameter move: Returns the new range for one in the step of an index.
    func moved(_ move: (Int, Range<Int>) -> Range<Int>?) -> StepNotes {
        var moved = StepNotes()
        for (index, ranges) in shown { moved.shown[index] = ranges.compactMap { move(index, $0) } }
        for (index, names) in names {
            moved.names[index] = names.compactMap { name in
                var name = name
                return move(index, name.range).map {
                    name.range = $0; return name
                }
            }
        }
        for (index, tensors) in tensors {
            moved.tensors[index] = tensors.compactMap { tensor in
                move(index, tensor.range).map { TensorDefinition(tensor.name, $0) }
            }
        }
        moved.live = live?.moved(move)
        return moved
    }

    /// Returns the notes on each cell, by its name.
    func byCell(_ steps: [Cell]) -> [String: CellNotes] {
        var notes: [String: CellNotes] = [:]
        for index in Set(names.keys).union(tensors.keys) where steps.indices.contains(index) {
            notes[steps[index].name] = CellNotes(names: names[index] ?? [], tensors: tensors[index] ?? [])
        }
        return notes
    }
}

// MARK: - In the cache

extension StepNotes: Codable {
    /// A note without its range, which holds for many names.
    private struct Text: Codable, Hashable {
        var declaration: String
        var summary: String
        var symbol: String?
    }

    private enum Key: CodingKey { case shown, tensors, texts, names, live }

    /// Writes each text once, and names as numbers.
    func encode(to encoder: any Encoder) throws {
        var texts: [Text] = []
        var indices: [Text: Int] = [:]
        var numbers: [Int] = []
        for (step, notes) in names.sorted(by: { $0.key < $1.key }) {
            for note in notes {
                let text = Text(declaration: note.declaration, summary: note.summary, symbol: note.symbol)
                let index = indices[text] ?? texts.count
                if index == texts.count {
                    texts.append(text)
                    indices[text] = index
                }
                numbers += [step, note.range.lowerBound, note.range.count, index]
            }
        }
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(shown, forKey: .shown)
        try values.encode(tensors, forKey: .tensors)
        try values.encodeIfPresent(live, forKey: .live)
        try values.encode(texts, forKey: .texts)
        try values.encode(PackedNumbers(numbers), forKey: .names)
    }

    /// Reads notes back.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        shown = try values.decode([Int: [Range<Int>]].self, forKey: .shown)
        tensors = try values.decode([Int: [TensorDefinition]].self, forKey: .tensors)
        live = try values.decodeIfPresent(LiveNotes.self, forKey: .live)
        let texts = try values.decode([Text].self, forKey: .texts)
        let numbers = try values.decode(PackedNumbers.self, forKey: .names).numbers
        for index in stride(from: 3, to: numbers.count, by: 4) where texts.indices.contains(numbers[index]) {
            let (start, count, text) = (numbers[index - 2], numbers[index - 1], texts[numbers[index]])
            let note = NameNote(
                start..<start + max(0, count),
                declaration: text.declaration,
                summary: text.summary,
                symbol: text.symbol
            )
            names[numbers[index - 3], default: []].append(note)
        }
    }
}
