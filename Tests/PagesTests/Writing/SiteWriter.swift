import Foundation
import Lessons
import Pages
import Testing

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

        func number(_ path: String) throws -> UInt64 {
            let attributes = try FileManager.default.attributesOfItem(atPath: site.appending(path: path).path)
            return try #require(attributes[.systemFileNumber] as? UInt64)
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
        let own = ".site.unroll-\(ProcessInfo.processInfo.processIdentifier)-X"
        // No process has the largest number.
        for name in [".site.unroll-\(Int32.max)-X", own, ".site.unroll-keep", ".other.unroll-\(Int32.max)-X"]
        {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name),
                withIntermediateDirectories: true
            )
        }
        try SiteWriter(to: folder.site.path).write(files)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(Set(names) == ["site", own, ".site.unroll-keep", ".other.unroll-\(Int32.max)-X"])
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

    @Test func aFolderThatLosesItsLastFileGoes() throws {
        let folder = try Folder()
        let writer = SiteWriter(to: folder.site.path)
        try writer.write(files)
        try writer.write([files[0]])
        #expect(!FileManager.default.fileExists(atPath: folder.site.appending(path: "data").path))
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

    @Test(arguments: ["../out.html", "/etc/x", "a//b", "./a", "", "a/../../b", "a\0b"])
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
