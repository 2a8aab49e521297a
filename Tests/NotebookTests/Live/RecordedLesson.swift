import Notebook
import Records
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A lesson's program that is recorded as under Unroll, in the process of an exit test.
enum RecordedLesson {
    private static let token = "token"

    /// Has the session of this process read a token and further lines, and write events.
    static func begin(input: String = "") {
        setenv(EventStream.variable, "walled", 1)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let text = Array("\(token)\n\(input)".utf8)
        _ = write(ends[1], text, text.count)
        close(ends[1])
        dup2(ends[0], STDIN_FILENO)
    }

    /// The records of the cells that a process wrote, and whether it came to its end.
    static func cells(of output: [UInt8]) -> (cells: [CellRecord], hasEnded: Bool) {
        var stream = EventStream(token: token)
        var cells: [CellRecording] = []
        var hasEnded = false
        func change(_ change: (inout CellRecording) -> Void) {
            if !cells.isEmpty { change(&cells[cells.count - 1]) }
        }
        for piece in stream.read(output) + stream.finish() {
            switch piece {
            case .printed(let bytes): change { $0.add(.text(String(decoding: bytes, as: UTF8.self))) }
            case .event(.cell(let name)):
                change { $0.end() }
                cells.append(CellRecording(name: name))
            case .event(.output(let output)): change { $0.add(output) }
            case .event(.shape(let shape)): change { $0.add(shape) }
            case .event(.live(let controls, let isBuilt)): change { $0.begin(controls, isBuilt: isBuilt) }
            case .event(.state): change { $0.beginState() }
            case .event(.statesEnd): change { $0.endStates() }
            case .event(.end):
                change { $0.end() }
                hasEnded = true
            case .event(.runs(let runs)): change { $0.add(runs) }
            case .event(.value), .event(.exit): break
            }
        }
        return (cells.map { $0.record }, hasEnded)
    }
}
