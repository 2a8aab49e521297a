internal import Course
internal import Foundation
internal import Testing
internal import Turns

/// Plans are held to what runs them: shells, and the tool itself.
@Suite("unroll plan", .inTurns) struct PlanCommandTests {
    private func withCourse(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try await tool.addSealedTool()
            var tool = tool
            tool.executable = tool.folder.appending(path: "built/unroll")
            for (slug, value) in [("01-a", "1"), ("02-b", "2"), ("03-c", "\"$x: y\"")] {
                let text = "---\ntitle: A\ndata: [a b.csv]\n---\n\n```swift model name=a\n\(value)\n```\n"
                try tool.write(text, to: "lessons/\(slug).md")
            }
            try tool.write("1\n", to: "lessons/a b.csv")
            try await body(tool)
        }
    }

    private func plan(_ tool: Tool, _ arguments: String...) async throws -> ComputationPlan {
        let run = try await tool(["plan"] + arguments)
        #expect(run.status == 0 && run.errors == "", "\(run.errors)")
        return try JSONDecoder().decode(ComputationPlan.self, from: Data(run.output.utf8))
    }

    @Test("lists what must be computed; its commands compute it, twice and in any order") func commands()
        async throws
    {
        try await withCourse { tool in
            let first = try await plan(tool)
            #expect(first.tasks.map(\.id).sorted() == ["01-a", "02-b", "03-c"] && first.present == [])
            #expect(
                first.tasks.allSatisfy {
                    $0.inputs.contains("lessons/a b.csv") && $0.isGuess && $0.memory == 2 << 30
                }
            )
            #expect(first.collecting.inputs.count == 3)
            let task = first.tasks[2]
            for _ in 1...2 {
                // As it is typed: the tool that tests run is called ./unroll.
                let run = try await tool.shell(task.command.replacing("./unroll", with: "built/unroll"))
                #expect(run.status == 0, "\(run.errors)")
                #expect(tool.read(task.outputs[0]) != nil)
            }
            let second = try await plan(tool)
            #expect(second.tasks.count == 2 && second.present == [task.id])
            #expect(try await plan(tool, "--all").tasks.count == 3)
            let two = try await plan(tool, "--all", "--tasks", "2")
            #expect(
                two.tasks.count == 2 && two.tasks.flatMap(\.keys.keys).sorted() == ["01-a", "02-b", "03-c"]
            )
            #expect(try await tool("plan", "--write-costs").output == "✓ 1 lesson → costs.json\n")
            #expect(try await plan(tool, "--all").tasks.count { !$0.isGuess } == 1)
            try tool.write("[]", to: "costs.json")
            let broken = try await tool("plan")
            #expect(broken.status == 2 && broken.errors.hasPrefix("costs.json: error: this holds no costs"))
        }
    }

    @Test("speaks Ninja, Slurm and GitHub's matrices") func languages() async throws {
        try await withCourse { tool in
            let ninja = try await tool("plan", "--ninja").output
            #expect(
                ninja.contains("build .unroll/shards/01-a/shard.json: run lessons/01-a.md lessons/a$ b.csv\n")
            )
            #expect(
                ninja.contains(
                    "\n  command = ./unroll build --records-only --jobs 1 --to .unroll/shards/01-a 01-a\n"
                )
            )
            let slurm = try await tool("plan", "--slurm").output
            try tool.write(slurm, to: "plan.sh")
            // An sbatch that keeps what it is given, and says the number of a job of a cluster.
            try tool.write("#!/bin/sh\necho \"$*\" >>calls\ncat >>jobs\necho '41;here'\n", to: "bin/sbatch")
            let submitted = try await tool.shell(
                "chmod +x bin/sbatch; PATH=$PWD/bin:$PATH sh plan.sh; for i in $(ls); do :; done"
            )
            #expect(submitted.status == 0, "\(submitted.errors)")
            let calls = try #require(tool.read("calls")).split(separator: "\n")
            #expect(
                calls.count == 2 && calls[0].contains("--array=1-3 --requeue")
                    && calls[1].contains("--dependency=afterany:41 ")
            )
            #expect(
                tool.read("jobs")?.contains(
                    "\n1) exec ./unroll build --records-only --jobs 1 --to .unroll/shards/"
                ) == true
            )
            let matrix = try await tool("plan", "--github", "--tasks", "2").output
            let jobs = try #require(
                try JSONSerialization.jsonObject(with: Data(matrix.utf8)) as? [String: [[String: Any]]]
            )
            #expect(jobs["include"]?.count == 2 && matrix.split(separator: "\n").count == 1)
        }
    }
}
