internal import Serialization

/// What the compiler's driver runs to make an executable of one file, as it says itself: where the jobs are known, a
/// compilation need not wait for the driver, which takes as long to plan them as the linker takes to link.
package struct CompilationPlan: Sendable, Hashable {
    /// Where a compilation takes place.
    package struct Places: Sendable {
        /// A folder for what is needed on the way.
        package var scratch: String
        /// The Swift source.
        package var source: String
        /// What is made of it.
        package var executable: String

        package init(scratch: String, source: String, executable: String) {
            self.scratch = scratch
            self.source = source
            self.executable = executable
        }
    }

    /// The words of each job, with marks in the place of places.
    private let jobs: [[String]]

    // No path holds these.
    private static let marks = Places(scratch: "\u{1}scratch", source: "\u{1}in", executable: "\u{1}out")

    /// The plan as it is kept from one build to the next.
    var json: JSON { .array(jobs.map { .array($0.map(JSON.string)) }) }

    /// Reads a plan back; `nil` for what is none.
    init?(json: JSON) {
        guard let jobs = json.array?.map({ $0.array?.compactMap(\.string) ?? [] }),
            !jobs.isEmpty, !jobs.contains([])
        else { return nil }
        self.jobs = jobs
    }

    /// Reads what the driver prints of its jobs (`-###`); `nil` if it is not as expected, which costs no more than time.
    ///
    /// - Parameters:
    ///   - text: What it printed: a job a line, as a shell would read it.
    ///   - places: What it was asked about; its own temporary files are in the scratch folder.
    package init?(printed text: String, for places: Places) {
        let marks = CompilationPlan.marks
        jobs = text.split(separator: "\n").map { line in
            CompilationPlan.words(line).map { word in
                let word = CompilationPlan.withoutTemporaryFolder(word, in: places.scratch)
                return
                    word
                    .replacing(places.source, with: marks.source)
                    .replacing(places.executable, with: marks.executable)
                    .replacing(places.scratch, with: marks.scratch)
            }
        }
        guard jobs.count > 1, let first = jobs.first, first.contains("-frontend"), first.contains("-c"),
            first.contains(marks.source), jobs.last?.contains(marks.executable) == true
        else { return nil }
    }

    /// The command lines for a compilation.
    package func commands(for places: Places) -> [[String]] {
        let marks = CompilationPlan.marks
        return jobs.map { job in
            job.map { word in
                word.contains("\u{1}")
                    ? word.replacing(marks.source, with: places.source)
                        .replacing(marks.executable, with: places.executable)
                        .replacing(marks.scratch, with: places.scratch)
                    : word
            }
        }
    }

    /// The word without the folder that the driver makes for itself in that of temporary files.
    private static func withoutTemporaryFolder(_ word: String, in scratch: String) -> String {
        guard let start = word.firstRange(of: "\(scratch)/TemporaryDirectory."),
            let end = word[start.upperBound...].firstIndex(of: "/")
        else { return word }
        var word = word
        word.replaceSubrange(start.lowerBound..<end, with: scratch)
        return word
    }

    /// The words of a line, as a shell reads them.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}
