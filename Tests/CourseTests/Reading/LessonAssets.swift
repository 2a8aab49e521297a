internal import Course
internal import Foundation
internal import Pages
internal import Testing

@Suite("The files beside lessons") struct LessonAssetsTests {
    /// Runs a test in a folder with these files, which hold their own names.
    private func withFolder(of files: [String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "unroll assets \(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in files {
            let place = folder.appending(path: file)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(file.utf8).write(to: place)
        }
        try body(folder)
    }

    @Test("are those that no lesson, no hidden file and no link out of the folder is") func paths() throws {
        try withFolder(of: ["b.png", "images/a.png", "01-a.md", ".hidden", ".git/config"]) { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "out.png").path,
                withDestinationPath: "/etc/hostname"
            )
            #expect(LessonAssets.find(besideLessonsIn: folder.path).paths == ["b.png", "images/a.png"])
        }
        #expect(LessonAssets.find(besideLessonsIn: "/nowhere").paths == [])
    }

    @Test("are copied for the site as far as they can be read") func copies() throws {
        try withFolder(of: ["used.png", "unused.png"]) { folder in
            var copy = SiteFile("used.png", "used.png")
            copy.isCopy = true
            let assets = LessonAssets.find(besideLessonsIn: folder.path)
            #expect(assets.copies(of: ["used.png", "gone.png"]) == [copy])
        }
    }
}
