package import Execution
internal import Foundation
package import Lessons

/// The time that lessons took, by which they are shared among machines: `costs.json` beside the settings.
///
/// It is no result: it is written when somebody asks for it, and who commits it has all machines divide in the same way.
package struct LessonCosts: Sendable, Equatable {
    /// The name of the file.
    package static let fileName = "costs.json"

    /// The seconds by the lessons' slugs.
    package private(set) var seconds: [String: Double]

    /// Costs that are known.
    package init(_ seconds: [String: Double] = [:]) {
        self.seconds = seconds
    }

    /// Reads the costs of a project; without the file none is known.
    ///
    /// - Throws: `Diagnostic` of kind `file`, of a file that holds no costs.
    package init(of folders: ProjectFolders) throws(Diagnostic) {
        guard let data = try? Data(contentsOf: URL(filePath: folders.costs)) else {
            self.init()
            return
        }
        guard let seconds = try? JSONDecoder().decode([String: Double].self, from: data),
            seconds.values.allSatisfy({ $0 >= 0 && $0.isFinite })
        else {
            throw Diagnostic(
                .error,
                .file,
                at: SourceLocation(file: folders.costs),
                "this holds no costs: seconds by the names of lessons",
                hint: "./unroll plan --write-costs writes it anew"
            )
        }
        self.init(seconds)
    }

    /// Writes the costs beside the settings of a project.
    package func write(to folders: ProjectFolders) throws(Diagnostic) {
        do {
            try (JSONEncoder.stable.encode(seconds) + Data("\n".utf8)).write(
                to: URL(filePath: folders.costs),
                options: .atomic
            )
        } catch {
            let place = SourceLocation(file: folders.costs)
            throw Diagnostic(.error, .file, at: place, "cannot be written: \(error.localizedDescription)")
        }
    }

    /// Adds what this machine knows of lessons, to hundredths of a second.
    package mutating func add(_ lessons: [Lesson], ranBy runner: LessonRunner) {
        for lesson in lessons {
            guard let cost = runner.latestCost(of: lesson.slug)?.total else { continue }
            seconds[lesson.slug] = ((cost / .seconds(1)) * 100).rounded() / 100
        }
    }

    /// Returns the seconds that each lesson takes: those that are known, and for others as many as their size lets expect.
    package func estimates(of lessons: [Lesson]) -> [Double] {
        let known = lessons.filter { seconds[$0.slug] != nil }
        let bytes = known.reduce(0) { $0 + $1.codeSize }
        let time = known.reduce(0) { $0 + (seconds[$1.slug] ?? 0) }
        let perByte = bytes > 0 ? time / Double(bytes) : 0.001
        return lessons.map { seconds[$0.slug] ?? Double($0.codeSize) * perByte }
    }
}
