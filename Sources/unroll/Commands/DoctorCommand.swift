internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// `unroll doctor`: what this machine has, and what works without the rest.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this machine has, what works without the rest, and what to type for it.",
        discussion: Invocation.typed.named(
            """
            The exit status is 0 if builds can run here, and 2 if not.

            Examples:
              ./unroll doctor
            """
        )
    )

    func run() async throws {
        let survey = await Equipment.survey()
        let width = survey.map(\.name.count).max() ?? 0
        for part in survey {
            let mark = part.found != nil ? "✓" : part.isNeeded ? "✗" : "–"
            let name = part.name + String(repeating: " ", count: width - part.name.count)
            Terminal.result("\(mark) \(name)  \(part.found ?? part.missing)")
            guard part.found == nil, let remedy = part.remedy else { continue }
            Terminal.result("  \(String(repeating: " ", count: width))  → \(Invocation.typed.named(remedy))")
        }
        guard survey.allSatisfy({ !$0.isNeeded || $0.found != nil }) else {
            Terminal.result("✗ unroll \(Version.current) cannot build here")
            throw ExitCode(2)
        }
        Terminal.result("✓ unroll \(Version.current) can build here")
    }
}
