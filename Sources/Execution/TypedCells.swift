package import Lessons

/// The cells of a lesson, type-checked together as the one program that they are.
package struct TypedCells: Sendable {
    private static let preamble = "import Notebook\n"

    let cells: [Cell]
    let syntaxes: [Syntax]
    let program: TypedProgram
    private let memory: ToolchainMemory
    /// Where the code of each cell begins in the program.
    let starts: [Int]
    /// The expressions of each cell; their ranges count from its start.
    private let expressions: [[TypedExpression]]
    /// The types of variables, by where their names begin in the program.
    private let variables: [Int: String]

    /// Asks SourceKit for the types of all expressions.
    ///
    /// - Parameters:
    ///   - syntaxes: What the parser made of the cells.
    ///   - arguments: The compiler's options, without files.
    package init(
        _ cells: [Cell],
        syntaxes: [Syntax],
        sourceKit: SourceKit,
        arguments: [String]
    ) throws(SourceKitLibrary.Failure) {
        var text = TypedCells.preamble
        var starts: [Int] = []
        for cell in cells {
            starts.append(text.utf8.count)
            text += cell.code + "\n"
        }
        program = try TypedProgram(text, arguments: arguments, in: sourceKit)
        var expressions = [[TypedExpression]](repeating: [], count: cells.count)
        let types = try program.types()
        for expression in types.expressions {
            let position = expression.range.lowerBound
            guard let cell = starts.lastIndex(where: { $0 <= position }),
                position < starts[cell] + cells[cell].code.utf8.count
            else { continue }
            let start = position - starts[cell]
            expressions[cell].append(
                TypedExpression(range: start..<start + expression.range.count, type: expression.type)
            )
        }
        self.cells = cells
        memory = sourceKit.memory
        self.syntaxes = syntaxes
        self.starts = starts
        self.expressions = expressions
        variables = types.variables
    }

    /// The cell that holds a byte of the program, and which byte of its code that is.
    func place(_ offset: Int) -> (step: Int, offset: Int)? {
        guard let step = starts.lastIndex(where: { $0 <= offset }),
            offset < starts[step] + cells[step].code.utf8.count
        else { return nil }
        return (step, offset - starts[step])
    }

    /// The program, with blanks in the place of comments and texts.
    var bareText: [UInt8] {
        var text = Array(program.text.utf8)
        for (start, syntax) in zip(starts, syntaxes) {
            for token in syntax.tokens where token.kind == .comment || token.kind == .string {
                for index in token.range where text[start + index] != UInt8(ascii: "\n") {
                    text[start + index] = UInt8(ascii: " ")
                }
            }
        }
        return text
    }

    /// For each cell, by its index, the last bare expression, whose value is shown, in bytes of the cell's code.
    package var shown: [Int: Range<Int>] {
        var shown: [Int: Range<Int>] = [:]
        for (index, cell) in cells.enumerated() {
            shown[index] =
                cell.isExpression
                ? 0..<cell.code.utf8.count
                : LastExpression.range(
                    in: cell.code,
                    syntax: syntaxes[index],
                    expressions: expressions[index]
                )
        }
        return shown
    }

    /// The tensors that cells define outside of all braces, by the cell's index.
    package var tensors: [Int: [TensorDefinition]] {
        var tensors: [Int: [TensorDefinition]] = [:]
        for (index, cell) in cells.enumerated() where !cell.isExpression {
            let bare = syntaxes[index].withoutComments(cell.code)
            let defined = syntaxes[index].variables.filter { variable in
                ["Tensor", "IntTensor"].contains(variables[starts[index] + variable.name.lowerBound])
                    && TypedCells.hasValue(variable, in: bare)
            }
            tensors[index] = TypedCells.lastOnTheirLines(defined, in: bare).map { variable in
                TensorDefinition(String(decoding: bare[variable.name], as: UTF8.self), variable.declaration)
            }
        }
        return tensors.filter { !$0.value.isEmpty }
    }

    /// Whether a variable has a value where it is declared, and one that is not computed anew each time.
    private static func hasValue(_ variable: Syntax.Variable, in code: [UInt8]) -> Bool {
        let next = code[variable.name.upperBound..<variable.declaration.upperBound].first {
            [UInt8(ascii: "="), UInt8(ascii: "{")].contains($0)
        }
        // A name between backticks is longer than SourceKit says.
        return next == UInt8(ascii: "=") && code[variable.name.lowerBound] != UInt8(ascii: "`")
    }

    /// Those variables after whose declarations nothing stands on the line but declarations of the like.
    private static func lastOnTheirLines(
        _ variables: [Syntax.Variable],
        in code: [UInt8]
    ) -> [Syntax.Variable] {
        var kept: [Syntax.Variable] = []
        for variable in variables.reversed() {
            let next = code[variable.declaration.upperBound...].firstIndex {
                ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ";")].contains($0)
            }
            let endsLine = next.map { code[$0] == UInt8(ascii: "\n") } ?? true
            if endsLine || kept.contains(where: { $0.declaration.lowerBound == next }) {
                kept.append(variable)
            }
        }
        return kept.reversed()
    }

    /// Whether a cell imports a module that is not there. Asked for names then, SourceKit prints what it has to say of
    /// that to standard error, by a file's name that nobody knows.
    private var lacksModule: Bool {
        syntaxes.indices.contains { cells[$0].code.contains("import") }
            && program.errors.contains { $0 == "sema_no_import" }
    }

    /// The compiler's errors; of a member that is misspelled, it does not say itself how it is written.
    func explained(_ errors: [Diagnostic], of lesson: Lesson) async -> [Diagnostic] {
        let explained = try? await onOwnThread {
            lacksModule
                ? errors
                : errors.map { error in
                    guard error.hint == nil, let missing = MissingMember(error, in: lesson, cells) else {
                        return error
                    }
                    let start = starts[missing.step] + missing.position
                    let members = program.members(insteadOf: start..<start + missing.name.utf8.count)
                    var error = error
                    error.hint = Spelling.nearest(to: missing.name, among: members)
                        .map { "did you mean '\($0)'?" }
                    return error
                }
        }
        return explained ?? errors
    }

    /// What the names of the cells that readers see stand for, by the cell's index.
    package func names() async -> [Int: [NameNote]] {
        (try? await onOwnThread(askedNames)) ?? [:]
    }

    @Sendable private func askedNames() -> [Int: [NameNote]] {
        if lacksModule { return [:] }
        let declared = DeclaredNames(in: zip(cells, syntaxes).map { ($0.code, $1.tokens) })
        let codes = cells.indices.map { index in
            TypedCode(cells[index].code, syntaxes[index].tokens, expressions[index]) {
                variables[starts[index] + $0]
            }
        }
        var asked = AskedNames(program, of: cells, codes, declaring: declared, memory: memory)
        var names: [Int: [NameNote]] = [:]
        for (index, cell) in cells.enumerated()
        where !cell.isExpression && !cell.options.isHidden {
            let notes = codes[index].names.compactMap {
                asked.note(on: $0, ofCell: index, startingAt: starts[index])
            }
            names[index] = notes.isEmpty ? nil : notes
        }
        return names
    }
}
