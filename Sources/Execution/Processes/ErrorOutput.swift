internal import Lessons
internal import Records
internal import Subprocess

/// The standard error of a lesson, which is for its author: it is in no record, and on no page.
package struct ErrorOutput: Sendable {
    /// The output of a cell.
    package struct Part: Sendable, Hashable {
        /// The cell's name.
        package var cell: String
        /// The beginning of it.
        package var text: String
        /// The number of bytes that follow.
        package var omitted: Int
    }

    /// The most that is held of a cell, and of all of them, in bytes.
    private static let (ofCell, ofAll) = (16 << 10, 64 << 10)

    private struct Held {
        var cell: String?
        var bytes: [UInt8] = []
        var count = 0
    }

    private var stream: EventStream
    private var held = [Held()]
    private var total = 0
    /// The last bytes of the current cell, in which the runtime says why it stops.
    private var end: [UInt8] = []

    /// An output that is empty as yet.
    package init(token: String) {
        stream = EventStream(token: token)
    }

    /// Reads a process's standard error to its end.
    init(of sequence: SubprocessOutputSequence, token: String) async throws {
        self.init(token: token)
        for try await buffer in sequence { read(buffer.withUnsafeBytes { Array($0) }) }
        finish()
    }

    /// Takes the next bytes.
    package mutating func read(_ bytes: [UInt8]) {
        stream.read(bytes).forEach { append($0) }
    }

    /// Takes what is left.
    package mutating func finish() {
        stream.finish().forEach { append($0) }
    }

    private mutating func append(_ piece: EventStream.Piece) {
        switch piece {
        case .event(.cell(let name)):
            held.append(Held(cell: name))
            end = []
        case .event:
            break
        case .printed(let bytes):
            let last = held.count - 1
            let room = min(ErrorOutput.ofCell - held[last].bytes.count, ErrorOutput.ofAll - total)
            let taken = bytes.prefix(max(0, room))
            held[last].bytes += taken
            held[last].count += bytes.count
            total += taken.count
            end = Array((end + bytes).suffix(ErrorOutput.ofAll))
        }
    }

    /// The runtime's message, with which it stopped the process.
    package var runtimeMessage: RuntimeMessage { RuntimeMessage(String(decoding: end, as: UTF8.self)) }

    /// Returns what the cells wrote themselves, in their order, without the runtime's message.
    ///
    /// - Parameter hasStopped: Whether the last of them stopped, and the runtime may have said why.
    package func parts(hasStopped: Bool) -> [Part] {
        held.enumerated().compactMap { index, part in
            guard let cell = part.cell else { return nil }
            var text = String(decoding: part.bytes, as: UTF8.self)
            if hasStopped, index == held.count - 1, part.count == part.bytes.count {
                text = RuntimeMessage(text).before
            }
            while text.last?.isNewline == true { text.removeLast() }
            guard !text.isEmpty else { return nil }
            return Part(cell: cell, text: text, omitted: part.count - part.bytes.count)
        }
    }
}

extension ErrorOutput.Part {
    /// Returns the note for the lesson's author.
    func note(at place: SourceLocation, in title: String) -> Diagnostic {
        let rest = omitted > 0 ? "\n… and \(omitted) bytes more" : ""
        return Diagnostic(
            .note,
            .standardError,
            at: place,
            "\(title) wrote to standard error:",
            hint: text.withVisibleControls.replacing("\n", with: "\n  ") + rest.replacing("\n", with: "\n  ")
        )
    }
}

extension String {
    /// The text with pictures of control characters in their places, but for line endings and tabs.
    fileprivate var withVisibleControls: String {
        var text = String.UnicodeScalarView()
        for scalar in replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: text.append(scalar)
            case 0..<0x20: text.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
            case 0x7F: text.append("␡")
            // Others have no pictures: what steers a terminal, or the order of what is read.
            case 0x80..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069:
                text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}
