internal import Execution
package import Lessons
internal import Serialization

/// One share of a course, of which others compute the rest: `3/8` is the third of eight.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// The number of the share, from 1.
    package let number: Int
    /// The number of all shares.
    package let count: Int

    /// Reads a share as it is typed; `nil` of any other text.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard parts.count == 2, numbers.count == 2, numbers[1] <= Shard.most, 1 <= numbers[0],
            numbers[0] <= numbers[1]
        else { return nil }
        (number, count) = (numbers[0], numbers[1])
    }

    private init(_ number: Int, of count: Int) {
        (self.number, self.count) = (number, count)
    }

    /// The most shares that there can be.
    private static let most = 10_000

    /// The share as it is typed.
    package var description: String { "\(number)/\(count)" }

    /// Divides lessons into shares that take about equally long: the longest first, each to the share that has least.
    ///
    /// Who knows the same lessons and costs divides them in the same way.
    ///
    /// - Parameters:
    ///   - lessons: The lessons. Those without code are in no share.
    ///   - count: The number of shares.
    ///   - costs: The time that lessons take.
    /// - Returns: The lessons of each share, in their order. Source: R. L. Graham, "Bounds on multiprocessing timing
    ///   anomalies", 1969.
    package static func divide(_ lessons: [Lesson], into count: Int, by costs: LessonCosts) -> [[Lesson]] {
        let weights = costs.estimates(of: lessons)
        let order = lessons.indices.filter { lessons[$0].hasCode }.sorted { a, b in
            weights[a] == weights[b] ? lessons[a].slug < lessons[b].slug : weights[a] > weights[b]
        }
        var loads = Array(repeating: 0.0, count: count)
        var shares = Array(repeating: [Int](), count: count)
        for index in order {
            let share = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[share] += weights[index]
            shares[share].append(index)
        }
        return shares.map { $0.sorted().map { lessons[$0] } }
    }

    /// The lessons of this share.
    package func lessons(of lessons: [Lesson], by costs: LessonCosts) -> [Lesson] {
        Shard.divide(lessons, into: count, by: costs)[number - 1]
    }

    /// The share that a lesson is in; `nil` if it has no code.
    static func holding(_ lesson: Lesson, among lessons: [Lesson], of count: Int, by costs: LessonCosts)
        -> Shard?
    {
        let shares = divide(lessons, into: count, by: costs)
        return shares.firstIndex { $0.contains { $0.slug == lesson.slug } }.map { Shard($0 + 1, of: count) }
    }
}

extension Shard {
    /// Returns the lessons of a project that this share of a sample has: those whose keys fall to it, in whatever order and
    /// however many there are, and the nearest one where none does.
    func sample(of project: Project, by runner: LessonRunner) throws(Diagnostic) -> [Lesson] {
        var falls: [(lesson: Lesson, distance: Int)] = []
        for lesson in project.lessons where lesson.hasCode {
            let digest = try runner.key(of: lesson, data: project.folders.lessons).digest
            let draw = Int(digest.text.prefix(8), radix: 16) ?? 0
            falls.append((lesson, (draw % count - (number - 1) + count) % count))
        }
        let nearest = falls.map(\.distance).min() ?? 0
        return falls.filter { $0.distance == nearest }.map(\.lesson)
    }
}

extension Lesson {
    /// Whether anything of it runs.
    var hasCode: Bool { !cells.isEmpty || !expressions.isEmpty }

    /// The number of bytes of its code.
    var codeSize: Int { (cells.map(\.code) + expressions.map(\.code)).reduce(0) { $0 + $1.utf8.count } }
}
