internal import Foundation
internal import Records
internal import Serialization
internal import Testing

/// A tutorial as a lesson re-tells it: the lesson records its losses in a cell named `trace`, a column for each seed.
private struct Retelling: Sendable, CustomTestStringConvertible {
    let lesson: String
    /// The name of PyTorch's recordings, such as `000`.
    let tutorial: String
    let seed: Int

    var testDescription: String { "\(lesson), seed \(seed)" }

    static let all = [
        ("05-forecasting-a-sine-wave", "000"), ("03-the-next-number", "001"),
        ("07-telling-sentences-apart", "002"), ("06-from-sine-to-cosine", "003"),
        ("02-a-network-by-hand", "004"),
    ].flatMap { lesson, tutorial in
        [0, 1].map { Retelling(lesson: lesson, tutorial: tutorial, seed: $0) }
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    private func data(_ path: String) throws -> Data {
        try Data(contentsOf: Retelling.root.appending(path: path))
    }

    /// The losses that the lesson's run left in the site.
    func recordedLosses() throws -> [Double] {
        let record = try #require(RunRecord(json: JSON(parsing: data("site/records/\(lesson).json"))))
        let cell = try #require(record.cells.first { $0.name == "trace" }, "\(lesson) has no cell `trace`")
        guard case .table(let table)? = cell.outputs.first else { throw NoTrace(lesson: lesson) }
        let column = try #require(table.columns.firstIndex(of: "seed \(seed)"))
        return try table.rows.map { try #require(Double($0[column])) }
    }

    /// What PyTorch recorded of the same tutorial.
    func recording() throws -> Recording {
        let path = "Tests/RecurrentTests/Fixtures/pytorch/\(tutorial)_seed\(seed).json"
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Recording.self, from: data(path))
    }
}

/// The losses that PyTorch computed, and how well other runs of it repeat them.
private struct Recording: Decodable {
    struct Noise: Decodable {
        /// Which of the traces it is about.
        let trace: String
        /// How many leading losses agree within each relative distance.
        let leadingStepsWithinRel: [String: Int]
    }

    let losses: [Double]
    let stepLosses: [Double]?
    let noise: Noise

    var trace: [Double] { noise.trace == "step_losses" ? stepLosses ?? [] : losses }
}

private struct NoTrace: Error {
    let lesson: String
}

@Suite("The lessons' own records") struct LessonTraceTests {
    @Test("follow PyTorch's losses as far as PyTorch follows itself", arguments: Retelling.all)
    private func trace(retelling: Retelling) throws {
        let ours = try retelling.recordedLosses()
        let recording = try retelling.recording()
        #expect(ours.count == recording.trace.count)
        let horizon = try #require(recording.noise.leadingStepsWithinRel["0.0001"])
        #expect(horizon >= 10)
        for (step, (our, their)) in zip(ours, recording.trace).prefix(horizon).enumerated() {
            #expect(abs(our - their) <= 1e-4 * abs(their), "loss \(step) is \(our), and \(their) in PyTorch")
        }
    }
}
