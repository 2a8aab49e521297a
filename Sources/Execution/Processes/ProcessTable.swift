internal import Foundation
internal import LibC

/// The processes of this machine, as far as the system tells of them in `/proc`.
enum ProcessTable {
    /// Returns the parent of each process.
    ///
    /// - Parameter running: Whether processes that have ended are left out.
    static func parents(ofRunning running: Bool = false) -> [pid_t: pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var parents: [pid_t: pid_t] = [:]
        for process in names.compactMap({ pid_t($0) }) {
            guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                // The name, in parentheses, may hold anything; the state and the parent follow.
                let name = line.lastIndex(of: ")")
            else { continue }
            let fields = line[name...].split(separator: " ").dropFirst()
            if running, fields.first == "Z" { continue }
            parents[process] = fields.dropFirst().first.flatMap { pid_t($0) }
        }
        return parents
    }

    /// Returns the other processes that run a program, as far as they are this user's.
    ///
    /// - Parameter path: The path of the program.
    static func processes(running path: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let program = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        return names.compactMap { pid_t($0) }.filter { process in
            let running = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
            return running == program && process != getpid()
        }
    }

    /// Returns what descends from a process, each after its parent.
    static func descendants(of ancestor: pid_t, in parents: [pid_t: pid_t]) -> [pid_t] {
        var found: [pid_t] = []
        var generation = [ancestor]
        while !generation.isEmpty {
            generation = parents.filter { generation.contains($0.value) }.map(\.key)
            found += generation
        }
        return found
    }
}

/// All processes that this one has started, and those that they have.
public enum Descendants {
    /// Ends them, for a process that has no time left to end them one by one.
    ///
    /// A system without `/proc` does not tell.
    public static func end() {
        // What starts another in this moment is found in the next round, and cannot go on for ever: it is dead by then.
        var ended: Set<pid_t> = []
        while true {
            let running = ProcessTable.parents(ofRunning: true)
            let present = Set(ProcessTable.descendants(of: getpid(), in: running)).subtracting(ended)
            if present.isEmpty { return }
            for process in present { kill(process, SIGKILL) }
            ended.formUnion(present)
        }
    }
}
