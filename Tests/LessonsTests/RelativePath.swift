internal import Lessons
internal import Testing

@Suite struct RelativePathTests {
    @Test(
        arguments: [
            ("01-a.md", "", "01-a.md"), ("../01-a.md", "2-b", "01-a.md"), ("x.png", "2-b", "2-b/x.png"),
            ("./x.png", "2-b", "2-b/x.png"), ("../3-c/x.png", "2-b", "3-c/x.png"), ("..", "2-b", ""),
            ("../x", "", nil), ("../../x", "2-b", nil), ("a//x", "", "a//x"),
        ] as [(String, String, String?)]
    )
    func leadsFromAFolder(path: String, folder: String, target: String?) {
        #expect(RelativePath.resolved(path, in: folder) == target)
    }

    @Test(arguments: [
        ("01-a.html", "", "01-a.html"), ("2-b/01-a.html#x", "", "2-b/01-a.html#x"),
        ("01-a.html", "2-b", "../01-a.html"), ("2-b/01-a.html", "2-b", "01-a.html"),
        ("3-c/x.png", "2-b", "../3-c/x.png"), ("2-b", "2-b", "../2-b"),
    ])
    func isWrittenInAFolder(path: String, folder: String, written: String) {
        #expect(RelativePath.written(path, in: folder) == written)
        #expect(RelativePath.resolved(written, in: folder) == path)
    }
}
