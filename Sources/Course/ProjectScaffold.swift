internal import Execution
internal import Foundation
package import Lessons
internal import Pages

/// A project to begin with: it builds as it stands.
package struct ProjectScaffold: Sendable {
    /// The title of its site.
    private let title: String
    /// The address that Unroll is cloned from, and the revision that builds the site, for the workflow.
    private let origin: (address: String, revision: String)?

    /// Whether the workflow does not know where Unroll is cloned from.
    package var hasUnknownAddress: Bool { origin == nil }

    /// The address that stands in the workflow where the tool does not know its own.
    private static let unknownAddress = "https://github.com/OWNER/unroll.git"

    /// The path of the workflow.
    package static let workflowPath = ".github/workflows/site.yml"

    /// Begins a project.
    ///
    /// - Parameters:
    ///   - name: The name of its folder, from which it has its title.
    ///   - address: The address of the repository that Unroll was cloned from, as git has it.
    ///   - revision: The commit of Unroll.
    package init(named name: String, address: String? = nil, revision: String? = nil) {
        let words = name.split { " -_".contains($0) }.joined(separator: " ")
        let isPlain =
            words.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " } && words.first?.isLetter == true
        title = isPlain ? words.prefix(1).uppercased() + words.dropFirst() : "My course"
        let address = address.flatMap(ProjectScaffold.publicAddress)
        origin = address.flatMap { address in revision.map { (address, $0) } }
    }

    /// Returns the address by which anybody can clone, without names and passwords; `nil` for a place on this machine.
    private static func publicAddress(of address: String) -> String? {
        if let match = address.wholeMatch(
            of: /https?:\/\/(?:[^@\/]*@)?(?<place>[A-Za-z0-9._:\-]+\/[A-Za-z0-9._\/\-]+)/
        ) {
            return "https://\(match.place)"
        }
        let ssh = /(?:ssh:\/\/)?[A-Za-z0-9._\-]+@(?<host>[A-Za-z0-9.\-]+)[:\/](?<path>[A-Za-z0-9._\/\-]+)/
        return address.wholeMatch(of: ssh).map { "https://\($0.host)/\($0.path)" }
    }

    // MARK: - On disk

    /// The files of a project that were written, and those that were there before.
    package struct Outcome: Sendable, Equatable {
        /// The paths of the files that were written.
        package var written: [String] = []
        /// The paths of what was there, and stayed as it was.
        package var kept: [String] = []
    }

    /// Writes the files into a folder, which is made if it is not there. Nothing is overwritten.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, if the folder is a project already, or cannot be written to.
    package func write(to folder: String) throws(Diagnostic) -> Outcome {
        let root = URL(filePath: folder, directoryHint: .isDirectory)
        func exists(_ path: String) -> Bool {
            let file = root.appending(path: path).path(percentEncoded: false)
            return FileManager.default.fileExists(atPath: file)
                || (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) != nil
        }
        let settings = ProjectFolders.settingsName
        guard !exists(settings) else {
            throw ProjectScaffold.refusal(
                at: folder == "." ? settings : "\(folder)/\(settings)",
                "this folder is a project already",
                hint: "./unroll new SLUG begins a lesson in it"
            )
        }
        var outcome = Outcome()
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "lessons").path)
        let hasLessons = names?.contains { $0.hasSuffix(".md") } == true
        if hasLessons { outcome.kept.append("lessons/") }
        for (path, text) in files where !(hasLessons && path.hasPrefix("lessons/")) {
            guard !exists(path) else {
                outcome.kept.append(path)
                continue
            }
            let file = root.appending(path: path)
            do {
                let parent = file.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            } catch {
                throw ProjectScaffold.refusal(
                    at: folder == "." ? path : "\(folder)/\(path)",
                    "the file cannot be written: \(error.systemReason)",
                    hint: "choose a folder that you may write to: ./unroll init DIR"
                )
            }
            outcome.written.append(path)
        }
        return outcome
    }

    private static func refusal(at place: String, _ message: String, hint: String) -> Diagnostic {
        Diagnostic(.error, .setup, at: SourceLocation(file: place), message, hint: hint)
    }

    // MARK: - The files

    /// The files by their paths. The settings, which make a project of a folder, come last.
    package var files: [(path: String, text: String)] {
        [
            ("lessons/index.md", front), ("lessons/01-first-lesson.md", lesson), (".gitignore", ".unroll/\n"),
            (ProjectScaffold.workflowPath, workflow), (ProjectFolders.settingsName, settings),
        ]
    }

    private var settings: String {
        """
        # The title of the site, at the top of each page.
        title: \(title)

        # What it is about, in a sentence or two, for the list of lessons and for search engines.
        # summary: Small networks, step by step.

        # Who wrote the lessons, where they do not say so themselves.
        # authors: [Ada Lovelace]

        # The language of the lessons. Buttons and labels speak it, if Unroll does.
        language: en

        # The address that the site will have. With it come a sitemap, a feed and previews of links.
        # baseURL: https://example.org/course/

        # A line at the foot of each page, in Markdown; its links start from the top of the site.
        # footer: By hand.

        # The folders of lessons and of the site, from that of this file.
        lessons: lessons
        out: site

        # Folders of Swift files that lessons use: each is compiled, and imported, as a module of its name.
        # sources: [Sources/Helpers]

        # The folder of a Swift package, whose libraries lessons import.
        # package: .

        # Whether lessons import the engine and the charts.
        engine: true

        # The version of Unroll that the lessons need.
        requires: ">= \(Version.current)"

        # A cache of what lessons showed that machines share: a folder, or a server.
        # cache: https://cache.example.org/unroll

        # Whether the site has a reference, to which names in cells lead.
        reference: true

        # Whether lessons may hold raw HTML.
        rawHTML: false

        # Values of the stylesheet's custom properties, such as the color of links.
        # theme: {accent: "light-dark(#8a2252, #ee8fb5)"}

        """
    }

    private var front: String {
        """
        ---
        title: \(title)
        summary: What a reader will be able to do in the end.
        ---

        Say what the course is about, and for whom. This is its front page; the list of lessons stands below. The first one
        is [A first lesson](01-first-lesson.md).

        """
    }

    private var lesson: String {
        """
        ---
        title: A first lesson
        summary: How large a step may be when a line learns to fit four points.
        ---

        Four points lie on the line $y = 2x + 1$. Can two numbers that begin at random find it?

        ```swift model name=train
        let x = Tensor([0, 1, 2, 3]).reshaped([4, 1])
        let y = x * 2 + 1

        func losses(rate: Float) -> [Float] {
            manualSeed(0)
            let line = Linear(inputSize: 1, outputSize: 1)
            let optimizer = SGD(line.parameters, learningRate: Double(rate))
            return (0..<40).map { _ in
                optimizer.zeroGradients()
                let loss = meanSquaredError(line(x), y)
                loss.backward()
                optimizer.step()
                return loss.item
            }
        }

        losses(rate: 0.1).last!
        ```

        Each step goes down the slope of the loss, as far as the *learning rate* says. Move it: a larger rate learns faster,
        and one that is too large learns nothing.

        ```swift model name=rates caption="The loss over forty steps."
        live(states: .built, Slider("learning rate", 0.02...0.26, step: 0.02, initially: 0.1)) { rate in
            Chart("Loss while a line learns") {
                for (step, loss) in losses(rate: rate).enumerated() {
                    LineMark(x: .value("step", step), y: .value("loss", loss))
                }
            }
            .yScale(.log)
        }
        ```

        With a rate of 0.02 the last loss is `{swift} losses(rate: 0.02).last!`: the line is still on its way.

        """
    }

    private var workflow: String {
        """
        # Checks the course, and publishes it with GitHub Pages. In the repository's settings, under Pages, choose "GitHub
        # Actions" as the source; and commit site/, which is what is checked.
        name: Site

        "on":
          push:
            branches: [main]
          pull_request:
          workflow_dispatch:

        permissions:
          contents: read

        concurrency:
          group: site-${{ github.ref }}

        env:
          # Where Unroll is cloned from, and its commit: that with which site/ was built.
          UNROLL: \(origin?.address ?? ProjectScaffold.unknownAddress)
          REVISION: \(origin?.revision ?? "main")

        jobs:
          build:
            runs-on: ubuntu-24.04
            container: swift:6.3
            timeout-minutes: 60
            steps:
              - uses: actions/checkout@v5
                with:
                  persist-credentials: false
              - name: Install what Unroll links
                run: apt-get update -qq && apt-get install -qq -y libcmark-dev pkg-config
              - name: Restore Unroll as it was built
                id: unroll
                uses: actions/cache@v4
                with:
                  path: /opt/unroll
                  key: unroll-swift-6.3-${{ env.REVISION }}
              - name: Restore the runs of lessons
                uses: actions/cache@v4
                with:
                  path: .unroll
                  key: runs-${{ env.REVISION }}-${{ hashFiles('lessons/**') }}
                  restore-keys: runs-${{ env.REVISION }}-
              - name: Build Unroll
                env:
                  RESTORED: ${{ steps.unroll.outputs.cache-hit }}
                run: |
                  if [ "$RESTORED" = true ]; then
                    touch /opt/unroll/.build/unroll-built  # its files are newer only because they were unpacked
                  else
                    git clone --quiet "$UNROLL" /opt/unroll
                    git -C /opt/unroll checkout --quiet "$REVISION"
                  fi
                  /opt/unroll/unroll --version
              # The container stands around the lessons, so that they need no walls of their own.
              - name: Check
                run: /opt/unroll/unroll check --sandbox off
              - name: Build the site
                run: /opt/unroll/unroll build --sandbox off
              - uses: actions/upload-pages-artifact@v4
                if: github.event_name != 'pull_request'
                with:
                  path: site  # as out: in unroll.yml

          publish:
            if: github.event_name != 'pull_request' && github.ref == 'refs/heads/main'
            needs: build
            runs-on: ubuntu-24.04
            permissions:
              pages: write
              id-token: write
            environment:
              name: github-pages
              url: ${{ steps.pages.outputs.page_url }}
            steps:
              - uses: actions/deploy-pages@v4
                id: pages

        """
    }
}
