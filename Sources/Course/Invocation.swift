internal import Execution
package import Lessons

/// The way in which the tool was called, so that what a message tells to type can be pasted where the user stands.
///
/// Every message says `./unroll COMMAND`. Where it is shown, that becomes the tool as it was called, with the options that
/// were typed and without which the command would mean another project.
package struct Invocation: Sendable, Hashable {
    /// The word that calls the tool, as a shell takes it: `unroll`, `./unroll`, `../course/unroll`.
    package private(set) var tool = "./unroll"
    /// The options that were typed.
    private var options: [Option] = []

    /// An option as it was typed.
    private struct Option: Hashable {
        var name: String
        /// The option with its value, as a shell takes them.
        var words: [String]
    }

    /// The options that say which project is meant, which all commands have.
    private static let places = ["--lessons", "--out"]
    /// The other options with a value that a command is repeated with.
    private static let values = ["--sandbox", "--jobs", "--host"]
    /// The options without a value that `serve` is repeated with.
    private static let flags = ["--open", "--quiet", "--verbose"]

    /// The call from the checkout, without options.
    package init() {}

    /// Reads a call.
    ///
    /// - Parameters:
    ///   - arguments: The words of the call, the tool's own first.
    ///   - name: What the user typed for the tool, where a launcher stands before it.
    package init(_ arguments: [String], calledBy name: String? = nil) {
        tool = ShellWord.quoted(name ?? arguments.first ?? tool)
        var rest = arguments.dropFirst()
        while let word = rest.popFirst(), word != "--" {
            let name = String(word.prefix { $0 != "=" })
            let hasValue = (Invocation.places + Invocation.values).contains(name)
            guard hasValue || Invocation.flags.contains(word) else { continue }
            var words = [name]
            if hasValue {
                let value = name == word ? rest.popFirst() : String(word.dropFirst(name.count + 1))
                words += value.map { [ShellWord.quoted($0)] } ?? []
            }
            options.append(Option(name: name, words: words))
        }
    }

    /// Returns a message in which each `./unroll COMMAND` can be pasted.
    package func pasteable(_ message: String) -> String {
        message.replacing(/\.\/unroll(?: (?<command>[a-z]+))?/) { match in
            guard let command = match.command else { return tool }
            return ([tool, String(command)] + words(for: command)).joined(separator: " ")
        }
    }

    /// Returns a diagnostic whose remedy can be pasted.
    package func shown(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.hint = diagnostic.hint.map(pasteable)
        return diagnostic
    }

    /// Returns the options that a command to type needs.
    private func words(for command: Substring) -> [String] {
        let wanted =
            switch command {
            case "serve": Invocation.places + Invocation.values + Invocation.flags
            case "build", "check", "accept", "run", "why", "merge", "plan": Invocation.places + ["--sandbox"]
            case "new", "clean": Invocation.places
            default: [String]()
            }
        return options.filter { wanted.contains($0.name) }.flatMap(\.words)
    }

    /// Returns a text, such as a command's help, in which the tool has the name that it was called by.
    package func named(_ text: String) -> String {
        text.replacing("./unroll", with: tool)
    }
}
