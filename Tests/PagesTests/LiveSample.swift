import Lessons
import Pages
import Records

/// A lesson with live cells: one with a control of each kind, one that misbehaves, one with states and one with frames
/// that the build recorded. `Tests/Browser/live.py` opens its page.
enum LiveSample {
    static let figure: Output = {
        let points = (0..<3).map { index in
            """
            <g class="datum" tabindex="0" transform="translate(\(60 + index * 90) \(90 - index * 30))">\
            <title>run \(index)</title><circle class="target" r="6" opacity="0" fill="var(--series-1)"/>\
            <circle r="3" fill="var(--series-1)"/></g>
            """
        }
        return .figure(drawing("map", "Three runs", points.joined()))
    }()

    /// A chart that is as wide as a page's, with marks in it.
    static func drawing(_ name: String, _ title: String, _ marks: String) -> Figure {
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" \
            aria-labelledby="\(name)-title \(name)-summary" viewBox="0 0 300 120" width="300" height="120">\
            <title id="\(name)-title">\(title)</title><desc id="\(name)-summary">\(title), drawn.</desc>\(marks)</svg>
            """
        return Figure(svg: svg, title: title, summary: "\(title), drawn.")
    }

    static let rates = (0...60).map { index in
        index == 20 ? "0.1" : "\(Double(1 + index * index) / 4000)"
    }

    static let controls = [
        Control(.slider, "learning rate", positions: rates, initial: 20),
        Control(.stepper, "seed", positions: (0...9).map(String.init), initial: 3),
        Control(.picker, "looks back", positions: ["one step", "all the way"]),
        Control(.toggle, "tanh", positions: ["off", "on"], initial: 1),
        Control(.text, "begins with", positions: ["hello"], length: 12, alphabet: "abcdefghijklmno,& <é"),
        Control(.selection, "run", positions: ["run 0", "run 1", "run 2"], initial: 2, figure: "map"),
    ]

    static let behaviors = [
        "calm", "endless", "trap", "silent", "hostile", "frames", "slow", "talks", "chatters", "grows",
    ]

    static let learning =
        "live(Slider(\"learning rate\", 0.001...1, scale: .log)) { rate in train(rate) }"

    /// The lesson; its cells are as the module of the browser's test has them.
    static func lesson(learning code: String = learning) throws -> FinishedLesson {
        let body = """
            A reader moves what stands below.

            ```swift model name=map caption="The runs, each a point."
            draw()
            ```

            ```swift model name=learn
            \(code)
            ```

            Another one.

            ```swift model name=behave caption="What it does."
            live(Picker("behavior", behaviors)) { behave($0) }
            ```

            ## Built

            ```swift model name=built caption="One of six states."
            live(states: .built, Picker("kind", kinds), Stepper("size", 0...2)) { draw($0, $1) }
            ```

            ```swift model name=motion caption="A dot that moves."
            animate(over: 0..<30) { draw($0) }
            ```
            """
        let states = (0..<6).map { index -> [Output] in
            let mark =
                "<circle cx=\"\(60 + index * 30)\" cy=\"60\" r=\"\(8 + index * 4)\" fill=\"var(--series-2)\"/>"
            return [.figure(drawing("built", "State \(index)", mark))]
        }
        let frames = (0..<30).map { index -> [Output] in
            let mark = "<circle cx=\"\(10 + index * 9)\" cy=\"60\" r=\"8\" fill=\"var(--series-3)\"/>"
            return [.figure(drawing("motion", "Frame \(index)", mark))]
        }
        let outputs: [String: [Output]] = [
            "map": [figure], "learn": [.value("positions 20 3 0 1 hello 2")],
            "behave": [
                .figure(drawing("behave", "Calm", "<rect x=\"20\" y=\"20\" width=\"70\" height=\"80\"/>"))
            ],
            "built": states[1], "motion": frames[29],
        ]
        var finished = try Sample.lesson("05-live", body, front: "title: Live cells", outputs: outputs)
        let live = [
            "learn": LiveRecord(controls: controls),
            "behave": LiveRecord(controls: [Control(.picker, "behavior", positions: behaviors)]),
            "built": LiveRecord(
                controls: [
                    Control(.picker, "kind", positions: ["small", "large"]),
                    Control(.stepper, "size", positions: ["0", "1", "2"], initial: 1),
                ],
                states: states
            ),
            "motion": LiveRecord(
                controls: [
                    Control(.frames, "epoch", positions: (0..<30).map { "\($0 * 10)" }, initial: 29)
                ],
                states: frames
            ),
        ]
        for index in finished.record.cells.indices {
            finished.record.cells[index].live = live[finished.record.cells[index].name]
        }
        finished.live = LiveModule(key: "0123456789abcdef", cells: ["learn", "behave"])
        return finished
    }
}
