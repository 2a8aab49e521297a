internal import ArgumentParser
internal import Course
internal import Foundation

/// What a shell offers while a command is typed.
enum Completion {
    /// The names of lessons.
    static let lessons = CompletionKind.custom { words, _, _ in
        let folder = words.firstIndex(of: "--lessons").flatMap { words.dropFirst($0 + 1).first }
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: folder ?? (try? ProjectFolders.find())?.lessons ?? "lessons"
        )
        return (files ?? []).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }
}
