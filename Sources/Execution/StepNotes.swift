internal import Lessons
internal import Serialization

/// What SourceKit knows of a lesson's steps beyond their text, by the index of the step.
struct StepNotes: Sendable {
    /// What is shown: where it stands in the step's code.
    var shown: [Int: Range<Int>] = [:]
    /// What the names stand for.
    var names: [Int: [NameNote]] = [:]
    /// The tensors that are defined.
    var tensors: [Int: [TensorDefinition]] = [:]

    /// The notes with all places changed; what has none any more is left out.
    ///
    /// - Parameter move: The new place for one in the step of an index.
    func moved(_ move: (Int, Range<Int>) -> Range<Int>?) -> StepNotes {
        var moved = StepNotes()
        for (index, range) in shown { moved.shown[index] = move(index, range) }
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
        return moved
    }

    /// What is known of each cell, by its name.
    func byCell(_ steps: [Cell]) -> [String: CellNotes] {
        var notes: [String: CellNotes] = [:]
        for index in Set(names.keys).union(tensors.keys) where steps.indices.contains(index) {
            notes[steps[index].name] = CellNotes(names: names[index] ?? [], tensors: tensors[index] ?? [])
        }
        return notes
    }
}

extension StepNotes {
    /// The notes as an object; a note that holds for many names is written once.
    var json: JSON {
        var texts: [JSON] = []
        var numbers: [[String]: Int] = [:]
        var places: [JSON] = []
        for (index, names) in names.sorted(by: { $0.key < $1.key }) {
            for name in names {
                let text = [name.declaration, name.summary] + (name.symbol.map { [$0] } ?? [])
                let number = numbers[text] ?? texts.count
                if number == texts.count {
                    numbers[text] = number
                    texts.append(.array(text.map(JSON.string)))
                }
                places.append(StepNotes.place(index, name.range, .integer(number)))
            }
        }
        return [
            "shown": .array(shown.sorted { $0.key < $1.key }.map { StepNotes.place($0, $1) }),
            "texts": .array(texts),
            "names": .array(places),
            "tensors": .array(
                tensors.sorted { $0.key < $1.key }.flatMap { index, tensors in
                    tensors.map { StepNotes.place(index, $0.range, .string($0.name)) }
                }
            ),
        ]
    }

    /// Reads notes back.
    init?(json: JSON) {
        guard let shown = json["shown"]?.array, let texts = json["texts"]?.array,
            let names = json["names"]?.array, let tensors = json["tensors"]?.array
        else { return nil }
        for place in shown {
            guard let (step, range, _) = StepNotes.place(place) else { return nil }
            self.shown[step] = range
        }
        for place in names {
            guard let (step, range, value) = StepNotes.place(place), let number = value?.integer,
                texts.indices.contains(number), let text = texts[number].array?.compactMap(\.string),
                (2...3).contains(text.count)
            else { return nil }
            self.names[step, default: []].append(
                NameNote(
                    range,
                    declaration: text[0],
                    summary: text[1],
                    symbol: text.count == 3 ? text[2] : nil
                )
            )
        }
        for place in tensors {
            guard let (step, range, value) = StepNotes.place(place), let name = value?.string else {
                return nil
            }
            self.tensors[step, default: []].append(TensorDefinition(name, range))
        }
    }

    private static func place(_ step: Int, _ range: Range<Int>, _ value: JSON? = nil) -> JSON {
        .array([step, range.lowerBound, range.upperBound].map(JSON.integer) + (value.map { [$0] } ?? []))
    }

    private static func place(_ json: JSON) -> (step: Int, range: Range<Int>, value: JSON?)? {
        guard let parts = json.array, (3...4).contains(parts.count), let step = parts[0].integer,
            let start = parts[1].integer, let end = parts[2].integer, 0 <= start, start <= end
        else { return nil }
        return (step, start..<end, parts.count == 4 ? parts[3] : nil)
    }
}
