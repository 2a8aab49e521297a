internal import Records

/// Why and where a lesson's process stopped, from Swift's own crash report and the process's last words.
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
    }

    /// The system's words for the signal, such as `Bad pointer dereference`.
    var description: String
    /// The functions that were running in the thread that stopped.
    var frames: [Frame]
    /// Whether the stack was full.
    var isStackOverflow: Bool

    /// Reads a crash report as Swift's runtime writes it with `format=json`.
    init?(report: JSON) {
        guard let description = report["description"]?.string,
            let thread = report["threads"]?.array?.first(where: { $0["crashed"]?.bool == true })
        else { return nil }
        self.description = description
        frames = (thread["frames"]?.array ?? []).compactMap { frame in
            guard let function = frame["description"]?.string ?? frame["symbol"]?.string else { return nil }
            let place = frame["sourceLocation"]
            return Frame(
                file: place?["file"]?.string,
                line: place?["line"]?.integer ?? 0,
                column: place?["column"]?.integer ?? 0,
                function: function,
                image: frame["image"]?.string ?? ""
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

    private static func address(_ json: JSON?) -> UInt64? {
        json?.string.flatMap { UInt64($0.dropFirst(2), radix: 16) }
    }
}
