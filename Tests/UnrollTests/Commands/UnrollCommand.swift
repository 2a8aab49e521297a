internal import Testing
internal import Turns

@Suite("unroll", .inTurns) struct UnrollCommandTests {
    @Test(
        "names the command or option nearest to what was typed",
        arguments: [
            (["biuld"], "there is no command 'biuld'; did you mean 'build'?"),
            (["chekc", "--json"], "there is no command 'chekc'; did you mean 'check'?"),
            (["tset"], "there is no command 'tset'; did you mean 'test'?"),
            (["--verson"], "there is no option '--verson'; did you mean '--version'?"),
            (["frobnicate"], "there is no command 'frobnicate'; there are: init, new, build, serve, "),
            (["build", "--job", "2"], "Unknown option '--job'. Did you mean '--jobs'?"),
            (["--jobs", "2", "build"], "Unknown option '--jobs'"),
            (["build", "lessons"], "Unexpected argument 'lessons'"),
        ]
    )
    func misspelled(arguments: [String], message: String) async throws {
        try await withTool { tool in
            let run = try await tool(arguments)
            #expect(run.status == 2 && run.output == "")
            #expect(run.errors.hasPrefix("Error: \(message)"), "\(run.errors)")
        }
    }

    @Test(
        "says what a command does, in whole lines",
        arguments: [
            "init", "new", "build", "serve", "run", "check", "accept", "why", "clean", "doctor", "plan",
            "merge",
            "install",
        ]
    )
    func help(command: String) async throws {
        try await withTool { tool in
            let run = try await tool(["help", command])
            #expect(run.status == 0 && run.output.contains("USAGE: unroll \(command)"))
            // A line that goes on in the source ends with a backslash there, and there alone.
            #expect(!run.output.contains("\\"), "\(run.output)")
        }
    }
}
