internal import Foundation

/// Finds the source of a place in an executable, where Swift's own report has none.
///
/// In a tight loop many instructions belong to no line of source. Such a one leads into the loop's body, while the jump
/// back belongs to the closing brace; so the line is that of the next instruction which has one.
struct Symbolizer: Sendable {
    var toolchain: Toolchain

    /// The distance in which a line is looked for, in bytes of machine code.
    private static let reach = 128

    /// The line and column of the instruction at `offset` or, if it has none, of the next one that has, or the last.
    ///
    /// - Parameter program: The program of the executable; places that are not of its lesson do not count.
    func place(
        at offset: Int,
        in executable: URL,
        of program: Program
    ) async -> (line: Int, column: Int)? {
        struct Answer: Decodable {
            var Symbol: [Symbol]
            struct Symbol: Decodable {
                var FileName: String
                var Line: Int
                var Column: Int
            }
        }
        let addresses =
            ((0..<Symbolizer.reach).map { offset + $0 } + (1..<Symbolizer.reach).map { max(0, offset - $0) })
            .map { "0x" + String($0, radix: 16) }
        let child = ChildProcess(
            executable: "\(toolchain.root)/bin/llvm-symbolizer",
            arguments: [
                "--obj=\(executable.path(percentEncoded: false))", "--output-style=JSON", "--no-inlines",
            ] + addresses
        )
        guard let result = try? await child.run(), result.isSuccess else { return nil }
        let answers = try? JSONDecoder().decode([Answer].self, from: Data(result.output.utf8))
        let own = answers?.compactMap(\.Symbol.first).first {
            $0.Line > 0 && program.isOwn(path: $0.FileName)
        }
        return own.map { ($0.Line, $0.Column) }
    }
}
