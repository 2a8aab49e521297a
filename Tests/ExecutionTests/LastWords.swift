import Execution
import Testing

@Suite("Last words") struct LastWordsTests {
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
            LastWords(text).message
                == (message ?? "Could not cast value of type 'Swift.Int' to 'main.E'")
        )
    }

    @Test("The place stands before the sentence") func place() throws {
        let place = try #require(LastWords("main/a b.swift:7: Fatal error: no\n").place)
        #expect(place == ("main/a b.swift", 7))
    }
}
