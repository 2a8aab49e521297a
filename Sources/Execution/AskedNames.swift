internal import Lessons

/// Notes on names, asked of SourceKit, but no more often than there is something new to learn.
struct AskedNames {
    private let program: TypedProgram
    private let memory: SyntaxMemory
    /// The names that the program declares, with which it may hide names of the library.
    private let declared: DeclaredNames
    private var known: [String: NameNote?] = [:]

    /// Asks about the names of a program.
    ///
    /// - Parameters:
    ///   - declared: The names that the program declares.
    ///   - memory: What is known of names of the library.
    init(_ program: TypedProgram, declaring declared: DeclaredNames, memory: SyntaxMemory) {
        self.program = program
        self.declared = declared
        self.memory = memory
    }

    /// What a name stands for; `nil` if SourceKit cannot tell.
    ///
    /// - Parameters:
    ///   - name: The name, by its place in a piece of the program.
    ///   - start: Where the piece begins.
    mutating func note(on name: TypedCode.Name, startingAt start: Int) -> NameNote? {
        // Elements of tuples have no declaration that SourceKit would name.
        if let type = name.type, name.baseType?.contains("\(name.text): \(type)") == true {
            return NameNote(name.range, declaration: "\(name.text): \(type)")
        }
        if let type = name.type, isConstant(name, type) {
            return NameNote(name.range, declaration: "let \(name.text): \(type)")
        }
        let key = key(of: name)
        if let key, let known = known[key] { return known?.moved(to: name.range) }
        // Of a type, what is said depends on how it is called.
        let isLasting = !name.isType && !declared.names.contains(name.text)
        if let key, isLasting, let note = memory.note(on: key) {
            known[key] = note
            return note.moved(to: name.range)
        }
        let note = program.symbol(at: start + name.range.lowerBound).map { NameNote(name.range, $0) }
        if let key {
            known[key] = note
            if isLasting, let note, note.isOfLibrary { memory.keep(note, on: key) }
        }
        return note
    }

    /// Whether name and type are all that there is to say.
    private func isConstant(_ name: TypedCode.Name, _ type: String) -> Bool {
        !name.isMember && declared.constants.contains(name.text) && !type.contains("->") && type != "_"
    }

    /// What names of the same meaning have in common: variables of one name and type are told apart by nothing that
    /// a note says, and neither are types of one name, nor the library's functions with the same labels that are called
    /// on the same. `nil` for functions and members that the program declares, perhaps several by one name.
    private func key(of name: TypedCode.Name) -> String? {
        if name.isType { return name.text }
        guard let type = name.type, !type.hasSuffix(".Type"), !name.isDeclaration else { return nil }
        guard name.isMember || type.contains("->") else { return "\(name.text): \(type)" }
        if declared.names.contains(name.text) { return nil }
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

    /// Whether the name is declared outside of lessons, whose programs are all called `main`.
    fileprivate var isOfLibrary: Bool { symbol.map { !$0.contains("4main") } ?? false }
}

extension NameNote {
    /// What SourceKit knows of a symbol, in the words of a note.
    fileprivate init(_ range: Range<Int>, _ symbol: TypedProgram.Symbol) {
        var lines = [DeclarationText(markup: symbol.declaration).text]
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
