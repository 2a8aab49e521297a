/// The limits of a lesson's process, at which it is stopped.
public struct Limits: Sendable, Hashable {
    /// The time of all cells together that have none of their own.
    public var time: Duration
    /// The most memory, in bytes.
    public var memory: Int
    /// The most that it prints and shows, in bytes.
    public var output: Int
    /// The most that it writes to files, in bytes: to one, and to all together.
    public var files: Int

    /// Makes limits: 60 s, 2 GiB, 4 MiB and 256 MiB unless told otherwise.
    public init(
        time: Duration = .seconds(60),
        memory: Int = 2 << 30,
        output: Int = 4 << 20,
        files: Int = 256 << 20
    ) {
        self.time = time
        self.memory = memory
        self.output = output
        self.files = files
    }

    /// A limit that a process exceeded.
    package enum Kind: Sendable, Hashable {
        /// It ran too long; this long was allowed.
        case time(Duration)
        /// It needed too much memory.
        case memory
        /// It printed or showed too much.
        case output
        /// It wrote too much to files.
        case files
    }
}

extension Limits: CustomStringConvertible {
    /// The limits in words, such as `60 s, 2 GiB, 4 MiB, 256 MiB`.
    public var description: String {
        ([time.inWords] + [memory, output, files].map(\.inBinaryUnits)).joined(separator: ", ")
    }
}

extension Duration {
    /// The time as a person writes it, such as `60 s` or `0.5 s`.
    var inWords: String {
        let (seconds, fraction) = components
        let milliseconds = fraction / 1_000_000_000_000_000
        guard milliseconds > 0 else { return "\(seconds) s" }
        var digits = String(String(milliseconds + 1000).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}

extension Int {
    /// A number of bytes as a person writes it, such as `2 GiB`.
    var inBinaryUnits: String {
        for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where self % size == 0 && self > 0 {
            return "\(self / size) \(unit)"
        }
        return "\(self) bytes"
    }
}
