internal import Foundation

/// The processors that this process may use, of all that the machine has.
public enum Processors {
    /// The number of them: those of its affinity (`taskset`), and no more than the quota of its control groups grants
    /// (containers); at least 1.
    public static let usable: Int = {
        func read(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
        let counts = [
            ProcessInfo.processInfo.activeProcessorCount,
            read("/proc/self/status").flatMap(allowed),
            read("/proc/self/cgroup").flatMap { quota(ofGroups: $0, read: read) }.map { Int($0) },
        ]
        return max(1, counts.compactMap(\.self).min() ?? 1)
    }()

    /// Returns the number of processors that a process may run on.
    ///
    /// - Parameter status: What Linux says of it in `/proc/self/status`: a mask in hexadecimal words.
    package static func allowed(status: String) -> Int? {
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
        return line?.dropFirst("Cpus_allowed:".count).reduce(0) {
            $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount
        }
    }

    /// The processors' time that a process's control groups grant it, in processors; `nil` for all there is.
    ///
    /// - Parameters:
    ///   - groups: What `/proc/self/cgroup` says, a group a line: `hierarchy:controllers:path`.
    ///   - read: Reads a file.
    /// - Returns: The least of the group's own quota and those of the groups around it.
    package static func quota(ofGroups groups: String, read: (String) -> String?) -> Double? {
        var quotas: [Double] = []
        for line in groups.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let isUnified = fields[1].isEmpty
            guard isUnified || fields[1].split(separator: ",").contains("cpu") else { continue }
            let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu"
            var path = fields[2].split(separator: "/")
            while true {
                let folder = ([root[...]] + path).joined(separator: "/")
                let files = isUnified ? ["cpu.max"] : ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
                let words = files.flatMap {
                    (read("\(folder)/\($0)") ?? "").split(whereSeparator: \.isWhitespace)
                }
                // A quota of `max`, or -1, is none.
                let numbers = words.compactMap { Double($0) }.filter { $0 > 0 }
                if numbers.count == 2 { quotas.append(numbers[0] / numbers[1]) }
                if path.popLast() == nil { break }
            }
        }
        return quotas.min()
    }
}
