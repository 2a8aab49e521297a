internal import Foundation
internal import Serialization

/// The SourceKit of a toolchain, which is loaded when it is asked something for the first time.
package struct SourceKit: Sendable {
    /// The path of its library.
    private let path: String

    /// Makes the SourceKit whose library is at a path.
    package init(at path: String) {
        self.path = path
    }

    /// Loads the library, which takes as long as parsing a course.
    package func load() { _ = try? SourceKitLibrary.shared(at: path) }

    /// Returns the version of the compiler that it belongs to, such as `Swift 6.3.1`; it takes no process to ask.
    package func compilerVersion() -> String {
        guard let answer = try? send("compiler_version", []) else { return "Swift" }
        let numbers = ["major", "minor", "patch"].compactMap { answer["key.version_\($0)"]?.integer }
        let shown = numbers.last == 0 ? numbers.dropLast() : numbers[...]
        return "Swift \(shown.map(String.init).joined(separator: "."))"
    }

    /// Parses a piece of Swift.
    package func parse(_ code: String) throws(SourceKitLibrary.Failure) -> Syntax {
        let name = "\(UUID().uuidString).swift"
        defer { close(name) }
        guard let syntax = Syntax(try open(name, code), of: code) else {
            throw SourceKitLibrary.Failure(message: "editor.open: the response is not as expected")
        }
        return syntax
    }

    /// Opens a document; the answer holds its tokens and declarations.
    func open(_ name: String, _ text: String) throws(SourceKitLibrary.Failure) -> JSON {
        try send(
            "editor.open",
            [
                JSON.Member("name", .string(name)),
                JSON.Member("sourcetext", .string(AttributeClosures.blanked(in: text))),
                JSON.Member("enablesyntaxmap", .integer(1)), JSON.Member("enablesubstructure", .integer(1)),
                JSON.Member("syntactic_only", .integer(1)),
            ]
        )
    }

    /// Closes a document.
    func close(_ name: String) {
        _ = try? send("editor.close", [JSON.Member("name", .string(name))])
    }

    /// Sends a request with these details, whose names lack their `key.`, as those of the response do not.
    func send(
        _ request: String,
        _ details: [JSON.Member]
    ) throws(SourceKitLibrary.Failure) -> JSON {
        let members = details.map { "key.\($0.name): \($0.value.compact)" }
        do {
            // The kind of a request is a name of SourceKit's own, not a text, and so has no quotes.
            let kind = "key.request: source.request.\(request)"
            return try JSON(
                parsing: SourceKitLibrary.shared(at: path).respond(
                    to: "{\(([kind] + members).joined(separator: ", "))}"
                )
            )
        } catch let failure as SourceKitLibrary.Failure {
            throw SourceKitLibrary.Failure(message: "\(request): \(failure.message)")
        } catch {
            throw SourceKitLibrary.Failure(message: "\(request): the response is not as expected: \(error)")
        }
    }
}
