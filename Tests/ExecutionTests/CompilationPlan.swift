import Execution
import Testing

@Suite("The driver's plan") struct CompilationPlanTests {
    private let asked = CompilationPlan.Places(
        scratch: "/tmp/un roll",
        source: "/tmp/un roll/asked.swift",
        executable: "/tmp/un roll/lesson"
    )
    private let printed = """
        /usr/bin/swift-frontend -frontend -c '/tmp/un roll/asked.swift' -I "/a \\"b\\"/Modules" -o '/tmp/un roll/TemporaryDirectory.x1/main-1.o'
        /usr/bin/swift-autolink-extract '/tmp/un roll/TemporaryDirectory.x1/main-1.o' -o /tmp/un\\ roll/TemporaryDirectory.x1/main-2.autolink
        /usr/bin/clang '/tmp/un roll/TemporaryDirectory.x1/main-1.o' '@/tmp/un roll/TemporaryDirectory.x1/main-2.autolink' -L '' -o '/tmp/un roll/lesson'
        """

    @Test("Its jobs are those of another place") func commands() throws {
        let plan = try #require(CompilationPlan(printed: printed, for: asked))
        let places = CompilationPlan.Places(scratch: "/s", source: "/s/01-it's.swift", executable: "/s/out")
        #expect(
            plan.commands(for: places) == [
                [
                    "/usr/bin/swift-frontend", "-frontend", "-c", "/s/01-it's.swift", "-I",
                    "/a \"b\"/Modules",
                    "-o", "/s/main-1.o",
                ],
                ["/usr/bin/swift-autolink-extract", "/s/main-1.o", "-o", "/s/main-2.autolink"],
                ["/usr/bin/clang", "/s/main-1.o", "@/s/main-2.autolink", "-L", "", "-o", "/s/out"],
            ]
        )
    }

    @Test("What is no plan is none", arguments: ["", "error: no input files", "a -frontend -c x\nb -o y"])
    func nonsense(text: String) {
        #expect(CompilationPlan(printed: text, for: asked) == nil)
    }

    @Test("Without the part that compiles, or that links, it is none") func part() {
        for line in printed.split(separator: "\n") {
            let rest = printed.split(separator: "\n").filter { $0 != line }.joined(separator: "\n")
            let isPlan = CompilationPlan(printed: rest, for: asked) != nil
            #expect(isPlan == line.contains("autolink-extract"))
        }
    }
}
