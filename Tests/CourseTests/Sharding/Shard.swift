internal import Course
internal import Lessons
internal import Testing

@Suite("Shares of a course") struct ShardTests {
    private func lessons(_ count: Int) throws -> [Lesson] {
        try (1...count).map { number in
            let text =
                "---\ntitle: A\n---\n\n```swift model name=a\n\(String(repeating: "1 + ", count: number * 7 % 23))1\n```\n"
            return try #require(Lesson.read(text, file: "lessons/\(100 + number)-a.md").lesson)
        }
    }

    @Test(
        "have every lesson once, whatever their number and however much is known",
        arguments: [1, 2, 3, 7, 40]
    )
    func complete(count: Int) throws {
        let lessons = try lessons(30)
        for known in [0, 10, 30] {
            let costs = LessonCosts(
                Dictionary(
                    uniqueKeysWithValues: lessons.prefix(known).enumerated().map {
                        ($1.slug, Double($0 % 5) + 0.25)
                    }
                )
            )
            let shares = Shard.divide(lessons, into: count, by: costs)
            #expect(shares.count == count)
            #expect(shares.flatMap { $0.map(\.slug) }.sorted() == lessons.map(\.slug))
            #expect(
                Shard.divide(lessons.reversed(), into: count, by: costs).map { $0.map(\.slug).sorted() }
                    == shares.map { $0.map(\.slug) }
            )
        }
    }

    @Test("take about equally long: within four thirds of what is possible, less a third of a share")
    func balanced() throws {
        let lessons = try lessons(30)
        let costs = LessonCosts(
            Dictionary(uniqueKeysWithValues: lessons.enumerated().map { ($1.slug, Double($0 * $0 % 17) + 1) })
        )
        for count in 1...8 {
            let loads = Shard.divide(lessons, into: count, by: costs).map {
                costs.estimates(of: $0).reduce(0, +)
            }
            let all = costs.estimates(of: lessons)
            let bound = max(all.max() ?? 0, all.reduce(0, +) / Double(count))
            #expect((loads.max() ?? 0) <= (4.0 / 3 - 1 / (3 * Double(count))) * bound * 1.000_001)
        }
    }

    @Test(
        "are read as they are typed",
        arguments: [
            "", "1", "1/", "/2", "0/2", "3/2", "-1/2", "1/2/3", "a/b", "1/99999999999999999999", "٣/٨",
        ]
    )
    func misuse(text: String) {
        #expect(Shard(text) == nil)
    }

    @Test("are written as they are typed") func written() {
        #expect(Shard("3/8")?.description == "3/8" && Shard("1/1") != nil)
    }
}
