package import Execution
package import Lessons
internal import Pages
internal import Records

/// What came of a check, as data.
package struct CheckOutcome: Sendable {
    /// What was found; `nil` if nothing could be compared.
    package let check: SiteCheck?
    /// All cells and values in prose that were compared, in the order of the lessons.
    package let cells: [CheckedCell]
    /// The number of states of live cells that were compared.
    package let liveStates: Int
    /// What live cells could not be held to here, and why.
    package let unheld: [String]
    /// What is wrong, in the order of the places.
    package let diagnostics: [Diagnostic]
    /// The name of another site that was compared with; `nil` for the project's own.
    package var reference: String?
}

extension Project {
    /// Runs lessons afresh, and compares what they show with the site.
    ///
    /// - Parameters:
    ///   - names: The lessons and cells to compare, such as `06-from-sine-to-cosine#seed0`; none means all, and every
    ///     file of the site with them.
    ///   - runner: Finds what runs the lessons.
    ///   - jobs: The number of lessons that run at a time.
    ///   - twice: Whether they run a second time, in other surroundings, and are compared with themselves.
    ///   - shard: The share of the lessons that is compared; `nil` for all of them.
    ///   - sample: The share of the lessons that is compared, chosen by their keys; `nil` for all of them.
    ///   - reuse: The records of earlier runs that lessons' are taken from.
    ///   - requiresLive: Whether it is an error that live cells could not be held to native code here.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func check(
        _ names: [String] = [],
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        twice: Bool,
        shard: Shard? = nil,
        sample: Shard? = nil,
        reuse: LessonRunner.Reuse = .none,
        requiresLive: Bool = false,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> CheckOutcome? {
        var log = DiagnosticLog(observe)
        log.add(diagnostics)
        var check: SiteCheck?
        var live = LiveCheck()
        do throws(Diagnostic) {
            let site = try CommittedSite(at: folders.site)
            var runner = try await equipped(runner(), log: &log)
            var selection = try LessonSelection(of: names, in: self, recordedIn: site)
            if let shard {
                selection = LessonSelection(
                    of: shard.lessons(of: self.lessons, by: try LessonCosts(of: folders))
                )
            }
            if let sample { selection = LessonSelection(of: try sample.sample(of: self, by: runner)) }
            let lessons = selection.lessons
            runner.reuse = reuse
            let runs = await run(lessons, by: runner, jobs: jobs, log: &log, observe: observe)
            if Task.isCancelled { return nil }
            check = try await .comparing(
                self,
                runs,
                of: selection,
                by: runner,
                with: site,
                shownAs: folders.shownSite
            )
            live = try await .run(
                liveLessons(lessons, runs),
                of: selection,
                against: site,
                by: runner,
                jobs: jobs,
                in: self
            )
            if Task.isCancelled { return nil }
            check?.add(live.findings)
            log.add(live.diagnostics + (requiresLive ? live.unheld : []))
            if twice {
                runner.surroundings = .unusual
                let others = await run(lessons, by: runner, jobs: jobs, log: &log, observe: observe)
                if Task.isCancelled { return nil }
                for (lesson, (run, other)) in zip(lessons, zip(runs, others)) {
                    check?.compare(lesson, run, withItself: other)
                }
            }
            log.add(check?.diagnostics ?? [])
        } catch {
            log.add([error])
        }
        return CheckOutcome(
            check: check,
            cells: check?.checkedCells(in: folders) ?? [],
            liveStates: live.states,
            unheld: live.unheld.map(\.message),
            diagnostics: log.sorted
        )
    }

    /// Compares what the project's site records with what another site does. Only lessons of which it has no record run.
    ///
    /// - Parameters:
    ///   - names: The lessons and cells to compare, such as `06-from-sine-to-cosine#seed0`; none means all.
    ///   - other: The other site: its folder, or a revision of the project's repository.
    ///   - runner: Finds what runs lessons, if any must.
    ///   - jobs: The number of lessons that run at a time.
    ///   - observe: Hears of what happens.
    /// - Returns: `nil` if the task was canceled.
    package func compare(
        _ names: [String],
        against other: String,
        by runner: () async throws(Diagnostic) -> LessonRunner,
        jobs: Int,
        observe: @escaping ProjectEvent.Observer = { _ in }
    ) async -> CheckOutcome? {
        var log = DiagnosticLog(observe)
        log.add(diagnostics)
        var check: SiteCheck?
        var reference = other
        do throws(Diagnostic) {
            let other = try await OtherSite.read(other, besides: folders)
            reference = other.name
            let selection = try LessonSelection(of: names, in: self, recordedIn: other.site)
            let own = try SiteFolder(at: folders.site) == nil ? nil : CommittedSite(at: folders.site)
            var runs = Dictionary(
                uniqueKeysWithValues: selection.lessons.compactMap { lesson in
                    own?.record(of: lesson.slug).map { (lesson.slug, LessonRun(record: $0)) }
                }
            )
            let unrecorded = selection.lessons.filter { runs[$0.slug] == nil }
            if !unrecorded.isEmpty {
                let ran = await run(
                    unrecorded,
                    by: try await equipped(runner(), log: &log),
                    jobs: jobs,
                    log: &log,
                    observe: observe
                )
                if Task.isCancelled { return nil }
                for (lesson, run) in zip(unrecorded, ran) { runs[lesson.slug] = run }
            }
            check = .comparing(selection, runs, with: other.site, shownAs: other.shown)
        } catch {
            log.add([error])
        }
        return CheckOutcome(
            check: check,
            cells: check?.checkedCells(in: folders) ?? [],
            liveStates: 0,
            unheld: [],
            diagnostics: log.sorted,
            reference: reference
        )
    }
}
