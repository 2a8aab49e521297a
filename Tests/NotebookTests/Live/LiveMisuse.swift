import Golden
import Notebook
import Testing
import Turns

/// A mistake that an author can make about live cells.
private struct LiveMisuse: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(_ name: String, _ run: @escaping @Sendable () -> Void) {
        self.name = name
        self.run = run
    }

    /// A mistake in a lesson's cell.
    static func inCell(_ name: String, _ run: @escaping @Sendable () -> Void) -> LiveMisuse {
        LiveMisuse(name) {
            beginCell("cell", of: LessonProgram())
            run()
        }
    }

    private static let file: StaticString = "lesson.md"

    static let all =
        controls + [
            LiveMisuse("live outside of a cell") { live(Stepper("n", 1...2), file: file, line: 7) { _ in } },
            .inCell("live within live") {
                live(Stepper("n", 1...2)) { _ in live(Stepper("m", 1...2), file: file, line: 7) { _ in } }
            },
            .inCell("live within animate") {
                animate(over: 0..<2) { _ in live(Stepper("m", 1...2), file: file, line: 7) { _ in } }
            },
            .inCell("two live calls") {
                live(Stepper("n", 1...2)) { _ in }
                live(Stepper("n", 1...2), file: file, line: 7) { _ in }
            },
            .inCell("two controls of one label") {
                live(Stepper("n", 1...2), Toggle("n"), file: file, line: 7) { _, _ in }
            },
            .inCell("a live function without a seed") {
                live(Stepper("n", 1...2), file: file, line: 7) { _ in show(Tensor.randn([2])) }
            },
            .inCell("a run without a seed") {
                _ = runs("map", over: [1, 2, 3], threads: 1, file: file, line: 7) { run in
                    if run < 3 { manualSeed(run) }
                    return Tensor.randn([2]).sum().item
                }
            },
            .inCell("runs that print") {
                _ = runs("map", over: [1, 2], file: file, line: 7) { print($0) }
            },
            .inCell("runs that show") {
                _ = runs("map", over: [1, 2], file: file, line: 7) { show($0) }
            },
            .inCell("too many built states") {
                live(states: .built, Stepper("n", 1...20), Stepper("m", 1...20), file: file, line: 7) {
                    _,
                    _ in
                }
            },
            .inCell("far too many built states") {
                let many = Stepper("n", 1...1000)
                live(
                    states: .built,
                    Stepper("a", 1...1000),
                    many,
                    Stepper("b", 1...1000),
                    Stepper("c", 1...1000),
                    Stepper("d", 1...1000),
                    Stepper("e", 1...1000),
                    file: file,
                    line: 7
                ) { _, _, _, _, _, _ in }
            },
            .inCell("a built text field") {
                live(states: .built, TextField("text"), file: file, line: 7) { _ in }
            },
            .inCell("an animation in built states") {
                live(states: .built, Toggle("n")) { _ in animate(over: 0..<2, file: file, line: 7) { _ in } }
            },
            .inCell("animate within animate") {
                animate(over: 0..<2) { _ in animate(over: 0..<2, file: file, line: 7) { _ in } }
            },
            .inCell("two animations") {
                animate(over: 0..<2) { _ in }
                animate(over: 0..<2, file: file, line: 7) { _ in }
            },
            .inCell("an animation without steps") { animate(over: 0..<0, file: file, line: 7) { _ in } },
            .inCell("an animation of no frames") {
                animate(over: 0..<2, every: 0, file: file, line: 7) { _ in }
            },
        ]

    private static let controls = [
        LiveMisuse("an empty range") { _ = Slider("x", 1.0...1.0, file: file, line: 7) },
        LiveMisuse("an empty range of whole numbers") { _ = Slider("x", 1...1, file: file, line: 7) },
        LiveMisuse("an infinite range") { _ = Slider("x", 1.0...Float.infinity, file: file, line: 7) },
        LiveMisuse("a default outside its range") {
            _ = Slider("x", 0.0...1.0, initially: 2, file: file, line: 7)
        },
        LiveMisuse("a default that is no number") {
            _ = Slider("x", 0.0...1.0, initially: .nan, file: file, line: 7)
        },
        LiveMisuse("a whole default outside its range") {
            _ = Slider("x", 0...1, initially: 2, file: file, line: 7)
        },
        LiveMisuse("a log scale from 0") { _ = Slider("x", 0.0...1.0, scale: .log, file: file, line: 7) },
        LiveMisuse("a log scale of whole numbers from 0") {
            _ = Slider("x", 0...9, scale: .log, file: file, line: 7)
        },
        LiveMisuse("a log scale with a step") {
            _ = Slider("x", 1.0...2.0, scale: .log, step: 0.1, file: file, line: 7)
        },
        LiveMisuse("a step of 0") { _ = Slider("x", 0.0...1.0, step: 0, file: file, line: 7) },
        LiveMisuse("a whole step below 0") { _ = Slider("x", 0...9, step: -1, file: file, line: 7) },
        LiveMisuse("too small a step") { _ = Slider("x", 0.0...1.0, step: 0.0001, file: file, line: 7) },
        LiveMisuse("too many whole numbers") { _ = Slider("x", 0...Int.max, file: file, line: 7) },
        LiveMisuse("too many steps") { _ = Stepper("x", Int.min...Int.max, file: file, line: 7) },
        LiveMisuse("a stepper's default outside its range") {
            _ = Stepper("x", 1...3, initially: 0, file: file, line: 7)
        },
        LiveMisuse("an empty label") { _ = Stepper(" ", 1...3, file: file, line: 7) },
        LiveMisuse("no options") { _ = Picker("x", [String](), file: file, line: 7) },
        LiveMisuse("an option twice") { _ = Picker("x", ["a": 1, "a": 2], file: file, line: 7) },
        LiveMisuse("an option without a text") { _ = Picker("x", ["a", ""], file: file, line: 7) },
        LiveMisuse("a default that is no option") {
            _ = Picker("x", ["a", "b"], initially: "c", file: file, line: 7)
        },
        LiveMisuse("a text too long") {
            _ = TextField("x", initially: "abc", length: 2, file: file, line: 7)
        },
        LiveMisuse("a text outside its alphabet") {
            _ = TextField("x", initially: "abc", alphabet: "ab", file: file, line: 7)
        },
        LiveMisuse("a text with a control character") {
            _ = TextField("x", initially: "a\u{1B}", file: file, line: 7)
        },
        LiveMisuse("a field for no characters") { _ = TextField("x", length: 0, file: file, line: 7) },
        LiveMisuse("an empty alphabet") { _ = TextField("x", alphabet: "", file: file, line: 7) },
        LiveMisuse("a selection of nothing") {
            _ = Selection("x", of: "map", options: [], file: file, line: 7)
        },
        LiveMisuse("a selection beyond its options") {
            _ = Selection("x", of: "map", options: ["a"], initially: 1, file: file, line: 7)
        },
        LiveMisuse("a selection of no figure") {
            _ = Selection("x", of: "", options: ["a"], file: file, line: 7)
        },
    ]
}

@Suite("Misuse of live cells", .inTurns) struct LiveMisuseTests {
    @Test("is answered with a sentence each")
    func sentences() async throws {
        var text = ""
        for (index, misuse) in LiveMisuse.all.enumerated() {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [index = index as Int] in
                LiveMisuse.all[index].run()
            }
            let errors = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            let lines = errors.split(separator: "\n").filter { $0.contains("Fatal error: ") }
            text += "\(misuse.name)\n    \(lines.first ?? "")\n"
        }
        try expectGolden("LiveMisuse.txt", text)
    }
}
