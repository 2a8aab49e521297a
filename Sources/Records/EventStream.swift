internal import Serialization

/// The one stream that a running lesson writes: what it prints, with events in between.
///
/// An event is a frame: the byte 0x1E, the run's token, a space, the event as JSON on one line, a line ending.
/// The token is new for every run and known to the two processes only, so that no print can pass for an event: it is
/// the first line of the process's standard input, which is read before any cell runs, and stands nowhere else.
/// One stream keeps the order of prints and events without clocks or locks. Standard error has the events that begin
/// cells, too, so that what is written there can be put under its cell.
public struct EventStream: Sendable {
    /// The environment variable that tells a lesson's process that its standard input begins with the token: `walled`,
    /// or `open` where nothing but the process itself can end what it starts. It is gone before any cell runs.
    public static let variable = "UNROLL_STREAM"

    private static let mark: UInt8 = 0x1E

    /// A piece of the stream.
    public enum Piece: Sendable, Equatable {
        /// Text that the lesson printed.
        case printed([UInt8])
        /// An event between its prints.
        case event(Event)
    }

    private let opening: [UInt8]
    private var pending: [UInt8] = []

    /// A stream whose frames carry this token.
    public init(token: String) {
        opening = [EventStream.mark] + Array(token.utf8) + [UInt8(ascii: " ")]
    }

    /// Returns the bytes of an event's frame.
    public func frame(_ event: Event) -> [UInt8] {
        opening + Array(event.json.compact.utf8) + [UInt8(ascii: "\n")]
    }

    /// Reads the next bytes of the stream.
    ///
    /// - Returns: The pieces that they complete.
    ///
    /// Bytes that may be the beginning of a frame wait for the next call, or for `finish()`.
    public mutating func read(_ bytes: some Sequence<UInt8>) -> [Piece] {
        pending += bytes
        var pieces: [Piece] = []
        var printed: [UInt8] = []
        var position = 0
        while let mark = pending[position...].firstIndex(of: EventStream.mark) {
            printed += pending[position..<mark]
            position = mark
            let rest = pending[mark...]
            guard rest.starts(with: opening) else {
                if opening.starts(with: rest) { break }
                printed.append(EventStream.mark)
                position += 1
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { break }
            let line = pending[(mark + opening.count)..<end]
            position = end + 1
            guard let json = try? JSON(parsing: line), let event = Event(json: json) else {
                printed += pending[mark...end]
                continue
            }
            if !printed.isEmpty { pieces.append(.printed(printed)) }
            printed = []
            pieces.append(.event(event))
        }
        if pending[position...].first != EventStream.mark {
            printed += pending[position...]
            position = pending.count
        }
        if !printed.isEmpty { pieces.append(.printed(printed)) }
        pending.removeSubrange(..<position)
        return pieces
    }

    /// Returns the rest at the end of the stream: the beginning of a frame that never ended is no print.
    public mutating func finish() -> [Piece] {
        defer { pending = [] }
        return pending.isEmpty || pending.starts(with: opening) ? [] : [.printed(pending)]
    }
}
