internal import Course
internal import Testing

@Suite("What a message says to type") struct InvocationTests {
    private func pasted(_ message: String, after words: String..., calledBy name: String? = "unroll")
        -> String
    {
        Invocation(["/opt/unroll"] + words, calledBy: name).pasteable(message)
    }

    @Test("calls the tool as it was called, in quotes where a shell needs them")
    func tool() {
        #expect(pasted("./unroll build writes it", after: "check") == "unroll build writes it")
        #expect(
            pasted("./unroll build", after: "check", calledBy: "../a b/unroll") == "'../a b/unroll' build"
        )
        #expect(pasted("./unroll build", after: "check", calledBy: nil) == "/opt/unroll build")
        #expect(pasted("run ./unroll, which builds it", after: "check") == "run unroll, which builds it")
        #expect(
            Invocation().pasteable("./unroll accept --all takes them") == "./unroll accept --all takes them"
        )
        #expect(
            Invocation(["a", "--out", "b"], calledBy: "unroll").named("./unroll build") == "unroll build"
        )
    }

    @Test("has the options that were typed, and without which it would mean another project")
    func options() {
        let words = ["check", "--twice", "--lessons", "my lessons", "--out=docs", "--sandbox", "off", "-v"]
        func pasted(_ message: String) -> String { Invocation(["unroll"] + words).pasteable(message) }
        #expect(
            pasted("./unroll accept 01-a#b takes it")
                == "unroll accept --lessons 'my lessons' --out docs --sandbox off 01-a#b takes it"
        )
        #expect(pasted("./unroll new x") == "unroll new --lessons 'my lessons' --out docs x")
        #expect(pasted("./unroll init begins one") == "unroll init begins one")
    }

    @Test("repeats all that says how pages are served, but the port")
    func serve() {
        #expect(
            pasted(
                "port 8001 is free: ./unroll serve --port 8001",
                after: "serve",
                "--port",
                "8000",
                "--open",
                "--host",
                "0.0.0.0",
                "--jobs=2",
                "--quiet"
            ) == "port 8001 is free: unroll serve --open --host 0.0.0.0 --jobs 2 --quiet --port 8001"
        )
    }

    @Test("takes a call as it is, whatever is missing in it")
    func broken() {
        #expect(pasted("./unroll build", after: "build", "--lessons") == "unroll build --lessons")
        #expect(pasted("./unroll build", after: "run", "--", "--out", "x") == "unroll build")
    }
}
