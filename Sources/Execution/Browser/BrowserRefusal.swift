internal import Lessons

/// What the compiler of programs for the browser refuses in code that compiles natively, in an author's words.
enum BrowserRefusal {
    /// Returns errors of the compiler with their reasons and remedies; what is said of a line is said once.
    static func explained(_ errors: [Diagnostic]) -> [Diagnostic] {
        var explained: [Diagnostic] = []
        for error in errors.map({ BrowserRefusal.explained($0) })
        where !explained.contains(where: {
            $0.location.line == error.location.line && $0.message == error.message
        }) {
            explained.append(error)
        }
        return explained
    }

    /// Returns an error of the compiler with its reason and a remedy.
    static func explained(_ error: Diagnostic) -> Diagnostic {
        var explained = error
        let line = error.sourceLine ?? ""
        (explained.message, explained.hint) =
            words(for: error.message, line) ?? (
                "this cannot run in the browser: \(error.message)", error.hint
            )
        return explained
    }

    private static func words(for message: String, _ line: String) -> (message: String, hint: String?)? {
        if message.hasPrefix("cannot use key path") {
            let member = line.firstMatch(of: /\\\.(?<name>\w+(\.\w+)*)/).map { String($0.name) } ?? "loss"
            return ("key paths cannot run in the browser", "write a closure: map { $0.\(member) }")
        }
        if let type = message.firstMatch(
            of: /^cannot use a value of protocol type '(?:any )?(?<name>[^']*)'/
        )?.name {
            if type == "Error" {
                return (
                    "errors of any type cannot be thrown in the browser",
                    "name the type of the error: throws(MyError)"
                )
            }
            return type == "Any"
                ? (
                    "values of type Any cannot run in the browser",
                    "write the type itself, or an enum of the types"
                )
                : (
                    "values of any type that conforms to \(type) cannot run in the browser",
                    "write the type itself, some \(type), or an enum of the types"
                )
        }
        if message.contains("dynamic casting") {
            return line.contains("uniquingKeysWith")
                ? (
                    "Dictionary(_:uniquingKeysWith:) cannot run in the browser, for it casts",
                    "fill the dictionary in a loop"
                )
                : ("casts cannot run in the browser", "write the type itself, or an enum of the types")
        }
        if message.hasPrefix(
            "cannot convert value of type 'String' to expected argument type 'String.Element'"
        ) {
            return (
                "a text cannot be looked for in a text in the browser, only a character",
                "compare words: text.split(separator: \" \").contains(\"word\")"
            )
        }
        if let literal = message.firstMatch(of: /^integer literal '(?<digits>-?\d+)' overflows/)?.digits {
            return ("Int has 32 bits in the browser, too few for \(literal)", "write Int64(\(literal))")
        }
        if message.contains("to 'CustomStringConvertible' is unavailable") {
            return (
                "an array, set or dictionary has no text in the browser",
                "join the texts of its values: values.map { \"\\($0)\" }.joined(separator: \", \")"
            )
        }
        if let type = message.firstMatch(
            of: /requires that '(?<name>[^']+)' conform to '(?:BinaryInteger|Showable)'/
        )?.name {
            return (
                "\(type) has no text in the browser",
                "write its parts, \"\\(value.x)\", or give the type a description and conform it to Showable"
            )
        }
        if line.contains("print("), message.contains("'separator:'") || message.contains("'terminator:'") {
            return (
                "print takes up to six values in the browser",
                "make one text of them: print(\"\\(a) \\(b)\")"
            )
        }
        if message.hasPrefix("no exact matches in call to global function 'show'") {
            return (
                "this value has no text in the browser",
                "conform its type to CustomStringConvertible and Showable by a description"
            )
        }
        if let module = message.firstMatch(of: /^no such module '(?<name>[^']*)'/)?.name {
            return (
                "\(module) is not there in the browser",
                "use the standard library and the engine in cells that live functions need"
            )
        }
        let isMissing =
            message.firstMatch(of: /^cannot find (?:type )?'(?<name>[^']*)' in scope/)?.name
            ?? message.firstMatch(of: /^value of type '[^']*' has no (?:dynamic )?member '(?<name>[^']*)'/)?
            .name
            ?? message.firstMatch(of: /^'(?<name>[^']*)' is unavailable/)?.name
        if let isMissing {
            return (
                "\(isMissing) is not there in the browser",
                "use the standard library's Embedded part, or write it out"
            )
        }
        return nil
    }

    /// Returns the error of a program that compiles but asks for what no page has.
    static func ofLinker(_ text: String, in lesson: Lesson) -> Diagnostic {
        let place = SourceLocation(file: lesson.file)
        let symbols = text.matches(of: /undefined symbol: (?<name>\S+)/).map { String($0.name) }
        guard let symbol = symbols.first else {
            let words = text.split(separator: "\n").first ?? "the linker said nothing"
            return Diagnostic(.error, .compile, at: place, "its live part could not be linked: \(words)")
        }
        if symbols.contains(where: { $0.contains("strto") }) {
            return Diagnostic(
                .error,
                .compile,
                at: place,
                "a text cannot be read as a Double or Float in the browser",
                hint: "read a whole number, Int(text), or take a Slider"
            )
        }
        if symbols.allSatisfy({ $0.hasSuffix("ti3") }) {
            return Diagnostic(
                .error,
                .compile,
                at: place,
                "the browser has no numbers of 128 bits",
                hint: "write Int64 or UInt64"
            )
        }
        return Diagnostic(
            .error,
            .compile,
            at: place,
            "its live part asks for \(symbol), which is not there in the browser",
            hint: "use the engine's functions in cells that live ones need"
        )
    }
}
