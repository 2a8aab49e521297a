internal import Lessons
internal import Serialization

/// Notes on names, asked of SourceKit, but no more often than there is something new to learn.
struct AskedNames {
    private let program: TypedProgram
    private let memory: ToolchainMemory
    private let cells: [Cell]
    private let codes: [TypedCode]
    /// Where the cells declare a name, which may be one of the library, too.
    private var places: [String: Set<DeclaredNames.Place>]
    /// How they declare it.
    private var manners: [String: Set<DeclaredNames.Manner>]
    /// How many functions and types have a name.
    private let counts: [String: Int]
    private var known: [String: NameNote?] = [:]

    /// Asks about the names of a program.
    ///
    /// - Parameters:
    ///   - cells: The pieces of the program.
    ///   - codes: Their names.
    ///   - declared: The names that they declare.
    ///   - memory: What was learned before.
    init(
        _ program: TypedProgram,
        of cells: [Cell],
        _ codes: [TypedCode],
        declaring declared: DeclaredNames,
        memory: ToolchainMemory
    ) {
        self.program = program
        self.cells = cells
        self.codes = codes
        self.memory = memory
        (places, manners, counts) = (declared.places, declared.manners, declared.counts)
        for (index, code) in codes.enumerated() {
            for name in code.names where name.isDeclaration {
                let place = DeclaredNames.Place(piece: index, start: name.range.lowerBound)
                if declared.places[name.text]?.contains(place) == true { continue }
                // A parameter of a closure.
                places[name.text, default: []].insert(place)
                manners[name.text, default: []].insert(code.hasInoutClosure ? .other : .constant)
            }
        }
    }

    /// What a name stands for; `nil` if SourceKit cannot tell.
    ///
    /// - Parameters:
    ///   - name: The name, by its place in a cell.
    ///   - cell: The cell's index.
    ///   - start: Where the cell begins in the program.
    mutating func note(on name: TypedCode.Name, ofCell cell: Int, startingAt start: Int) -> NameNote? {
        // Elements of tuples have no declaration that SourceKit would name.
        if let type = name.type, name.baseType?.contains("\(name.text): \(type)") == true {
            return NameNote(name.range, declaration: "\(name.text): \(type)")
        }
        if let type = name.type, isConstant(name, type, inCell: cell) {
            return NameNote(name.range, declaration: "let \(name.text): \(type)")
        }
        let key = key(of: name, inCell: cell)
        if let key, let known = known[key] { return known?.moved(to: name.range) }
        if let key, let note = memory.answer(on: .note, to: key).flatMap(NameNote.init(json:)) {
            known[key] = note
            return note.moved(to: name.range)
        }
        let note = program.symbol(at: start + name.range.lowerBound).map { NameNote(name.range, $0) }
        if let key {
            known[key] = note
            if let note, note.isOfLibrary || !key.hasSuffix("\n") {
                memory.keep(note.json, on: .note, to: key)
            }
        }
        return note
    }

    /// Whether name and type are all that there is to say.
    private func isConstant(_ name: TypedCode.Name, _ type: String, inCell cell: Int) -> Bool {
        guard !name.isMember, !type.contains("->"), !type.hasPrefix("some "), type != "_" else {
            return false
        }
        return name.text.hasPrefix("$")
            ? !codes[cell].hasInoutClosure : manners[name.text] == [.constant]
    }

    /// What names of one meaning have in common, of this lesson and of others; `nil` where that cannot be said.
    ///
    /// The second line is empty for names of the library that the program does not declare as well. For others it is a
    /// digest of the cells that declare such a name; where they do that in ways that only the scope tells apart, it goes
    /// by the place in them.
    private func key(of name: TypedCode.Name, inCell cell: Int) -> String? {
        guard var key = description(of: name) else { return nil }
        var cells = Set(places[name.text, default: []].map(\.piece))
        // Elsewhere it is the one that is declared outside of all braces.
        if isAmbiguous(name), cells.contains(cell) { key += " at \(cell):\(name.range.lowerBound)" }
        if name.text.hasPrefix("$") { cells.insert(cell) }
        if cells.isEmpty { return "\(key)\n" }
        let code = cells.sorted().map { self.cells[$0].code }.joined(separator: "\u{0}")
        return "\(key)\n\(Digest(of: code).text)"
    }

    /// Whether names of one type and one base may have been declared differently.
    private func isAmbiguous(_ name: TypedCode.Name) -> Bool {
        let manners = manners[name.text] ?? []
        return manners.count > 1 || manners == [.other] && (places[name.text] ?? []).count > 1
    }

    /// What is said of a name: variables of one name and type are told apart by nothing else, and neither are types of
    /// one name, nor functions with the same labels that are called on the same. `nil` for a type that is called, which
    /// depends on the arguments.
    private func description(of name: TypedCode.Name) -> String? {
        if name.isType { return name.labels.isEmpty ? name.text : nil }
        guard let type = name.type else {
            return counts[name.text] == 1 && !name.isMember && !name.isBase ? "func \(name.text)" : nil
        }
        if type.hasSuffix(".Type") { return name.isBase ? "\(name.text)." : nil }
        guard name.isMember || type.contains("->") else { return "\(name.text): \(type)" }
        // What stands after a bare dot is a member of the type that it makes, which the type of the name says.
        if name.isMember, name.baseType == nil {
            return name.isImplicit ? ".\(name.text)\(name.labels): \(type)" : nil
        }
        return "\(name.baseType.map { "(\($0))." } ?? "")\(name.text)\(name.labels): \(type)"
    }
}

extension NameNote {
    /// The note on the name where it stands elsewhere.
    fileprivate func moved(to range: Range<Int>) -> NameNote {
        var note = self
        note.range = range
        return note
    }

    /// The note as it is kept from one build to the next; its place is of no meaning there.
    fileprivate var json: JSON {
        .array([declaration, summary, symbol ?? ""].map(JSON.string))
    }

    /// Reads a note back; `nil` for what is none.
    fileprivate init?(json: JSON) {
        guard let texts = json.array?.compactMap(\.string), texts.count == 3 else { return nil }
        let symbol = texts[2].isEmpty ? nil : texts[2]
        self.init(0..<0, declaration: texts[0], summary: texts[1], symbol: symbol)
    }

    /// Whether the name is declared outside of lessons, whose programs are all called `main`.
    fileprivate var isOfLibrary: Bool { symbol.map { !$0.contains("4main") } ?? false }
}

extension NameNote {
    /// What SourceKit knows of a symbol, in the words of a note.
    fileprivate init(_ range: Range<Int>, _ symbol: TypedProgram.Symbol) {
        var lines = [DeclarationText(markup: symbol.declaration).text]
        // A parameter that may be changed is no variable, but what its function was given.
        if lines[0].hasPrefix("var "), lines[0].contains(": inout ") { lines[0].removeFirst(4) }
        // A type that goes by the same name in another module says nothing.
        lines.removeAll { line in
            let words = line.split(separator: " ")
            return words.count == 4 && words[0] == "typealias" && words[1] == words[3]
        }
        if let initializer = symbol.others.first(where: { $0.kind.hasSuffix(".constructor") }) {
            lines.append(DeclarationText(markup: initializer.declaration).text)
        }
        let comment = DocumentationComment(symbol.documentation ?? "")
        let shape = comment.shape.map { "Shape: \($0)" }
        self.init(
            range,
            declaration: lines.joined(separator: "\n"),
            summary: [comment.summary, shape].compactMap(\.self).filter { !$0.isEmpty }.joined(
                separator: "\n"
            ),
            symbol: symbol.identifier.map {
                String($0.prefix(upTo: $0.firstRange(of: "::")?.lowerBound ?? $0.endIndex))
            }
        )
    }
}
