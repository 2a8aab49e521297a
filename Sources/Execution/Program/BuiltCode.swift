internal import Lessons
internal import SwiftAnalysis

extension BuiltPiece {
    /// The name under which a variable's value is kept, which no other cell has.
    private func key(of name: String, in cell: Cell) -> String { "\"\(Program.escaped(cell.name)).\(name)\"" }

    /// The calls by which the lesson's own program keeps what the cell computed, behind its last line.
    func recordings(in cell: Cell) -> Program.Insertion {
        let calls = values.map { "Notebook.recordBuilt(\(key(of: $0.name, in: cell)), \($0.name))\n" }
        let start = cell.code.hasSuffix("\n") ? "" : "\n"
        return Program.Insertion(offset: cell.code.utf8.count, text: start + calls.joined())
    }

    /// The cell as the program of live cells has it: in the place of its code, what it computed is read.
    func reading(_ cell: Cell) -> Cell {
        var cell = cell
        cell.code = values.map { value in
            let (name, key) = (value.name, key(of: value.name, in: cell))
            switch value.source {
            case .value(let type, let isVariable):
                return "\(isVariable ? "var" : "let") \(name): \(type) = Notebook.builtValue(\(key))\n"
            case .layer(let type, let isVariable, let initializer):
                let made = "Notebook.builtLayer(\(key), \(initializer))"
                return "\(isVariable ? "var" : "let") \(name): \(type) = \(made)\n"
            case .assigned: return "\(name) = Notebook.builtValue(\(key))\n"
            case .loaded: return "Notebook.loadBuilt(\(key), \(name))\n"
            }
        }.joined()
        return cell
    }
}
