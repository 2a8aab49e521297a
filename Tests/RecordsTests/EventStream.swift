import Records
import Testing

@Suite("Event stream") struct EventStreamTests {
    let events: [Event] = [
        .cell("train"), .output(.value("0.26")),
        .output(.table(Table(columns: ["a"], rows: [["1"], ["2"]], caption: "two"))),
        .output(
            .figure(
                Figure(svg: "<svg>\n</svg>", title: "t", summary: "s", data: Table(columns: ["x"], rows: []))
            )
        ),
        .output(.text("a\nb\n")), .shape(TensorShape(name: "x", shape: "[2]")),
        .live(controls: [Control(.toggle, "a", positions: ["off", "on"])], isBuilt: true), .state(1),
        .statesEnd, .runs(RunsRecord(name: "map", points: ["(1, 2)"], results: ["3"])), .end, .exit,
    ]

    @Test("gives back prints and events in order, however the bytes are cut", arguments: 1...60)
    func chunks(size: Int) {
        var stream = EventStream(token: "secret")
        var bytes = Array("before\n".utf8)
        for event in events { bytes += stream.frame(event) + Array("x\u{1E}y".utf8) }

        var pieces: [EventStream.Piece] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            pieces += stream.read(bytes[start..<min(start + size, bytes.count)])
        }
        pieces += stream.finish()

        #expect(pieces.compactMap { if case .event(let event) = $0 { event } else { nil } } == events)
        let printed = pieces.flatMap { piece -> [UInt8] in
            if case .printed(let bytes) = piece { bytes } else { [] }
        }
        #expect(
            String(decoding: printed, as: UTF8.self) == "before\n" + String(repeating: "x\u{1E}y", count: 12)
        )
    }

    @Test("takes a frame with another token for a print")
    func forged() {
        let forged = EventStream(token: "guess").frame(.end)
        var stream = EventStream(token: "secret")
        #expect(stream.read(forged) + stream.finish() == [.printed(forged)])
    }

    @Test("drops a frame that never ends")
    func cut() {
        var stream = EventStream(token: "secret")
        let frame = stream.frame(.cell("a"))
        #expect(stream.read(frame.dropLast()) == [])
        #expect(stream.finish() == [])
    }
}
