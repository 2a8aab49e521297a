internal import Execution
internal import Foundation
internal import Testing

/// What is said of errors that the system made.
@Suite("Reasons of the system") struct SystemReasonTests {
    private struct Own: Error, CustomStringConvertible { let description = "its own words" }

    @Test("are in its words, however Foundation wraps them") func words() throws {
        let missing = #expect(throws: (any Error).self) {
            try Data(contentsOf: URL(filePath: "/nothing/here"))
        }
        #expect(try #require(missing).systemReason == "No such file or directory")
        #expect(CocoaError(.fileWriteOutOfSpace).systemReason == "No space left on device")
        #expect(POSIXError(.EACCES).systemReason == "Permission denied")
        #expect(Own().systemReason == "its own words")
    }

    @Test("say that a disk is full, when a file is written to one") func full() throws {
        let error = #expect(throws: (any Error).self) {
            try Data([1]).write(to: URL(filePath: "/dev/full"))
        }
        #expect(try #require(error).systemReason == "No space left on device")
    }
}
