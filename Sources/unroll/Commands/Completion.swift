internal import ArgumentParser
internal import Course
internal import Lessons

/// What a shell offers while a command is typed.
enum Completion {
    /// The names of lessons.
    static let lessons = CompletionKind.custom { words, _, _ in
        let folder = words.firstIndex(of: "--lessons").flatMap { words.dropFirst($0 + 1).first }
        return LessonFolder.names(at: folder ?? (try? ProjectFolders.find())?.lessons ?? "lessons")
    }
}
