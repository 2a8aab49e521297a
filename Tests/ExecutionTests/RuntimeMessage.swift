import Execution
import Testing

@Suite("The runtime's message") struct RuntimeMessageTests {
    @Test(
        "The runtime's sentence is found among them, without what it does about the crash",
        arguments: [
            ("Fatal error: no\n", "no"), ("shown\nmain/a.swift:7: Fatal error: no\n", "no"),
            ("Fatal error: no\nbut two\n\n*** Signal 4: Backtracing from 0x1...", "no\nbut two"),
            (
                """
                Fatal error: no
                but two

                swift-runtime: failed to suspend thread 3 while processing a crash; backtraces will be missing information

                *** Signal 4: Backtracing from 0x1...
                """, "no\nbut two"
            ),
            ("Fatal error: unexpected main.E\n", "unexpected E"), ("Fatal error\n", "Fatal error"),
            ("Could not cast value of type 'Swift.Int' (0x7f2a) to 'main.E' (0x55d1).\n", nil),
        ] as [(String, String?)]
    ) func sentence(text: String, message: String?) {
        #expect(
            RuntimeMessage(text).message
                == (message ?? "Could not cast value of type 'Swift.Int' to 'main.E'")
        )
    }

    @Test("The place stands before the sentence") func place() throws {
        let place = try #require(RuntimeMessage("main/a b.swift:7: Fatal error: no\n").place)
        #expect(place == ("main/a b.swift", 7))
    }
}

@Suite("Standard error") struct ErrorOutputTests {
    private func output(_ parts: [(cell: String, text: String)]) -> ErrorOutput {
        var output = ErrorOutput(token: "t")
        for (cell, text) in parts {
            output.read(Array("\u{1E}t {\"cell\":\"\(cell)\"}\n\(text)".utf8))
        }
        output.finish()
        return output
    }

    @Test("What a cell wrote is told from why it stopped") func parts() {
        let output = output([
            ("a", "one\n"), ("b", ""), ("c", "two\nmain/x.swift:7: Fatal error: no\n\n*** Signal 4: …"),
        ])
        #expect(output.parts(hasStopped: true).map(\.cell) == ["a", "c"])
        #expect(output.parts(hasStopped: true).map(\.text) == ["one", "two"])
        #expect(output.runtimeMessage.message == "no")
    }

    @Test("What another cell wrote is no reason to stop") func other() {
        #expect(output([("a", "Fatal error: a joke\n"), ("b", "")]).runtimeMessage.message == nil)
    }

    @Test("Of much the beginning is kept, and the reason") func bounds() {
        let much = String(repeating: "again\n", count: 100_000)
        let output = output([
            ("a", much + "Fatal error: no\n"), ("b", much), ("c", much + "Fatal error: yes\n"),
        ])
        let parts = output.parts(hasStopped: true)
        #expect(parts.reduce(0) { $0 + $1.text.utf8.count } <= 64 << 10)
        #expect(parts.allSatisfy { $0.text.utf8.count + $0.omitted >= much.utf8.count - 1 })
        #expect(output.runtimeMessage.message?.hasSuffix("yes") == true)
    }
}
