/// Vectors as points in the plane, with names that do not collide.
///
///     EmbeddingMap("Letters", embeddings, named: letters, kinds: letters.map { "aeiou".contains($0) ? "Vowel" : "Other" })
///
/// Vectors of more than two numbers are seen along their first two principal components. A name for which there is
/// no room is left out; its point shows it on hover.
public struct EmbeddingMap: Drawing {
    private var chart: Chart

    /// A map of vectors.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - vectors: The vectors. Shape: [vector][feature]
    ///   - names: The vectors' names.
    ///   - kinds: The kinds that the vectors' colors stand for; none for a single color.
    public init(
        _ title: String = "",
        _ vectors: [[some BinaryFloatingPoint]],
        named names: [String],
        kinds: [String] = [],
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        require(
            names.count == vectors.count && (kinds.isEmpty || kinds.count == vectors.count),
            """
            EmbeddingMap: there are \(vectors.count) vectors, \(names.count) names and \(kinds.count) kinds; give a name \
            for each vector, and a kind for each or none.
            """,
            file: file,
            line: line
        )
        let components = PrincipalComponents(of: vectors, file: file, line: line)
        let isPlane = vectors.first?.count == 2
        let labels =
            isPlane
            ? ["First feature", "Second feature"]
            : ["First", "Second"].enumerated().map { index, name in
                "\(name) component, \(NumberText.short(100 * components.shares[index])) % of the variance"
            }
        chart = Chart(title, file: file, line: line) {
            for (index, name) in names.enumerated() {
                let place = isPlane ? vectors[index].map { Double($0) } : components.projected[index]
                let point = PointMark(x: .value(labels[0], place[0]), y: .value(labels[1], place[1]))
                    .identified(by: .value("Name", name))
                    .annotation(name)
                if kinds.isEmpty { point } else { point.foregroundStyle(by: .value("Kind", kinds[index])) }
            }
        }
        .plotHeight(340)
    }

    /// The chart of the map.
    @_documentation(visibility: internal)
    public var charts: [Chart] { [chart] }

    /// The map drawn by another chart.
    @_documentation(visibility: internal)
    public func with(charts: [Chart]) -> Self {
        var copy = self
        copy.chart = charts[0]
        return copy
    }

    /// Draws the map.
    public func rendered(id: String) -> RenderedChart { chart.rendered(id: id) }
}
