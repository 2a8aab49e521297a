public import Serialization

/// A record of runs side by side: the points of a grid, and the result at each.
public struct RunsRecord: Sendable, Equatable {
    /// The name of the runs.
    public var name: String
    /// The points, as they print, in the order of the grid.
    public var points: [String]
    /// The result at each point: as it prints, or the digest of that where it is long.
    public var results: [String]

    /// The length from which a result stands as a digest, in bytes.
    private static let shortest = 100
    /// The words before a digest.
    private static let digestMark = "SHA-256 "

    /// Makes a record of runs.
    ///
    /// - Precondition: There are as many results as points.
    public init(name: String, points: [String], results: [String]) {
        precondition(points.count == results.count)
        (self.name, self.points, self.results) = (name, points, results)
    }

    /// Returns what is kept of a result that prints as a text.
    package static func kept(of text: String) -> String {
        guard text.utf8.count >= shortest || text.utf8.contains(UInt8(ascii: "\n")) else { return text }
        return digestMark + String(decoding: Digest(of: text).text.utf8.prefix(16), as: UTF8.self)
    }

    /// Returns the differences from older runs, point by point.
    ///
    /// - Parameter allowed: The relative tolerance for numbers. With one, digests say nothing: what was made of the results
    ///   is compared in what the cell shows.
    func differences(from old: RunsRecord, cell: String, allowed: Double) -> [Difference] {
        let part = "runs \(name)"
        guard points == old.points else {
            let index = zip(points, old.points).prefix { $0 == $1 }.count
            let (before, now) = (old.points.dropFirst(index).first, points.dropFirst(index).first)
            return [Difference(cell: cell, part: "\(part), point \(index + 1)", old: before, new: now)]
        }
        return points.indices.compactMap { index -> Difference? in
            let (before, now) = (old.results[index], results[index])
            let isDigest = before.hasPrefix(RunsRecord.digestMark) || now.hasPrefix(RunsRecord.digestMark)
            guard !before.hasBytes(of: now), !isDigest || allowed == 0 else { return nil }
            let whole = Difference(cell: cell, part: "", old: before, new: now)
            let line = LineComparison.difference(of: now, from: before, allowed: allowed)
            guard var found = isDigest ? whole : line else { return nil }
            (found.cell, found.part, found.allowed) = (cell, "\(part), \(points[index])", allowed)
            return found
        }
    }
}

extension RunsRecord: JSONConvertible {
    /// The runs as an object.
    public var json: JSON {
        [
            "name": .string(name), "points": .array(points.map(JSON.string)),
            "results": .array(results.map(JSON.string)),
        ]
    }

    /// Reads runs back; there is one result a point.
    public init?(json: JSON) {
        guard let name = json["name"]?.string, let points = json["points"]?.strings,
            let results = json["results"]?.strings, points.count == results.count
        else { return nil }
        self.init(name: name, points: points, results: results)
    }
}

extension CellRecord {
    /// The differences of the cell's runs from older ones.
    func runsDifferences(from old: CellRecord, _ allowed: Double) -> [Difference] {
        let (before, now) = (old.runs.map { $0.name }, runs.map { $0.name })
        guard before == now else {
            let names = [before, now].map { $0.isEmpty ? nil : $0.joined(separator: ", ") }
            return [Difference(cell: name, part: "runs", old: names[0], new: names[1])]
        }
        return zip(runs, old.runs).flatMap { $0.differences(from: $1, cell: name, allowed: allowed) }
    }
}
