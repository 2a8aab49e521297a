internal import Foundation
internal import Serialization

/// The reason and the place of a crash, from the report of Swift's runtime.
struct Crash: Sendable, Hashable {
    /// A function that was running, innermost first.
    struct Frame: Sendable, Hashable {
        var file: String?
        var line: Int
        var column: Int
        /// The function's name, demangled, such as `f(_:) + 57`.
        var function: String
        /// The executable or library that holds it.
        var image: String
        /// The offset in that, in bytes from its beginning.
        var offset: Int?
    }

    /// The system's words for the signal, such as `Bad pointer dereference`.
    var description: String
    /// The functions that were running in the thread that stopped.
    var frames: [Frame]
    /// Whether the stack was full.
    var isStackOverflow: Bool

    /// The most bytes of a report; a longer one is none of the runtime's.
    private static let limit = 8 << 20

    /// Reads the crash report in a file; `nil` as long as it is not there, or not complete.
    init?(at file: URL) {
        let data = try? FileHandle(forReadingFrom: file).read(upToCount: Crash.limit)
        guard let data, let json = try? JSON(parsing: data) else { return nil }
        self.init(report: json)
    }

    /// Reads a crash report as Swift's runtime writes it with `format=json`.
    init?(report: JSON) {
        guard let description = report["description"]?.string,
            let thread = report["threads"]?.array?.first(where: { $0["crashed"]?.bool == true })
        else { return nil }
        self.description = description
        var bases: [String: Int] = [:]
        for image in report["images"]?.array ?? [] {
            guard let name = image["name"]?.string else { continue }
            bases[name] = Crash.address(image["baseAddress"])
        }
        frames = (thread["frames"]?.array ?? []).compactMap { frame in
            guard let function = frame["description"]?.string ?? frame["symbol"]?.string else { return nil }
            let place = frame["sourceLocation"]
            let image = frame["image"]?.string ?? ""
            let address = Crash.address(frame["address"])
            return Frame(
                file: place?["file"]?.string,
                line: place?["line"]?.integer ?? 0,
                column: place?["column"]?.integer ?? 0,
                function: function,
                image: image,
                offset: bases[image].flatMap { base in address.map { $0 - base } }
            )
        }
        let registers = thread["registers"]
        if let fault = Crash.address(report["faultAddress"]),
            let stack = Crash.address(registers?["rsp"] ?? registers?["sp"])
        {
            // A full stack faults on the page below it.
            isStackOverflow = max(fault, stack) - min(fault, stack) < 1 << 16
        } else {
            isStackOverflow = false
        }
    }

    /// Finds the line of the lesson's innermost function where the report has none, as in a tight loop.
    mutating func locate(in executable: URL, with symbolizer: Symbolizer, of program: Program) async {
        let image = executable.lastPathComponent
        guard let index = frames.firstIndex(where: { program.isOwn($0.file) || $0.image == image }),
            frames[index].line == 0, let offset = frames[index].offset,
            let place = await symbolizer.place(at: offset, in: executable, of: program)
        else { return }
        frames[index].file = program.file
        (frames[index].line, frames[index].column) = place
    }

    private static func address(_ json: JSON?) -> Int? {
        json?.string.flatMap { Int($0.dropFirst(2), radix: 16) }
    }
}
