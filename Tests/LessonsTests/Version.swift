internal import Lessons
internal import Testing

@Suite struct VersionTests {
    @Test(arguments: [("2", "2.0.0"), ("2.1", "2.1.0"), ("10.0.3", "10.0.3")])
    func numbersMayBeLeftOut(text: String, version: String) {
        #expect(Version(text)?.description == version)
    }

    @Test(arguments: ["", "2.", ".1", "v2", "2.0.0.0", "2.x", "-1", "٢", "99999999999999999999"])
    func anythingElseIsNone(text: String) {
        #expect(Version(text) == nil)
    }

    @Test func numbersAreComparedAndNotLetters() throws {
        let versions = try ["1.10", "2.9.9", "2.10", "10"].map { try #require(Version($0)) }
        #expect(versions.shuffled().sorted() == versions)
    }
}
