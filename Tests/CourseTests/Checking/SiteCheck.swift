internal import Course
internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Records
internal import Serialization
internal import Testing
internal import Turns

/// A course with something of every kind, run once; a site of it can be changed and checked at no cost.
private struct Sample: Sendable {
    let project: Project
    let runner: LessonRunner
    let runs: [LessonRun]

    static let shared = Task { try await Sample() }

    static let first = """
        ---
        title: First
        summary: Numbers.
        ---

        ```swift model name=losses
        let losses = (1...6).map { 1 / Double($0 * $0) }
        for (epoch, loss) in losses.enumerated() { print("epoch", epoch, "loss", loss) }
        ```

        The last loss is `{swift} losses.last!`.

        ```swift model name=table
        Table(columns: ["epoch", "loss"], rows: losses.enumerated().map { Row($0.offset, $0.element) })
        ```

        ```swift model name=chart caption="It falls"
        Chart("Loss") {
            for (epoch, loss) in losses.enumerated() {
                LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
            }
        }
        ```

        ```swift model name=secret hidden
        print("seed", 9_223_372_036_854_775_807)
        ```

        """

    static let second = """
        ---
        title: Second
        ---

        ```swift model name=loose tolerance=1e-3
        let x = [0.5, 0.25, 1e-9]
        print("near 0.125 and", x)
        x
        ```

        ```swift model name=loose-chart tolerance=1e-3
        Chart("Near") { for i in 0..<3 { PointMark(x: .value("i", i), y: .value("x", x[i])) } }
        ```

        ```swift model name=noise volatile
        print("took 12.5 s")
        ```

        """

    init() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll-check-\(UUID().uuidString)/lessons"
        )
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Sample.first.utf8).write(to: folder.appending(path: "01-first.md"))
        try Data(Sample.second.utf8).write(to: folder.appending(path: "02-second.md"))
        // The course's own site holds the reference; here it would only be made a thousand times.
        try Data("reference: false\n".utf8).write(
            to: folder.deletingLastPathComponent().appending(path: "unroll.yml")
        )
        let lessons = folder.path(percentEncoded: false)
        project = Project.read(ProjectFolders(lessons: lessons, site: lessons + "/../site"))
        runner = try await LessonRunner.find()
        runs = await LessonQueue(runner: runner, jobs: 2).run(project.lessons)
        try #require(runs.allSatisfy { $0.record != nil }, "\(runs.flatMap(\.diagnostics))")
    }

    var records: [RunRecord] { runs.compactMap(\.record) }

    /// The files of a site that shows these records, by their paths.
    func files(showing records: [RunRecord]) async throws -> [String: [UInt8]] {
        let finished = zip(zip(project.lessons, runs), records).map {
            FinishedLesson($0.0, $1, program: $0.1.program, notes: $0.1.notes)
        }
        return Dictionary(
            uniqueKeysWithValues: try await project.files(showing: finished, by: runner).map {
                ($0.path, $0.contents)
            }
        )
    }

    func check(_ files: [String: [UInt8]]) async throws -> [Finding] {
        // Other tests wait for processes meanwhile, on the same few threads.
        await Task.yield()
        return try await SiteCheck.comparing(
            project,
            runs,
            by: runner,
            with: CommittedSite(files: files),
            shownAs: "site/"
        )
        .findings
    }
}

/// A generator of the same numbers each time (SplitMix64).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64 = 7

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("unroll check", .serialized, .inTurns) struct SiteCheckTests {
    /// Every text in a record that is a number or holds one, as a way to change it.
    private func numbers(in record: RunRecord) -> [(cell: String, with: ((Double) -> Double) -> RunRecord)] {
        let written = /[0-9]+\.[0-9]+(e-?[0-9]+)?/
        var found: [(String, ((Double) -> Double) -> RunRecord)] = []
        for (c, cell) in record.cells.enumerated() {
            for (o, output) in cell.outputs.enumerated() {
                func add(_ text: String, _ put: @escaping (inout RunRecord, String) -> Void) {
                    for match in text.matches(of: written) {
                        found.append(
                            (
                                cell.name,
                                { change in
                                    var changed = record
                                    let value = change(Double(match.output.0) ?? 0)
                                    put(&changed, text.replacingCharacters(in: match.range, with: "\(value)"))
                                    return changed
                                }
                            )
                        )
                    }
                }
                switch output {
                case .text(let text): add(text) { $0.cells[c].outputs[o] = .text($1) }
                case .value(let text): add(text) { $0.cells[c].outputs[o] = .value($1) }
                case .table(let table):
                    for (r, row) in table.rows.enumerated() {
                        add(row[1]) { record, text in
                            var table = table
                            table.rows[r][1] = text
                            record.cells[c].outputs[o] = .table(table)
                        }
                    }
                case .figure(let figure):
                    for (r, row) in (figure.data?.rows ?? []).enumerated() {
                        add(row[1]) { record, text in
                            var figure = figure
                            figure.data?.rows[r][1] = text
                            record.cells[c].outputs[o] = .figure(figure)
                        }
                    }
                }
            }
        }
        return found
    }

    /// A record put into the site, alone or with the page that shows it.
    private func sites(
        with record: RunRecord,
        in sample: Sample
    ) async throws -> [[String: [UInt8]]] {
        let records = sample.records.map { $0.lesson == record.lesson ? record : $0 }
        var alone = try await sample.files(showing: sample.records)
        alone[LessonPaths(record.lesson).record] = Array(record.json.lines.utf8)
        return [alone, try await sample.files(showing: records)]
    }

    @Test("finds nothing in a site as it was built") func same() async throws {
        let sample = try await Sample.shared.value
        #expect(try await sample.check(sample.files(showing: sample.records)) == [])
    }

    @Test(
        "catches every seeded change of a record that is beyond the tolerance, and lets pass what is within"
    )
    func records() async throws {
        let sample = try await Sample.shared.value
        var (caught, passed) = (0, 0)
        for record in sample.records {
            for (cell, change) in numbers(in: record) {
                let tolerance = cell.hasPrefix("loose") ? 1e-3 : 0
                let isVolatile = cell == "noise"
                for factor in [1 + max(2 * tolerance, 1e-12), 1 - max(2 * tolerance, 1e-12), -1, 2] {
                    for site in try await sites(with: change { $0 * factor }, in: sample) {
                        let found = try await sample.check(site).filter { $0.kind == .differs }
                        if isVolatile {
                            #expect(found == [])
                            passed += 1
                        } else {
                            #expect(found.map(\.cell) == [cell], "\(cell) times \(factor)")
                            caught += 1
                        }
                    }
                }
                for factor in [1 + 0.4 * tolerance, 1 - 0.4 * tolerance] {
                    for site in try await sites(with: change { $0 * factor }, in: sample) {
                        #expect(try await sample.check(site) == [], "\(cell) times \(factor)")
                        passed += 1
                    }
                }
            }
        }
        #expect(caught >= 150 && passed >= 50, "\(caught) caught, \(passed) passed")
        print("seeded numbers: \(caught) caught of \(caught), \(passed) within tolerance let pass")
    }

    @Test("catches cells that are lost, doubled, moved or otherwise labeled") func structure() async throws {
        let sample = try await Sample.shared.value
        var caught = 0
        func expect(_ record: RunRecord, _ cell: String?) async throws {
            for site in try await sites(with: record, in: sample) {
                let found = try await sample.check(site).filter { $0.kind == .differs }
                #expect(!found.isEmpty && found.allSatisfy { cell == nil || $0.cell == cell }, "\(found)")
                caught += 1
            }
        }
        for record in sample.records {
            for index in record.cells.indices {
                var changed = record
                let name = changed.cells.remove(at: index).name
                try await expect(changed, name)
                changed = record
                changed.cells.append(record.cells[index])
                try await expect(changed, name)
                changed = record
                changed.cells.swapAt(index, (index + 1) % record.cells.count)
                try await expect(changed, nil)
                changed = record
                changed.cells[index].name = "other"
                try await expect(changed, nil)
                guard name != "noise" else { continue }
                changed = record
                changed.cells[index].outputs.removeLast()
                try await expect(changed, name)
                changed = record
                changed.cells[index].outputs.append(.text("more\n"))
                try await expect(changed, name)
            }
        }
        for (old, new) in [
            ("\"epoch\",", "\"step\","), ("\"Epoch\",", "\"Step\","),
            ("\"title\": \"Loss\"", "\"title\": \"Less\""),
            (">Epoch<", ">Loss<"), ("epoch 3 loss", "epoch 3 gain"),
            ("9223372036854775807", "9223372036854775806"),
            ("0.027777777777777776\"\n  ]", "0.027777777777777777\"\n  ]"), ("viewBox", "viewbox"),
            ("<path", "<paht"),
            ("stroke-", "fill-"),
        ] {
            var site = try await sample.files(showing: sample.records)
            let path = LessonPaths("01-first").record
            let text = String(decoding: site[path] ?? [], as: UTF8.self)
            let place = try #require(text.range(of: old), "\(old)")
            site[path] = Array(text.replacingCharacters(in: place, with: new).utf8)
            #expect(try await sample.check(site) != [], "\(old) → \(new)")
            caught += 1
        }
        #expect(caught >= 80, "\(caught) caught")
        print("seeded structure: \(caught) caught of \(caught)")
    }

    @Test("catches every file that is missing, extra, orphaned or changed in a byte, and no one else's")
    func files()
        async throws
    {
        let sample = try await Sample.shared.value
        let good = try await sample.files(showing: sample.records)
        var generator = Seeded()
        var caught = 0
        func expect(
            _ kind: Finding.Kind?,
            at path: String,
            _ edit: (inout [String: [UInt8]]) -> Void
        ) async throws {
            var site = good
            edit(&site)
            let found = try await sample.check(site)
            #expect(
                found.contains { $0.file == "site/\(path)" && (kind == nil || $0.kind == kind) },
                "\(path): \(found)"
            )
            caught += 1
        }
        let list = Manifest.path
        func add(_ path: String, to site: inout [String: [UInt8]], listed isListed: Bool) {
            site[path] = Array("added".utf8)
            guard isListed else { return }
            let paths = good.keys.filter { $0 != list } + [path]
            site[list] = Array(Manifest(paths: paths).text.utf8)
        }
        for path in good.keys.sorted() {
            try await expect(.missing, at: path) { $0[path] = nil }
            var site = good
            add("\(path).png", to: &site, listed: false)
            #expect(try await sample.check(site) == [], "\(path).png is not in the list")
            let isOfLesson = path.hasPrefix("records/") || path.hasPrefix("downloads/")
            try await expect(isOfLesson ? .orphaned : .extra, at: "\(path).png") {
                add("\(path).png", to: &$0, listed: true)
            }
            if good[path] == [] { continue }
            for _ in 0..<4 {
                let place = Int.random(in: 0..<good[path]!.count, using: &generator)
                let isRecord = path.hasPrefix("records/")
                // A number changed in a record is told as the cell's, which other tests hold.
                if isRecord { continue }
                try await expect(.stale, at: path) { $0[path]![place] ^= 1 }
                try await expect(.stale, at: path) { $0[path]!.remove(at: place) }
            }
            try await expect(.stale, at: path) { $0[path]!.append(UInt8(ascii: "\n")) }
            try await expect(.stale, at: path) { $0[path] = [] }
        }
        for path in ["03-gone.html", "records/03-gone.json", "downloads/03-gone.md"] {
            try await expect(.orphaned, at: path) { add(path, to: &$0, listed: true) }
        }
        try await expect(.stale, at: list) { $0[list]!.append(contentsOf: Array("gone.png\n".utf8)) }
        #expect(caught >= 100, "\(caught) caught")
        print("seeded files: \(caught) caught of \(caught)")
    }

    @Test("says which number went from where to where, and how far") func message() async throws {
        let sample = try await Sample.shared.value
        var records = sample.records
        guard case .text(let text) = records[0].cells[0].outputs[0] else { throw CancellationError() }
        records[0].cells[0].outputs[0] = .text(text.replacing("loss 0.25\n", with: "loss 0.2501\n"))
        records[0].expressions[0] = "0.5"
        #expect(
            try await sample.check(sample.files(showing: records)).map(\.description) == [
                "lessons/01-first.md:6 #losses  line 2, loss 0.2501 → 0.25 (-0.0004 relative; exact wanted)",
                "lessons/01-first.md:11 expression 1  0.5 → 0.027777777777777776 (-0.94 relative; exact wanted)",
            ]
        )
        records = sample.records
        guard case .value(let value) = records[1].cells[0].outputs[1] else { throw CancellationError() }
        records[1].cells[0].outputs[1] = .value(value.replacing("0.5", with: "0.6"))
        #expect(
            try await sample.check(sample.files(showing: records)).map(\.description) == [
                "lessons/02-second.md:5 #loose  output 2 0.6 → 0.5 (-0.17 relative; at most 0.001 wanted)"
            ]
        )
    }

    @Test("shows where long lines differ, and what looks alike by its numbers in Unicode") func shown()
        async throws
    {
        let lesson = try #require(try await Sample.shared.value.project.lessons.first)
        func sentence(_ old: String, _ new: String) -> String {
            let records = [old, new].map { RunRecord(lesson: lesson.slug, cells: [], expressions: [$0]) }
            let findings = lesson.findings(.differs, of: records[0], with: records[1])
            let texts = findings.map(\.description).joined().split(separator: "expression 1  ", maxSplits: 1)
            return texts.count == 2 ? String(texts[1]) : "\(findings)"
        }
        #expect(sentence("loss 0.50", "loss 0.5") == "loss written differently: 0.50 → 0.5")
        #expect(sentence("1 m", "1\u{A0}m") == "“1 m” → 1\\u{a0}m")
        #expect(sentence("ab", "a\u{200B}b") == "ab → a\\u{200b}b")
        #expect(sentence("a\u{200D}", "a") == "a\\u{200d} → a")
        #expect(sentence("é", "e\u{301}") == "written differently: \\u{e9} → e\\u{301}")
        let long = String(repeating: "word ", count: 30)
        let (a, b) = (long + "a", long + "b")
        #expect(sentence(a, b) == "“…word word word word a” → “…word word word word b”")
    }
}
