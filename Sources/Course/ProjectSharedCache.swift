package import Execution
internal import Foundation
package import Lessons
internal import OutputHTML
internal import Records

extension SharedCache {
    /// Returns the cache that a project shares with other machines; `nil` where it shares none.
    ///
    /// `cache:` in the settings names it, or `UNROLL_CACHE` in the environment, which leaves it out if it is empty.
    /// `UNROLL_CACHE_TOKEN` is a bearer token for a server; `UNROLL_CACHE_READ_ONLY=1` writes nothing; and
    /// `UNROLL_CACHE_PATIENCE` is the time in seconds that may be lost with it, 1 if not given.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, of a place that can be none.
    package static func find(
        for folders: ProjectFolders,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Diagnostic) -> SharedCache? {
        let variable = "UNROLL_CACHE"
        let named = environment[variable].map { ($0, SourceLocation(file: variable)) }
        let settled = folders.sharedCache.map { ($0.place, folders.shown($0.location)) }
        guard let (place, location) = named ?? settled, !place.isEmpty else { return nil }
        if let (message, hint) = fault(of: place) {
            throw Diagnostic(.error, .setup, at: location, message, hint: hint)
        }
        var seconds = 1.0
        if let text = environment["\(variable)_PATIENCE"] {
            guard let number = Double(text), (0...3600).contains(number) else {
                throw Diagnostic(
                    .error,
                    .setup,
                    at: SourceLocation(file: "\(variable)_PATIENCE"),
                    "'\(text)' is no number of seconds",
                    hint: "write 1, say"
                )
            }
            seconds = number
        }
        return SharedCache(
            at: folders.sharedPlace(of: place, isFromSettings: named == nil),
            token: environment["\(variable)_TOKEN"].flatMap { $0.isEmpty ? nil : $0 },
            isReadOnly: !["", "0"].contains(environment["\(variable)_READ_ONLY"] ?? ""),
            patience: .milliseconds(Int(seconds * 1000)),
            inspect: { $0.offense }
        )
    }

    /// Returns what a share of a course was computed to, to be read.
    static func shard(at path: String) -> SharedCache {
        SharedCache(at: path, isReadOnly: true, patience: .seconds(3600), inspect: { $0.offense })
    }

    /// What is wrong with a place, and the remedy; `nil` if nothing is.
    private static func fault(of place: String) -> (String, String)? {
        guard place.contains("://") else { return nil }
        guard let address = URL(string: place), ["http", "https"].contains(address.scheme),
            address.host?.isEmpty == false
        else {
            return (
                "'\(place)' is no address of a cache",
                "write https://cache.example.org/unroll, or the path of a folder"
            )
        }
        guard address.user == nil, address.query == nil, address.fragment == nil else {
            return (
                "the address of a cache holds no name, password or query: what stands there can be read by others",
                "set UNROLL_CACHE_TOKEN in the environment"
            )
        }
        return nil
    }
}

extension RunRecord {
    /// What no page would take of what the record shows; `nil` if there is nothing.
    fileprivate var offense: String? {
        for cell in cells {
            for outputs in [cell.outputs] + (cell.live?.states ?? []) {
                if let offense = OutputRenderer.render(outputs).offenses.first {
                    return "a drawing of \(cell.name) holds \(offense.name), which no drawing may"
                }
            }
        }
        return nil
    }
}
