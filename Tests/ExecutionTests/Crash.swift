import Execution
import Serialization
import Testing

@Suite("A crash report") struct CrashTests {
    /// A report of a process whose lesson lies at 0x5000, and a library at 0x9000, stopped at an address where this code
    /// stands, with 0x525d on its stack.
    private func report(at address: String, in image: String, code: String, callers: String = "") throws
        -> Crash
    {
        let json = """
            {"description": "System trap", "threads": [{"crashed": true,
              "registers": {"rip": "\(address)", "rsp": "0x7ffe08"},
              "frames": [{"description": "f + 1", "image": "\(image)", "address": "\(address)"}\(callers)]}],
             "capturedMemory": {"\(address)": "\(code)", "0x7ffe08": "5d52000000000000ffffffffffffffff"},
             "images": [{"name": "lesson", "baseAddress": "0x5000", "endOfText": "0x5400"},
                        {"name": "library", "baseAddress": "0x9000", "endOfText": "0x9900"}]}
            """
        return try #require(Crash(report: try JSON(parsing: json.utf8)))
    }

    /// The images and offsets of the functions that were running.
    private func places(_ crash: Crash) -> [String] { crash.frames.map { "\($0.image) \($0.offset ?? -1)" } }

    @Test(
        "has the caller of a function that has no frame just now",
        arguments: ["554889e5", "f30f1efa", "c30f0b0f", "ff251223"]
    ) func frameless(code: String) throws {
        #expect(
            places(try report(at: "0x986a", in: "library", code: code)) == ["library 2154", "lesson 604"]
        )
        #expect(places(try report(at: "0x5350", in: "lesson", code: code)) == ["lesson 848", "lesson 604"])
        let callers = #", {"description": "main", "image": "lesson", "address": "0x5300"}"#
        let deep = try report(at: "0x986a", in: "library", code: code, callers: callers)
        #expect(places(deep) == ["library 2154", "lesson 604", "lesson 768"])
    }

    @Test("takes nothing on the stack for a caller where the function has a frame") func framed() throws {
        #expect(places(try report(at: "0x986a", in: "library", code: "488b8578")) == ["library 2154"])
    }
}
