/// A lesson to begin with: it builds as it stands.
package struct LessonScaffold {
    package let slug: String

    /// Begins a lesson of that name.
    package init(slug: String) {
        self.slug = slug
    }

    /// The Markdown of the lesson.
    package var text: String {
        """
        ---
        title: \(title)
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

    /// The words of the slug, the first with a capital, its number left out.
    private var title: String {
        let words = slug.split(separator: "-").drop { $0.allSatisfy(\.isNumber) }.joined(separator: " ")
        return words.isEmpty ? "A lesson" : words.prefix(1).uppercased() + words.dropFirst()
    }
}
