import Notebook
import Records
import Testing

@Suite("Controls") struct ControlTests {
    private func values<C: LiveControl>(_ control: C) -> [C.Value] {
        control.face.positions.indices.map { control.value(of: .position($0)) }
    }

    @Test("a log slider has round values, its ends and its initial value")
    func logSlider() {
        let slider = Slider("rate", 0.004...0.11, scale: .log, initially: 0.007)
        #expect(
            values(slider) == [
                0.004, 0.005, 0.006, 0.007, 0.008, 0.01, 0.012, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06,
                0.08, 0.1, 0.11,
            ]
        )
        #expect(
            slider.face.positions.prefix(7) == ["0.004", "0.005", "0.006", "0.007", "0.008", "0.01", "0.012"]
        )
        #expect(slider.face.initial == 3)
        #expect(Slider("far", 1e-5...1e-4, scale: .log).face.positions.first == "1e-05")
        #expect(Slider("far", 1e5...1e7, scale: .log).face.positions.suffix(2) == ["8e+06", "1e+07"])
    }

    @Test("a linear slider steps from decimal to decimal")
    func linearSlider() {
        let slider = Slider("share", 0...1, step: 0.1)
        #expect(values(slider) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
        #expect(slider.face.positions[3] == "0.3")
        #expect(values(Slider("share", -0.5...0.2, step: 0.25, initially: 0)) == [-0.5, -0.25, 0, 0.2])
        #expect(Slider("share", 0.0...1.0).face.positions.count == 101)
        #expect(Slider("share", -3.0...3.0).face.positions.first == "−3")
    }

    @Test("a slider of whole numbers has whole numbers")
    func wholeSlider() {
        #expect(values(Slider("units", 1...4)) == [1, 2, 3, 4])
        #expect(values(Slider("units", 8...64, step: 24)) == [8, 32, 56, 64])
        let log = Slider("units", 1...30, scale: .log, initially: 7)
        #expect(values(log) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30])
        #expect(log.face.initial == 6)
        #expect(Slider("units", 1...Int.max, scale: .log).face.positions.count > 100)
    }

    @Test("a picker gives texts, or the values beside them")
    func picker() {
        let texts = Picker("back", ["one step", "all the way"], initially: "all the way")
        #expect(values(texts) == ["one step", "all the way"])
        #expect(
            texts.face == ControlFace(.picker, "back", positions: ["one step", "all the way"], initial: 1)
        )
        let numbers = Picker("back", ["one step": 1, "all the way": 20])
        #expect(values(numbers) == [1, 20])
        #expect(numbers.face.positions == ["one step", "all the way"])
    }

    @Test("a stepper, a toggle and a selection give what stands at their position")
    func others() {
        #expect(values(Stepper("seed", -1...2, initially: 1)) == [-1, 0, 1, 2])
        #expect(Stepper("seed", -1...2, initially: 1).face.initial == 2)
        #expect(values(Toggle("clip")) == [false, true])
        #expect(Toggle("clip", initially: true).face.initial == 1)
        let selection = Selection("run", of: "map", options: ["a", "b"], initially: 1)
        #expect(values(selection) == [0, 1])
        #expect(selection.face.figure == "map")
    }

    @Test("a text field gives the text")
    func textField() {
        let field = TextField("begins", initially: "the", length: 5, alphabet: "eht")
        #expect(field.value(of: .text("he")) == "he")
        #expect(field.face == ControlFace(.text, "begins", positions: ["the"], length: 5, alphabet: "eht"))
        #expect(field.face.initialSetting == .text("the"))
    }

    /// A control of an author's own.
    private struct Temperature: LiveControl {
        let slider = Slider("temperature", 0...100)
        var face: ControlFace { slider.face }
        func value(of setting: ControlSetting) -> Float { Float(slider.value(of: setting)) / 50 }
    }

    @Test("a control of one's own stands on another")
    func ownControl() {
        #expect(values(Temperature()).last == 2)
    }

    @Test("frames are every so many, with the first and the last, at most 60")
    func frames() {
        #expect(keptFrames(of: 300, every: 100) == [0, 100, 200, 299])
        #expect(keptFrames(of: 1, every: 10) == [0])
        let many = keptFrames(of: 10_000, every: 10)
        #expect(many.count == 60)
        #expect(many.first == 0 && many.last == 9999)
        #expect(zip(many, many.dropFirst()).allSatisfy { (160...180).contains($1 - $0) })
    }
}
