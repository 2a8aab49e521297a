internal import Foundation
package import Lessons

/// A lesson to begin with, or the page of a part: it builds as it stands.
package struct LessonScaffold: Sendable {
    /// The path of its file in the folder of lessons, without `.md`.
    package let slug: String

    package init(slug: String) {
        self.slug = slug
    }

    /// Begins a lesson of a name, which gets the number after the last one unless it has one.
    ///
    /// - Parameters:
    ///   - name: The name, such as `attention`, `2-gates/closing` in a part, or `3-loops/index` for a part's page.
    ///   - folder: The folder of lessons.
    /// - Throws: `Diagnostic` of kind `setup`, if it is to lie in a part that is not there.
    package static func begin(_ name: String, in folder: String) throws(Diagnostic) -> LessonScaffold {
        let top = names(in: folder)
        guard let wanted = RelativePath.folder(of: name) else {
            return LessonScaffold(slug: try numbered(name, after: top, in: folder))
        }
        let own = String(name.dropFirst(wanted.count + 1))
        if own == Lesson.indexName {
            let part =
                top.contains(wanted)
                ? wanted : try numbered(wanted, after: top, in: folder, page: "/\(Lesson.indexName)")
            return LessonScaffold(slug: "\(part)/\(own)")
        }
        let parts = top.filter { names(in: "\(folder)/\($0)").contains("\(Lesson.indexName).md") }
        let short = parts.filter { $0.drop { $0.isWholeNumber }.drop { $0 == "-" } == wanted }
        guard let part = parts.contains(wanted) ? wanted : short.count == 1 ? short[0] : nil else {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: "\(folder)/\(wanted)"),
                "there is no such part",
                hint: Spelling.nearest(to: wanted, among: parts).map { "did you mean '\($0)'?" }
                    ?? "./unroll new \(wanted)/\(Lesson.indexName) begins it"
            )
        }
        let inside = "\(folder)/\(part)"
        return LessonScaffold(slug: "\(part)/\(try numbered(own, after: names(in: inside), in: inside))")
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Returns a name with the number after the largest one that others begin with, in two digits, unless it has one of its
    /// own, which none of them may have.
    private static func numbered(
        _ name: String,
        after others: [String],
        in folder: String,
        page: String = ""
    ) throws(Diagnostic) -> String {
        let taken = others.filter { !$0.contains(".") || $0.hasSuffix(".md") }
        guard let number = number(of: name) else {
            if let other = taken.first(where: { words(of: $0) == name }) {
                throw Diagnostic(
                    .error,
                    .setup,
                    at: SourceLocation(file: "\(folder)/\(other)"),
                    "this has the name '\(name)' already",
                    hint: "write it there, or choose another name"
                )
            }
            let last = taken.compactMap(number).max() ?? 0
            return last < 9 ? "0\(last + 1)-\(name)" : "\(last + 1)-\(name)"
        }
        guard let other = taken.first(where: { self.number(of: $0) == number }) else { return name }
        let rest = String(name.drop { $0.isNumber || $0 == "-" })
        throw Diagnostic(
            .error,
            .setup,
            at: SourceLocation(file: "\(folder)/\(other)"),
            "this has the number \(number) already",
            hint:
                "leave the number out, and the next one is taken: ./unroll new \(rest.isEmpty ? "SLUG" : rest)\(page)"
        )
    }

    /// The name of a file or a part without its number.
    private static func words(of name: String) -> Substring {
        let name = name.hasSuffix(".md") ? name.dropLast(3) : name[...]
        return name.drop { $0.isASCII && $0.isNumber }.drop { $0 == "-" }
    }

    /// The number that a name begins with.
    private static func number(of name: String) -> Int? {
        Int(name.prefix { $0.isASCII && $0.isNumber })
    }

    /// The Markdown of the lesson.
    package var text: String {
        let part = RelativePath.folder(of: slug)
        let isPart = part.map { slug == "\($0)/\(Lesson.indexName)" } ?? false
        return isPart ? partText : lessonText
    }

    private var partText: String {
        """
        ---
        title: \(title(of: RelativePath.folder(of: slug) ?? slug, or: "A part"))
        summary: What a reader will know after it, in a sentence.
        ---

        Say what the lessons of this part have in common. Their list stands below.

        """
    }

    private var lessonText: String {
        """
        ---
        title: \(title(of: slug.split(separator: "/").last.map(String.init) ?? slug, or: "A lesson"))
        summary: What a reader will know after it, in a sentence.
        ---

        Begin with a question.

        ```swift model name=first
        let numbers = Tensor([1, 2, 3])
        numbers.sum()
        ```

        Say what to see in the answer.

        """
    }

    /// The words of a name, the first with a capital, its number left out.
    private func title(of name: String, or other: String) -> String {
        let words = name.split(separator: "-").drop { $0.allSatisfy(\.isNumber) }.joined(separator: " ")
        return words.isEmpty ? other : words.prefix(1).uppercased() + words.dropFirst()
    }
}
