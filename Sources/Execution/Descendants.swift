internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// All processes that this one has started, and those that they have, as far as the system tells of them.
public enum Descendants {
    /// Ends them, for a process that has no time left to end them one by one.
    ///
    /// A system without `/proc` does not tell.
    public static func end() {
        // What starts another in this moment is found in the next round, and cannot go on for ever: it is dead by then.
        var ended: Set<pid_t> = []
        while true {
            let present = Set(descendants(of: getpid())).subtracting(ended)
            if present.isEmpty { return }
            for process in present { kill(process, SIGKILL) }
            ended.formUnion(present)
        }
    }

    private static func descendants(of ancestor: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var children: [pid_t: [pid_t]] = [:]
        for process in names.compactMap({ pid_t($0) }) {
            guard let parent = parent(of: process) else { continue }
            children[parent, default: []].append(process)
        }
        var found: [pid_t] = []
        var waiting = children[ancestor] ?? []
        while let process = waiting.popLast() {
            found.append(process)
            waiting += children[process] ?? []
        }
        return found
    }

    /// The parent of a process that has not ended.
    private static func parent(of process: pid_t) -> pid_t? {
        guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The name, in parentheses, may hold anything; the state and the parent follow.
            let name = line.lastIndex(of: ")")
        else { return nil }
        let fields = line[name...].split(separator: " ").dropFirst()
        return fields.first == "Z" ? nil : fields.dropFirst().first.flatMap { pid_t($0) }
    }
}
