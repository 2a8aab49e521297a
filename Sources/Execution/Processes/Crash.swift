internal import Foundation
package import Serialization

/// The reason and the place of a crash, from the report of Swift's runtime.
package struct Crash: Sendable, Hashable {
    /// A function that was running, innermost first.
    package struct Frame: Sendable, Hashable {
        package var file: String?
        package var line: Int
        package var column: Int
        /// The function's name, demangled, such as `f(_:) + 57`.
        package var function: String
        /// The executable or library that holds it.
        package var image: String
        /// The offset in that, in bytes from its beginning.
        package var offset: Int?
    }

    /// An executable or library with the addresses of its code.
    private struct Image {
        var name: String
        var range: Range<Int>

        init?(_ json: JSON) {
            guard let name = json["name"]?.string, let start = Crash.address(json["baseAddress"]),
                let end = Crash.address(json["endOfText"]), start < end
            else { return nil }
            (self.name, range) = (name, start..<end)
        }
    }

    /// The system's words for the signal, such as `Bad pointer dereference`.
    package var description: String
    /// The functions that were running in the thread that stopped.
    package var frames: [Frame]
    /// Whether the stack was full.
    package var isStackOverflow: Bool

    /// The most bytes of a report; a longer one is none of the runtime's.
    private static let limit = 8 << 20

    /// Reads the crash report in a file; `nil` as long as it is not there, or not complete.
    init?(at file: URL) {
        let data = try? FileHandle(forReadingFrom: file).read(upToCount: Crash.limit)
        guard let data, let json = try? JSON(parsing: data) else { return nil }
        self.init(report: json)
    }

    /// Reads a crash report as Swift's runtime writes it with `format=json`.
    package init?(report: JSON) {
        guard let description = report["description"]?.string,
            let thread = report["threads"]?.array?.first(where: { $0["crashed"]?.bool == true })
        else { return nil }
        self.description = description
        let images = (report["images"]?.array ?? []).compactMap(Image.init)
        let all = thread["frames"]?.array ?? []
        frames = all.compactMap { frame in
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
                offset: address.flatMap { address in
                    images.first { $0.name == image }.map { address - $0.range.lowerBound }
                }
            )
        }
        if !frames.isEmpty, let caller = Crash.caller(report, thread, in: images) {
            frames.insert(caller, at: 1)
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
        for index in frames.indices where program.isOwn(frames[index].file) || frames[index].image == image {
            guard frames[index].line == 0, let offset = frames[index].offset else { return }
            guard let place = await symbolizer.place(at: offset, in: executable, of: program) else {
                continue
            }
            frames[index].file = program.file
            (frames[index].line, frames[index].column) = place
            return
        }
    }

    private static func address(_ json: JSON?) -> Int? {
        json?.string.flatMap { Int($0.dropFirst(2), radix: 16) }
    }

    // MARK: - The caller that is left out

    /// The beginnings of x86-64's code before a function has a frame of its own, and after: at its entry, where it returns,
    /// and where a program jumps into a library.
    private static let frameless = ["55", "f30f1efa", "c3", "ff25"]

    /// The caller of the innermost function, if that has no frame just now: the runtime leaves it out then, and it can be
    /// the lesson's only function.
    private static func caller(_ report: JSON, _ thread: JSON, in images: [Image]) -> Frame? {
        let (memory, registers) = (report["capturedMemory"], thread["registers"])
        guard let code = registers?["rip"]?.string.flatMap({ memory?[$0]?.string }),
            frameless.contains(where: code.hasPrefix),
            let stack = registers?["rsp"]?.string.flatMap({ memory?[$0]?.string }), stack.utf8.count >= 16,
            let address = Int(
                stride(from: 14, through: 0, by: -2).map { stack.dropFirst($0).prefix(2) }.joined(),
                radix: 16
            ),
            let image = images.first(where: { $0.range.contains(address) })
        else { return nil }
        // It is to go on behind the call.
        let offset = address - 1 - image.range.lowerBound
        return Frame(file: nil, line: 0, column: 0, function: "", image: image.name, offset: offset)
    }
}
