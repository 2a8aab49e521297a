import Records
import Serialization
import Testing

@Suite("A comparison of records") struct RecordComparisonTests {
    private static let table = Table(
        columns: ["epoch", "loss"],
        rows: (0..<10).map { ["\($0)", "\(1 / Double($0 + 3))"] },
        caption: "Losses"
    )

    private static let record = RunRecord(
        lesson: "07-test",
        cells: [
            CellRecord(
                name: "print",
                outputs: [.text("epoch 1 loss 0.2512\nepoch 2 loss 0.1256\ndone in h2o\n")]
            ),
            CellRecord(name: "value", outputs: [.value("[1.0, 2.5e-05, -3.0, nan]"), .text("three\n")]),
            CellRecord(name: "table", outputs: [.table(table)]),
            CellRecord(
                name: "chart",
                outputs: [
                    .figure(
                        Figure(
                            svg: "<svg><path d=\"M1.5 2.5L3.25 4\"/><text>loss</text></svg>",
                            title: "Loss",
                            summary: "Falls from 0.33 to 0.08.",
                            data: table,
                            caption: "It falls"
                        )
                    )
                ]
            ),
        ],
        expressions: ["0.2512", "two"]
    )

    private func differences(
        _ edit: (inout RunRecord) -> Void,
        tolerance: Double = 0
    ) -> [Difference] {
        var new = RecordComparisonTests.record
        edit(&new)
        return new.differences(from: RecordComparisonTests.record) { _ in .relative(tolerance) }
    }

    /// Changes one text of a record wherever it stands.
    private func replacing(_ old: String, with new: String) -> (inout RunRecord) -> Void {
        { record in
            let text = record.json.compact.replacing(old, with: new)
            record = (try? JSON(parsing: text)).flatMap(RunRecord.init(json:)) ?? record
        }
    }

    @Test("Equal records have no difference") func equal() {
        #expect(differences { _ in } == [])
    }

    @Test("A number is told with what it was, what it is, and how far it went") func number() {
        let found = differences(replacing("loss 0.1256", with: "loss 0.1257"), tolerance: 1e-5)
        #expect(found.count == 1)
        #expect(found[0].cell == "print" && found[0].part == "line 2" && found[0].label == "loss")
        #expect(found[0].old == "0.1256" && found[0].new == "0.1257")
        #expect(abs((found[0].change ?? 0) - 0.0001 / 0.1256) < 1e-12)
    }

    @Test("Numbers within the tolerance pass, however they are written") func tolerance() {
        #expect(differences(replacing("0.2512\\n", with: "0.2513\\n"), tolerance: 1e-3) == [])
        #expect(differences(replacing("2.5e-05", with: "0.000025"), tolerance: 1e-9) == [])
        #expect(differences(replacing("loss 0.1256", with: "loss  0.1256"), tolerance: 1e-3) == [])
        #expect(differences(replacing("loss 0.1256", with: "loss  0.1256")).count == 1)
        #expect(differences(replacing("-3.0", with: "3.0"), tolerance: 0.1).count == 1)
        #expect(differences(replacing("nan", with: "inf"), tolerance: 0.1).count == 1)
        #expect(differences(replacing("h2o", with: "h3o"), tolerance: 0.9).count == 1)
    }

    @Test("Numbers are found in words of any language, and compared digit by digit where they must be equal")
    func written() {
        func change(_ old: String, _ new: String, tolerance: Double = 0) -> [String] {
            let record = RunRecord(lesson: "a", cells: [CellRecord(name: "x", outputs: [.text(old)])])
            let other = RunRecord(lesson: "a", cells: [CellRecord(name: "x", outputs: [.text(new)])])
            return other.differences(from: record) { _ in .relative(tolerance) }.map {
                "\($0.part) \($0.label): \($0.old ?? "nothing") → \($0.new ?? "nothing")"
            }
        }
        #expect(change("损失0.25", "损失0.2501") == [" 损失: 0.25 → 0.2501"])
        #expect(change("损失0.25", "损失0.2501", tolerance: 1e-3) == [])
        #expect(change("from \u{2212}0.25", "from \u{2212}0.2501", tolerance: 1e-3) == [])
        #expect(change("from \u{2212}0.25", "from 0.25", tolerance: 1e-3).count == 1)
        #expect(change("\u{2212}0.5", "-0.5", tolerance: 1e-9) == [])
        #expect(change("12.0px wide", "12.01px wide", tolerance: 1e-2) == [])
        #expect(change("12.0px wide", "13.0px wide", tolerance: 1e-2) == [" : 12.0 → 13.0"])
        #expect(change("seed 9223372036854775807", "seed 9223372036854775806").count == 1)
        #expect(change("0.1234567890123456789", "0.1234567890123456788").count == 1)
        #expect(change("10", "1e1", tolerance: 1e-9) == [] && change("0.5", "5.00e-1", tolerance: 1e-9) == [])
        #expect(change("0x1F and x2", "0x1E and x2", tolerance: 1) == [" : 0x1F and x2 → 0x1E and x2"])
        #expect(change("[1.0, 2.0, 3.0]", "[1.0, 2.0, 3.5]") == [" number 3: 3.0 → 3.5"])
        #expect(change("a 1\nb 2\n", "a 1\nb 2\nc 3\n") == ["line 3 :  → c 3", "line 4 : nothing → "])
        #expect(change("1.5e300", "inf", tolerance: 1).count == 1)
    }

    /// What a comparison says of two texts: `=` for nothing, and `~` before what is only written differently.
    private func verdict(_ old: String, _ new: String, tolerance: Double = 0) -> String {
        func record(_ text: String) -> RunRecord {
            RunRecord(
                lesson: "a",
                cells: [CellRecord(name: "x", outputs: [.text(text)])],
                expressions: [text]
            )
        }
        let found = record(new).differences(from: record(old)) { _ in .relative(tolerance) }
        let said = found.map { "\($0.isOfWriting ? "~" : "")\($0.old ?? "") → \($0.new ?? "")" }
        // Inline values are compared as texts are.
        #expect(said.count.isMultiple(of: 2) && said.prefix(said.count / 2) == said.suffix(said.count / 2))
        return said.first ?? "="
    }

    @Test(
        "Without a tolerance bytes are compared, and what is only written differently is said to be",
        arguments: [
            "0.50|0.5", "1e-3|0.001", "+5|5", "007|7", "0042|42", "-0.0|0.0", "-0|0", "\u{2212}0.5|-0.5",
            "1,000|1000", "1e+10|1e10", "1E5|1e5", "1.0|1", "nan|-nan", "inf|+inf", "é|e\u{301}",
            "\u{212B}|Å",
        ]
    )
    func writing(pair: String) {
        let parts = pair.split(separator: "|").map(String.init)
        for (before, after) in [("", ""), ("loss ", ""), ("[", ", 2]"), ("Ж ", " €\nnext")] {
            let line = { before + $0 + after.prefix { $0 != "\n" } }
            // A number is told by itself, other texts with their line.
            let isNumber = !"éÅ\u{212B}".contains(parts[0].first!)
            let (old, new) = isNumber ? (parts[0], parts[1]) : (line(parts[0]), line(parts[1]))
            for (a, b, told) in [(0, 1, "~\(old) → \(new)"), (1, 0, "~\(new) → \(old)")] {
                let found = verdict(before + parts[a] + after, before + parts[b] + after)
                #expect(Array(found.utf8) == Array(told.utf8), "\(found)")
            }
        }
    }

    @Test("What says something else is told before what is written differently on the same line") func order()
    {
        #expect(verdict("a 0.50 b 1.0", "a 0.5 b 2.0") == "1.0 → 2.0")
        #expect(verdict("é 1.0", "e\u{301} 2.0") == "1.0 → 2.0")
        #expect(verdict("0.50 and é", "0.5 and e\u{301}") == "~0.50 → 0.5")
        #expect(verdict("0.50 a", "0.5 b") == "0.50 a → 0.5 b")
        #expect(verdict("1\u{A0}m", "1 m") == "1\u{A0}m → 1 m" && verdict("a ", "a") == "a  → a")
        #expect(verdict("a\r\nb", "a\nb") != "=" && verdict("a\n\u{301}b", "a\n\u{301}c") != "=")
    }

    @Test("Numbers that no Double holds are the same only if they are written alike") func beyond() {
        for tolerance in [0, 1e-3, 1] {
            #expect(verdict("1.0e400", "1.0e401", tolerance: tolerance) == "1.0e400 → 1.0e401")
            #expect(verdict("1e-400", "1e-401", tolerance: tolerance) == "1e-400 → 1e-401")
            #expect(verdict("1e400", "inf", tolerance: tolerance) == "1e400 → inf")
            #expect(verdict("1e400", "-1e400", tolerance: tolerance) == "1e400 → -1e400")
            #expect(verdict("1e-400", "0", tolerance: tolerance) == "1e-400 → 0")
            #expect(verdict("inf", "-inf", tolerance: tolerance) == "inf → -inf")
            #expect(verdict("inf", "nan", tolerance: tolerance) == "inf → nan")
            #expect(verdict("nan", "0.5", tolerance: tolerance) == "nan → 0.5")
            #expect(verdict("nan", "-nan", tolerance: tolerance) == "~nan → -nan")
            #expect(verdict("x 1e400 nan inf", "x 1e400 nan inf", tolerance: tolerance) == "=")
        }
        #expect(verdict("1e308", "-1e308", tolerance: 1) == "1e308 → -1e308")
    }

    @Test("Commas between thousands belong to their number, and others part numbers") func thousands() {
        #expect(verdict("1,000.00 m", "1,000.01 m", tolerance: 1e-3) == "=")
        #expect(verdict("1,000.00", "1,000.01", tolerance: 1e-6) == "1,000.00 → 1,000.01")
        #expect(verdict("1,000.00", "1,000.01") == "1,000.00 → 1,000.01")
        #expect(verdict("12,345,678", "12,345,679", tolerance: 1e-6) == "=")
        #expect(verdict("−1,500", "-1,500", tolerance: 1e-6) == "=")
        #expect(verdict("1,000", "999.9", tolerance: 1e-3) == "=")
        #expect(verdict("at 1,500, then", "at 1,501, then", tolerance: 1e-6) == "1,500 → 1,501")
        let old = RunRecord(lesson: "a", cells: [], expressions: ["1,000.00"])
        let new = RunRecord(lesson: "a", cells: [], expressions: ["1,100.00"])
        let change = new.differences(from: old).first?.change
        #expect(change.map { abs($0 - 0.1) < 1e-12 } == true)
        // Lists of numbers without blanks.
        for list in [
            "1,100,20", "0,100,200", "1250,300", "10,200,3000", "0.5,100,200", "1,200,0.5", "5,1,200",
        ] {
            let other = list.dropLast() + "7"
            let last = list.split(separator: ",").last!
            #expect(
                verdict(list, String(other), tolerance: 1e-9) == "\(last) → \(last.dropLast())7",
                "\(list)"
            )
        }
    }

    @Test(
        "Headings, captions, titles, summaries, drawings, shapes and inline values are bytes, whatever the tolerance"
    )
    func words() {
        let table = Table(columns: ["é 0.50", "b"], rows: [["é", "0042"]], caption: "é 0.50")
        let figure = Figure(
            svg: "<svg>é</svg>",
            title: "é 0.50",
            summary: "é 0.50",
            data: table,
            caption: "é 0.50"
        )
        let record = RunRecord(
            lesson: "a",
            cells: [
                CellRecord(
                    name: "x",
                    outputs: [.table(table), .figure(figure), .value("é")],
                    shapes: [TensorShape(name: "é", shape: "[1]"), TensorShape(name: "b", shape: "[2]")]
                )
            ],
            expressions: ["é"]
        )
        func told(_ edit: (inout Table, inout Figure, inout RunRecord) -> Void) -> [String] {
            var (table, figure, edited) = (table, figure, record)
            edit(&table, &figure, &edited)
            edited.cells[0].outputs[0] = .table(table)
            edited.cells[0].outputs[1] = .figure(figure)
            return edited.differences(from: record) { _ in .relative(1e-3) }.map {
                "\($0.isOfWriting ? "~" : "")\($0.part)"
            }
        }
        let (number, accent) = ("é 0.5", "e\u{301} 0.50")
        for text in [number, accent] {
            #expect(told { table, _, _ in table.columns[0] = text } == ["~output 1, heading 1"])
            #expect(told { table, _, _ in table.caption = text } == ["~output 1, caption"])
            #expect(told { _, figure, _ in figure.title = text } == ["~output 2, title"])
            #expect(told { _, figure, _ in figure.summary = text } == ["~output 2, summary"])
            #expect(told { _, figure, _ in figure.caption = text } == ["~output 2, caption"])
            #expect(told { _, figure, _ in figure.data?.columns[0] = text } == ["~output 2, data, heading 1"])
        }
        #expect(told { table, _, _ in table.rows[0][0] = "e\u{301}" } == ["~output 1, row 1, é 0.50"])
        #expect(told { table, _, _ in table.caption = nil } == ["output 1, caption"])
        #expect(told { _, figure, _ in figure.svg = "<svg>e\u{301}</svg>" } == ["~output 2, drawing"])
        #expect(told { _, _, record in record.cells[0].outputs[2] = .value("e\u{301}") } == ["~output 3"])
        #expect(told { _, _, record in record.cells[0].shapes[0].name = "e\u{301}" } == ["~shapes"])
        #expect(told { _, _, record in record.expressions[0] = "e\u{301}" } == ["~"])
    }

    @Test("What is volatile is not compared") func volatile() {
        var new = RecordComparisonTests.record
        new.cells[0].outputs = []
        let found = new.differences(from: RecordComparisonTests.record) {
            $0 == "print" ? .ignored : .relative(0)
        }
        #expect(found == [])
    }

    @Test("Cells, outputs and expressions that come, go or move are told") func structure() {
        #expect(differences { $0.cells.remove(at: 1) }.map(\.cell) == ["value"])
        #expect(differences { $0.cells.append(CellRecord(name: "new")) }.map(\.new) == ["the cell"])
        #expect(differences { $0.cells.swapAt(0, 1) }.count == 1)
        #expect(differences { $0.lesson = "08-test" }.map(\.old) == ["07-test"])
        let record = RecordComparisonTests.record
        var doubled = record
        doubled.cells.append(record.cells[1])
        #expect(record.differences(from: doubled).map(\.old) == ["2 cells"])
        #expect(differences { $0.cells[1].outputs.removeLast() }.map(\.old) == ["a text"])
        #expect(differences { $0.cells[1].outputs.swapAt(0, 1) }.count == 2)
        #expect(differences { $0.expressions.removeLast() }.map(\.cell) == ["expression 2"])
        #expect(differences { $0.cells[2].outputs = [.table(Table(columns: ["a"], rows: []))] }.count == 1)
    }

    @Test("A chart is compared by its data, then by what it is drawn of") func chart() {
        let data = differences { record in
            guard case .figure(var figure) = record.cells[3].outputs[0] else { return }
            figure.data?.rows[4][1] = "0.2"
            figure.svg = "<svg/>"
            record.cells[3].outputs[0] = .figure(figure)
        }
        #expect(data.map(\.part) == ["data, row 5, loss"])
        #expect(differences(replacing("M1.5", with: "M1.6")).map(\.part) == ["drawing"])
        #expect(differences(replacing("M1.5", with: "M1.6"), tolerance: 1e-3).count == 1, "no other data")
        func moved(_ old: String, _ new: String) -> [Difference] {
            differences(
                { record in
                    self.edit(&record, row: 4, factor: 1 + 1e-4, isChart: true)
                    self.replacing(old, with: new)(&record)
                },
                tolerance: 1e-3
            )
        }
        #expect(moved("M1.5 2.5L3.25", "M1.6 2.4L3.3") == [])
        #expect(moved("from 0.33 to", "from 0.34 to") == [])
        #expect(moved("Falls", "Rises").map(\.part) == ["summary"])
        #expect(moved("<text>loss", "<text>error").map(\.part) == ["drawing"])
        #expect(moved("L3.25 4", "L3.25 4L1 1").map(\.part) == ["drawing"])
    }

    @Test("Of seeded changes, none beyond the tolerance passes and none within it is told") func seeded() {
        var caught = 0
        let tolerance = 1e-4
        for row in 0..<10 {
            for factor in [1 + 2e-4, 1 - 2e-4, 1.5, -1, 0, 2] {
                for isChart in [false, true] {
                    let found = differences(
                        { edit(&$0, row: row, factor: factor, isChart: isChart) },
                        tolerance: tolerance
                    )
                    #expect(found.count == 1, "row \(row) times \(factor)")
                    caught += found.count
                }
            }
            for factor in [1 + 0.5e-4, 1 - 0.5e-4, 1] {
                for isChart in [false, true] {
                    let found = differences(
                        { edit(&$0, row: row, factor: factor, isChart: isChart) },
                        tolerance: tolerance
                    )
                    #expect(found == [], "row \(row) times \(factor)")
                }
            }
            for column in 0..<2 {
                for text in ["", "x", "1.0.0", "0,1"] {
                    let found = differences { record in
                        guard case .table(var table) = record.cells[2].outputs[0] else { return }
                        table.rows[row][column] = text
                        record.cells[2].outputs[0] = .table(table)
                    }
                    #expect(found.count == 1)
                    caught += found.count
                }
            }
        }
        #expect(caught == 10 * (12 + 8))
    }

    private func edit(_ record: inout RunRecord, row: Int, factor: Double, isChart: Bool) {
        func changed(_ table: Table) -> Table {
            var table = table
            table.rows[row][1] = "\((Double(table.rows[row][1]) ?? 0) * factor)"
            return table
        }
        if isChart, case .figure(var figure) = record.cells[3].outputs[0] {
            figure.data = figure.data.map(changed)
            record.cells[3].outputs[0] = .figure(figure)
        } else if case .table(let table) = record.cells[2].outputs[0] {
            record.cells[2].outputs[0] = .table(changed(table))
        }
    }

    @Test("A shape is told with what it was and what it is, whatever the tolerance") func shapes() {
        let old = RunRecord(
            lesson: "a",
            cells: [
                CellRecord(
                    name: "c",
                    shapes: [TensorShape(name: "x", shape: "[2, 3]"), TensorShape(name: "y", shape: "[]")]
                )
            ]
        )
        var new = old
        #expect(new.differences(from: old) == [])
        new.cells[0].shapes[0].shape = "[2, 4]"
        new.cells[0].shapes.append(TensorShape(name: "z", shape: "[1]"))
        let found = new.differences(from: old) { _ in .relative(1) }
        #expect(found.map(\.part) == ["shape of x", "shape of z"])
        #expect(found.map(\.old) == ["[2, 3]", nil] && found.map(\.new) == ["[2, 4]", "[1]"])
        #expect(new.differences(from: old) { _ in .ignored } == [])
        // Of two with one name, too.
        let twice = [TensorShape(name: "x", shape: "[2, 3]"), TensorShape(name: "x", shape: "[3]")]
        new.cells[0].shapes = twice
        var other = new
        other.cells[0].shapes[1].shape = "[4]"
        #expect(other.differences(from: new).map(\.part) == ["shapes"])
        new.cells[0].shapes = old.cells[0].shapes.reversed()
        #expect(new.differences(from: old).map(\.part) == ["shapes"])
        // A record of before shapes were recorded has none.
        new.cells[0].shapes = []
        #expect(new.differences(from: old).count == 2)
    }
}
