internal import ArgumentParser
internal import Course
internal import Execution
internal import Lessons

/// `unroll serve`: the site in a browser, fresh while its author writes.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Build, show the site in a browser, and build again at each change.",
        discussion: Invocation.typed.named(
            """
            Open pages keep their place, take the outputs of cells as they come, and say what is wrong and where. \
            Lessons, their data, theme/ and unroll.yml are watched. Ctrl-C ends it.

            Examples:
              ./unroll serve --open
              ./unroll serve --lessons ~/course --out /tmp/course-site --port 8080
            """
        )
    )

    @Option(help: ArgumentHelp("The port to listen on; 0 takes one that is free.", valueName: "n"))
    var port: UInt16 = 8000

    @Option(
        help: ArgumentHelp(
            "The address to listen on. Others than 127.0.0.1 can be reached from the network.",
            valueName: "address"
        )
    )
    var host = "127.0.0.1"

    @Flag(help: "Open the site in a browser.")
    var open = false

    @OptionGroup var place: SiteOptions
    @OptionGroup var options: RunOptions

    func run() async throws {
        let folders = try place.folders()
        do throws(Diagnostic) {
            let server = try PreviewServer(of: folders.site, host: host, port: port)
            let runner = try await options.runner(in: folders)
            await serve(folders, by: server, runner)
        } catch {
            throw folders.shown(error)
        }
    }

    /// How long the build under way has to end when it is asked to; the process does not wait for more.
    private static let patience = Duration.seconds(1)

    /// Serves until it is interrupted.
    private func serve(_ folders: ProjectFolders, by server: PreviewServer, _ runner: LessonRunner) async {
        let project = LiveProject(folders, by: runner, jobs: options.width, preview: server.preview)
        let watcher = SourceWatcher(of: folders)
        let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let signals = Interruption.signals(atMost: ServeCommand.patience)
        server.begin()
        Terminal.result("→ \(server.address) · Ctrl-C ends")
        await withTaskGroup { group in
            // Before the build, which may keep all threads for long.
            if open { group.addTask { await Browser.open(server.address) } }
            group.addTask {
                await project.run(changes: changes) {
                    let reporter = options.reporter(of: folders)
                    return (reporter.observe, reporter.end)
                }
            }
            group.addTask { await watcher.run { change.yield() } }
            for await _ in signals { break }
            server.end()
            group.cancelAll()
        }
    }
}
