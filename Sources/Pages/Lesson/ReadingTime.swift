internal import Lessons

/// The time that a lesson takes to read.
enum ReadingTime {
    /// The minutes, at least one: 230 words, 400 Chinese characters or 40 lines of code each.
    static func minutes(of lesson: Lesson) -> Int {
        var count = Count()
        count.add(lesson.document.blocks)
        for footnote in lesson.document.footnotes { count.add(footnote.blocks) }
        for cell in lesson.cells where !cell.options.isHidden && !cell.options.isFolded {
            count.add(code: cell.code)
        }
        let minutes = Double(count.words) / 230 + Double(count.characters) / 400 + Double(count.lines) / 40
        return max(1, Int(minutes.rounded()))
    }

    private struct Count {
        var words = 0
        var characters = 0
        var lines = 0

        mutating func add(_ blocks: [Block]) {
            for block in blocks {
                switch block.content {
                case .paragraph(let inlines), .heading(_, let inlines): add(Inline.textOfID(inlines))
                case .code(_, let text): add(code: text)
                case .quote(let inner), .callout(_, _, let inner): add(inner)
                case .list(_, _, let items): items.forEach { add($0) }
                case .definitions(let definitions): definitions.forEach { add($0.blocks) }
                case .table(let table):
                    ([table.header] + table.rows).joined().forEach { add(Inline.textOfID($0)) }
                case .math: lines += 2
                case .cell, .thematicBreak, .html: break
                }
            }
        }

        mutating func add(code: String) {
            lines += code.utf8.count { $0 == UInt8(ascii: "\n") }
        }

        /// Counts words by the blanks between them, and characters of scripts that set none.
        private mutating func add(_ text: String) {
            var isInWord = false
            for scalar in text.unicodeScalars {
                switch scalar.value {
                case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0x20000...0x3FFFF:
                    characters += 1
                    isInWord = false
                case 0...0x20, 0xA0, 0x3000...0x303F, 0xFF00...0xFFEF:
                    isInWord = false
                default:
                    if !isInWord { words += 1 }
                    isInWord = true
                }
            }
        }
    }
}
