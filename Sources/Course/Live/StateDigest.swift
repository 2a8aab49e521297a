package import Execution
package import Lessons
internal import OutputHTML
package import Records
package import Serialization

/// A state of a live cell, and the digest of the HTML of what it shows: a page computes the same digest of what it puts in.
package struct StateDigest: Sendable, Equatable {
    /// The cell and the settings of its controls.
    package let call: LiveCall
    /// What the cell shows.
    package let content: Content

    /// What a live cell shows in a state.
    package enum Content: Sendable, Equatable {
        /// The digest of its HTML, and those of the frames of an animation in it.
        case shown(Digest, frames: [Digest])
        /// The sentence with which it stops.
        case stopped(String)
    }

    private init(_ call: LiveCall, showing content: Content) {
        (self.call, self.content) = (call, content)
    }

    private init(_ call: LiveCall, answeredBy answer: LiveAnswer) {
        switch answer {
        case .record(let record):
            let frames = (record.live?.states ?? []).map(StateDigest.digest)
            self.init(call, showing: .shown(StateDigest.digest(of: record.outputs), frames: frames))
        case .stopped(let sentence): self.init(call, showing: .stopped(sentence))
        }
    }

    private static func digest(of outputs: [Output]) -> Digest {
        Digest(of: OutputRenderer.render(outputs).html.bytes)
    }

    /// Returns the digests of the tested states of a lesson's live cells, in the order of the cells.
    ///
    /// States that the build recorded come from the record; all others are computed natively, each in a process of its own.
    ///
    /// - Parameters:
    ///   - lesson: The lesson.
    ///   - run: Its run.
    ///   - runner: What compiles and runs its live program.
    ///   - data: The folder in which the data files lie that the lesson declares.
    /// - Returns: The digests, and what is wrong with the program.
    package static func digests(
        of lesson: Lesson,
        _ run: LessonRun,
        by runner: LessonRunner,
        data: String?
    ) async -> (digests: [StateDigest], diagnostics: [Diagnostic]) {
        guard let record = run.record else { return ([], []) }
        var computed: [StateDigest] = []
        if let program = run.live {
            let calls = program.testedCalls(of: record)
            let native = await runner.nativeAnswers(to: calls, of: program, in: lesson, data: data)
            guard native.diagnostics.isEmpty else { return ([], native.diagnostics) }
            computed = zip(calls, native.answers).map { StateDigest($0, answeredBy: $1) }
        }
        let all = record.cells.flatMap { cell in
            let recorded = recordedDigests(of: cell)
            return recorded.isEmpty ? computed.filter { $0.call.cell == cell.name } : recorded
        }
        return (all, [])
    }

    private static func recordedDigests(of cell: CellRecord) -> [StateDigest] {
        guard let live = cell.live, live.isBuilt else { return [] }
        return live.testedSettings().compactMap { settings in
            live.state(of: settings).map { state in
                let content = Content.shown(digest(of: live.states[state]), frames: [])
                return StateDigest(LiveCall(cell: cell.name, settings: settings), showing: content)
            }
        }
    }
}

extension LiveRecord {
    /// Returns the index of the state in which controls are set so; `nil` if one is set to a text.
    fileprivate func state(of settings: [ControlSetting]) -> Int? {
        zip(controls, settings).reduce(0) { index, pair in
            guard let index, case .position(let position) = pair.1 else { return nil }
            return index * pair.0.positions.count + position
        }
    }
}

extension StateDigest {
    /// The state as an object: that of the call, with `digest` and `frames`, or with `stopped`.
    package var json: JSON {
        let members: [JSON.Member] =
            switch content {
            case .shown(let digest, let frames):
                [JSON.Member("digest", .string(digest.text))]
                    + (frames.isEmpty ? [] : [JSON.Member("frames", .array(frames.map { .string($0.text) }))])
            case .stopped(let sentence): [JSON.Member("stopped", .string(sentence))]
            }
        return .object(
            [
                JSON.Member("cell", .string(call.cell)),
                JSON.Member("values", .array(call.settings.map(\.json))),
            ] + members
        )
    }
}
