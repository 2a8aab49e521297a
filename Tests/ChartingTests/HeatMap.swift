import Charting
import Testing

@Suite("Matrices and embeddings") struct HeatMapTests {
    @Test func `Values are written into the cells where they fit`() throws {
        try expectDrawing(
            "weights",
            HeatMap(
                "Weights",
                matrix(7, 6) { wave(Double($0 * 3 + $1 * 2)) },
                rows: "Input",
                columns: "Hidden unit",
                values: "Weight"
            )
        )
    }

    @Test func `Values that do not fit into the cells are left to colors`() throws {
        try expectDrawing(
            "states",
            HeatMap(
                "Hidden state over time",
                matrix(8, 18) { wave(Double($0 * 5 + $1 * 2)) },
                rows: "Unit",
                columns: "Step",
                values: "State"
            )
        )
    }

    @Test func `Rows and columns have names, which may repeat`() throws {
        try expectDrawing(
            "attention",
            HeatMap(
                "Attention",
                matrix(6, 6) { 1 / Double(1 + ($0 - $1) * ($0 - $1) * 3) },
                rows: "Query",
                named: ["the", "cat", "sat", "on", "the", "mat"],
                columns: "Key",
                named: ["le", "chat", "s’est", "assis", "sur", "le tapis"],
                values: "Weight"
            )
        )
    }

    @Test func `Each letter stands`() throws {
        try expectDrawing(
            "heat-map-letters",
            HeatMap(
                "Each letter stands",
                [(0..<24).map { wave(Double($0)) }],
                named: ["t"],
                named: "abcdefghijklmnopqrstuvwx".map { String($0) }
            )
        )
    }

    @Test func `A value that is missing is crossed out`() throws {
        try expectDrawing(
            "heat-map-missing",
            HeatMap("A value is missing", [[1, 2, 3], [4, Double.nan, 6]])
        )
    }

    @Test func `Cells at sums of tenths fill one grid`() throws {
        try expectDrawing(
            "cells-rounding",
            Chart("Cells at sums of tenths") {
                for row in 0..<4 {
                    for column in 0..<4 {
                        RectangleMark(
                            x: .value("Column", column % 2 == 0 ? Double(column) / 10 : Double(column) * 0.1),
                            y: .value("Row", row == 3 ? 0.1 + 0.1 + 0.1 : Double(row) / 10)
                        )
                        .foregroundStyle(by: .value("Value", row * column))
                    }
                }
            }
        )
    }

    @Test func `Vectors lie along their first two components`() throws {
        let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
        let isVowel = letters.map { "aeiou".contains($0) }
        let vectors = matrix(26, 16) { letter, feature in
            wave(Double(letter * feature + letter)) + (isVowel[letter] ? 1.5 : 0)
        }

        try expectDrawing(
            "embedding",
            EmbeddingMap(
                "Letters as a model sees them",
                vectors,
                named: letters,
                kinds: isVowel.map { $0 ? "Vowel" : "Consonant" }
            )
        )
    }

    @Test func `Names without room are left out`() throws {
        try expectDrawing(
            "embedding-dense",
            EmbeddingMap(
                "Names that crowd",
                (0..<60).map { [wave(Double($0 * 7)), wave(Double($0 * 3 + 5))] },
                named: (0..<60).map { "token \($0)" }
            )
        )
    }
}
