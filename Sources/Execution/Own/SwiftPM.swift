internal import Foundation
internal import Lessons

/// The package manager of the toolchain, at work for a package of the project's own. It writes to the cache alone.
struct SwiftPM: Sendable {
    /// The toolchain.
    let toolchain: Toolchain
    /// The folder of the package in the cache, which holds all scratch folders.
    let folder: URL
    /// The project's package, of which its errors speak.
    let place: OwnPackage.Place

    /// The errors of a run, as it says them.
    struct Failure: Error {
        var diagnostics: [Diagnostic]
    }

    /// Runs SwiftPM.
    ///
    /// - Parameters:
    ///   - arguments: The words behind `swift`.
    ///   - path: The folder of the package that is meant; that of the cache if `nil`.
    ///   - scratch: The name of its scratch folder in that of the cache.
    /// - Returns: What it printed.
    /// - Throws: `Failure`, with what is wrong.
    func run(
        _ arguments: String...,
        at path: String? = nil,
        scratch: String = "build"
    ) async throws -> String {
        let path = path ?? folder.path(percentEncoded: false)
        let tools = URL(filePath: toolchain.compiler).deletingLastPathComponent()
        let child = ChildProcess(
            executable: tools.appending(path: "swift").path(percentEncoded: false),
            arguments: arguments.prefix(1) + [
                "--package-path", path, "--scratch-path",
                folder.appending(path: scratch).path(percentEncoded: false),
            ] + arguments.dropFirst(1)
        )
        let result = try await child.run()
        guard !result.isSuccess else { return result.output }
        let said = result.output + "\n" + result.errors
        let errors = messages(in: said).filter { $0.severity == .error }
        guard errors.isEmpty else { throw Failure(diagnostics: errors) }
        throw Failure(diagnostics: SwiftPM.errors(in: said, at: place.name("Package.swift")))
    }

    /// The errors that SwiftPM has of itself, each with what it says below of the cause.
    private static func errors(in text: String, at manifest: String) -> [Diagnostic] {
        let lines = text.split(separator: "\n")
        var messages: [String] = []
        for (index, line) in lines.enumerated() where line.hasPrefix("error: ") {
            let below = lines[(index + 1)...].prefix { !$0.hasPrefix("error: ") }
            let cause = below.first { $0.contains("fatal: ") } ?? below.first
            let words = cause.map { ": \($0.drop { $0 == " " })" } ?? ""
            let message = "\(line.dropFirst("error: ".count))\(words)".replacing(":: ", with: ": ")
            if !messages.contains(message) { messages.append(message) }
        }
        if messages.isEmpty { messages = [lines.last.map(String.init) ?? "it said nothing"] }
        return messages.map {
            Diagnostic(.error, .compile, at: SourceLocation(file: manifest), "swift build: \($0)")
        }
    }

    /// The compiler's messages about files of the package, which have their paths from the project's folder.
    private func messages(in output: String) -> [Diagnostic] {
        var lines: [String: [Substring]] = [:]
        let messages = CompilerMessages.ofFiles(output) { file, line in
            guard file.hasPrefix(place.path), !file.hasPrefix(folder.path(percentEncoded: false)) else {
                return nil
            }
            let text =
                lines[file] ?? FileManager.default.contents(atPath: file).map {
                    String(decoding: $0, as: UTF8.self).split(
                        separator: "\n",
                        omittingEmptySubsequences: false
                    )
                } ?? []
            lines[file] = text
            return text.indices.contains(line - 1) ? String(text[line - 1]) : ""
        }
        return messages.map { message in
            var message = message
            message.location.file = place.name(String(message.location.file.dropFirst(place.path.count)))
            return message
        }
    }
}
