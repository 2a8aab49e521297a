internal import ArgumentParser

/// The command line of Unroll.
@main
struct Unroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unroll",
        abstract: "Build lessons that hold cells of real Swift into a static site."
    )
}
