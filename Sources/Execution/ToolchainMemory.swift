internal import Foundation
internal import Serialization
internal import Synchronization

/// What a toolchain answered, kept from build to build: as long as nothing new is asked, neither SourceKit nor the
/// compiler's driver need be loaded.
final class ToolchainMemory: Sendable {
    /// What questions are about.
    enum Subject: String, CaseIterable {
        /// The compiler's version, as it is shown.
        case version
        /// What the driver runs to make an executable.
        case plan
        /// What a program is linked with, by what it imports.
        case libraries
        /// What the parser makes of code, by the code's digest.
        case syntax
        /// What names stand for, by what is said of them in code.
        case note
    }

    private struct State {
        var answers: [Subject: [String: JSON]] = [:]
        /// The questions of this process.
        var asked: [Subject: Set<String>] = [:]
        var isChanged = false
    }

    /// How many answers on a subject are kept that the latest build did not need.
    private static let most = 4096

    private let file: URL?
    /// What tells one build of the toolchain's SourceKit, of this program and of the library from another.
    private let stamp: String
    private let state: Mutex<State>

    /// Recalls what is kept in a file; without one, what this process learns.
    ///
    /// - Parameters:
    ///   - file: The file; one that is corrupt, or of another toolchain, counts as none.
    ///   - sourceKit: The path of the toolchain's SourceKit.
    ///   - library: What tells one build of the library from another.
    init(in file: URL?, sourceKit: String, library: String) {
        self.file = file
        // Another build of this program may make something else of the same answer.
        let program = Bundle.main.executableURL?.path(percentEncoded: false)
        let files = [sourceKit, program].map { $0.flatMap(FileStamp.init)?.description ?? "" }
        stamp = ([library] + files).joined(separator: "; ")
        var kept = State()
        if let file, let data = try? Data(contentsOf: file), let json = JSON(sealed: [UInt8](data)),
            json["stamp"]?.string == stamp
        {
            for subject in Subject.allCases {
                guard case .object(let members)? = json[subject.rawValue] else { continue }
                kept.answers[subject] = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
            }
        }
        state = Mutex(kept)
    }

    /// Whether a question was answered.
    func knows(_ subject: Subject, of question: String) -> Bool {
        state.withLock { $0.answers[subject]?[question] != nil }
    }

    /// The answer to a question; `nil` if there is none yet.
    func answer(on subject: Subject, to question: String = "") -> JSON? {
        state.withLock { state in
            state.asked[subject, default: []].insert(question)
            return state.answers[subject]?[question]
        }
    }

    /// Keeps the answer to a question.
    func keep(_ answer: JSON, on subject: Subject, to question: String = "") {
        state.withLock { state in
            state.asked[subject, default: []].insert(question)
            state.answers[subject, default: [:]][question] = answer
            state.isChanged = true
        }
    }

    /// Writes down what is new since it was last written. Where that fails, the next build asks again.
    func write() {
        guard let file else { return }
        let json = state.withLock { state -> JSON? in
            guard state.isChanged else { return nil }
            state.isChanged = false
            for (subject, answers) in state.answers where answers.count > ToolchainMemory.most {
                state.answers[subject] = answers.filter { state.asked[subject]?.contains($0.key) == true }
            }
            let subjects = Subject.allCases.map { subject in
                let answers = (state.answers[subject] ?? [:]).sorted { $0.key < $1.key }
                return JSON.Member(
                    subject.rawValue,
                    .object(answers.map { JSON.Member($0.key, $0.value) })
                )
            }
            return .object([JSON.Member("stamp", .string(stamp))] + subjects)
        }
        guard let json else { return }
        try? RunCache.make(file.deletingLastPathComponent())
        try? Data(json.sealed.utf8).write(to: file, options: .atomic)
    }
}
