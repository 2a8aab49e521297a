import Course
import Foundation
import Lessons
import Pages
import Serialization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct SiteWriterTests {
    /// An empty folder that is removed with the test.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "unroll tests \(UUID().uuidString)")
        var site: URL { url.appending(path: "site") }

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func put(_ path: String, _ text: String) throws {
            let place = site.appending(path: path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: place)
        }

        func text(_ path: String) -> String? {
            try? String(contentsOf: site.appending(path: path), encoding: .utf8)
        }

        /// Every file below, with its text.
        var everything: [String: String] {
            let paths = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
            return Dictionary(
                uniqueKeysWithValues: paths.map { path in
                    (path, (try? String(contentsOf: url.appending(path: path), encoding: .utf8)) ?? "folder")
                }
            )
        }

        func attributes(_ path: String) throws -> [FileAttributeKey: Any] {
            try FileManager.default.attributesOfItem(atPath: site.appending(path: path).path)
        }

        func names(_ path: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: site.appending(path: path).path)
        }

        func number(_ path: String) throws -> UInt64 {
            try #require(attributes(path)[.systemFileNumber] as? UInt64)
        }
    }

    private let files = [SiteFile("a.html", "a"), SiteFile("data/b.csv", "b")]

    @Test func makesTheFolderAndAListOfItsFiles() throws {
        let folder = try Folder()
        let written = try SiteWriter(to: folder.site.path).write(files)
        #expect(written == ["a.html", "data/b.csv", "unroll-files.txt"])
        #expect(folder.text("a.html") == "a")
        #expect(folder.text("data/b.csv") == "b")
        #expect(folder.text("unroll-files.txt")?.hasSuffix("\na.html\ndata/b.csv\n") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["site"])
    }

    @Test func removesWhatBuildsThatWereKilledLeft() throws {
        let folder = try Folder()
        try SiteWriter(to: folder.site.path).write(files)
        let left = [
            ".unroll-0123456789abcdef-0", "data/.unroll-0123456789abcdef-12",
            ".unroll-0123456789abcdef-new-list",
        ]
        let others = [
            ".unroll-keep", ".unroll-0123456789abcdef", ".unroll-0123456789ABCDEF-0",
            ".unroll-0123456789abcdef-x",
            "other/.unroll-0123456789abcdef-0", "unroll-0123456789abcdef-0", ".unroll-123-0",
        ]
        for name in left + others { try folder.put(name, "x") }
        #expect(try SiteWriter(to: folder.site.path).write(files) == [])
        #expect(left.allSatisfy { folder.text($0) == nil })
        #expect(others.allSatisfy { folder.text($0) == "x" })
    }

    @Test func leavesUnchangedFilesInPlace() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let number = try folder.number("data/b.csv")
        #expect(try writer.write(files) == [])
        #expect(try writer.write([SiteFile("a.html", "new"), files[1]]) == ["a.html"])
        #expect(try folder.number("data/b.csv") == number)
        #expect(folder.text("a.html") == "new")
    }

    @Test func removesOnlyWhatItMade() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try folder.put("CNAME", "example.org")
        try folder.put("data/mine.csv", "1,2")
        try folder.put(".well-known/x", "y")
        try writer.write(files)
        #expect(try writer.write([files[0]]) == ["data/b.csv", "unroll-files.txt"])
        #expect(folder.text("data/b.csv") == nil)
        #expect(folder.text("CNAME") == "example.org")
        #expect(folder.text("data/mine.csv") == "1,2")
        #expect(folder.text(".well-known/x") == "y")
        try writer.write([])
        #expect(folder.text("a.html") == nil)
        #expect(folder.text("data/mine.csv") == "1,2")
    }

    @Test func aFolderThatLosesItsLastFileGoesIfUnrollMadeIt() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        let deep = SiteFile("notes/deep/c.txt", "c")
        for name in ["notes", "empty"] {
            try FileManager.default.createDirectory(
                at: folder.site.appending(path: name),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try writer.write(files + [deep])
        #expect(try writer.write(files + [deep]) == [])
        try writer.write([files[0]])
        #expect(Set(try folder.names("")) == ["a.html", "unroll-files.txt", "notes", "empty"])
        #expect(try folder.names("notes") == [])
        #expect(try folder.attributes("notes")[.posixPermissions] as? Int == 0o700)
    }

    @Test func looksAtNothingThatIsNotItsOwn() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try folder.put("CNAME", "example.org")
        try folder.put(".git/objects/a", "object")
        try folder.put("data/private/b.csv", "mine")
        let manager = FileManager.default
        for name in ["broken", "data/broken", ".well-known"] {
            try manager.createSymbolicLink(
                at: folder.site.appending(path: name),
                withDestinationURL: URL(filePath: "/nowhere/at/all")
            )
        }
        #expect(mkfifo(folder.site.appending(path: "pipe").path, 0o600) == 0)
        let old = Date(timeIntervalSince1970: 1_000_000_000)
        for (path, mode) in [
            (".git", 0o500), ("data/private", 0o700), ("CNAME", 0o400), ("data", 0o750),
        ] {
            try manager.setAttributes(
                [.posixPermissions: mode, .modificationDate: old],
                ofItemAtPath: folder.site.appending(path: path).path
            )
        }
        func state(_ path: String) throws -> [String] {
            let attributes = try folder.attributes(path)
            return [FileAttributeKey.type, .posixPermissions, .modificationDate, .systemFileNumber].map {
                "\(String(describing: attributes[$0]))"
            }
        }
        let paths = [
            "CNAME", ".git", ".git/objects/a", "data/private", "broken", "data/broken", ".well-known", "pipe",
        ]
        let before = try paths.map(state)
        try writer.write(files)
        try writer.write([SiteFile("a.html", "other")])
        try writer.write([])
        #expect(try paths.map(state) == before)
        #expect(try folder.attributes("data")[.posixPermissions] as? Int == 0o750)
        try manager.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: folder.site.appending(path: ".git").path
        )
    }

    @Test func keepsModesAndDatesWhereNothingChanges() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let old = Date(timeIntervalSince1970: 1_000_000_000)
        let manager = FileManager.default
        for (path, mode) in [("a.html", 0o640), ("data/b.csv", 0o600), ("data", 0o700), ("", 0o711)] {
            try manager.setAttributes(
                [.posixPermissions: mode, .modificationDate: old],
                ofItemAtPath: folder.site.appending(path: path).path
            )
        }
        try writer.write([SiteFile("a.html", "new"), files[1]])
        for (path, mode) in [("a.html", 0o640), ("data/b.csv", 0o600), ("data", 0o700), ("", 0o711)] {
            #expect(try folder.attributes(path)[.posixPermissions] as? Int == mode, "\(path)")
        }
        for path in ["data", "data/b.csv"] {
            #expect(try folder.attributes(path)[.modificationDate] as? Date == old, "\(path)")
        }
    }

    // MARK: Ours and not ours

    /// The list as a build leaves it that is killed while files come and go.
    private func unfinishedList(_ paths: [String], _ unfinished: [(path: String, text: String)]) -> String {
        let lines = unfinished.map { "\(Digest(of: Array($0.text.utf8)).text) \($0.path)" }
        return Manifest(paths: paths).text
            + "\n# A build has not ended: the following are Unroll's where they have these fingerprints.\n"
            + lines.joined(separator: "\n") + "\n"
    }

    @Test func takesForItsOwnWhatAKilledBuildHasWritten() throws {
        let folder = try Folder()
        try folder.put("a.html", "a")
        try folder.put("new.html", "written by the build that was killed")
        try folder.put("gone.html", "old")
        try folder.put("img/new.png", "picture")
        let list = unfinishedList(
            ["a.html"],
            [
                ("new.html", "written by the build that was killed"), ("never.html", "not written"),
                ("gone.html", "old"), ("img/new.png", "picture"),
            ]
        )
        try folder.put("unroll-files.txt", list)
        let wanted = [SiteFile("a.html", "a"), SiteFile("new.html", "newer")]
        try SiteWriter(to: folder.site.path).write(wanted)
        #expect(folder.text("new.html") == "newer")
        #expect(Set(try folder.names("")) == ["a.html", "new.html", "unroll-files.txt"])
        #expect(folder.text("unroll-files.txt") == Manifest(paths: ["a.html", "new.html"]).text)
    }

    @Test func takesNothingElseForItsOwnThatHasSuchAName() throws {
        let folder = try Folder()
        try folder.put("a.html", "a")
        try folder.put("never.html", "by hand, after the build was killed")
        try folder.put("gone.html", "by hand, too")
        let list = unfinishedList(["a.html"], [("never.html", "not written"), ("gone.html", "old")])
        try folder.put("unroll-files.txt", list)
        let refusal = #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.site.path).write([
                SiteFile("a.html", "b"), SiteFile("never.html", "new"),
            ])
        }
        #expect(refusal?.message.contains("never.html' was not made by Unroll") == true)
        #expect(folder.text("a.html") == "a")
        try SiteWriter(to: folder.site.path).write([SiteFile("a.html", "b")])
        #expect(folder.text("never.html") == "by hand, after the build was killed")
        #expect(folder.text("gone.html") == "by hand, too")
        #expect(folder.text("unroll-files.txt") == Manifest(paths: ["a.html"]).text)
    }

    @Test func writesTheListAnewOnlyWhereFilesComeOrGo() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let number = try folder.number("unroll-files.txt")
        try writer.write([SiteFile("a.html", "new"), files[1]])
        #expect(try folder.number("unroll-files.txt") == number)
    }

    @Test func takesACopyThatIsThereForSomebodysOwn() throws {
        let folder = try Folder()
        try folder.put("notes.txt", "mine")
        var copy = SiteFile("notes.txt", "mine")
        copy.isCopy = true
        let refusal = #expect(throws: Diagnostic.self) { try SiteWriter(to: folder.site.path).write([copy]) }
        #expect(refusal?.message.contains("notes.txt' was not made by Unroll") == true)
        #expect(folder.text("notes.txt") == "mine")
    }

    @Test func readsAListWhoseLinesACheckoutEndedOtherwise() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let list = try #require(folder.text("unroll-files.txt"))
        try folder.put("unroll-files.txt", list.replacing("\n", with: "\r\n"))
        try writer.write([SiteFile("a.html", "new")])
        #expect(folder.text("a.html") == "new")
        #expect(folder.text("data/b.csv") == nil)
    }

    @Test(arguments: ["a link", "a link to a folder", "a folder", "a pipe"])
    func refusesWhatTookThePlaceOfItsFile(kind: String) throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let place = folder.site.appending(path: "a.html")
        let other = folder.url.appending(path: "precious")
        try FileManager.default.removeItem(at: place)
        switch kind {
        case "a link":
            try Data("keep".utf8).write(to: other)
            try FileManager.default.createSymbolicLink(at: place, withDestinationURL: other)
        case "a link to a folder":
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(at: place, withDestinationURL: other)
        case "a folder": try folder.put("a.html/inside.txt", "keep")
        default: #expect(mkfifo(place.path, 0o600) == 0)
        }
        let before = Set(try folder.names(""))
        let refusal = #expect(throws: Diagnostic.self) {
            try writer.write([SiteFile("a.html", "new"), files[1]])
        }
        let said = try #require(refusal?.message)
        #expect(
            said.contains("a.html' is \(kind.replacing(" to a folder", with: "")) and not Unroll's"),
            "\(said)"
        )
        #expect(Set(try folder.names("")) == before)
        // A page that is no longer wanted leaves what has taken its place.
        try writer.write([files[1]])
        #expect(Set(try folder.names("")) == before)
        if kind == "a link" { #expect(try String(contentsOf: other, encoding: .utf8) == "keep") }
        if kind == "a folder" { #expect(folder.text("a.html/inside.txt") == "keep") }
    }

    @Test func writesNothingThroughALinkInTheSite() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        let other = folder.url.appending(path: "elsewhere")
        try FileManager.default.moveItem(at: folder.site.appending(path: "data"), to: other)
        try FileManager.default.createSymbolicLink(
            at: folder.site.appending(path: "data"),
            withDestinationURL: other
        )
        let refusal = #expect(throws: Diagnostic.self) { try writer.write([SiteFile("data/b.csv", "new")]) }
        #expect(refusal?.message.contains("data' is a link and not Unroll's") == true)
        try writer.write([files[0]])
        #expect(try String(contentsOf: other.appending(path: "b.csv"), encoding: .utf8) == "b")
    }

    @Test func leavesASiteInTheSiteAlone() throws {
        let folder = try Folder()
        let (outer, inner) = (SiteWriter(to: folder.site.path), SiteWriter(to: folder.site.path + "/part"))
        try outer.write(files + [SiteFile("part/old.html", "old")])
        try inner.write(files)
        let before = folder.everything.filter { $0.key.contains("part/") }
        let refusal = #expect(throws: Diagnostic.self) { try outer.write([SiteFile("part/old.html", "new")]) }
        #expect(refusal?.message.contains("part' is another project's site") == true)
        try outer.write([SiteFile("a.html", "new")])
        #expect(folder.everything.filter { $0.key.contains("part/") } == before)
        #expect(throws: Diagnostic.self) { try outer.write([SiteFile("data/unroll-files.txt", "x")]) }
    }

    @Test func leavesWhatTheSiteIsMadeFromAlone() throws {
        let folder = try Folder()
        try folder.put("downloads/01-a.md", "lesson")
        let writer = SiteWriter(to: folder.site.path, sparing: [folder.site.path + "/downloads"])
        for path in ["downloads/01-a.md", "downloads/new.md", "downloads"] {
            let refusal = #expect(throws: Diagnostic.self) { try writer.write([SiteFile(path, "lesson")]) }
            #expect(refusal?.message.contains("which the site is made from") == true)
        }
        try folder.put("unroll-files.txt", Manifest(paths: ["downloads/01-a.md"]).text)
        try writer.write([files[0]])
        #expect(folder.text("downloads/01-a.md") == "lesson")
    }

    @Test func aFileBecomesAFolderAndAFolderAFile() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        try writer.write([SiteFile("data", "file"), SiteFile("a.html/b/c", "deep")])
        #expect(folder.text("data") == "file")
        #expect(folder.text("a.html/b/c") == "deep")
        try writer.write(files)
        #expect(Set(try folder.names("")) == ["a.html", "data", "unroll-files.txt"])
        try folder.put("data/mine", "keep")
        #expect(throws: Diagnostic.self) { try writer.write([SiteFile("data", "file")]) }
        #expect(folder.text("data/mine") == "keep")
        #expect(folder.text("data/b.csv") == "b")
    }

    @Test func aFileMayGetItsNameInOtherCases() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write([SiteFile("img/Plot.png", "old")])
        try writer.write([SiteFile("img/plot.png", "new")])
        #expect(try folder.names("img") == ["plot.png"])
        #expect(folder.text("img/plot.png") == "new")
    }

    @Test(arguments: [
        ("img/Plot.png", "img/plot.png", "are one file on a disk that does not distinguish cases"),
        ("e\u{301}.png", "\u{e9}.png", "are one file on a disk that does not distinguish cases"),
        (
            "e\u{301}/a.png", "\u{e9}/b.png",
            "the folders 'e\u{301}' and '\u{e9}' have one name, spelled with other accents"
        ),
        ("data", "data/b.csv", "'data' cannot be a file: 'data/b.csv' needs a folder of that name"),
        ("Data", "data/b.csv", "'Data' cannot be a file: 'data/b.csv' needs a folder of that name"),
    ])
    func refusesPathsThatGetInEachOthersWay(first: String, second: String, says: String) throws {
        let folder = try Folder()
        let refusal = #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.site.path).write([SiteFile(first, "x"), SiteFile(second, "y")])
        }
        #expect(refusal?.message.hasSuffix(says) == true, "\(String(describing: refusal))")
        #expect(refusal?.hint == "rename one of them")
        #expect(folder.everything.isEmpty)
    }

    @Test func saysWhichNameIsTooLong() throws {
        let folder = try Folder()
        let name = String(repeating: "long", count: 70) + ".html"
        let refusal = #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.site.path).write(files + [SiteFile(name, "x")])
        }
        #expect(refusal?.message.hasSuffix("\(name)': File name too long") == true)
        #expect(refusal?.hint?.contains("a shorter name") == true)
        #expect(folder.everything.isEmpty)
    }

    @Test func buildsAtTheSameTimeLeaveTheSiteOfOne() async throws {
        let folder = try Folder()
        let sites = (0..<4).map { site in
            (0..<20).map { SiteFile("\(site < 2 ? "a" : "b")/\($0).html", "\(site)") } + [
                SiteFile("x.html", "\(site)")
            ]
        }
        let path = folder.site.path
        try folder.put("a/mine", "keep")
        for _ in 0..<10 {
            try await withThrowingTaskGroup { group in
                for site in sites { group.addTask { try SiteWriter(to: path).write(site) } }
                try await group.waitForAll()
            }
            let last = try #require(folder.text("x.html").flatMap(Int.init))
            var expected = Dictionary(
                uniqueKeysWithValues: sites[last].map { ("site/\($0.path)", "\(last)") }
            )
            expected["site/a/mine"] = "keep"
            let list = Manifest(paths: sites[last].map(\.path), found: last < 2 ? ["a"] : [])
            expected["site/unroll-files.txt"] = list.text
            #expect(folder.everything.filter { $0.value != "folder" } == expected)
        }
    }

    @Test func refusesToReplaceSomebodyElsesFile() throws {
        let folder = try Folder()
        try folder.put("a.html", "written by hand")
        let before = folder.everything
        let refusal = #expect(throws: Diagnostic.self) { try SiteWriter(to: folder.site.path).write(files) }
        #expect(refusal?.kind == .file)
        #expect(refusal?.message.contains("a.html' was not made by Unroll") == true)
        #expect(folder.everything == before)
    }

    @Test func takesOverAFileThatIsTheSame() throws {
        let folder = try Folder()
        try folder.put("a.html", "a")
        #expect(try SiteWriter(to: folder.site.path).write(files) == ["data/b.csv", "unroll-files.txt"])
    }

    @Test func refusesAFileWhereTheFolderShouldBe() throws {
        let folder = try Folder()
        try Data("x".utf8).write(to: folder.site)
        let before = folder.everything
        let refusal = #expect(throws: Diagnostic.self) { try SiteWriter(to: folder.site.path).write(files) }
        #expect(refusal?.message.contains("is a file; the site needs a folder there") == true)
        #expect(folder.everything == before)
    }

    @Test func refusesAPlaceWhereNothingCanBeMade() throws {
        let folder = try Folder()
        try Data("x".utf8).write(to: folder.url.appending(path: "file"))
        let before = folder.everything
        let refusal = #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.url.appending(path: "file/site").path).write(files)
        }
        #expect(refusal?.kind == .file)
        #expect(refusal?.message.hasSuffix("file/site': Not a directory") == true)
        #expect(refusal?.hint?.contains("--out") == true)
        #expect(folder.everything == before)
    }

    @Test(arguments: ["../out.html", "/etc/x", "a//b", "./a", "", "a/../../b", "a\0b", "a\nb"])
    func refusesPathsThatLeadOutside(path: String) throws {
        let folder = try Folder()
        #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.site.path).write([SiteFile(path, "x")])
        }
        #expect(folder.everything.isEmpty)
    }

    @Test func refusesTwoFilesOfOnePath() throws {
        let folder = try Folder()
        let refusal = #expect(throws: Diagnostic.self) {
            try SiteWriter(to: folder.site.path).write([files[0], files[0]])
        }
        #expect(refusal?.message == "two pages want to be 'a.html'")
    }

    @Test func anEditedListCannotReachOutside() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        try Data("keep".utf8).write(to: folder.url.appending(path: "precious.txt"))
        let list = try #require(folder.text("unroll-files.txt"))
        try folder.put("unroll-files.txt", list + "../precious.txt\n")
        try writer.write([files[0]])
        #expect(try String(contentsOf: folder.url.appending(path: "precious.txt"), encoding: .utf8) == "keep")
    }

    @Test func writesThroughASymbolicLink() throws {
        let folder = try Folder()
        let real = folder.url.appending(path: "real")
        try FileManager.default.createDirectory(at: real, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: folder.site, withDestinationURL: real)
        try SiteWriter(to: folder.site.path).write(files)
        #expect(try String(contentsOf: real.appending(path: "a.html"), encoding: .utf8) == "a")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.site.path).hasSuffix("real"))
    }
}
