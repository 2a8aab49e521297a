import Charting
import Notebook
import Records
import Serialization
import Testing
import Turns

/// A chart of points, which grows from frame to frame.
private func chart(_ count: Int) -> Chart {
    Chart("Points") {
        for index in 0..<count { PointMark(x: .value("x", index), y: .value("y", index * index)) }
    }
}

/// The texts of outputs; figures as the texts at the ends of their axes.
private func texts(_ outputs: [Output]) -> [String] {
    outputs.map { output in
        switch output {
        case .text(let text): text
        case .value(let text): "value \(text)"
        case .table: "a table"
        case .figure(let figure): figure.title
        }
    }
}

@Suite("Live cells", .inTurns) struct LiveTests {
    @Test("in the lesson's run, show what their function shows at first, and leave the generator as it was")
    func ordinary() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RecordedLesson.begin()
            let program = LessonProgram()
            manualSeed(3)
            beginCell("live", of: program)
            live(Stepper("seed", 0...9, initially: 4), Toggle("loud")) { seed, isLoud in
                manualSeed(seed)
                print("seed \(seed)")
                show(isLoud)
                _ = Tensor.randn([5])
            }
            beginCell("after", of: program)
            show(Tensor.rand([1]))
            manualSeed(3)
            show(Tensor.rand([1]))
            endLesson(program)
        }
        let (cells, hasEnded) = RecordedLesson.cells(of: try #require(result).standardOutputContent)
        #expect(hasEnded)
        #expect(texts(cells[0].outputs) == ["seed 4\n", "value false"])
        #expect(cells[0].live?.controls.map { $0.label } == ["seed", "loud"])
        #expect(cells[0].live?.states == [])
        #expect(cells[1].outputs[0] == cells[1].outputs[1])
    }

    @Test("that are built have every state, with figures of the same names")
    func built() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RecordedLesson.begin()
            let program = LessonProgram()
            beginCell("built", of: program)
            print("before")
            live(states: .built(limit: 6), Stepper("n", 1...3, initially: 2), Toggle("m")) { n, m in
                print("n \(n)")
                show(m)
                show(chart(n))
            }
            show("after")
            endLesson(program)
        }
        let (cells, _) = RecordedLesson.cells(of: try #require(result).standardOutputContent)
        let recorded = try #require(cells[0].live)
        #expect(recorded.states.count == 6)
        #expect(texts(recorded.states[0]) == ["before\n", "n 1\n", "value false", "Points", "value after"])
        #expect(texts(recorded.states[5]) == ["before\n", "n 3\n", "value true", "Points", "value after"])
        #expect(recorded.initialState == 2)
        #expect(cells[0].outputs == recorded.states[2])
        for state in recorded.states {
            guard case .figure(let figure) = state[3] else { return #expect(Bool(false), "no figure") }
            #expect(figure.svg.contains(#"aria-labelledby="built-title built-summary""#))
        }
    }

    @Test("that show more bytes than they may, stop")
    func tooManyBytes() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            RecordedLesson.begin()
            beginCell("built", of: LessonProgram())
            live(states: .built(bytes: 20_000), Stepper("n", 1...9), file: "lesson.md", line: 7) { n in
                show(chart(40))
            }
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:7: Fatal error: live(states: .built) shows"))
        #expect(said.contains("of 9 states, and 20000 are the limit"))
    }

    @Test("of a program of live cells run when they are called, and nothing else is shown")
    func called() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let call = LiveCall(cell: "live", settings: [.position(2), .text("you")])
            RecordedLesson.begin(input: call.json.compact + "\n")
            let program = LessonProgram(isLive: true)
            beginCell("data", of: program)
            let x = Tensor([1, 2])
            print("muted")
            show(x)
            beginCell("built", of: program)
            live(states: .built, Toggle("n")) { _ in show("muted") }
            beginCell("live", of: program)
            live(Stepper("n", 1...3), TextField("to")) { n, name in
                print("to \(name)")
                show(x * Float(n))
                animate(over: 0..<3, label: "frame") { frame in
                    print("frame \(frame)")
                    show(chart(frame + 2))
                }
                print("done")
            }
            beginCell("later", of: program)
            animate(over: 0..<3) { show($0) }
            endLesson(program)
        }
        let (cells, hasEnded) = RecordedLesson.cells(of: try #require(result).standardOutputContent)
        #expect(hasEnded)
        #expect(cells.map { $0.name } == ["live"])
        let value = "value Tensor [2] [3.0 6.0]"
        #expect(texts(cells[0].outputs) == ["to you\n", value, "frame 2\n", "Points", "done\n"])
        #expect(
            cells[0].live?.controls == [
                ControlFace(.frames, "frame", positions: ["0", "1", "2"], initial: 2)
            ]
        )
        #expect(cells[0].live?.states.map { $0[2] } == (0..<3).map { .text("frame \($0)\n") })
    }

    @Test("of another name cannot be called")
    func unknown() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            RecordedLesson.begin(input: #"{"cell":"other","values":[]}"# + "\n")
            let program = LessonProgram(isLive: true)
            endLesson(program)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("Fatal error: there is no live cell of the name 'other'"))
    }

    @Test("print at most 64 kB a call")
    func chatter() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            RecordedLesson.begin(input: #"{"cell":"live","values":[0]}"# + "\n")
            let program = LessonProgram(isLive: true)
            beginCell("live", of: program)
            live(Stepper("n", 1...3), file: "lesson.md", line: 7) { _ in
                for _ in 0..<9000 { print("chatter") }
            }
            endLesson(program)
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lesson.md:7: Fatal error: this live function prints more than 64 kB"))
    }
}

@Suite("Animations", .inTurns) struct AnimationTests {
    @Test("alone in a cell are recorded frame by frame, on the same scales")
    func alone() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RecordedLesson.begin()
            let program = LessonProgram()
            beginCell("waves", of: program)
            show("before")
            animate(over: 1...9, every: 4, label: "epoch") { epoch in
                print("epoch \(epoch)")
                show(chart(epoch))
            }
            show(chart(2))
            endLesson(program)
        }
        let (cells, _) = RecordedLesson.cells(of: try #require(result).standardOutputContent)
        let recorded = try #require(cells[0].live)
        #expect(recorded.controls == [ControlFace(.frames, "epoch", positions: ["1", "5", "9"], initial: 2)])
        #expect(
            recorded.states.map(texts)
                == [1, 5, 9].map { ["value before", "epoch \($0)\n", "Points", "Points"] }
        )
        #expect(cells[0].outputs == recorded.states[2])
        let figures = recorded.states.map { state -> [Figure] in
            state.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
        }
        // The greatest value of all, 64, is below the end of each vertical axis.
        for frame in figures { #expect(frame[0].svg.contains(">60</text>")) }
        #expect(figures[0][0].data?.rows.count == 1)
        #expect(
            figures.allSatisfy { $0[0].svg.contains("waves-title") && $0[1].svg.contains("waves-2-title") }
        )
    }

    @Test("in a program that runs alone show their last frame")
    func byHand() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            animate(over: ["a", "b", "c"]) { name in
                print("name \(name)")
                show(name)
            }
        }
        let said = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        #expect(said == "name c\n\nc\n")
    }
}

@Suite("Runs side by side", .inTurns) struct RunsTests {
    @Test("give the same in any number of threads, in order", arguments: [1, 2, 7])
    func threads(count: Int) {
        let grid = (0..<24).map { $0 }
        let sums = runs("sums", over: grid, threads: count) { seed -> Float in
            manualSeed(seed)
            let model = Linear(inputSize: 3, outputSize: 1)
            let loss = model(Tensor.randn([4, 3])).sum()
            loss.backward()
            return loss.item + (model.parameters[0].gradient?.sum().item ?? .nan)
        }
        let expected = grid.map { seed -> Float in
            let generator = Generator.default
            generator.reseed(UInt64(seed))
            let model = Linear(inputSize: 3, outputSize: 1)
            let loss = model(Tensor.randn([4, 3])).sum()
            loss.backward()
            return loss.item + (model.parameters[0].gradient?.sum().item ?? .nan)
        }
        #expect(sums == expected)
        #expect(!sums.contains { $0.isNaN })
    }

    @Test("leave the generator as it was, and record nothing within withoutGradients")
    func surroundings() {
        manualSeed(5)
        let expected = Tensor.rand([1]).item
        manualSeed(5)
        let tracked = withoutGradients {
            runs("none", over: [1, 2, 3], threads: 2) { seed in
                manualSeed(seed)
                return Linear(inputSize: 1, outputSize: 1)(Tensor.ones([1, 1])).requiresGradient
            }
        }
        #expect(tracked == [false, false, false])
        #expect(Tensor.rand([1]).item == expected)
    }

    @Test("of no points give nothing")
    func none() {
        #expect(runs("none", over: [Int]()) { $0 }.isEmpty)
    }
}
